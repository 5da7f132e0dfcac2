"""What people ask of the room itself, and what then has happened."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from app.rooms.kernel import Command, Fact
from app.rooms.rows import Part, RoleName
from app.rooms.values import Id, Key, Name, Title, View, When


class RenameRoom(Command):
    type: Literal["rooms.rename_room"]
    name: Name


class RoomRenamed(Fact):
    undone_by: ClassVar[str | None] = "rooms.rename_room"
    type: Literal["rooms.room_renamed"] = "rooms.room_renamed"


class SetPart(Command):
    type: Literal["rooms.set_part"]
    member_id: Id
    part: Literal["coach", "member", "sponsor", "observer"]


class PartSet(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.part_set"] = "rooms.part_set"
    member_id: Id
    part: Part


class RemoveMember(Command):
    """Take somebody out of the room for good; `close_door` also marks the room's door as closed."""

    type: Literal["rooms.remove_member"]
    member_id: Id
    close_door: bool = False


class MemberRemoved(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_removed"] = "rooms.member_removed"
    member_id: Id


class Leave(Command):
    type: Literal["rooms.leave"]


class MemberLeft(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_left"] = "rooms.member_left"
    member_id: Id


class AdmitMember(Command):
    """Let in who waits at the door; with `is_member_id`: this is that person, who was here before."""

    type: Literal["rooms.admit_member"]
    member_id: Id
    is_member_id: Id | None = None


class MemberAdmitted(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_admitted"] = "rooms.member_admitted"
    member_id: Id
    is_member_id: Id | None


class DenyMember(Command):
    type: Literal["rooms.deny_member"]
    member_id: Id


class MemberDenied(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_denied"] = "rooms.member_denied"
    member_id: Id


class JoinMembers(Command):
    """Two entries are one person: everything of `drop_id` is from now on `keep_id`'s, and whoever comes as it, too."""

    type: Literal["rooms.join_members"]
    keep_id: Id
    drop_id: Id


class MembersJoined(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.members_joined"] = "rooms.members_joined"
    keep_id: Id
    drop_id: Id


class OpenDoor(Command):
    """Who comes by a link is in at once."""

    type: Literal["rooms.open_door"]


class DoorOpened(Fact):
    undone_by: ClassVar[str | None] = "rooms.close_door"
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.door_opened"] = "rooms.door_opened"


class CloseDoor(Command):
    """Who comes by a link waits until somebody lets them in. Those who are in stay in."""

    type: Literal["rooms.close_door"]


class DoorClosed(Fact):
    undone_by: ClassVar[str | None] = "rooms.open_door"
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.door_closed"] = "rooms.door_closed"


class AddPerson(Command):
    """Somebody without a device: on the telephone, or at the table. Others write for them."""

    type: Literal["rooms.add_person"]
    member_id: Id
    name: Name
    voice: Key | None = None
    microsystem: Title | None = None


class PersonAdded(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.person_added"] = "rooms.person_added"
    member_id: Id


class SetMe(Command):
    """My own name, where I speak from, my microsystem. Absent = unchanged, null = nothing said."""

    type: Literal["rooms.set_me"]
    name: Name | None = None
    voice: Key | None = None
    microsystem: Title | None = None


class MemberChanged(Fact):
    type: Literal["rooms.member_changed"] = "rooms.member_changed"
    member_id: Id


class AssignRole(Command):
    type: Literal["rooms.assign_role"]
    role: RoleName
    member_id: Id | None


class RoleAssigned(Fact):
    undone_by: ClassVar[str | None] = "rooms.assign_role"
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.role_assigned"] = "rooms.role_assigned"
    role: RoleName
    member_id: Id | None


class BringEveryone(Command):
    type: Literal["rooms.bring_everyone"]
    view: View


class EveryoneBrought(Fact):
    type: Literal["rooms.everyone_brought"] = "rooms.everyone_brought"
    view: View


class Redact(Command):
    """Take words out for good: from the row, from what was said about it, and from the log."""

    type: Literal["rooms.redact"]
    kind: Key
    row_id: Id


class Redacted(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.redacted"] = "rooms.redacted"
    kind: Key
    row_id: Id


class ErasePerson(Command):
    """The operator erases somebody: `name` stands for them from now on. Their words stay, or go with them."""

    type: Literal["rooms.erase_person"] = "rooms.erase_person"
    member_id: Id
    name: Name
    with_words: bool = False


class PersonErased(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.person_erased"] = "rooms.person_erased"
    member_id: Id


class EraseRoom(Command):
    """The operator erases the whole room, or its time is over. What stays of it is the numbers of its log."""

    type: Literal["rooms.erase_room"] = "rooms.erase_room"
    last_seq: int | None = None
    """Its time is over, if nothing has happened in it since this entry."""


class RoomErased(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.room_erased"] = "rooms.room_erased"
    was_over: bool = False
    """Nobody had changed it for as long as it was to be kept."""


class CountPapers(Command):
    """So many papers lie in an open box."""

    type: Literal["rooms.count_papers"] = "rooms.count_papers"
    kind: Key
    row_id: Id
    given: int


class PapersCounted(Fact):
    type: Literal["rooms.papers_counted"] = "rooms.papers_counted"
    kind: Key
    row_id: Id
    given: int


class VoidBox(Command):
    """An open box has lost its key: it was restored, or came with a copy."""

    type: Literal["rooms.void_box"] = "rooms.void_box"
    kind: Key
    row_id: Id


class BoxVoided(Fact):
    type: Literal["rooms.box_voided"] = "rooms.box_voided"
    kind: Key
    row_id: Id


class ImportRoom(Command):
    """Entry 1 of a room that was exported: kind → its rows with every field, also those that never leave a server."""

    type: Literal["rooms.import_room"] = "rooms.import_room"
    rows: dict[str, tuple[dict[str, Any], ...]]


class RoomImported(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.room_imported"] = "rooms.room_imported"


class MakeRoom(Command):
    """Entry 1: the room, its first coach, and what each tool begins with."""

    type: Literal["rooms.make_room"] = "rooms.make_room"
    name: Name
    method: Key
    pathway: tuple[Title, ...] = Field(default=(), max_length=20)
    language: str = Field(default="en-GB", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
    timezone: str = Field(default="Europe/London", pattern=r"^[A-Za-z0-9_+/-]{1,60}$")
    member_id: Id
    coach_name: Name


class RoomMade(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.room_made"] = "rooms.room_made"
    member_id: Id


class Join(Command):
    """A link was used: a new member, with the part that the link gives."""

    type: Literal["rooms.join"] = "rooms.join"
    member_id: Id
    invitation_id: Id
    name: Name
    voice: Key | None = None
    microsystem: Title | None = None


class MemberJoined(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_joined"] = "rooms.member_joined"
    member_id: Id


class Knock(Command):
    """Somebody has a code, and waits until they are let in. Once more: with another name, say."""

    type: Literal["rooms.knock"] = "rooms.knock"
    member_id: Id
    name: Name
    voice: Key | None = None
    microsystem: Title | None = None


class MemberKnocked(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_knocked"] = "rooms.member_knocked"
    member_id: Id


class UseLink(Command):
    """Who waits by a code has found their link after all."""

    type: Literal["rooms.use_link"] = "rooms.use_link"
    member_id: Id
    invitation_id: Id


class RaisePart(Command):
    """A member used a link for a higher part. Never lowers, never makes a wall of a person."""

    type: Literal["rooms.raise_part"] = "rooms.raise_part"
    member_id: Id
    invitation_id: Id


class ComeBack(Command):
    """Somebody who had left, or was taken out, uses a link, a code or their way back."""

    type: Literal["rooms.come_back"] = "rooms.come_back"
    member_id: Id


class MemberCameBack(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.member_came_back"] = "rooms.member_came_back"
    member_id: Id


class MakeInvitation(Command):
    type: Literal["rooms.make_invitation"] = "rooms.make_invitation"
    invitation_id: Id
    part: Part
    expires_at: When | None = None
    max_uses: int | None = Field(default=None, ge=1, le=1000)


class InvitationMade(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.invitation_made"] = "rooms.invitation_made"
    invitation_id: Id
    part: Part


class RevokeInvitation(Command):
    type: Literal["rooms.revoke_invitation"] = "rooms.revoke_invitation"
    invitation_id: Id


class InvitationRevoked(Fact):
    is_audited: ClassVar[bool] = True
    type: Literal["rooms.invitation_revoked"] = "rooms.invitation_revoked"
    invitation_id: Id


BEGIN_A_ROOM = (MakeRoom, ImportRoom)
"""Commands that nobody needs a room for."""
