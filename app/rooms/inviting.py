"""Links into a room: invitations that a coach makes and revokes, and the personal way back."""

from uuid import uuid4

from fastapi import APIRouter, Request
from sqlmodel import Session

from app.people import invitations, ways_back
from app.people.fields import Body
from app.people.invitations import Invited
from app.people.links import base_for, link
from app.people.people import People
from app.people.routes import ThePeople
from app.people.tokens import new_token
from app.people.ways_back import Person
from app.rooms.kernel import Refusal
from app.rooms.messages import MakeInvitation, RevokeInvitation
from app.rooms.rows import Member, Part
from app.rooms.values import Id, When
from app.rooms.visitors import TheEngine, TheVisitor, find

router = APIRouter(prefix="/api/rooms/{room_id}")


class NewInvitation(Body):
    part: Part
    expires_at: When | None = None
    max_uses: int | None = None


@router.post("/invitations", status_code=201)
async def invite(
    body: NewInvitation, request: Request, visitor: TheVisitor, people: ThePeople, engine: TheEngine
) -> dict[str, str]:
    """A link for others. Its token is in this answer and nowhere else."""
    token, invited = new_token(), Invited(visitor.room_id, str(uuid4()))
    command = MakeInvitation(
        invitation_id=invited.invitation_id,
        part=body.part,
        expires_at=body.expires_at,
        max_uses=body.max_uses,
    )
    # First the token, then the invitation: a link whose invitation was never stored opens nothing.
    await people.run(lambda sql: invitations.keep(sql, token, invited))
    try:
        await engine.run(visitor.room_id, command, visitor.member.id)
    except Refusal:
        await people.run(lambda sql: invitations.forget(sql, token))
        raise
    url = link(base_for(people.settings, request), "join", token)
    return {"invitation_id": invited.invitation_id, "token": token, "url": url}


@router.delete("/invitations/{invitation_id}", status_code=204)
async def revoke(invitation_id: Id, visitor: TheVisitor, engine: TheEngine) -> None:
    await engine.run(visitor.room_id, RevokeInvitation(invitation_id=invitation_id), visitor.member.id)


@router.post("/members/{member_id}/way_back")
async def make_way_back(
    member_id: Id, request: Request, visitor: TheVisitor, people: ThePeople, engine: TheEngine
) -> dict[str, str]:
    """A new personal way back, for oneself or by a coach; the old one ends."""
    if visitor.member.id != member_id and "rooms.manage" not in engine.registry.permissions(visitor.member.part):
        raise Refusal("not_allowed", needs="rooms.manage")
    person = Person(visitor.room_id, member_id)

    def work(sql: Session) -> ways_back.Shown:
        member = find(sql, Member, person.room_id, person.member_id)
        if member is None or member.removed_at is not None:
            raise Refusal("not_found", kind=Member.noun)
        return ways_back.make(sql, people.keys, person, people.now())

    return shown(people, request, await people.run(work))


def shown(people: People, request: Request, way_back: ways_back.Shown) -> dict[str, str]:
    url = link(base_for(people.settings, request), "back", way_back.token)
    return {"url": url, "phrase": way_back.phrase}
