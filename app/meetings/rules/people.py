"""What a meeting's beginning and end mean for its people: roles that were claimed, turns that count, who was here."""

from dataclasses import replace

from app.meetings.rows import Held, Meeting, Offer, Suggestion
from app.meetings.rules.rota import claims_of, held_in, holders_at_start, role_row
from app.meetings.rules.turns import everybody_is_quiet
from app.rooms.attendance import LONGEST, Attendance
from app.rooms.kernel import Ask, Change, Room, Row
from app.rooms.rows import ROLES, MeetingRole
from app.rooms.values import id_from

Drops = tuple[tuple[type[Row], str], ...]


def with_people_at_start(room: Room, change: Change, ask: Ask) -> Change:
    """The start of a meeting, with its role holders and those who are here. Who leads without coaches is here."""
    meeting = _meeting_in(change)
    if meeting is None or meeting.state != "live":
        return change
    holders = holders_at_start(room, meeting)
    here = {row.member_id for row in room.where(Attendance) if row.is_open}
    given = {row.role: row.member_id for row in change.puts if isinstance(row, MeetingRole)}
    holders |= {role: member_id for role, member_id in given.items() if holders[role] not in here}
    roles = (role_row(room, role).but(member_id=holders[role]).unless(role_row(room, role)) for role in ROLES)
    puts = (
        *(row for row in change.puts if not isinstance(row, MeetingRole)),
        *(row for put in roles for row in put),
        *(held_in(meeting, role, member_id, ask) for role, member_id in holders.items() if member_id),
        *(row for found in room.where(Attendance) if found.is_open for row in _at(meeting, found, ask)),
    )
    over: tuple[Row, ...] = (*claims_of(room, meeting), *room.where(Offer), *room.where(Suggestion))
    return replace(change, puts=puts, drops=(*change.drops, *_gone(over)))


def with_people_at_end(room: Room, change: Change, ask: Ask) -> Change:
    """The end of a meeting: no hand stays up, who held a role at the end has had a turn, who came later was here."""
    meeting = _meeting_in(change)
    if meeting is None or meeting.started_at is None:
        return change
    quiet, lowered = everybody_is_quiet(room, ask)
    holders = ((row.role, row.member_id) for row in room.where(MeetingRole))
    turns = (held_in(meeting, role, member_id, ask) for role, member_id in holders if member_id)
    puts = (
        *change.puts,
        *quiet,
        *(held for held in turns if room.find(Held, held.id) is None),
        *(
            row.but(meeting_id=meeting.id)
            for row in room.where(Attendance)
            if row.meeting_id is None and _was_in(row, meeting, ask)
        ),
    )
    over: tuple[Row, ...] = (*room.where(Offer), *room.where(Suggestion))
    return replace(change, puts=puts, drops=(*change.drops, *lowered, *_gone(over)))


def _meeting_in(change: Change) -> Meeting | None:
    return next((row for row in change.puts if isinstance(row, Meeting)), None)


def _at(meeting: Meeting, here: Attendance, ask: Ask) -> tuple[Attendance, ...]:
    """Who is here is at this meeting; who stayed from the one before has been at that one, and now is at this."""
    if here.meeting_id is None:
        return (here.but(meeting_id=meeting.id),)
    again = here.but(
        id=id_from(ask.command_id, here.id),
        created_at=ask.at,
        from_=ask.at,
        meeting_id=meeting.id,
    ).open_until(ask.at + LONGEST)
    return (here.ended(ask.at), again)


def _was_in(row: Attendance, meeting: Meeting, ask: Ask) -> bool:
    began, ended = row.from_, row.until or ask.at
    return began is not None and meeting.started_at is not None and began <= ask.at and ended >= meeting.started_at


def _gone(rows: tuple[Row, ...]) -> Drops:
    return tuple((type(row), row.id) for row in rows)
