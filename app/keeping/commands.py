"""What an operator types to keep a server's rooms: backup and restore, list, export and import, erase."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app.db import Database, utc_now
from app.keeping import auditing, retention, room_copy, rooms
from app.keeping.backup import backup, restore, tell_of_backup
from app.keeping.backup_file import OUT, whole_file
from app.keeping.doctor.looking import look
from app.keeping.keyboard import database, settings_here, stop
from app.keeping.retention import Kept
from app.keeping.serving import is_served
from app.keeping.tables import upgrade
from app.people import ways_back
from app.people.keys import Keys
from app.people.links import base_of, link
from app.people.ways_back import Person
from app.rooms.messages import ErasePerson, Redact
from app.rooms.rows import Member
from app.settings import Settings
from app.words import catalogue

listing = typer.Typer(help="The rooms of this server.", no_args_is_help=True)
erasing = typer.Typer(help="Take a person, a text or a room away for good.", no_args_is_help=True)

RoomId = Annotated[str, typer.Argument(help="The room's id, as `bigroom rooms list` shows it.")]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")]
FOR_EVER, AS_ALL = "for-ever", "as-all"
MOST_DAYS = 36500
KEYS = (
    "The master key is not in it. Keep {file} in another place: without it the four words that bring people back"
    " stop working."
)


def add_to(cli: typer.Typer) -> None:
    cli.command("backup")(make_backup)
    cli.command("restore")(restore_backup)
    cli.command("doctor")(see_to_all)
    cli.command("export")(export_room)
    cli.command("import")(import_room)
    cli.add_typer(listing, name="rooms")
    cli.add_typer(erasing, name="erase")
    cli.add_typer(auditing.auditing, name="audit")


def make_backup(
    file: Annotated[str | None, typer.Argument(help="Where to write it; `-` for the standard output.")] = None,
) -> None:
    """Write everything that is in the database to one file. Serving goes on meanwhile."""
    settings = settings_here()
    path = file or f"bigroom-{utc_now():%Y-%m-%dT%H%M%SZ}.backup"
    is_out = path == OUT
    _refuse_standing(Path(path), is_out)
    with database(settings) as db:
        rows = backup(db, path)
        is_told = tell_of_backup(db, rows)
    if not is_told:
        typer.echo("The trail could not be told of this backup: the database takes nothing more.", err=is_out)
    typer.echo(f"{rows} rows are in {'the backup' if is_out else path}.", err=is_out)
    typer.echo(KEYS.format(file=settings.keys_file), err=is_out)


def restore_backup(
    file: Annotated[Path, typer.Argument(help="What `bigroom backup` has written.")],
    replace: Annotated[bool, typer.Option(help="Take the place of everything that is in the database now.")] = False,
) -> None:
    """Put a backup into this database, on either engine. No server may run on it meanwhile."""
    settings = settings_here()
    with database(settings) as db:
        if is_served(db):
            stop("A server runs on this database. Stop it first; nothing was changed.")
        head, rows = restore(db, file, replace=replace)
    typer.echo(f"{rows} rows are back as they were at {head.made_at}. Whoever was in a room reads it anew.")
    typer.echo("What was erased after that moment is back, too: erase it again.")
    typer.echo(f"What the trail knows of it: bigroom audit list --since {head.made_at}")
    if not settings.keys_file.exists():
        typer.echo(f"{settings.keys_file} is not there. Put the master key back before you serve.")


def see_to_all(
    backups: Annotated[Path | None, typer.Option(help="The folder that backups are kept in.")] = None,
) -> None:
    """Look at everything that a room stands on; say what is wrong, and what to do. Changes nothing."""
    found = []
    for finding in look(settings_here(), backups):
        typer.echo(str(finding))
        found.append(finding)
    wrongs = sum(finding.is_wrong for finding in found)
    typer.echo(f"\n{wrongs} of these should be seen to." if wrongs else "\nAll is well.")
    if wrongs:
        raise typer.Exit(1)


@listing.command("list")
def list_rooms() -> None:
    """Every room: its id, how many people are in it, when something last changed, its name."""
    with _rooms() as (db, _settings):
        found = rooms.listed(db)
    for room in found:
        typer.echo(f"{room.id}  {room.people:4}  {room.last_change}  {room.name}")
    if not found:
        typer.echo("There are no rooms yet.")


@listing.command("people")
def list_people(room: RoomId) -> None:
    """Everybody who is or was in a room: id, part and name."""
    with _rooms() as (db, _settings):
        found = rooms.members(db, room)
    if not found:
        stop(f"There is no room {room}. `bigroom rooms list` shows which there are.")
    for id, part, name in found:
        typer.echo(f"{id}  {part:8}  {name}")


@listing.command("look")
def look_for_private_words(room: RoomId) -> None:
    """Words that may tell who a patient is: what they look like, the words, and the text they stand in."""
    with _rooms() as (db, _settings):
        found = list(rooms.private_words(rooms.stored(db, room), utc_now().year))
    for row, finding in found:
        typer.echo(f"{finding.kind:15}  {finding.text:20}  {row.noun} {row.id}")
    if not found:
        typer.echo("Nothing looks like an NHS number, a date of birth, a hospital number or a telephone number.")
    else:
        typer.echo(f"Ask whoever wrote it, or take it out: bigroom erase text {room} KIND ID")


@listing.command("keep")
def keep_room(
    room: RoomId,
    days: Annotated[
        str, typer.Argument(help="Days after the last change, `for-ever`, or `as-all`: BIGROOM_KEEP_DAYS.")
    ],
) -> None:
    """How long a room is kept after its last change. When its time is over the server erases it at night."""
    with _rooms() as (db, settings):
        name = rooms.name_of(db, room)
        if days == AS_ALL:
            retention.keep_as_all(db, room)
        else:
            retention.keep(db, room, None if days == FOR_EVER else _days(days))
        until = next((kept.until for kept in retention.kept(db, settings.keep_days) if kept.room_id == room), None)
    typer.echo(f"{name} is kept for ever." if until is None else f"{name} is kept until {_day(until)}, or longer:")
    if until is not None:
        typer.echo("each change begins the time anew.")


@listing.command("purge")
def purge_rooms(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what goes, and until when others stay.")] = False,
    yes: Sure = False,
) -> None:
    """Erase now the rooms whose time is over and in which nobody is. A server does it by itself every night."""
    with _rooms() as (db, settings):
        going = retention.over(db, settings.keep_days, utc_now())
        if dry_run:
            _tell_kept(retention.kept(db, settings.keep_days), going)
            return
        if not going:
            typer.echo("The time of no room is over.")
            return
        _be_sure(yes, f"Erase {len(going)} rooms for good, with everything in them?")
        gone = [room for room in going if retention.purge(db, room)]
        _leave_no_trace(db)
    for room in gone:
        typer.echo(f"{room.room_id}  {room.name} is erased.")


def export_room(room: RoomId, file: Annotated[Path, typer.Argument(help="Where to write it, a zip file.")]) -> None:
    """Write one room as a coach sees it: data, a table for each kind, and a record to print."""
    _refuse_standing(file)
    with _rooms() as (db, _settings):
        replica = rooms.stored(db, room)
        rooms.tell_copied(db, room, None)
    with whole_file(file) as out:
        rows = room_copy.write(replica, out)
    typer.echo(
        f"{rows} rows are in {file}: room.json for `bigroom import`, csv/ for a spreadsheet, record.html to print."
    )


def import_room(file: Annotated[Path, typer.Argument(help="What `bigroom export` has written.")]) -> None:
    """Make a room again from its copy, with all its ids, and a way in for each of its coaches."""
    with _rooms() as (db, settings):
        copy = room_copy.read(file)
        rooms.run(db, copy.room_id, copy.command)
        typer.echo(
            f"{copy.name} is there, as {copy.room_id}. Its coaches come in by these links, and invite the others:"
        )
        for person, name in _coaches(db, copy.room_id):
            with db.session() as sql:
                shown = ways_back.make(sql, Keys.from_file(settings.keys_file), person, utc_now(), None)
            typer.echo(f"\n    {name}: {link(base_of(settings), 'back', shown.token)}")


@erasing.command("person")
def erase_person(
    room: RoomId,
    member: Annotated[str, typer.Argument(help="The member's id, as `bigroom rooms people` shows it.")],
    with_words: Annotated[bool, typer.Option(help="Take out everything that they wrote, too.")] = False,
    yes: Sure = False,
) -> None:
    """Nothing says any more who this was. What they wrote stays as somebody's, unless it goes with them."""
    with _rooms() as (db, _settings):
        _be_sure(yes, f"Erase this person{' and all their words' if with_words else ''} for good?")
        name = catalogue()["rooms.somebody"]
        rooms.run(db, room, ErasePerson(member_id=member, name=name, with_words=with_words))
        rooms.forget_person(db, room, member)
        _leave_no_trace(db)
    typer.echo("Erased. Where they stood it says “somebody”.")
    typer.echo("A coach's account and older backups and exports are not touched by this.")


@erasing.command("text")
def erase_text(
    room: RoomId,
    kind: Annotated[str, typer.Argument(help="card, card_text, theme, step, aim…")],
    id: Annotated[str, typer.Argument(help="The id of what holds the words.")],
    yes: Sure = False,
) -> None:
    """Take words out for good: from the row, from the log, from every screen. A placeholder stays."""
    with _rooms() as (db, _settings):
        _be_sure(yes, "Take these words out for good?")
        rooms.run(db, room, Redact(type="rooms.redact", kind=kind, row_id=id))
        _leave_no_trace(db)
    typer.echo("Erased. Older backups and exports are not touched by this.")


@erasing.command("room")
def erase_room(room: RoomId, yes: Sure = False) -> None:
    """Take a whole room away for good: everything that people wrote in it, and every way in."""
    with _rooms() as (db, _settings):
        name = rooms.name_of(db, room)
        _be_sure(yes, f"Erase {name} for good, with everything in it?")
        rooms.erase_room(db, room)
        _leave_no_trace(db)
    typer.echo(f"{name} is erased. Older backups and exports are not touched by this.")


def _tell_kept(kept: list[Kept], going: list[Kept]) -> None:
    for room in kept:
        when = "over since" if room in going else "kept until"
        typer.echo(f"{room.room_id}  {when} {_day(room.until)}  {room.name}")
    if not kept:
        typer.echo("Every room is kept for ever.")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_DAYS):
        stop(f"{text} is no number of days. Give one from 1 to {MOST_DAYS}, or `{FOR_EVER}`, or `{AS_ALL}`.")
    return int(text)


@contextmanager
def _rooms() -> Iterator[tuple[Database, Settings]]:
    settings = settings_here()
    with database(settings) as db:
        upgrade(db)
        yield db, settings


def _coaches(db: Database, room_id: str) -> list[tuple[Person, str]]:
    coaches = rooms.stored(db, room_id).where(Member, part="coach", state="active", without_device=False)
    return [(Person(room_id, coach.id), coach.name) for coach in coaches]


def _refuse_standing(file: Path, is_out: bool = False) -> None:
    if not is_out and file.exists():
        stop(f"{file} is there already. Nothing was written.")


def _be_sure(yes: bool, question: str) -> None:
    try:
        is_sure = yes or typer.confirm(question)
    except typer.Abort:
        is_sure = False
    if not is_sure:
        stop("Nothing was changed.")


def _leave_no_trace(db: Database) -> None:
    if not rooms.leave_no_trace(db):
        typer.echo("Somebody reads the database just now: old pages go with the server's next command.")
