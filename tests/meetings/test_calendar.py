"""What a calendar is told, read back as a calendar reads it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pytest
from icalendar import Calendar

from app.meetings import calendar
from app.meetings.rows import Meeting, Series
from app.meetings.rules.occurrences import moment
from app.rooms.values import id_from
from tests.meetings.test_plan import a_room, planned, weekly
from tests.rooms.rehearsal import ANNE, NOON, Rehearsal

ADDRESS = "https://bigroom.example.org/rooms/1"


def events(room: Rehearsal) -> list[Any]:
    series = next(iter(room.replica.where(Series)), None)
    meetings = room.replica.where(Meeting)
    body = calendar.of_room("Sepsis, pathway", ADDRESS, "Europe/London", series, meetings, NOON)
    read: Any = Calendar.from_ical(body)
    return list(read.walk("VEVENT"))


def test_the_series_repeats_and_says_in_which_zone() -> None:
    room = a_room()
    weekly(room, weeks=2)
    (series,) = events(room)
    assert series["RRULE"] == {"FREQ": ["WEEKLY"], "INTERVAL": [2]}
    assert str(series["SUMMARY"]) == "Sepsis, pathway"
    assert series["DTSTART"].params["TZID"] == "Europe/London"
    assert series["DTSTART"].dt.isoformat() == "2026-12-03T12:30:00+00:00"
    assert series["DURATION"].dt == timedelta(minutes=60)


def test_a_skipped_day_is_an_exception_and_a_moved_one_has_its_own_time() -> None:
    room = a_room()
    weekly(room)
    first, second = planned(room)[:2]
    (before,) = events(room)
    room.say(ANNE, "meetings.skip_meeting", meeting_id=first.id, reason="Strike")
    room.say(ANNE, "meetings.move_meeting", meeting_id=second.id, day="2026-12-11", start="14:00", reason="Room taken")
    series, moved = events(room)
    assert [out.dt.isoformat() for out in series["EXDATE"].dts] == ["2026-12-03T12:30:00+00:00"]
    assert series["UID"] == before["UID"] == moved["UID"]
    assert series["SEQUENCE"] == before["SEQUENCE"] + 2
    assert moved["RECURRENCE-ID"].dt.isoformat() == "2026-12-10T12:30:00+00:00"
    assert moved["DTSTART"].dt.isoformat() == "2026-12-11T14:00:00+00:00"
    assert "Room taken" not in str(moved)


def test_a_meeting_besides_the_series_keeps_its_uid_and_is_cancelled_with_a_higher_number() -> None:
    room = a_room()
    extra = id_from("extra")
    room.say(ANNE, "meetings.add_meeting", meeting_id=extra, day="2026-12-05", start="09:00", minutes=45)
    (before,) = events(room)
    room.say(ANNE, "meetings.skip_meeting", meeting_id=extra, reason="Strike")
    (after,) = events(room)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["STATUS"] == "CANCELLED"


def test_a_series_that_ends_is_taken_out_of_calendars() -> None:
    room = a_room()
    weekly(room)
    (before,) = events(room)
    room.say(ANNE, "meetings.end_series")
    (after,) = events(room)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.parametrize("weeks", [1, 2])
@pytest.mark.parametrize("timezone", ["Europe/London", "America/New_York", "Asia/Kolkata"])
def test_every_day_of_a_year_is_where_the_room_has_it(weeks: Literal[1, 2], timezone: str) -> None:
    """The file's own time zone, read without ours, gives the same moments over both changes of the clocks."""
    series = Series(
        id=id_from("series"),
        created_at=NOON,
        every_weeks=weeks,
        starts_on="2026-01-08",
        start="12:30",
        minutes=60,
        timezone=timezone,
    )
    read: Any = Calendar.from_ical(calendar.of_room("Clinic", ADDRESS, timezone, series, (), NOON))
    zone = read.walk("VTIMEZONE")[0].to_tz()
    for n in range(0, 53, weeks):
        day = date(2026, 1, 8) + timedelta(weeks=n)
        told = datetime(day.year, day.month, day.day, 12, 30, tzinfo=zone).astimezone(UTC)
        assert told == moment(day.isoformat(), "12:30", timezone)
