"""Two entries turn out to be one person: nothing of either is lost, and nothing counts twice."""

from app.rooms.attendance import Attendance
from app.rooms.hush import Hold
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.messages import JoinMembers, MembersJoined
from app.rooms.rows import MeetingRole, Member
from app.rooms.rules.attendance import open_attendance
from app.rooms.rules.members import keep_a_coach


def join_members(room: Room, command: JoinMembers, ask: Ask) -> Change:
    """Logged rows move as each kind says. Unlogged ones stay: what was spent as one or the other stays spent."""
    keep = room.get(Member, command.keep_id, removed=True)
    drop = room.get(Member, command.drop_id, removed=True)
    if keep.id == drop.id or any(member.state == "waiting" or member.part == "wall" for member in (keep, drop)):
        raise Refusal("not_possible")
    if keep.part != "coach":
        keep_a_coach(room, drop)
    kept, gone = _both(keep, drop), drop.but(state="removed", removed_at=drop.removed_at or ask.at, same_as=keep.id)
    moved = (row for before in room.everything() for row in _moved(room, before, kept, drop, ask))
    return Change(MembersJoined(keep_id=keep.id, drop_id=drop.id), puts=(gone, *kept.unless(keep), *moved))


def _both(keep: Member, drop: Member) -> Member:
    """The part is never raised by joining; what one entry lacks, the other says."""
    is_here = "active" in (keep.state, drop.state)
    return keep.but(
        state="active" if is_here else keep.state,
        removed_at=None if is_here else keep.removed_at,
        voice=keep.voice or drop.voice,
        microsystem=keep.microsystem or drop.microsystem,
        without_device=keep.without_device and drop.without_device,
    )


def _moved(room: Room, row: Row, keep: Member, drop: Member, ask: Ask) -> tuple[Row, ...]:
    match row:
        case Member():
            return ()
        case Hold():
            return _held(room, row, keep, drop, ask)
        case MeetingRole() if row.member_id == drop.id and keep.part == "observer":
            return (row.but(member_id=None),)
        case Attendance() if row.member_id == drop.id and row.is_open and open_attendance(room, keep.id):
            # Both are connected: one person is here once.
            return (row.passed_on(drop.id, keep.id).ended(ask.at),)
    return row.passed_on(drop.id, keep.id).unless(row)


def _held(room: Room, hold: Hold, keep: Member, drop: Member, ask: Ask) -> tuple[Hold, ...]:
    """A hold has its member's id, so it does not move: the other one is held instead."""
    if hold.id != drop.id or hold.removed_at is not None:
        return ()
    standing = room.find(Hold, keep.id) or ask.new(Hold, id=keep.id, owner_id=keep.id, member_id=keep.id)
    held = (standing.but(removed_at=None),) if keep.part != "coach" else ()
    return (hold.but(removed_at=ask.at), *held)
