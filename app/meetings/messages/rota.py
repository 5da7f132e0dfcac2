"""What people ask of the meeting roles, and what then has happened."""

from typing import ClassVar, Literal

from app.rooms.kernel import Command, Fact
from app.rooms.rows import RoleName
from app.rooms.values import Id


class HandOver(Command):
    """Whoever holds a role gives it to somebody else, in the middle of the hour too; null gives it back."""

    type: Literal["meetings.hand_over"]
    role: RoleName
    member_id: Id | None


class RoleHandedOver(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["meetings.role_handed_over"] = "meetings.role_handed_over"
    role: RoleName
    from_id: Id | None
    member_id: Id | None


class TakeRole(Command):
    """Take a role that nobody holds."""

    type: Literal["meetings.take_role"]
    role: RoleName


class RoleTaken(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["meetings.role_taken"] = "meetings.role_taken"
    role: RoleName
    member_id: Id
