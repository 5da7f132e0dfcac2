"""Who holds which meeting role, and how it passes to somebody else: by a press, never by a line that drops."""

from app.meetings.messages import HandOver, RoleHandedOver, RoleTaken, TakeRole
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rows import MeetingRole, Member, RoleName, active_member

MANAGE = "rooms.manage"


def hand_over(room: Room, command: HandOver, ask: Ask) -> Change:
    role = role_row(room, command.role)
    if role.member_id != ask.who.member_id and not ask.who.may(MANAGE):
        raise Refusal("role_not_yours", role=command.role)
    if command.member_id is not None:
        may_hold(room, command.member_id)
    fact = RoleHandedOver(role=command.role, from_id=role.member_id, member_id=command.member_id)
    return Change(fact, puts=role.but(member_id=command.member_id).unless(role))


def take_role(room: Room, command: TakeRole, ask: Ask) -> Change:
    me = may_hold(room, str(ask.who.member_id))
    role = role_row(room, command.role)
    if role.member_id not in (None, me.id):
        raise Refusal("role_is_held", role=command.role)
    return Change(RoleTaken(role=command.role, member_id=me.id), puts=role.but(member_id=me.id).unless(role))


def may_hold(room: Room, member_id: str) -> Member:
    """Patients, carers and staff alike; who only looks on holds no role."""
    member = active_member(room, member_id)
    if member.part in ("observer", "wall"):
        raise Refusal("no_role_for_observers")
    return member


def role_row(room: Room, role: RoleName) -> MeetingRole:
    (row,) = room.where(MeetingRole, role=role)
    return row
