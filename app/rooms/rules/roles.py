"""The four meeting roles and who holds them."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import AssignRole, RoleAssigned
from app.rooms.rows import MeetingRole, Member, active_member


def assign_role(room: Room, command: AssignRole, ask: Ask) -> Change:
    """One person may hold two roles: a clinic of three has no four others. The rota suggests otherwise."""
    if command.member_id is not None and active_member(room, command.member_id).part in ("observer", "wall"):
        raise Refusal("no_role_for_observers")
    (role,) = room.where(MeetingRole, role=command.role)
    fact = RoleAssigned(role=command.role, member_id=command.member_id)
    return Change(fact, puts=role.but(member_id=command.member_id).unless(role))


def without_roles(room: Room, member: Member) -> tuple[MeetingRole, ...]:
    """The roles that this member holds, held by nobody."""
    return tuple(role.but(member_id=None) for role in room.where(MeetingRole, member_id=member.id))
