"""What an operator types to read the trail, and to see that nobody has changed it."""

import re
from datetime import UTC, datetime
from typing import Annotated

import typer

from app.audit import trail
from app.audit.proof import prove
from app.db import iso
from app.keeping.keyboard import database, settings_here, stop
from app.keeping.tables import upgrade

auditing = typer.Typer(
    help="The trail of who came in, and of what was given, copied or taken away.", no_args_is_help=True
)


@auditing.command("list")
def list_entries(
    room: Annotated[str | None, typer.Option(help="Only what happened in this room.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only since this day or moment: 2026-11-26, or with T09:30.")
    ] = None,
) -> None:
    """Every entry: its number, when, what, in which room, and what is known of it."""
    begin = _moment(since) if since else None
    with database(settings_here()) as db:
        upgrade(db)
        trail.seal(db)
        for entry in trail.told(db, room_id=room, since=begin):
            details = entry.details
            known = "(erased)" if details is None else " ".join(f"{name}={value}" for name, value in details.items())
            typer.echo(f"{entry.n:6}  {iso(entry.at)}  {entry.what:24}  {entry.room_id or '-':36}  {known}".rstrip())


@auditing.command()
def verify(
    noted: Annotated[
        str | None, typer.Option(help="What an earlier verify ended with, NUMBER:HASH: it must still be there.")
    ] = None,
) -> None:
    """Whether each entry is as it was written. Ends with 1 and names the first that is not."""
    at = _noted(noted) if noted else None
    with database(settings_here()) as db:
        upgrade(db)
        trail.seal(db)
        proof = prove(db, at)
    if proof.broken:
        stop(f"{proof.broken} The {proof.entries} before it are as they were written.")
    erased = f" Of {proof.erased} the details were erased." if proof.erased else ""
    typer.echo(f"All {proof.entries} entries are as they were written.{erased}")
    typer.echo(f"Note this in another place, for a later `--noted`: {proof.entries}:{proof.ends_with}")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        stop(f"{text} is no day and no moment. Write 2026-11-26, or 2026-11-26T09:30Z.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _noted(text: str) -> tuple[int, str]:
    found = re.fullmatch(r"(\d+):([0-9a-f]{64})", text.strip())
    if found is None:
        stop("Give --noted as verify printed it: a number, a colon, and 64 letters and numbers.")
    return int(found[1]), found[2]
