"""Who holds which meeting role, and how it passes to somebody else: by a press, never by a line that drops."""

from collections.abc import Iterable
from typing import Any

from app.meetings.messages import (
    ClaimRole,
    DataPartnerSet,
    DeclineRole,
    HandOver,
    KeptPrivate,
    OfferRole,
    RoleClaimed,
    RoleHandedOver,
    RoleOffered,
    RoleSuggested,
    RoleTaken,
    SetDataPartner,
    SetPreference,
    SuggestRole,
    TakeRole,
)
from app.meetings.rows import MANAGE, Claim, DataPartner, Declined, Held, Meeting, Offer, Preference, Suggestion
from app.meetings.rules.fair import whose_turn
from app.meetings.rules.timing import GRACE
from app.rooms.attendance import Attendance
from app.rooms.kernel import Ask, Change, Refusal, Room, Row, Who
from app.rooms.rows import ROLES, MeetingRole, Member, RoleName, active_member
from app.rooms.values import id_from


def hand_over(room: Room, command: HandOver, ask: Ask) -> Change:
    role = role_row(room, command.role)
    if role.member_id != ask.who.member_id and not ask.who.may(MANAGE):
        raise Refusal("role_not_yours", role=command.role)
    if command.member_id is not None:
        may_hold(room, command.member_id)
    fact = RoleHandedOver(role=command.role, from_id=role.member_id, member_id=command.member_id)
    return _passes(room, role, command.member_id, ask, fact)


def take_role(room: Room, command: TakeRole, ask: Ask) -> Change:
    me = may_hold(room, str(ask.who.member_id))
    role = role_row(room, command.role)
    if role.member_id not in (None, me.id) and not _is_missed(room, role.member_id, ask):
        raise Refusal("role_is_held", role=command.role)
    return _passes(room, role, me.id, ask, RoleTaken(role=command.role, member_id=me.id))


def claim_role(room: Room, command: ClaimRole, ask: Ask) -> Change:
    if command.meeting_id is not None and room.get(Meeting, command.meeting_id).state != "planned":
        raise Refusal("meeting_not_planned")
    if command.member_id is not None:
        may_hold(room, command.member_id)
    standing = room.find(Claim, claim_id(room, command.role, command.meeting_id))
    others = {command.member_id, standing.member_id if standing else None} - {None, ask.who.member_id}
    if others and not ask.who.may(MANAGE):
        raise Refusal("role_is_claimed" if standing and standing.member_id in others else "not_allowed", needs=MANAGE)
    fact = RoleClaimed(role=command.role, member_id=command.member_id, meeting_id=command.meeting_id)
    if standing is not None and standing.member_id == command.member_id:
        return Change(fact)
    if command.member_id is None:
        return Change(fact, drops=((Claim, standing.id),) if standing else ())
    claim = ask.new(
        Claim,
        id=claim_id(room, command.role, command.meeting_id),
        owner_id=command.member_id,
        role=command.role,
        member_id=command.member_id,
        meeting_id=command.meeting_id,
        after_id=role_row(room, command.role).member_id,
    )
    answered = (row for row in room.where(Offer) if (row.role, row.member_id) == (claim.role, claim.member_id))
    drops: tuple[tuple[type[Row], str], ...] = tuple((Offer, row.id) for row in answered)
    return Change(fact, puts=(claim,), drops=drops)


def offer_role(room: Room, command: OfferRole, ask: Ask) -> Change:
    member = may_hold(room, command.member_id)
    offer = ask.new(
        Offer,
        id=room.free(Offer, command.offer_id),
        owner_id=member.id,
        role=command.role,
        member_id=member.id,
        by=ask.who.member_id,
    )
    earlier = (old for old in room.where(Offer) if (old.role, old.member_id) == (command.role, member.id))
    drops: tuple[tuple[type[Row], str], ...] = tuple((Offer, old.id) for old in earlier)
    return Change(RoleOffered(offer_id=offer.id, role=command.role), puts=(offer,), drops=drops)


def decline_role(room: Room, command: DeclineRole, ask: Ask) -> Change:
    """The offer stays as it is, so that whoever asked cannot tell."""
    offer = room.get(Offer, command.offer_id)
    if not ask.who.owns(offer):
        raise Refusal("not_found", kind=Offer.noun)
    me = str(ask.who.member_id)
    before = room.find(Declined, me) or ask.new(Declined, id=me)
    still = [id for id in before.offer_ids if room.find(Offer, id) and id != offer.id]
    return Change(KeptPrivate(), puts=(before.but(offer_ids=(*still, offer.id)),))


def the_declined(room: Room, command: DeclineRole, who: Who) -> Iterable[tuple[type[Row], dict[str, Any]]]:
    """What they have declined before, which only SQL knows."""
    return [(Declined, {"id": who.member_id or ""})]


def set_preference(room: Room, command: SetPreference, ask: Ask) -> Change:
    me = str(ask.who.member_id)
    standing = {row.id: row for row in room.where(Preference, member_id=me)}
    standing.setdefault(me, ask.new(Preference, id=me, member_id=me, types_little=False))
    puts = (said for row in standing.values() for said in row.but(types_little=command.types_little).unless(row))
    return Change(KeptPrivate(), puts=tuple(puts))


def set_data_partner(room: Room, command: SetDataPartner, ask: Ask) -> Change:
    member = active_member(room, command.member_id)
    fact = DataPartnerSet(member_id=member.id, is_data_partner=command.is_data_partner)
    standing = room.where(DataPartner, member_id=member.id)
    if not command.is_data_partner:
        return Change(fact, drops=tuple((DataPartner, row.id) for row in standing))
    marked = ask.new(DataPartner, id=member.id, owner_id=member.id, member_id=member.id)
    return Change(fact, puts=() if standing else (marked,))


def suggest_role(room: Room, command: SuggestRole, ask: Ask) -> Change:
    """Who was asked or suggested before is passed over, whatever they have answered: so that it tells nothing."""
    id = id_from(room.id, Suggestion.noun, command.role)
    before = room.find(Suggestion, id)
    passed = before.passed_over if before and command.another else ()
    if before and before.member_id and command.another:
        passed = (*passed, before.member_id)
    asked = (offer.member_id for offer in room.where(Offer) if offer.role == command.role)
    fair = whose_turn(room, command.role, {*passed, *asked})
    suggestion = ask.new(
        Suggestion,
        id=id,
        owner_id=None,
        role=command.role,
        member_id=fair.member_id,
        why=fair.why,
        times=fair.times,
        last_day=fair.last_day,
        passed_over=passed if fair.member_id else (),
    )
    return Change(RoleSuggested(role=command.role), puts=(suggestion,))


def holders_at_start(room: Room, meeting: Meeting) -> dict[RoleName, str | None]:
    """Who holds which role when this meeting starts: who has claimed it, unless it was given to somebody since."""
    return {role: _claimed(room, role, meeting) or role_row(room, role).member_id for role in ROLES}


def claims_of(room: Room, meeting: Meeting) -> tuple[Claim, ...]:
    """Those that this meeting settles."""
    return tuple(claim for claim in room.where(Claim) if claim.meeting_id in (None, meeting.id))


def held_in(meeting: Meeting, role: RoleName, member_id: str, ask: Ask) -> Held:
    """The same row however often it is said."""
    return ask.new(
        Held,
        id=id_from(meeting.id, role, member_id),
        owner_id=None,
        meeting_id=meeting.id,
        day=meeting.day,
        role=role,
        member_id=member_id,
    )


def claim_id(room: Room, role: RoleName, meeting_id: str | None) -> str:
    return id_from(room.id, Claim.noun, role, meeting_id or "next")


def may_hold(room: Room, member_id: str) -> Member:
    """Patients, carers and staff alike; who only looks on holds no role."""
    member = active_member(room, member_id)
    if member.part in ("observer", "wall"):
        raise Refusal("no_role_for_observers")
    return member


def role_row(room: Room, role: RoleName) -> MeetingRole:
    (row,) = room.where(MeetingRole, role=role)
    return row


def _is_missed(room: Room, member_id: str, ask: Ask) -> bool:
    """A meeting is on, no coach is here who could pass the role on, and its holder has not been here for two minutes.

    Whether somebody is here is read from attendance: it outlives a line that drops for a moment.
    """
    live = next(iter(room.where(Meeting, state="live")), None)
    attended = room.where(Attendance)
    here = {row.member_id for row in attended if row.is_open}
    coaches = {coach.id for coach in room.where(Member, part="coach", state="active")}
    if live is None or live.started_at is None or member_id in here or coaches & here:
        return False
    left = (row.until for row in attended if row.member_id == member_id and row.until is not None)
    return ask.at >= max((live.started_at, *left)) + GRACE


def _passes(room: Room, role: MeetingRole, member_id: str | None, ask: Ask, fact: RoleHandedOver | RoleTaken) -> Change:
    """While a meeting is on it counts as a turn, and what was claimed for next time stays; else it was said since."""
    if role.member_id == member_id:
        return Change(fact)
    live = next(iter(room.where(Meeting, state="live")), None)
    claims = [claim for claim in room.where(Claim) if claim.role == role.role]
    answered = [offer for offer in room.where(Offer) if offer.role == role.role and member_id is not None]
    held = () if live is None or member_id is None else (held_in(live, role.role, member_id, ask),)
    new = tuple(row for row in held if room.find(Held, row.id) is None)
    kept = tuple(claim.but(after_id=member_id) for claim in claims) if live is not None else ()
    settled = [claim for claim in claims if live is None and claim.meeting_id is None]
    gone: tuple[tuple[type[Row], str], ...] = tuple((type(row), row.id) for row in (*settled, *answered))
    return Change(fact, puts=(role.but(member_id=member_id), *new, *kept), drops=gone)


def _claimed(room: Room, role: RoleName, meeting: Meeting) -> str | None:
    """The claim for this very meeting goes before the one for "next time"."""
    mine = [claim for claim in claims_of(room, meeting) if claim.role == role]
    holder = role_row(room, role).member_id
    for claim in sorted(mine, key=lambda claim: claim.meeting_id is None):
        member = room.find(Member, claim.member_id)
        is_here = member is not None and member.state == "active" and member.part not in ("observer", "wall")
        if is_here and holder in (None, claim.after_id):
            return claim.member_id
    return None
