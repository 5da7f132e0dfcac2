"""Whose turn it would be to hold a meeting role, and why: from who has held it, and nothing else that shows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.meetings.rows import Claim, Held, Meeting, Preference, Why
from app.rooms.attendance import Attendance
from app.rooms.kernel import Room
from app.rooms.rows import MeetingRole, Member, RoleName
from app.rooms.values import id_from

LEADS_FOR = 4
"""A month of meetings under one leader."""


@dataclass(frozen=True, slots=True)
class Fair:
    """Somebody's turn, in one role."""

    member_id: str | None
    why: Why
    times: int = 0
    last_day: str | None = None


def whose_turn(room: Room, role: RoleName, passed_over: Iterable[str] = ()) -> Fair:
    """The willing member with the fewest turns in this role, of several who had it longest ago.

    Never two roles in one meeting, never a first-timer as leader, no recorder who would rather not type; a leader
    stays for a month. Who they are otherwise, patient or consultant, has no part in it.
    """
    over = set(passed_over)
    meetings = _meetings_of(room, role)
    if role == "leader":
        stays = _still_leads(room, meetings)
        if stays is not None and stays.member_id not in over:
            return stays
    willing = [member for member in room.where(Member) if member.id not in over and _may_be_asked(room, member, role)]
    turns: dict[str, list[str]] = defaultdict(list)
    for day, member_id in meetings:
        turns[member_id].append(day)
    ranked = sorted(
        willing, key=lambda one: (len(turns[one.id]), max(turns[one.id], default=""), id_from(role, one.id))
    )
    if not ranked:
        return Fair(None, "nobody")
    first = ranked[0]
    times, last = len(turns[first.id]), max(turns[first.id], default=None)
    if not times:
        return Fair(first.id, "never_yet")
    is_tie = any(len(turns[other.id]) == times for other in ranked[1:])
    return Fair(first.id, "longest_ago" if is_tie else "fewest", times, last)


def _meetings_of(room: Room, role: RoleName) -> list[tuple[str, str]]:
    """(day, member) of each meeting in which somebody held the role, the latest last; each counts once."""
    once = {(held.day, held.meeting_id, held.member_id) for held in room.where(Held) if held.role == role}
    return [(day, member_id) for day, _, member_id in sorted(once)]


def _still_leads(room: Room, meetings: list[tuple[str, str]]) -> Fair | None:
    (row,) = room.where(MeetingRole, role="leader")
    in_a_row = 0
    for _, member_id in reversed(meetings):
        if member_id != row.member_id:
            break
        in_a_row += 1
    if row.member_id is None or not 0 < in_a_row < LEADS_FOR:
        return None
    return Fair(row.member_id, "stays", in_a_row, meetings[-1][0])


def _may_be_asked(room: Room, member: Member, role: RoleName) -> bool:
    """Coaches give roles away, so they are not suggested."""
    if member.state != "active" or member.part not in ("member", "sponsor"):
        return False
    if _has_another(room, member, role) or not _is_about(room, member):
        return False
    if role == "leader":
        return not _is_new(room, member)
    if role == "recorder":
        types = not any(found.types_little for found in room.where(Preference, member_id=member.id))
        return types and not member.without_device
    return True


def _has_another(room: Room, member: Member, role: RoleName) -> bool:
    """While a meeting is on: holds another role. Before the next one: has claimed one."""
    if room.where(Meeting, state="live"):
        return any(held.role != role for held in room.where(MeetingRole, member_id=member.id))
    return any(claim.role != role for claim in room.where(Claim, member_id=member.id))


def _is_about(room: Room, member: Member) -> bool:
    """While a meeting is on: is here. Else: nobody is left out."""
    if not room.where(Meeting, state="live"):
        return True
    return any(row.is_open for row in room.where(Attendance, member_id=member.id))


def _is_new(room: Room, member: Member) -> bool:
    """Has been here on one day at most, in a room that has met on more."""
    days: dict[str, set[str]] = defaultdict(set)
    for row in room.where(Attendance):
        days[row.member_id].add(row.day)
    for held in room.where(Held):
        days[held.member_id].add(held.day)
    met: set[Any] = set().union(*days.values()) if days else set()
    return len(met) > 1 and len(days[member.id]) <= 1
