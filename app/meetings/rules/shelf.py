"""What belongs to meetings that are long over leaves the room that everybody holds, and is read when asked for."""

from collections.abc import Iterator
from datetime import datetime

from app.meetings.rows import Meeting
from app.rooms.kernel import Ask, Room, Row
from app.rooms.values import Id


def put_away(room: Room, ask: Ask, beginning: Meeting) -> tuple[Row, ...]:
    """Rows of meetings before the last one that was held, when the next one begins."""
    over = set(_long_over(room, beginning))
    rows = (row for row in room.everything() if type(row).shelf == "meeting")
    return tuple(row.but(shelved_at=ask.at) for row in rows if getattr(row, "meeting_id", None) in over)


def _long_over(room: Room, beginning: Meeting) -> Iterator[Id]:
    meetings = [meeting for meeting in room.where(Meeting) if meeting.id != beginning.id]
    held = [meeting for meeting in meetings if meeting.state == "ended"]
    if not held:
        return
    last = max(held, key=_when)
    for meeting in meetings:
        is_over = meeting.state in ("ended", "skipped") or meeting.removed_at is not None
        if is_over and _when(meeting) < _when(last):
            yield meeting.id


def _when(meeting: Meeting) -> tuple[datetime, Id]:
    return meeting.ended_at or meeting.starts_at, meeting.id
