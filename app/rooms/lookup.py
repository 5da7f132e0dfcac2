"""Single rows of a room as SQL has them now: a replica may not know yet whom another process has just let in."""

from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session

from app.people import memberships
from app.people.sessions import Browser
from app.rooms.kernel import Row, table_of
from app.rooms.rows import Invitation, InvitationTable, Member, MemberTable

R = TypeVar("R", bound=Row)
_TABLES: dict[type[Row], type[Row]] = {Member: MemberTable, Invitation: InvitationTable}


def find(sql: Session, kind: type[R], room_id: str, id: str) -> R | None:
    table = table_of(_TABLES[kind])
    wanted = select(*(table.c[name] for name in kind.model_fields))
    found = sql.execute(wanted.where(table.c.room_id == room_id, table.c.id == id)).mappings().first()
    return kind.model_validate(dict(found)) if found else None


def member_of(sql: Session, browser: Browser, room_id: str) -> Member | None:
    """The member whom this browser is. A membership whose member was never stored counts as none."""
    member_id = memberships.member_in(sql, browser, room_id)
    return find_person(sql, room_id, member_id) if member_id else None


def find_person(sql: Session, room_id: str, member_id: str) -> Member | None:
    """Who somebody is now who was this member: perhaps another one."""
    member = find(sql, Member, room_id, member_id)
    while member is not None and member.same_as is not None:
        member = find(sql, Member, room_id, member.same_as)
    return member


def people_of(sql: Session, members: dict[str, str]) -> dict[str, str]:
    """Room → who this browser or account is there now, given who it came as."""
    found = ((room_id, find_person(sql, room_id, member_id)) for room_id, member_id in members.items())
    return {room_id: member.id for room_id, member in found if member is not None}
