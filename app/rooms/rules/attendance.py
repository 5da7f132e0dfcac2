"""Being here becomes a row, and ends."""

from datetime import datetime
from typing import Any

from app.rooms.attendance import (
    LONGEST,
    SAME_VISIT,
    Attend,
    Attendance,
    AttendanceEnded,
    EndAttendance,
    MemberAttended,
    SetAttendance,
    day_in,
)
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rows import Member, RoomInfo, active_member


def attend(room: Room, command: Attend, ask: Ask) -> Change:
    """Refused `exists` where another process has said so already."""
    member = _person(room, command.member_id)
    if open_attendance(room, member.id) is not None:
        raise Refusal("exists", kind=Attendance.noun)
    attended = _same_visit(room, member, command.since, ask) or _begun(room, member, command.since, ask)
    return Change(MemberAttended(member_id=member.id), puts=(attended,))


def end_attendance(room: Room, command: EndAttendance, ask: Ask) -> Change:
    attendance = room.get(Attendance, command.attendance_id)
    if not attendance.is_open:
        raise Refusal("not_possible")
    return Change(AttendanceEnded(member_id=attendance.member_id), puts=(_ended(attendance, command.at),))


def set_attendance(room: Room, command: SetAttendance, ask: Ask) -> Change:
    member = _person(room, command.member_id)
    standing = open_attendance(room, member.id)
    if command.is_here:
        puts = () if standing else (_begun(room, member, ask.at, ask, by_phone=True),)
        return Change(MemberAttended(member_id=member.id), puts=puts)
    # Who is connected is here: only what was put by hand is ended by hand.
    ended = (_ended(standing, ask.at),) if standing is not None and standing.by_phone else ()
    return Change(AttendanceEnded(member_id=member.id), puts=ended)


def open_attendance(room: Any, member_id: str) -> Attendance | None:
    """`room`: a rule's, or a replica."""
    return next((found for found in room.where(Attendance, member_id=member_id) if found.is_open), None)


def _person(room: Room, member_id: str) -> Member:
    member = active_member(room, member_id)
    if member.part == "wall":
        raise Refusal("not_possible")
    return member


def _begun(room: Room, member: Member, since: datetime, ask: Ask, *, by_phone: bool = False) -> Attendance:
    info = room.find(RoomInfo, room.id)
    return ask.new(
        Attendance,
        id=ask.id(0),
        owner_id=member.id,
        member_id=member.id,
        day=day_in(info.timezone if info else "UTC", since),
        from_=since,
        by_phone=by_phone,
        lasts_until=ask.at + LONGEST,
    )


def _same_visit(room: Room, member: Member, since: datetime, ask: Ask) -> Attendance | None:
    """The row of the visit that this goes on with, open again."""
    ended = [found for found in room.where(Attendance, member_id=member.id) if found.until and not found.by_phone]
    last = max(ended, key=lambda found: found.until or since, default=None)
    if last is None or last.until is None or since - last.until > SAME_VISIT:
        return None
    return last.but(until=None, lasts_until=ask.at + LONGEST)


def _ended(attendance: Attendance, at: datetime | None) -> Attendance:
    last = attendance.lasts_until
    began = attendance.from_
    until = at if at is not None and last is not None and at < last else last
    if until is not None and began is not None:
        until = max(until, began)
    return attendance.but(until=until, lasts_until=None)
