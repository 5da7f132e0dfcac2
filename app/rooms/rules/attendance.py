"""Being here becomes a row, and ends."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from app.rooms.attendance import (
    LONGEST,
    SAME_VISIT,
    Attend,
    Attendance,
    AttendanceCounted,
    AttendanceEnded,
    Attended,
    CountAttendance,
    EndAttendance,
    MemberAttended,
    MembersAttended,
    SetAttendance,
    attends,
    day_in,
    grouped,
)
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member, RoomInfo, active_member
from app.rooms.values import id_from


def attend(room: Room, command: Attend, ask: Ask) -> Change:
    """Whom another process has put down already, or who may not be, is passed over; refused where nobody is left."""
    attended = tuple(
        _same_visit(room, one.member_id, one.since, ask) or _begun(room, one.member_id, one.since, ask, n)
        for n, one in enumerate(command.came)
        if attends(room, one.member_id) and open_attendance(room, one.member_id) is None
    )
    if not attended:
        raise Refusal("exists", kind=Attendance.noun)
    return Change(MembersAttended(count=len(attended)), puts=attended)


def end_attendance(room: Room, command: EndAttendance, ask: Ask) -> Change:
    attendance = room.get(Attendance, command.attendance_id)
    if not attendance.is_open:
        raise Refusal("not_possible")
    return Change(AttendanceEnded(attendance_id=attendance.id), puts=(attendance.ended(command.at),))


def set_attendance(room: Room, command: SetAttendance, ask: Ask) -> Change:
    member = _person(room, command.member_id)
    standing = open_attendance(room, member.id)
    if command.is_here:
        here = standing or _begun(room, member.id, ask.at, ask, by_phone=True)
        return Change(MemberAttended(attendance_id=here.id), puts=() if standing else (here,))
    # Who is connected is here: only what was put by hand is ended by hand.
    ended = (standing.ended(ask.at),) if standing is not None and standing.by_phone else ()
    return Change(AttendanceEnded(attendance_id=ended[0].id if ended else None), puts=ended)


def count_attendance(room: Room, command: CountAttendance, ask: Ask) -> Change:
    """All that are due at once: each erasing begins a new epoch, and everybody gets a snapshot."""
    due = [row for row in room.where(Attendance) if not row.is_open and row.due_at is not None and row.due_at <= ask.at]
    if not due:
        raise Refusal("not_possible")
    at = sorted({(row.day, row.meeting_id or "") for row in due})
    counts = [count for day, meeting_id in at for count in _counted(room, due, day, meeting_id or None, ask)]
    drops: tuple[tuple[type[Row], str], ...] = tuple((Attendance, row.id) for row in due)
    return Change(AttendanceCounted(), puts=tuple(counts), drops=drops, erases=tuple(due))


def open_attendance(room: Any, member_id: str) -> Attendance | None:
    """`room`: a rule's, or a replica."""
    return next((found for found in room.where(Attendance, member_id=member_id) if found.is_open), None)


def _person(room: Room, member_id: str) -> Member:
    member = active_member(room, member_id)
    if member.part == "wall":
        raise Refusal("not_possible")
    return member


def _begun(room: Room, member_id: str, since: datetime, ask: Ask, n: int = 0, *, by_phone: bool = False) -> Attendance:
    info = room.find(RoomInfo, room.id)
    return ask.new(
        Attendance,
        id=ask.id(n),
        owner_id=member_id,
        member_id=member_id,
        day=day_in(info.timezone if info else "UTC", since),
        from_=since,
        by_phone=by_phone,
    ).open_until(ask.at + LONGEST)


def _same_visit(room: Room, member_id: str, since: datetime, ask: Ask) -> Attendance | None:
    """The row of the visit that this goes on with, open again."""
    ended = [found for found in room.where(Attendance, member_id=member_id) if found.until and not found.by_phone]
    last = max(ended, key=lambda found: found.until or since, default=None)
    if last is None or last.until is None or since - last.until > SAME_VISIT:
        return None
    return last.open_until(ask.at + LONGEST)


def _counted(room: Room, due: Iterable[Attendance], day: str, meeting_id: str | None, ask: Ask) -> Iterator[Attended]:
    """One person counts once, however often they came and went."""
    ids = {row.member_id for row in due if (row.day, row.meeting_id) == (day, meeting_id)}
    people = [member for member in (room.find(Member, id) for id in ids) if member is not None]
    for by, counts in grouped(people):
        for key, count in sorted(counts.items(), key=str):
            id = id_from(room.id, day, meeting_id, by, key)
            before = room.find(Attended, id)
            yield ask.new(
                Attended,
                id=id,
                owner_id=None,
                meeting_id=meeting_id,
                day=day,
                by=by,
                key=key,
                count=count + (before.count if before else 0),
            )
