"""What was promised and is not done goes on to the next meeting, and counts how often."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app.meetings.rows.close import Action
from app.meetings.rows.series import Meeting
from app.meetings.rules.recording import next_meeting
from app.rooms.kernel import Room, Row
from app.rooms.rows import RoomInfo


def carried(room: Room, meeting: Meeting, changed: Sequence[Row] = ()) -> tuple[Action, ...]:
    """The actions that go on when `meeting` ends: open, and due there or before. `changed`: what its end plans anew."""
    following = next_meeting(room, meeting.starts_at, changed)
    due_next = following.id if following else None
    return tuple(
        action.but(carried=action.carried + 1, due_meeting_id=due_next, due_on=None)
        for action in room.where(Action, state="open")
        if action.removed_at is None and is_due(room, action, meeting)
    )


def is_due(room: Room, action: Action, meeting: Meeting) -> bool:
    """Whether this meeting asks what became of it. What was due at a skipped meeting is due at the one after."""
    if action.due_on is not None:
        return action.due_on <= _day(room, meeting)
    due_at = room.find(Meeting, action.due_meeting_id) if action.due_meeting_id else None
    if due_at is not None:
        return due_at.starts_at <= meeting.starts_at
    return action.meeting_id != meeting.id


def _day(room: Room, meeting: Meeting) -> str:
    """The date on which it is, where the room is."""
    info = room.find(RoomInfo, room.id)
    return meeting.starts_at.astimezone(ZoneInfo(info.timezone if info else "UTC")).date().isoformat()
