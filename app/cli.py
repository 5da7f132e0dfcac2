"""What an operator types: `bigroom serve`, `bigroom migrate`, `bigroom coaches …`, and what `keeping` adds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from app import __version__
from app.db import utc_now
from app.keeping import commands
from app.keeping.backup import NotRestored
from app.keeping.backup_file import BackupUnusable
from app.keeping.keyboard import database, settings_here, stop
from app.keeping.rooms import NotDone
from app.keeping.tables import upgrade
from app.people import accounts, one_time
from app.people.fields import as_email
from app.people.keys import KeysUnreadable
from app.people.links import base_of, link
from app.people.rows import Account
from app.people.setup import ensure_setup_token
from app.settings import Settings

cli = typer.Typer(no_args_is_help=True, add_completion=False)
coaches = typer.Typer(help="The coaches of this server and how they get in.", no_args_is_help=True)
cli.add_typer(coaches, name="coaches")
commands.add_to(cli)


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"bigroom {__version__}")
        raise typer.Exit


@cli.callback()
def bigroom(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell which version this is.")
    ] = False,
) -> None:
    """Bigroom: one room for a care pathway's weekly hour."""


Email = Annotated[str, typer.Argument(help="The coach's e-mail address.")]


@cli.command()
def serve(
    reload: Annotated[bool, typer.Option(help="Start anew whenever the code changes.")] = False,
) -> None:
    """Bring the database up to date and serve until told to stop."""
    # Imported here: the other commands need no server, and should answer at once.
    from app.main import serve as serve_app

    settings = settings_here()
    with database(settings) as db:
        upgrade(db)
        setup = ensure_setup_token(settings, db)
    typer.echo(f"Bigroom serves on {base_of(settings)}")
    if setup:
        typer.echo(f"Nobody can sign in yet. The first coach begins here, once:\n\n    {setup}\n")
    serve_app(settings, reload=reload)


@cli.command()
def demo(
    live: Annotated[
        bool, typer.Option("--live", help="Besides, the people of the sepsis hour come and play it before your eyes.")
    ] = False,
    speed: Annotated[float, typer.Option(min=1, max=3600, help="How many times as fast as a clock.")] = 6,
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew: what was changed in the demo is gone.")] = False,
) -> None:
    """Two practice rooms to look at, on this machine. They are made up, and apart from all other rooms."""
    from app.demo.command import demo as serve_demo

    serve_demo(is_live=live, speed=speed, reset=reset)


@cli.command()
def migrate() -> None:
    """Bring the database up to date; a second time does nothing."""
    with database(settings_here()) as db:
        upgrade(db)
    typer.echo("The database is up to date.")


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
            stop(f"The account of {account.email} is disabled, so a link would not open it.")
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
    except (KeysUnreadable, BackupUnusable, NotRestored, NotDone) as trouble:
        stop(str(trouble))
    except SQLAlchemyError as trouble:
        stop(f"The database cannot be used: {getattr(trouble, 'orig', trouble)}")


@contextmanager
def _people() -> Iterator[tuple[Session, Settings]]:
    settings = settings_here()
    with database(settings) as db:
        upgrade(db)
        with db.session() as sql:
            yield sql, settings


def _coach(sql: Session, email: str) -> Account:
    account = accounts.by_email(sql, as_email(email))
    if account is None:
        stop(f"Nobody has an account with {email}. `bigroom coaches list` shows who has.")
    return account


if __name__ == "__main__":
    main()
