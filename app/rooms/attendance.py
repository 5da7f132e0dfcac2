"""Who was here: rows that outlive the connection, for electorates, the rota and the minutes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from app.db import MomentText
from app.rooms.kernel import Command, Fact, Row, Who, in_room
from app.rooms.rows import Member
from app.rooms.values import Id, Value, When, id_from, one_of

RECORD = "rooms.record"
LONGEST = timedelta(hours=12)
"""What nobody has closed by then (a crash, a telephone) ends by itself."""
SAME_VISIT = timedelta(minutes=15)
"""Who is back so soon was never away: a phone that comes and goes leaves one row."""
KEPT = timedelta(weeks=8)
"""Afterwards it is a number: how many were here, and no more who."""
FEWEST = 4
"""Of so many at least a voice or microsystem is told by itself; fewer are among the others."""
PATIENTS = ("patient", "carer")
"""Counted together: who speaks from being cared for, or from caring."""


class Attendance(Row):
    """One member was here on this day, from then until then (null: still is).

    The times are theirs alone: late is seen only by oneself. Who keeps the minutes sees the day, nobody else anything.
    """

    noun = "attendance"
    indexes: ClassVar[tuple[str, ...]] = ("member_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "lasts_until", "due_at")
    deadline: ClassVar[str | None] = "due_at"

    meeting_id: Id | None = None
    member_id: Id
    day: str
    """In the room's time zone: 2026-11-26."""
    from_: When | None = Field(alias="from", sa_type=MomentText)
    until: When | None = Field(default=None, sa_type=MomentText)
    by_phone: bool = False
    lasts_until: When | None = Field(default=None, sa_type=MomentText)
    """Set while it is open."""
    due_at: When | None = Field(default=None, sa_type=MomentText)
    """When the server ends it, or once it has ended, counts it."""

    @property
    def is_open(self) -> bool:
        return self.lasts_until is not None

    def seen_by(self, who: Who) -> Self | None:
        if who.part == "server" or who.owns(self):
            return self
        if not who.may(RECORD):
            return None
        return self.but(from_=None, until=None, created_at=self._day_began)

    def open_until(self, at: datetime) -> Self:
        """Begun, or gone on with: it lasts until then at the latest."""
        return self.but(until=None, lasts_until=at, due_at=at)

    def ended(self, at: datetime | None) -> Self:
        """Since `at`; without it nobody knows since when."""
        last, began = self.lasts_until, self.from_
        until = at if at is not None and last is not None and at < last else last
        if until is not None and began is not None:
            until = max(until, began)
        return self.but(until=until, lasts_until=None, due_at=self._day_began + KEPT + timedelta(days=1))

    @property
    def _day_began(self) -> datetime:
        return datetime.fromisoformat(f"{self.day}T00:00:00Z")


class AttendanceTable(Attendance, table=True):
    __tablename__ = "rooms_attendance"
    __table_args__ = in_room()
    room_id: Id


class Attended(Row):
    """How many were here, on a day or at a meeting: all of them, from one voice, or from one microsystem.

    Null: those from so few that a number would be a name, and those who have not said.
    """

    noun = "attended"
    indexes: ClassVar[tuple[str, ...]] = ("meeting_id",)
    names: ClassVar[tuple[str, ...]] = ("key",)

    meeting_id: Id | None = None
    day: str
    by: Literal["all", "voice", "microsystem"] = Field(sa_type=Text)
    key: str | None = None
    count: int


class AttendedTable(Attended, table=True):
    __tablename__ = "rooms_attended"
    __table_args__ = in_room(one_of("by", "all", "voice", "microsystem"), CheckConstraint("count >= 0", name="count"))
    room_id: Id


class CountAttendance(Command):
    """Eight weeks have gone: every row of the room whose time has come becomes a number, and leaves rows and log."""

    type: Literal["rooms.count_attendance"] = "rooms.count_attendance"
    attendance_id: Id


class AttendanceCounted(Fact):
    type: Literal["rooms.attendance_counted"] = "rooms.attendance_counted"


class Came(Value):
    """Somebody has been connected for a moment, since `since`."""

    member_id: Id
    since: When


class Attend(Command):
    """Who is here now and was not: all at once, for a room of 500 fills in a second."""

    type: Literal["rooms.attend"] = "rooms.attend"
    came: tuple[Came, ...]


class MembersAttended(Fact):
    type: Literal["rooms.members_attended"] = "rooms.members_attended"
    count: int
    """How many, not who: facts are for ever."""


class MemberAttended(Fact):
    """One was put down by hand."""

    type: Literal["rooms.member_attended"] = "rooms.member_attended"
    attendance_id: Id | None
    """Not who: facts are for ever."""


class EndAttendance(Command):
    """Their last connection has been gone for a minute, since `at`; without it: nobody knows since when."""

    type: Literal["rooms.end_attendance"] = "rooms.end_attendance"
    attendance_id: Id
    at: When | None = None


class AttendanceEnded(Fact):
    type: Literal["rooms.attendance_ended"] = "rooms.attendance_ended"
    attendance_id: Id | None


class SetAttendance(Command):
    """Somebody on the telephone, or at the table without a device, is here; or is here no more."""

    type: Literal["rooms.set_attendance"]
    member_id: Id
    is_here: bool


def attends(room: Any, member_id: str) -> bool:
    """Somebody who counts when they are here. `room`: a rule's, or a replica."""
    member = room.find(Member, member_id)
    return member is not None and member.state == "active" and member.part != "wall"


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


def by_voice(people: Iterable[Member]) -> Counter[str | None]:
    """How many from where they speak; patients and carers together, as "patient"."""
    return Counter(PATIENTS[0] if one.voice in PATIENTS else one.voice for one in people)


def by_microsystem(people: Iterable[Member]) -> Counter[str | None]:
    return Counter(one.microsystem for one in people)


Grouped = tuple[tuple[Literal["all", "voice", "microsystem"], Counter[str | None]], ...]


def grouped(people: Collection[Member]) -> Grouped:
    """How many in all, and how many of them from where."""
    voices, microsystems = folded(by_voice(people)), folded(by_microsystem(people))
    return (("all", Counter({None: len(people)})), ("voice", voices), ("microsystem", microsystems))


def in_numbers(rows: Iterable[Attendance], members: Mapping[str, Member]) -> Iterator[Attended]:
    """What everybody may know of who was here, before the eight weeks are over."""
    at: dict[tuple[str, str | None], dict[str, Attendance]] = {}
    for row in rows:
        at.setdefault((row.day, row.meeting_id), {})[row.member_id] = row
    for (day, meeting_id), came in at.items():
        made = next(iter(came.values())).created_at
        for by, counts in grouped([members[id] for id in came if id in members]):
            for key, count in counts.items():
                id = id_from("in_numbers", day, meeting_id, by, key)
                about: dict[str, Any] = {"meeting_id": meeting_id, "day": day, "by": by, "key": key, "count": count}
                yield Attended(id=id, created_at=made, **about)


def folded(counts: Mapping[str | None, int]) -> Counter[str | None]:
    """Small groups are among the others: a number of one is a name."""
    return sum((Counter({key if count >= FEWEST else None: count}) for key, count in counts.items()), Counter())
