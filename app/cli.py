"""What an operator types: `bigroom serve`, `bigroom migrate`, `bigroom coaches …`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app.db import Database, utc_now
from app.keeping.backup import NotRestored, backup, restore
from app.keeping.backup_file import OUT, BackupUnusable
from app.keeping.serving import is_served
from app.keeping.tables import upgrade
from app.people import accounts, one_time
from app.people.fields import as_email
from app.people.keys import KeysUnreadable
from app.people.links import base_of, link
from app.people.rows import Account
from app.people.setup import ensure_setup_token
from app.settings import Settings

cli = typer.Typer(
    help="Bigroom: one room for a care pathway's weekly hour.", no_args_is_help=True, add_completion=False
)
coaches = typer.Typer(help="The coaches of this server and how they get in.", no_args_is_help=True)
cli.add_typer(coaches, name="coaches")

Email = Annotated[str, typer.Argument(help="The coach's e-mail address.")]


@cli.command()
def serve(
    reload: Annotated[bool, typer.Option(help="Start anew whenever the code changes.")] = False,
) -> None:
    """Bring the database up to date and serve until told to stop."""
    # Imported here: the other commands need no server, and should answer at once.
    from app.main import serve as serve_app

    settings = _settings()
    with _database(settings) as db:
        upgrade(db)
        setup = ensure_setup_token(settings, db)
    typer.echo(f"Bigroom serves on {base_of(settings)}")
    if setup:
        typer.echo(f"Nobody can sign in yet. The first coach begins here, once:\n\n    {setup}\n")
    serve_app(settings, reload=reload)


@cli.command()
def migrate() -> None:
    """Bring the database up to date; a second time does nothing."""
    with _database(_settings()) as db:
        upgrade(db)
    typer.echo("The database is up to date.")


@cli.command("backup")
def make_backup(
    file: Annotated[str | None, typer.Argument(help="Where to write it; `-` for the standard output.")] = None,
) -> None:
    """Write everything that is in the database to one file. Serving goes on meanwhile."""
    settings = _settings()
    path = file or f"bigroom-{utc_now():%Y-%m-%dT%H%M%SZ}.backup"
    if path != OUT and Path(path).exists():
        _stop(f"{path} is there already. Nothing was written.")
    with _database(settings) as db:
        rows = backup(db, path)
    typer.echo(f"{rows} rows are in {'the backup' if path == OUT else path}.", err=path == OUT)
    typer.echo(
        f"The master key is not in it. Keep {settings.keys_file} in another place: without it the four words that"
        " bring people back stop working.",
        err=path == OUT,
    )


@cli.command("restore")
def restore_backup(
    file: Annotated[Path, typer.Argument(help="What `bigroom backup` has written.")],
    replace: Annotated[bool, typer.Option(help="Take the place of everything that is in the database now.")] = False,
) -> None:
    """Put a backup into this database, on either engine. No server may run on it meanwhile."""
    settings = _settings()
    with _database(settings) as db:
        if is_served(db):
            _stop("A server runs on this database. Stop it first; nothing was changed.")
        head, rows = restore(db, file, replace=replace)
    typer.echo(f"{rows} rows are back as they were at {head.made_at}. Whoever was in a room reads it anew.")
    typer.echo("What was erased after that moment is back, too: erase it again.")
    if not settings.keys_file.exists():
        typer.echo(f"{settings.keys_file} is not there. Put the master key back before you serve.")


@coaches.command("list")
def list_coaches() -> None:
    """Everybody who has an account."""
    with _people() as (sql, _settings):
        found = accounts.everybody(sql)
        for account in found:
            typer.echo(f"{account.email:40}  {account.name}{'  (disabled)' if account.disabled_at else ''}")
    if not found:
        typer.echo("Nobody has an account yet. `bigroom serve` prints the first coach's link.")


@coaches.command()
def invite() -> None:
    """A link with which one new coach makes an account."""
    with _people() as (sql, settings):
        token = one_time.make(sql, "operator_invite", expires_at=utc_now() + one_time.INVITE_FOR)
        address = link(base_of(settings), "setup", token)
    typer.echo(f"Give this link to the new coach. It works once, within 7 days:\n\n    {address}")


@coaches.command("link")
def sign_in_link(email: Email) -> None:
    """A link that signs a coach in without the password: for somebody who is locked out."""
    with _people() as (sql, settings):
        account = _coach(sql, email)
        if account.disabled_at:
            _stop(f"The account of {account.email} is disabled, so a link would not open it.")
        until = utc_now() + one_time.SIGN_IN_FOR
        token = one_time.make(sql, "sign_in", account_id=account.id, expires_at=until)
        address, name = link(base_of(settings), "signin", token), account.name
    typer.echo(f"This link signs {name} in. It works once, for an hour:\n\n    {address}")


@coaches.command()
def disable(email: Email) -> None:
    """This coach can no longer sign in, and is signed out everywhere. Their rooms stay."""
    with _people() as (sql, _settings):
        account = _coach(sql, email)
        if not account.disabled_at:
            accounts.disable(sql, account, utc_now())
        said = f"{account.name} ({account.email}) is signed out everywhere and can no longer sign in."
    typer.echo(said)


def main() -> None:
    """The `bigroom` command. What an operator can put right is told in a sentence, without a traceback."""
    try:
        cli()
    except (KeysUnreadable, BackupUnusable, NotRestored) as trouble:
        _stop(str(trouble))
    except SQLAlchemyError as trouble:
        _stop(f"The database cannot be used: {getattr(trouble, 'orig', trouble)}")


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        told = (f"BIGROOM_{str(error['loc'][0]).upper()}: {error['msg']}" for error in wrong.errors())
        _stop("These settings cannot be used.\n  " + "\n  ".join(told))


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        _stop(f"BIGROOM_DATA: the folder {settings.data} cannot be made: {trouble.strerror}.")
    db = Database(settings.database_url)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _people() -> Iterator[tuple[Session, Settings]]:
    settings = _settings()
    with _database(settings) as db:
        upgrade(db)
        with db.session() as sql:
            yield sql, settings


def _coach(sql: Session, email: str) -> Account:
    account = accounts.by_email(sql, as_email(email))
    if account is None:
        _stop(f"Nobody has an account with {email}. `bigroom coaches list` shows who has.")
    return account


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
