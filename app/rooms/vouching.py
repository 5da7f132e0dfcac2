"""A coach vouches for the coach beside them who is locked out: a link that signs them in once.

Such a link opens the other's account, with all rooms of it. So it is the operator who says whether coaches may.
"""

from fastapi import APIRouter, Request
from sqlmodel import Session

from app.people import memberships, one_time
from app.people.links import base_for, link
from app.people.people import People
from app.people.problems import Problem
from app.people.routes import ThePeople
from app.people.rows import Account
from app.rooms.routes import Seated, TheSeated
from app.rooms.rows import Member
from app.rooms.values import Id

router = APIRouter(prefix="/api/rooms/{room_id}/members/{member_id}/sign_in_link")


@router.get("")
async def may_vouch(room_id: Id, member_id: Id, seat: TheSeated, people: ThePeople) -> dict[str, bool]:
    """Whether there is a link to be made: a screen that offers one asks first."""
    if not people.settings.coaches_vouch or not _is_beside(seat, member_id):
        return {"possible": False}
    account = await people.read(lambda sql: _account(sql, room_id, member_id))
    return {"possible": account is not None}


@router.post("")
async def vouch(room_id: Id, member_id: Id, request: Request, seat: TheSeated, people: ThePeople) -> dict[str, str]:
    """A one-time link that signs another coach of this room in, within the hour."""
    if not seat.who.may("rooms.manage"):
        raise Problem(403, "not_allowed", needs="rooms.manage")
    if not people.settings.coaches_vouch:
        raise Problem(403, "only_operators_vouch")
    if not _is_beside(seat, member_id):
        raise Problem(404, "not_found", kind=Member.noun)
    token = await people.run(lambda sql: _link(people, sql, seat, room_id, member_id))
    if token is None:
        raise Problem(409, "no_account_here")
    return {"url": link(base_for(people.settings, request), "signin", token)}


def _is_beside(seat: Seated, member_id: str) -> bool:
    """Somebody else who is a coach of this room now, as who asks is one."""
    member = seat.room.replica.find(Member, member_id)
    if member is None or member_id == seat.member_id or not seat.who.may("rooms.manage"):
        return False
    return member.part == "coach" and member.state == "active" and member.removed_at is None


def _link(people: People, sql: Session, seat: Seated, room_id: str, member_id: str) -> str | None:
    account = _account(sql, room_id, member_id)
    if account is None:
        return None
    until = people.now() + one_time.SIGN_IN_FOR
    by = seat.member_id
    return one_time.make(sql, "sign_in", account_id=account.id, expires_at=until, by=by, room_id=room_id)


def _account(sql: Session, room_id: str, member_id: str) -> Account | None:
    """The one account that is this member. Of two nobody could say whose the link would be."""
    ids = memberships.accounts_of(sql, room_id, member_id)
    account = sql.get(Account, ids[0]) if len(ids) == 1 else None
    return account if account is not None and account.disabled_at is None else None
