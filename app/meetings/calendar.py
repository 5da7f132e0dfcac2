"""A room's meetings as a calendar takes them (RFC 5545): the series with its exceptions, and meetings besides it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vRecur

from app.meetings.rows import Meeting, Series
from app.meetings.rules.occurrences import local, moment
from app.rooms.attendance import zone_of

HOUSE = "bigroom"


def of_room(
    name: str, address: str, timezone: str, series: Series | None, meetings: Iterable[Meeting], now: datetime
) -> bytes:
    """Everything that is planned. Each entry keeps its UID, and its SEQUENCE grows with every change of it."""
    planned = sorted((row for row in meetings if row.removed_at is None), key=lambda row: row.starts_at)
    calendar = _calendar()
    if series is not None:
        of_series = [row for row in planned if row.series_id == series.id]
        calendar.add_component(_of_series(name, address, series, of_series, now))
        for meeting in of_series:
            if meeting.state != "skipped" and _differs(meeting, series):
                calendar.add_component(_of_its_own_time(name, address, series, meeting, now))
    for meeting in planned:
        if series is None or meeting.series_id != series.id:
            own = series.timezone if series else timezone
            calendar.add_component(_alone(name, address, meeting, own, now))
    return _written(calendar)


def of_meeting(name: str, address: str, meeting: Meeting, timezone: str, now: datetime) -> bytes:
    """One meeting by itself: it does not touch the series where that is in a calendar, too."""
    calendar = _calendar()
    calendar.add_component(_alone(name, address, meeting, timezone, now))
    return _written(calendar)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", "-//Bigroom//Meetings//EN")
    calendar.add("VERSION", "2.0")
    return calendar


def _written(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _of_series(name: str, address: str, series: Series, meetings: Iterable[Meeting], now: datetime) -> Event:
    event = _event(f"{series.id}@{HOUSE}", name, address, series.sequence, now)
    start = local(moment(series.starts_on, series.start, series.timezone), series.timezone)
    _from_to(event, start, series.minutes)
    event.add("RRULE", vRecur({"FREQ": "WEEKLY", "INTERVAL": series.every_weeks}))
    if series.removed_at is not None:
        event.add("STATUS", "CANCELLED")
    out = [_by_the_series(meeting, series) for meeting in meetings if meeting.state == "skipped"]
    if out:
        event.add("EXDATE", out)
    return event


def _of_its_own_time(name: str, address: str, series: Series, meeting: Meeting, now: datetime) -> Event:
    sequence = max(series.sequence, meeting.sequence)
    event = _event(f"{series.id}@{HOUSE}", name, address, sequence, now, meeting.objective)
    event.add("RECURRENCE-ID", _by_the_series(meeting, series))
    _from_to(event, local(meeting.starts_at, series.timezone), meeting.minutes)
    return event


def _alone(name: str, address: str, meeting: Meeting, timezone: str, now: datetime) -> Event:
    event = _event(f"{meeting.id}@{HOUSE}", name, address, meeting.sequence, now, meeting.objective)
    _from_to(event, local(meeting.starts_at, timezone), meeting.minutes)
    if meeting.state == "skipped":
        event.add("STATUS", "CANCELLED")
    return event


def _event(uid: str, name: str, address: str, sequence: int, now: datetime, objective: str | None = None) -> Event:
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", now)
    event.add("SEQUENCE", sequence)
    event.add("SUMMARY", name)
    event.add("DESCRIPTION", "\n".join(filter(None, (objective, address))))
    event.add("URL", address)
    return event


def _from_to(event: Any, start: datetime, minutes: int) -> None:
    event.add("DTSTART", start)
    # Counted on the clock that calendars count on: an hour over a change of the clocks is an hour.
    event.add("DURATION", timedelta(minutes=minutes))


def _differs(meeting: Meeting, series: Series) -> bool:
    is_moved = meeting.starts_at != _by_the_series(meeting, series)
    return is_moved or meeting.minutes != series.minutes or meeting.objective is not None


def _by_the_series(meeting: Meeting, series: Series) -> datetime:
    return moment(meeting.day, series.start, series.timezone).astimezone(zone_of(series.timezone))
