"""The room itself as the first tool: what it keeps, what it allows, and to whom."""

from app.rooms import messages, rules
from app.rooms.kernel import INTERNAL, Deadline, Row, Tool
from app.rooms.record import people
from app.rooms.rows import InvitationTable, MeetingRoleTable, Member, MemberTable, PlaceTable, RoomTable

SEE = ("rooms.view",)
TAKE_PART = (*SEE, "rooms.contribute")

TOOL = Tool(
    "rooms",
    tables=(RoomTable, MemberTable, InvitationTable, PlaceTable, MeetingRoleTable),
    facts=(
        messages.RoomMade,
        messages.RoomRenamed,
        messages.PartSet,
        messages.MemberJoined,
        messages.MemberKnocked,
        messages.MemberAdmitted,
        messages.MemberDenied,
        messages.DoorOpened,
        messages.DoorClosed,
        messages.MemberCameBack,
        messages.MemberChanged,
        messages.MemberRemoved,
        messages.MemberLeft,
        messages.PersonAdded,
        messages.RoleAssigned,
        messages.EveryoneBrought,
        messages.Redacted,
        messages.PersonErased,
        messages.RoomErased,
        messages.RoomImported,
        messages.InvitationMade,
        messages.InvitationRevoked,
    ),
    in_record=people,
    refusals=("no_role_for_observers", "lobby_full"),
    grants={
        "coach": (
            *TAKE_PART,
            "rooms.record",
            "rooms.steer",
            "rooms.bring",
            "rooms.admit",
            "rooms.code",
            "rooms.manage",
        ),
        "member": TAKE_PART,
        "sponsor": TAKE_PART,
        "observer": SEE,
        "wall": (*SEE, "rooms.code"),
        "leader": ("rooms.bring",),
        "recorder": ("rooms.record",),
    },
)

TOOL.rule(messages.MakeRoom, needs=INTERNAL)(rules.make_room)
TOOL.rule(messages.ImportRoom, needs=INTERNAL)(rules.import_room)
TOOL.rule(messages.ErasePerson, needs=INTERNAL)(rules.erase_person)
TOOL.rule(messages.EraseRoom, needs=INTERNAL)(rules.erase_room)
TOOL.rule(messages.Join, needs=INTERNAL)(rules.join)
TOOL.rule(messages.Knock, needs=INTERNAL)(rules.knock)
TOOL.rule(messages.UseLink, needs=INTERNAL)(rules.use_link)
TOOL.rule(messages.RaisePart, needs=INTERNAL)(rules.raise_part)
TOOL.rule(messages.ComeBack, needs=INTERNAL)(rules.come_back)
TOOL.rule(messages.MakeInvitation, needs="rooms.manage", internal=True)(rules.make_invitation)
TOOL.rule(messages.RevokeInvitation, needs="rooms.manage", internal=True)(rules.revoke_invitation)
TOOL.rule(messages.AdmitMember, needs="rooms.admit")(rules.admit_member)
TOOL.rule(messages.DenyMember, needs="rooms.admit")(rules.deny_member)
TOOL.rule(messages.OpenDoor, needs="rooms.manage")(rules.open_door)
TOOL.rule(messages.CloseDoor, needs="rooms.manage")(rules.close_door)
TOOL.rule(messages.RenameRoom, needs="rooms.manage")(rules.rename_room)
TOOL.rule(messages.SetPart, needs="rooms.manage")(rules.set_part)
TOOL.rule(messages.RemoveMember, needs="rooms.manage")(rules.remove_member)
TOOL.rule(messages.AddPerson, needs="rooms.manage")(rules.add_person)
TOOL.rule(messages.AssignRole, needs="rooms.manage")(rules.assign_role)
TOOL.rule(messages.BringEveryone, needs="rooms.bring")(rules.bring_everyone)
TOOL.rule(messages.SetMe, needs="rooms.contribute")(rules.set_me)
TOOL.rule(messages.Leave, needs="rooms.contribute")(rules.leave)
TOOL.rule(messages.Redact, needs="rooms.contribute")(rules.redact)


def _given_up(member: Row) -> messages.DenyMember:
    """Nobody has come to the door for a day: who waits there is not let in any more."""
    return messages.DenyMember(type="rooms.deny_member", member_id=member.id)


TOOL.deadlines.append(Deadline(Member, _given_up))
