"""An operator and the rooms of this server: which there are, and commands of the server's own to one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import BaseModel
from sqlalchemy import delete, func, select, text

from app.audit import trail
from app.audit.rows import AuditEntry
from app.db import Database, metadata
from app.rooms.clock import Clock
from app.rooms.dispatch import Acked, Answer, Refused, Request
from app.rooms.kernel import Command, Row, table_of
from app.rooms.log import Head, LogEntry
from app.rooms.messages import EraseRoom
from app.rooms.privacy import Finding, country_of, find_private
from app.rooms.room import Replica
from app.rooms.rows import Member, MemberTable, RoomInfo, RoomTable, person
from app.rooms.store import LOG, Store
from app.rooms.writer import News, Writer
from app.tools import registry
from app.words import sentence

ROOM, MEMBER = table_of(RoomTable), table_of(MemberTable)
STAY = frozenset({Head.__tablename__, LogEntry.__tablename__, AuditEntry.__tablename__})
"""What is left of a room that was erased: the numbers of its log, and in the trail that things happened."""
ERASURES = ("rooms.room_erased", "rooms.person_erased")
"""Entries of the trail that keep their ids: after a restore somebody has to erase again."""


class NotDone(Exception):
    """A sentence for the operator: why the room is as it was."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list."""

    id: str
    name: str
    people: int
    last_change: str


def listed(db: Database) -> list[Listed]:
    people = select(func.count()).where(MEMBER.c.room_id == ROOM.c.room_id, MEMBER.c.state == "active")
    last = select(func.max(LOG.c.at)).where(LOG.c.room_id == ROOM.c.room_id)
    wanted = select(ROOM.c.id, ROOM.c.name, people.scalar_subquery(), last.scalar_subquery()).order_by(ROOM.c.name)
    with db.engine.connect() as connection:
        return [Listed(id, name, count, f"{at:%Y-%m-%d}") for id, name, count, at in connection.execute(wanted)]


def stored(db: Database, room_id: str) -> Replica:
    """The room as SQL has it now, with what was put away; NotDone where there is none."""
    store = Store(db, registry())
    with db.engine.execution_options(read_only=True).connect() as connection, connection.begin():
        head = store.head(connection, room_id)
        replica = store.load(connection, room_id, *head, with_shelf=True) if head else None
    if replica is None or replica.find(RoomInfo, room_id) is None:
        raise NotDone(f"There is no room {room_id}. `bigroom rooms list` shows which there are.")
    return replica


def name_of(db: Database, room_id: str) -> str:
    (info,) = stored(db, room_id).where(RoomInfo)
    return str(info.name)


def members(db: Database, room_id: str) -> list[tuple[str, str, str]]:
    """(id, part, name) of everybody who is or was in the room."""
    wanted = select(MEMBER.c.id, MEMBER.c.part, MEMBER.c.name).where(MEMBER.c.room_id == room_id)
    with db.engine.connect() as connection:
        return [tuple(found) for found in connection.execute(wanted.order_by(MEMBER.c.created_at))]


def private_words(replica: Replica, year: int) -> Iterator[tuple[Row, Finding]]:
    """Words that may tell who a patient is, and the rows they stand in. What is still written in silence stays out."""
    (info,) = replica.where(RoomInfo)
    country = country_of(info.language, info.timezone)
    for row in replica.all():
        if not row.is_hidden:
            for name in (*row.words, *row.names):
                for text in _strings(getattr(row, name)):
                    yield from ((row, finding) for finding in find_private(text, country, year))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _strings(value.model_dump())
    elif isinstance(value, Mapping):
        yield from (text for part in value.values() for text in _strings(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in _strings(part))


def run(db: Database, room_id: str, command: Command) -> int:
    """One command by the server itself, through the same writer as everybody's. NotDone says why not."""
    heard: list[Answer] = []

    def deliver(news: News) -> None:
        heard.extend(answer for _request, answer in news.answers)

    writer = Writer(db, registry(), Clock(), deliver)
    writer.put(Request(room_id, str(uuid4()), command, None, _nobody, internal=True))
    writer.start()
    writer.stop()
    (answer,) = heard
    if isinstance(answer, Acked):
        return answer.seq
    if isinstance(answer, Refused):
        raise NotDone(sentence(answer.code, {"reason": "operator", **answer.params}))
    raise NotDone("The database could not store it now. Nothing was changed.")


def tell_copied(db: Database, room_id: str, by: str | None) -> None:
    """A copy of the room is about to leave it, taken by a coach or (None) by an operator."""
    with db.session() as sql:
        trail.tell(sql.connection(), "keeping.room_exported", {"by": by}, room_id=room_id)


def erase_room(db: Database, room_id: str, *, last_seq: int | None = None) -> None:
    """All rows and ways in of a room. A server that runs learns of it through the log.

    With `last_seq` only if nothing has happened in it since that entry: its time is over.
    """
    run(db, room_id, EraseRoom(last_seq=last_seq))
    with db.session() as sql:
        for table in reversed(metadata.sorted_tables):
            if "room_id" in table.c and table.name not in STAY:
                sql.connection().execute(delete(table).where(table.c.room_id == room_id))
        trail.forget(sql.connection(), room_id, but=ERASURES)


def forget_person(db: Database, room_id: str, member_id: str) -> None:
    """No browser, account or way back leads to this person any more, whichever of their members it leads to."""
    replica = stored(db, room_id)
    them = [member.id for member in replica.where(Member) if person(replica, member.id) == member_id]
    with db.session() as sql:
        for table in metadata.sorted_tables:
            if table.name.startswith("people_") and {"room_id", "member_id"} <= set(table.c.keys()):
                theirs = (table.c.room_id == room_id, table.c.member_id.in_(them))
                sql.connection().execute(delete(table).where(*theirs))
        trail.forget(sql.connection(), room_id, them, but=ERASURES)


def leave_no_trace(db: Database) -> bool:
    """Old pages of the database forget what was erased, too; False while a reader still holds some of them."""
    if db.is_sqlite:
        return Store(db, registry()).forget_erased()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
    return True


def _nobody(_answer: Answer) -> None:
    """The answer is read where the writer delivers it."""
