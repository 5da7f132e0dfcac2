"""Who was here: rows that outlive the connection, for electorates, the rota and the minutes."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from sqlmodel import Field

from app.db import MomentText
from app.rooms.kernel import Command, Fact, Row, Who, in_room
from app.rooms.values import Id, When

RECORD = "rooms.record"
LONGEST = timedelta(hours=12)
"""What nobody has closed by then (a crash, a telephone) ends by itself."""
SAME_VISIT = timedelta(minutes=15)
"""Who is back so soon was never away: a phone that comes and goes leaves one row."""


class Attendance(Row):
    """One member was here on this day, from then until then (null: still is).

    The times are theirs alone: late is seen only by oneself. Who keeps the minutes sees the day, nobody else anything.
    """

    noun = "attendance"
    indexes: ClassVar[tuple[str, ...]] = ("member_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "lasts_until")
    deadline: ClassVar[str | None] = "lasts_until"

    meeting_id: Id | None = None
    member_id: Id
    day: str
    """In the room's time zone: 2026-11-26."""
    from_: When | None = Field(alias="from", sa_type=MomentText)
    until: When | None = Field(default=None, sa_type=MomentText)
    by_phone: bool = False
    lasts_until: When | None = Field(default=None, sa_type=MomentText)
    """Set while it is open."""

    @property
    def is_open(self) -> bool:
        return self.lasts_until is not None

    def seen_by(self, who: Who) -> Self | None:
        if who.part == "server" or who.owns(self):
            return self
        if not who.may(RECORD):
            return None
        return self.but(from_=None, until=None, created_at=self._day_began)

    @property
    def _day_began(self) -> datetime:
        return datetime.fromisoformat(f"{self.day}T00:00:00Z")


class AttendanceTable(Attendance, table=True):
    __tablename__ = "rooms_attendance"
    __table_args__ = in_room()
    room_id: Id


class Attend(Command):
    """Somebody has been connected for a moment, since `since`."""

    type: Literal["rooms.attend"] = "rooms.attend"
    member_id: Id
    since: When


class MemberAttended(Fact):
    type: Literal["rooms.member_attended"] = "rooms.member_attended"
    member_id: Id


class EndAttendance(Command):
    """Their last connection has been gone for a minute, since `at`; without it: nobody knows since when."""

    type: Literal["rooms.end_attendance"] = "rooms.end_attendance"
    attendance_id: Id
    at: When | None = None


class AttendanceEnded(Fact):
    type: Literal["rooms.attendance_ended"] = "rooms.attendance_ended"
    member_id: Id


class SetAttendance(Command):
    """Somebody on the telephone, or at the table without a device, is here; or is here no more."""

    type: Literal["rooms.set_attendance"]
    member_id: Id
    is_here: bool


def zone_of(timezone: str) -> ZoneInfo:
    """A zone that this server does not know counts as UTC."""
    return ZoneInfo(timezone if is_a_zone(timezone) else "UTC")


def is_a_zone(timezone: str) -> bool:
    try:
        ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        return False
    return True


def day_in(timezone: str, at: datetime) -> str:
    """The room's day at this moment."""
    return at.astimezone(zone_of(timezone)).date().isoformat()
