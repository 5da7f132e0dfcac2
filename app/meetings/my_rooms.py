"""When each of somebody's rooms meets next, as the list of their rooms tells it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.db import iso, utc_now
from app.meetings.rows import MeetingTable
from app.meetings.rows.series import LONGEST
from app.rooms.kernel import table_of

COME_IN = timedelta(minutes=30)
"""So long before a meeting people come by the code on a sheet or in a mail."""


def open_hours(connection: Connection, now: datetime) -> Mapping[str, datetime]:
    """Rooms with a meeting that begins within half an hour, or is on → when it ends."""
    meeting = table_of(MeetingTable)
    wanted = select(meeting.c.room_id, meeting.c.starts_at, meeting.c.minutes, meeting.c.state).where(
        meeting.c.removed_at.is_(None),
        meeting.c.state.in_(("planned", "live")),
        meeting.c.starts_at <= now + COME_IN,
        meeting.c.starts_at > now - timedelta(days=1),
    )
    found: dict[str, datetime] = {}
    for row in connection.execute(wanted):
        until = row.starts_at + timedelta(minutes=row.minutes)
        # One that is over time goes on until somebody ends it.
        if row.state == "live":
            until = max(until, now)
        if until >= now:
            found[row.room_id] = max(until, found.get(row.room_id, until))
    return found


def next_meetings(connection: Connection, room_ids: tuple[str, ...]) -> Mapping[str, Mapping[str, Any]]:
    """The meeting that is on, else the first that is not over."""
    meeting, now = table_of(MeetingTable), utc_now()
    wanted = (
        select(meeting.c.room_id, meeting.c.id, meeting.c.starts_at, meeting.c.minutes, meeting.c.state)
        .where(
            meeting.c.room_id.in_(room_ids),
            meeting.c.removed_at.is_(None),
            meeting.c.state.in_(("planned", "live")),
            meeting.c.starts_at > now - timedelta(days=1, minutes=LONGEST),
        )
        .order_by(meeting.c.starts_at.desc())
    )
    found: dict[str, Any] = {}
    for row in connection.execute(wanted):
        is_on = row.state == "live"
        is_to_come = row.starts_at + timedelta(minutes=row.minutes) > now
        there = found.get(row.room_id)
        if is_on or (is_to_come and (there is None or there["state"] != "live")):
            found[row.room_id] = {
                "id": row.id,
                "starts_at": iso(row.starts_at),
                "minutes": row.minutes,
                "state": row.state,
            }
    return {room_id: {"next_meeting": meeting} for room_id, meeting in found.items()}
