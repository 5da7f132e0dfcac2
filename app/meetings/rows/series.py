"""When the room meets: the series, and each meeting of it."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field

from app.db import MomentText
from app.rooms.kernel import Row, in_room
from app.rooms.values import NOTE, TITLE, Id, Key, Reason, Title, When, no_longer_than, one_of

Day = Annotated[str, Limits(pattern=r"^\d{4}-\d{2}-\d{2}$")]
"""A date in the room's time zone: 2026-11-26."""
TimeOfDay = Annotated[str, Limits(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""In the room's time zone: 12:30."""
SHORTEST, LONGEST = 10, 240
Length = Annotated[int, Limits(ge=SHORTEST, le=LONGEST)]
"""Of a meeting, in minutes."""
MeetingState = Literal["planned", "live", "ended", "skipped"]


def is_day(day: Day) -> bool:
    """The 31st of November has the form of a day and is none."""
    try:
        return 2000 <= date.fromisoformat(day).year < 2900
    except ValueError:
        return False


class Series(Row):
    """The same hour at the same place, every week or every two. A room has one."""

    noun = "series"
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "plans_at")
    deadline: ClassVar[str | None] = "plans_at"

    every_weeks: Literal[1, 2] = Field(sa_type=Integer)
    starts_on: Day
    """The first meeting; its weekday is the series'."""
    start: TimeOfDay
    minutes: Length
    timezone: str
    sequence: int = 0
    """Grows with each change, as calendars want it (RFC 5545, SEQUENCE)."""
    plans_at: When | None = Field(default=None, sa_type=MomentText)
    """When the next meeting will have passed, and one more is to be planned."""


class Meeting(Row):
    """One meeting: of the series, or an extra one (series_id null)."""

    noun = "meeting"
    indexes: ClassVar[tuple[str, ...]] = ("state",)
    words: ClassVar[tuple[str, ...]] = ("objective", "reason")
    people: ClassVar[tuple[str, ...]] = ("started_by", "paused_by")

    series_id: Id | None = None
    day: Day
    """The day that the series has for it; it stays when the meeting moves (RFC 5545, RECURRENCE-ID)."""
    starts_at: When = Field(sa_type=MomentText)
    minutes: Length
    sequence: int = 0
    template: Key | None = None
    """Which agenda template its items came from."""
    objective: Title | None = None
    state: MeetingState = Field(default="planned", sa_type=Text)
    reason: Reason | None = None
    """Why it was skipped, moved or stopped."""
    started_at: When | None = Field(default=None, sa_type=MomentText)
    started_by: Id | None = None
    is_without_coaches: bool = False
    ended_at: When | None = Field(default=None, sa_type=MomentText)
    is_stopped: bool = False
    """Ended by "Stop here": what was not done leads the next agenda."""
    item_id: Id | None = None
    """The item that is on now."""
    paused_at: When | None = Field(default=None, sa_type=MomentText)
    paused_by: Id | None = None


class SeriesTable(Series, table=True):
    __tablename__ = "meetings_series"
    __table_args__ = in_room(
        UniqueConstraint("room_id"),
        CheckConstraint("every_weeks IN (1, 2)", name="every_weeks"),
        CheckConstraint(f"minutes BETWEEN {SHORTEST} AND {LONGEST}", name="minutes"),
    )
    room_id: Id


class MeetingTable(Meeting, table=True):
    __tablename__ = "meetings_meeting"
    __table_args__ = in_room(
        one_of("state", "planned", "live", "ended", "skipped"),
        CheckConstraint(f"minutes BETWEEN {SHORTEST} AND {LONGEST}", name="minutes"),
        CheckConstraint("(state IN ('live', 'ended')) = (started_at IS NOT NULL)", name="started"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
        no_longer_than("objective", TITLE),
        no_longer_than("reason", NOTE),
        Index(
            "uq_meetings_meeting_live",
            "room_id",
            unique=True,
            sqlite_where=text("state = 'live'"),
            postgresql_where=text("state = 'live'"),
        ),
    )
    room_id: Id
