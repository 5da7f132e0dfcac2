"""The four meeting roles and who holds them."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import AssignRole, RoleAssigned
from app.rooms.rows import MeetingRole, Member, RoleName, active_member


def assign_role(room: Room, command: AssignRole, ask: Ask) -> Change:
    if command.member_id is not None:
        _refuse_unless_free(room, active_member(room, command.member_id), command.role)
    (role,) = room.where(MeetingRole, role=command.role)
    fact = RoleAssigned(role=command.role, member_id=command.member_id)
    return Change(fact, puts=role.but(member_id=command.member_id).unless(role))


def without_roles(room: Room, member: Member) -> tuple[MeetingRole, ...]:
    """The roles that this member holds, held by nobody."""
    return tuple(role.but(member_id=None) for role in room.where(MeetingRole, member_id=member.id))


def _refuse_unless_free(room: Room, member: Member, wanted: RoleName) -> None:
    if member.part in ("observer", "wall"):
        raise Refusal("no_role_for_observers")
    for role in room.where(MeetingRole, member_id=member.id):
        if role.role != wanted:
            # Refused, not moved: moving would silently leave the other role empty in the middle of a meeting.
            raise Refusal("has_a_role", role=role.role)
