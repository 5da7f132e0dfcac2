"""Links into a room: invitations that a coach makes and revokes, and the personal way back."""

from uuid import uuid4

from fastapi import APIRouter, Request
from pydantic import Field
from sqlmodel import Session

from app.db import iso
from app.people import codes, invitations, ways_back
from app.people.fields import Body
from app.people.invitations import Invited
from app.people.links import base_for, link
from app.people.people import People
from app.people.problems import Problem
from app.people.routes import ThePeople
from app.people.tokens import new_token
from app.people.ways_back import Person, Shown
from app.rooms.engine import Failure
from app.rooms.kernel import Refusal
from app.rooms.messages import MakeInvitation, RevokeInvitation
from app.rooms.routes import TheEngine, TheSeated, problem_of
from app.rooms.rows import Member, Part
from app.rooms.values import Id, When

router = APIRouter(prefix="/api/rooms/{room_id}")


class NewInvitation(Body):
    part: Part
    expires_at: When | None = None
    max_uses: int | None = Field(default=None, ge=1, le=1000)


@router.post("/invitations", status_code=201)
async def invite(
    room_id: Id, body: NewInvitation, request: Request, seat: TheSeated, people: ThePeople, engine: TheEngine
) -> dict[str, str]:
    """A link for others. Its token is in this answer and nowhere else."""
    token, invited = new_token(), Invited(room_id, str(uuid4()))
    command = MakeInvitation(invitation_id=invited.invitation_id, **body.model_dump())
    # First the token, then the invitation: a link whose invitation was never stored opens nothing.
    await people.run(lambda sql: invitations.keep(sql, token, invited))
    try:
        await engine.run(room_id, command, seat.member_id)
    except (Refusal, Failure) as no:
        await people.run(lambda sql: invitations.forget(sql, token))
        raise problem_of(no) from None
    url = link(base_for(people.settings, request), "join", token)
    return {"invitation_id": invited.invitation_id, "token": token, "url": url}


@router.delete("/invitations/{invitation_id}", status_code=204)
async def revoke(room_id: Id, invitation_id: Id, seat: TheSeated, engine: TheEngine) -> None:
    try:
        await engine.run(room_id, RevokeInvitation(invitation_id=invitation_id), seat.member_id)
    except (Refusal, Failure) as no:
        raise problem_of(no) from None


@router.get("/code")
async def code(room_id: Id, seat: TheSeated, people: ThePeople, engine: TheEngine) -> dict[str, str]:
    """The short code to show and to read out; valid while somebody keeps asking for it, and 15 minutes more.

    From half an hour before a meeting to its end it is valid without being asked for."""
    if not seat.who.may("rooms.code"):
        raise Problem(403, "not_allowed", needs="rooms.code")

    def work(sql: Session) -> codes.Code:
        until = engine.registry.meeting_now(sql.connection(), people.now()).get(room_id)
        return codes.show(sql, people.keys, room_id, people.now(), until)

    shown = await people.run(work)
    return {"code": shown.code, "expires_at": iso(shown.expires_at)}


@router.post("/members/{member_id}/way_back")
async def make_way_back(
    room_id: Id, member_id: Id, request: Request, seat: TheSeated, people: ThePeople
) -> dict[str, str]:
    """A new personal way back, for oneself or by a coach; the old one ends."""
    if member_id != seat.member_id and not seat.who.may("rooms.manage"):
        raise Problem(403, "not_allowed", needs="rooms.manage")
    member = seat.room.replica.find(Member, member_id)
    if member is None or member.state == "waiting" or member.removed_at is not None or member.part == "wall":
        raise Problem(404, "not_found", kind=Member.noun)
    person = Person(room_id, member_id)
    made = await people.run(lambda sql: ways_back.make(sql, people.keys, person, people.now(), seat.member_id))
    return shown(people, request, made)


def shown(people: People, request: Request, made: Shown) -> dict[str, str]:
    return {"url": link(base_for(people.settings, request), "back", made.token), "phrase": made.phrase}
