"""When the room meets: its series, single dates of it, and meetings besides."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from app.meetings.messages import (
    AddMeeting,
    EndSeries,
    MeetingAdded,
    MeetingMoved,
    MeetingSet,
    MeetingSkipped,
    MeetingsPlanned,
    MeetingUnskipped,
    MoveMeeting,
    PlanAhead,
    SeriesEnded,
    SeriesSet,
    SetMeeting,
    SetSeries,
    SkipMeeting,
    UnskipMeeting,
)
from app.meetings.rows import Day, Meeting, Series
from app.meetings.rows.series import is_day
from app.meetings.rules.agenda import items_of, refuse_unless_planned, standing, with_agenda
from app.meetings.rules.occurrences import coming, is_a_day_of, local, moment, over_at
from app.rooms.attendance import is_a_zone
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import RoomInfo
from app.rooms.values import id_from

USUAL_MINUTES = 60
GRACE = timedelta(hours=3)
"""So long after its time a meeting that nobody began may still be begun."""


def set_series(room: Room, command: SetSeries, ask: Ask) -> Change:
    timezone = command.timezone or timezone_of(room)
    if not is_a_zone(timezone):
        raise Refusal("bad_command", field="timezone", reason="unknown")
    _refuse_no_day("starts_on", command.starts_on)
    said = {**command.said("every_weeks", "starts_on", "start", "minutes"), "timezone": timezone}
    before = room.find(Series, series_id(room))
    fact = SeriesSet(series_id=series_id(room))
    if before is None:
        series = ask.new(Series, id=fact.series_id, owner_id=None, **said)
        return Change(fact, puts=planned_ahead(room, ask, series))
    if before.removed_at is None and before == before.but(**said):
        return Change(fact, puts=planned_ahead(room, ask))
    series = before.but(**said, removed_at=None, sequence=before.sequence + 1)
    return Change(fact, puts=planned_ahead(room, ask, series, *_as_the_series_has_it(room, before, series, ask)))


def end_series(room: Room, command: EndSeries, ask: Ask) -> Change:
    series = room.get(Series, series_id(room))
    planned = tuple(meeting.but(removed_at=ask.at) for meeting in _ahead(room, series, ask.at))
    ended = series.but(removed_at=ask.at, plans_at=None, sequence=series.sequence + 1)
    return Change(SeriesEnded(), puts=_once((ended, *planned)))


def add_meeting(room: Room, command: AddMeeting, ask: Ask) -> Change:
    series = series_of(room)
    timezone = series.timezone if series else timezone_of(room)
    if (command.day is None) != (command.start is None):
        raise Refusal("bad_command", field="day" if command.day is None else "start", reason="missing")
    starts_at = ask.at.replace(second=0, microsecond=0)
    if command.day is not None and command.start is not None:
        starts_at = _at(command.day, command.start, timezone, ask)
    meeting = ask.new(
        Meeting,
        id=room.free(Meeting, command.meeting_id),
        owner_id=None,
        day=local(starts_at, timezone).date().isoformat(),
        starts_at=starts_at,
        minutes=command.minutes or (series.minutes if series else USUAL_MINUTES),
    )
    return Change(MeetingAdded(meeting_id=meeting.id), puts=_once((meeting, *with_agenda(room, meeting, ask))))


def set_meeting(room: Room, command: SetMeeting, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    said = command.said("objective", "minutes", never_null=("minutes",))
    if meeting.state == "skipped" or ("minutes" in said and meeting.state == "ended"):
        raise Refusal("meeting_not_planned", state=meeting.state)
    if said.get("objective"):
        # A new objective stands where another one was taken out.
        said["redacted_at"] = None
    changed = meeting.but(**said)
    if changed.minutes != meeting.minutes:
        changed = _newer(changed)
    return Change(MeetingSet(meeting_id=meeting.id), puts=changed.unless(meeting))


def move_meeting(room: Room, command: MoveMeeting, ask: Ask) -> Change:
    """In a series the day that it stands for stays, as calendars want it."""
    meeting = room.get(Meeting, command.meeting_id)
    refuse_unless_planned(meeting)
    series = series_of(room)
    timezone = series.timezone if series else timezone_of(room)
    starts_at = _at(command.day, command.start, timezone, ask)
    day = meeting.day if meeting.series_id else local(starts_at, timezone).date().isoformat()
    moved = meeting.but(day=day, starts_at=starts_at, reason=command.reason)
    if moved != meeting:
        moved = _newer(moved)
    if moved == meeting:
        return Change(MeetingMoved(meeting_id=meeting.id))
    return Change(
        MeetingMoved(meeting_id=meeting.id), puts=planned_ahead(room, ask, moved, *_newer_series(room, moved))
    )


def skip_meeting(room: Room, command: SkipMeeting, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    fact = MeetingSkipped(meeting_id=meeting.id)
    if meeting.state == "skipped":
        return Change(fact, puts=meeting.but(reason=command.reason, redacted_at=None).unless(meeting))
    refuse_unless_planned(meeting)
    skipped = _newer(meeting.but(state="skipped", reason=command.reason))
    return Change(fact, puts=planned_ahead(room, ask, skipped, *_newer_series(room, skipped)))


def unskip_meeting(room: Room, command: UnskipMeeting, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    fact = MeetingUnskipped(meeting_id=meeting.id)
    if meeting.state == "planned":
        return Change(fact)
    if meeting.state != "skipped":
        raise Refusal("meeting_not_planned", state=meeting.state)
    if over_at(meeting) <= ask.at:
        raise Refusal("meeting_in_past")
    planned = _newer(meeting.but(state="planned", reason=None))
    return Change(fact, puts=planned_ahead(room, ask, planned, *_newer_series(room, planned)))


def plan_ahead(room: Room, command: PlanAhead, ask: Ask) -> Change:
    return Change(MeetingsPlanned(), puts=planned_ahead(room, ask))


def planned_ahead(room: Room, ask: Ask, *changed: Row) -> tuple[Row, ...]:
    """These rows, and what follows from them: the series' next meetings, and an agenda for the next one of all."""
    series = next(iter(standing(room, Series, changed)), None)
    rows: tuple[Row, ...] = changed
    if series is not None:
        (_, starts_at), *_ = coming(series, ask.at - GRACE)
        until = starts_at + timedelta(minutes=series.minutes) + GRACE
        rows = (*changed, *series.but(plans_at=until).unless(series), *following(room, series, ask, changed))
    upcoming = next_meeting(standing(room, Meeting, rows), ask.at)
    return _once(rows if upcoming is None else (*rows, *with_agenda(room, upcoming, ask, rows)))


def following(room: Room, series: Series, ask: Ask, changed: Iterable[Row] = ()) -> Iterator[Meeting]:
    """Those of the series' next meetings that are not there yet."""
    there = {meeting.id for meeting in standing(room, Meeting, changed)}
    for day, starts_at in coming(series, ask.at):
        id = id_from(series.id, day)
        if id in there:
            continue
        before = room.find(Meeting, id)
        if before is None:
            yield ask.new(
                Meeting,
                id=id,
                owner_id=None,
                series_id=series.id,
                day=day,
                starts_at=starts_at,
                minutes=series.minutes,
                sequence=series.sequence,
            )
        elif before.state in ("planned", "skipped"):
            # It was planned once, and the series has come back to that day.
            yield _newer(
                before.but(removed_at=None, starts_at=starts_at, minutes=series.minutes, state="planned", reason=None)
            )


def next_meeting(meetings: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The first that is still to come, or that should be going on."""
    planned = (meeting for meeting in meetings if meeting.state == "planned" and over_at(meeting) > now)
    return min(planned, key=lambda meeting: (meeting.starts_at, meeting.id), default=None)


def series_id(room: Room) -> str:
    return id_from(room.id, "series")


def series_of(room: Room) -> Series | None:
    """The series while it goes on."""
    return next(iter(standing(room, Series)), None)


def timezone_of(room: Room) -> str:
    (info,) = room.where(RoomInfo)
    return info.timezone


def _as_the_series_has_it(room: Room, before: Series, series: Series, ask: Ask) -> Iterator[Row]:
    """What was planned keeps a day that the series still has; other agendas go to its new days."""
    gone: list[Meeting] = []
    for meeting in _ahead(room, before, ask.at):
        if not is_a_day_of(series, meeting.day):
            gone.append(meeting)
            yield meeting.but(removed_at=ask.at)
        else:
            yield from _retimed(meeting, before, series).unless(meeting)
    yield from _handed_on(room, gone, series, ask)


def _retimed(meeting: Meeting, before: Series, series: Series) -> Meeting:
    """What was said of this one meeting stays: a time of its own, a length of its own."""
    was = moment(meeting.day, before.start, before.timezone)
    starts_at = moment(meeting.day, series.start, series.timezone) if meeting.starts_at == was else meeting.starts_at
    minutes = series.minutes if meeting.minutes == before.minutes else meeting.minutes
    changed = meeting.but(starts_at=starts_at, minutes=minutes)
    return meeting if changed == meeting else _newer(changed)


def _handed_on(room: Room, gone: list[Meeting], series: Series, ask: Ask) -> Iterator[Row]:
    """Agendas of days that the series has no more go to its new days, in order."""
    written = [meeting for meeting in sorted(gone, key=lambda meeting: meeting.starts_at) if items_of(room, meeting.id)]
    new = (meeting for meeting in following(room, series, ask) if not items_of(room, meeting.id))
    for meeting, to in zip(written, new, strict=False):
        yield to.but(template=meeting.template, objective=meeting.objective)
        yield from (item.but(meeting_id=to.id) for item in items_of(room, meeting.id))


def _ahead(room: Room, series: Series, now: datetime) -> tuple[Meeting, ...]:
    """The meetings of the series that did not take place yet, skipped ones among them."""
    return tuple(
        meeting
        for meeting in standing(room, Meeting)
        if meeting.series_id == series.id and meeting.state in ("planned", "skipped") and over_at(meeting) > now
    )


def _at(day: Day, start: str, timezone: str, ask: Ask) -> datetime:
    _refuse_no_day("day", day)
    starts_at = moment(day, start, timezone)
    if starts_at < ask.at - timedelta(minutes=1):
        raise Refusal("meeting_in_past")
    return starts_at


def _refuse_no_day(field: str, day: Day) -> None:
    if not is_day(day):
        raise Refusal("bad_command", field=field, reason="no_such_day")


def _newer(meeting: Meeting) -> Meeting:
    """Calendars take over what has a higher number."""
    return meeting.but(sequence=meeting.sequence + 1)


def _newer_series(room: Room, meeting: Meeting) -> tuple[Series, ...]:
    """What is said of one of its days is said in the series' own entry of a calendar."""
    series = series_of(room)
    is_of_it = series is not None and meeting.series_id == series.id
    return (series.but(sequence=series.sequence + 1),) if series is not None and is_of_it else ()


def _once(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Each row once, as it is in the end."""
    return tuple({(type(row), row.id): row for row in rows}.values())
