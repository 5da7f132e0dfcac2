"""What a room has agreed about how it works together, for whoever is about to agree to it."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from sqlmodel import Session

from app.meetings.rows import GroundRuleTable
from app.people import invitations
from app.people.fields import Body, TokenText
from app.people.routes import ThePeople
from app.people.tokens import token_in
from app.rooms.kernel import table_of
from app.rooms.lookup import find
from app.rooms.routes import TheEngine
from app.rooms.rows import Invitation

router = APIRouter()
IN_FORCE = ("agreed", "going")


class Link(Body):
    token: TokenText


@router.post("/join/agreed")
async def agreed(body: Link, people: ThePeople, engine: TheEngine) -> dict[str, list[str]]:
    """The ground rules of the room that a link leads into, in their order. Of a link that opens nothing, none.

    Opening a link spends nothing. Whoever has only a code is told inside: a code leads to the door and no further.
    """

    def look(sql: Session) -> list[str]:
        invited = invitations.by_link(sql, token_in(body.token))
        if invited is None:
            return []
        invitation = find(sql, Invitation, invited.room_id, invited.invitation_id)
        if invitation is None or not invitation.is_open(engine.clock.now()):
            return []
        return _in_force(sql, invited.room_id)

    return {"rules": await people.read(look)}


def _in_force(sql: Session, room_id: str) -> list[str]:
    rule: Any = table_of(GroundRuleTable).c
    stands = (rule.room_id == room_id, rule.state.in_(IN_FORCE), rule.removed_at.is_(None), rule.text.is_not(None))
    return list(sql.execute(select(rule.text).where(*stands).order_by(rule.rank, rule.id)).scalars())
