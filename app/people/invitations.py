"""Which invitation a link stands for. The room's own rows say what it gives and whether it still counts."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete

from app.people.rows import InvitationToken
from app.people.tokens import hashed


@dataclass(frozen=True, slots=True)
class Invited:
    """Where an invitation's link leads."""

    room_id: str
    invitation_id: str


def keep(sql: Session, token: str, invited: Invited) -> None:
    sql.add(InvitationToken(hash=hashed(token), room_id=invited.room_id, invitation_id=invited.invitation_id))


def forget(sql: Session, token: str) -> None:
    sql.exec(delete(InvitationToken).where(col(InvitationToken.hash) == hashed(token)))


def by_link(sql: Session, token: str) -> Invited | None:
    kept = sql.get(InvitationToken, hashed(token))
    return Invited(kept.room_id, kept.invitation_id) if kept else None
