"""Who comes to a room over HTTP, read from SQL: another process may have let them in a moment ago."""

from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session, select

from app.people import memberships
from app.people.people import People
from app.people.routes import KnownBrowser, ThePeople
from app.people.sessions import Browser
from app.rooms.engine import Engine
from app.rooms.kernel import Refusal, Row, table_of
from app.rooms.rows import Invitation, InvitationTable, Member, MemberTable, RoomInfo, RoomTable

R = TypeVar("R", bound=Row)
_TABLES: dict[type[Row], type[Row]] = {
    Member: MemberTable,
    Invitation: InvitationTable,
    RoomInfo: RoomTable,
}


def engine_of(request: Request) -> Engine:
    found: Engine = request.app.state.engine
    return found


TheEngine = Annotated[Engine, Depends(engine_of)]


@dataclass(frozen=True, slots=True)
class Visitor:
    """An active member of the room in the path, and the browser they use."""

    browser: Browser
    room_id: str
    member: Member


async def _visitor(room_id: str, browser: KnownBrowser, people: ThePeople) -> Visitor:
    def work(sql: Session) -> Member | None:
        return member_of(sql, browser, room_id)

    member = await people.read(work)
    if member is None or member.state != "active":
        # A room one is not in and a room that does not exist: nobody can tell them apart.
        raise Refusal("not_found", kind="room")
    return Visitor(browser, room_id, member)


TheVisitor = Annotated[Visitor, Depends(_visitor)]


def find(sql: Session, kind: type[R], room_id: str, id: str) -> R | None:
    """One row as SQL has it now."""
    table = table_of(_TABLES[kind])
    wanted = [table.c[name] for name in kind.model_fields]
    found = sql.execute(select(*wanted).where(table.c.room_id == room_id, table.c.id == id)).mappings().first()
    return kind.model_validate(dict(found)) if found else None


def member_of(sql: Session, browser: Browser, room_id: str) -> Member | None:
    """The member whom this browser is. A membership whose member was never stored counts as none."""
    member_id = memberships.member_in(sql, browser, room_id)
    return find(sql, Member, room_id, member_id) if member_id else None


async def member_now(people: People, room_id: str, member_id: str) -> Member:
    member = await people.read(lambda sql: find(sql, Member, room_id, member_id))
    if member is None:
        raise Refusal("not_found", kind=Member.noun)
    return member
