"""The room itself as the first tool: what it keeps, what it allows, and to whom."""

from app.rooms import attendance, hush, messages, rules
from app.rooms.kernel import INTERNAL, Deadline, Row, Tool
from app.rooms.paper import PaperTable
from app.rooms.record import people
from app.rooms.rows import InvitationTable, MeetingRoleTable, Member, MemberTable, PlaceTable, RoomTable

SEE = ("rooms.view",)
BE_HEARD = (*SEE, "rooms.word")
TAKE_PART = (*BE_HEARD, "rooms.contribute")

TOOL = Tool(
    "rooms",
    tables=(
        RoomTable,
        MemberTable,
        InvitationTable,
        PlaceTable,
        MeetingRoleTable,
        attendance.AttendanceTable,
        attendance.AttendedTable,
        hush.HoldTable,
        hush.WordTable,
        PaperTable,
    ),
    facts=(
        messages.RoomMade,
        messages.RoomRenamed,
        messages.PartSet,
        messages.MemberJoined,
        messages.MemberKnocked,
        messages.MemberAdmitted,
        messages.MemberDenied,
        messages.MembersJoined,
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
        messages.PapersCounted,
        messages.BoxVoided,
        messages.InvitationMade,
        messages.InvitationRevoked,
        attendance.MembersAttended,
        attendance.MemberAttended,
        attendance.AttendanceEnded,
        attendance.AttendanceCounted,
        hush.MemberHeld,
        hush.MemberReleased,
        hush.WordSaid,
        hush.WordRead,
        hush.WordsForgotten,
    ),
    in_record=people,
    refusals=("no_role_for_observers", "lobby_full", "held", "too_many_words", "box_closed", "box_lost"),
    grants={
        "coach": (
            *TAKE_PART,
            "rooms.record",
            "rooms.steer",
            "rooms.bring",
            "rooms.admit",
            "rooms.code",
            "rooms.manage",
            "rooms.hold",
            "rooms.hear",
        ),
        "member": TAKE_PART,
        "sponsor": TAKE_PART,
        "observer": BE_HEARD,
        "wall": (*SEE, "rooms.code"),
        "leader": ("rooms.bring",),
        "recorder": ("rooms.record",),
    },
)

TOOL.rule(messages.MakeRoom, needs=INTERNAL)(rules.make_room)
TOOL.rule(messages.ImportRoom, needs=INTERNAL)(rules.import_room)
TOOL.rule(messages.ErasePerson, needs=INTERNAL, reads_shelf=True)(rules.erase_person)
TOOL.rule(messages.EraseRoom, needs=INTERNAL, reads_shelf=True)(rules.erase_room)
TOOL.rule(messages.Join, needs=INTERNAL)(rules.join)
TOOL.rule(messages.Knock, needs=INTERNAL)(rules.knock)
TOOL.rule(messages.UseLink, needs=INTERNAL)(rules.use_link)
TOOL.rule(messages.RaisePart, needs=INTERNAL)(rules.raise_part)
TOOL.rule(messages.ComeBack, needs=INTERNAL)(rules.come_back)
TOOL.rule(messages.CountPapers, needs=INTERNAL)(rules.count_papers)
TOOL.rule(messages.VoidBox, needs=INTERNAL)(rules.void_box)
TOOL.rule(messages.MakeInvitation, needs="rooms.manage", internal=True)(rules.make_invitation)
TOOL.rule(messages.RevokeInvitation, needs="rooms.manage", internal=True)(rules.revoke_invitation)
TOOL.rule(messages.AdmitMember, needs="rooms.admit")(rules.admit_member)
TOOL.rule(messages.DenyMember, needs="rooms.admit")(rules.deny_member)
TOOL.rule(messages.JoinMembers, needs="rooms.manage", reads_shelf=True)(rules.join_members)
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
TOOL.rule(messages.Redact, needs="rooms.contribute", reads_shelf=True)(rules.redact)

TOOL.rule(attendance.Attend, needs=INTERNAL)(rules.attend)
TOOL.rule(attendance.EndAttendance, needs=INTERNAL)(rules.end_attendance)
TOOL.rule(attendance.CountAttendance, needs=INTERNAL)(rules.count_attendance)
TOOL.rule(attendance.SetAttendance, needs="rooms.record")(rules.set_attendance)
TOOL.rule(hush.HoldMember, needs="rooms.hold")(rules.hold_member)
TOOL.rule(hush.ReleaseMember, needs="rooms.hold")(rules.release_member)
TOOL.rule(hush.SayWord, needs="rooms.word")(rules.say_word)
TOOL.rule(hush.AnswerWord, needs="rooms.hear")(rules.answer_word)
TOOL.rule(hush.ReadWord, needs="rooms.word")(rules.read_word)
TOOL.rule(hush.ForgetWord, needs=INTERNAL)(rules.forget_word)


def _given_up(member: Row) -> messages.DenyMember:
    """Nobody has come to the door for a day: who waits there is not let in any more."""
    return messages.DenyMember(type="rooms.deny_member", member_id=member.id)


def _ended_or_counted(row: Row) -> attendance.EndAttendance | attendance.CountAttendance:
    is_open = isinstance(row, attendance.Attendance) and row.is_open
    return (attendance.EndAttendance if is_open else attendance.CountAttendance)(attendance_id=row.id)


def _forgotten(row: Row) -> hush.ForgetWord:
    return hush.ForgetWord(word_id=row.id)


TOOL.deadlines.append(Deadline(Member, _given_up))
TOOL.deadlines.append(Deadline(attendance.Attendance, _ended_or_counted))
TOOL.deadlines.append(Deadline(hush.Word, _forgotten))
