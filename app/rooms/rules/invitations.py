"""Links that let people in, and what using one does."""

from datetime import timedelta

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import (
    InvitationMade,
    InvitationRevoked,
    Join,
    MakeInvitation,
    MemberJoined,
    MemberKnocked,
    PartSet,
    RaisePart,
    RevokeInvitation,
    UseLink,
)
from app.rooms.rows import Invitation, Member, Part, active_member
from app.rooms.rules.door import is_closed, let_in, waits

COACH_LINK_LASTS = timedelta(days=7)
RISING: tuple[Part, ...] = ("observer", "sponsor", "member", "coach")
"""The parts of people, from the fewest rights to the most. A wall is a screen and stands outside."""


def make_invitation(room: Room, command: MakeInvitation, ask: Ask) -> Change:
    expires_at, max_uses = command.expires_at, command.max_uses
    if command.part == "coach":
        expires_at, max_uses = expires_at or ask.at + COACH_LINK_LASTS, max_uses or 1
    invitation = ask.new(
        Invitation,
        id=room.free(Invitation, command.invitation_id),
        part=command.part,
        expires_at=expires_at,
        max_uses=max_uses,
    )
    return Change(InvitationMade(invitation_id=invitation.id, part=invitation.part), puts=(invitation,))


def revoke_invitation(room: Room, command: RevokeInvitation, ask: Ask) -> Change:
    invitation = room.get(Invitation, command.invitation_id)
    revoked = invitation.but(revoked_at=invitation.revoked_at or ask.at)
    return Change(InvitationRevoked(invitation_id=invitation.id), puts=revoked.unless(invitation))


def join(room: Room, command: Join, ask: Ask) -> Change:
    invitation = _valid(room, command.invitation_id, ask)
    member = ask.new(
        Member,
        id=room.free(Member, command.member_id),
        owner_id=command.member_id,
        name=command.name,
        voice=command.voice,
        microsystem=command.microsystem,
        part=invitation.part,
    )
    if is_closed(room):
        waiting = waits(room, member.but(is_stranger=True), ask)
        return Change(MemberKnocked(member_id=member.id), puts=(waiting, _used(invitation)))
    return Change(MemberJoined(member_id=member.id), puts=(member, _used(invitation)))


def use_link(room: Room, command: UseLink, ask: Ask) -> Change:
    """Only for who has never been in: somebody taken out does not come back by a link."""
    invitation = _valid(room, command.invitation_id, ask)
    member = room.get(Member, command.member_id)
    if member.state != "waiting" or not member.is_stranger or is_closed(room):
        return Change(MemberKnocked(member_id=member.id))
    inside = let_in(member).but(part=invitation.part)
    return Change(MemberJoined(member_id=member.id), puts=(inside, _used(invitation)))


def raise_part(room: Room, command: RaisePart, ask: Ask) -> Change:
    invitation = _valid(room, command.invitation_id, ask)
    member = active_member(room, command.member_id)
    if not is_higher(invitation.part, member.part):
        return Change(PartSet(member_id=member.id, part=member.part))
    raised = member.but(part=invitation.part)
    return Change(PartSet(member_id=raised.id, part=raised.part), puts=(raised, _used(invitation)))


def _valid(room: Room, id: str, ask: Ask) -> Invitation:
    """One same refusal for wrong, revoked, expired and used up, so that trying links out tells nothing."""
    invitation = room.find(Invitation, id)
    if invitation is None or not invitation.is_open(ask.at):
        raise Refusal("not_found", kind=Invitation.noun)
    return invitation


def _used(invitation: Invitation) -> Invitation:
    return invitation.but(uses=invitation.uses + 1)


def is_higher(part: Part, than: Part) -> bool:
    return part in RISING and than in RISING and RISING.index(part) > RISING.index(than)
