"""Who is here for long enough becomes a row; who has been gone for a while leaves it. Noticed by each process."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.rooms.attendance import Attend, Attendance, Came, EndAttendance, attends
from app.rooms.kernel import Command
from app.rooms.room import Replica

SETTLED = timedelta(seconds=20)
"""Who only looks in has not been here."""
GONE = timedelta(minutes=1)


@dataclass
class Attending:
    """What this process has noticed in one room: since when somebody is here, or is gone who was here."""

    came: dict[str, datetime] = field(default_factory=dict)
    went: dict[str, datetime] = field(default_factory=dict)

    def come(self, replica: Replica, member_id: str, now: datetime) -> Iterator[Command]:
        """Somebody comes in while it counts who is here: no time is given to look in only."""
        since = self.came.setdefault(member_id, now)
        if attends(replica, member_id) and not any(row.is_open for row in rows_of(replica, member_id)):
            yield Attend(came=(Came(member_id=member_id, since=since),))

    def look(self, replica: Replica, here: set[str], now: datetime, settled: timedelta = SETTLED) -> Iterator[Command]:
        """What is to be said now. Said again until it stands in the room."""
        self.came = {member_id: self.came.get(member_id, now) for member_id in here}
        standing = {row.member_id: row for row in open_rows(replica)}
        self.went = {member_id: self.went.get(member_id, now) for member_id in standing if member_id not in here}
        came = tuple(
            Came(member_id=member_id, since=since)
            for member_id, since in self.came.items()
            if now - since >= settled and member_id not in standing and attends(replica, member_id)
        )
        if came:
            yield Attend(came=came)
        for member_id, since in self.went.items():
            row = standing[member_id]
            if now - since >= GONE and not row.by_phone:
                yield EndAttendance(attendance_id=row.id, at=since)

    def leave(self, replica: Replica, here: set[str], now: datetime) -> Iterator[Command]:
        """Nobody is connected to this process any more, so it will not look again."""
        for row in open_rows(replica):
            if row.member_id not in here and not row.by_phone:
                yield EndAttendance(attendance_id=row.id, at=self.went.get(row.member_id, now))


def rows_of(replica: Replica, member_id: str) -> Iterator[Attendance]:
    return iter(replica.where(Attendance, member_id=member_id))


def open_rows(replica: Replica) -> Iterator[Attendance]:
    return (row for row in replica.where(Attendance) if row.is_open)
