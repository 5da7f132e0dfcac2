"""The room meets when its series says, and every next meeting has an agenda that adds up."""

from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest

from app.meetings.rows import Item, Meeting, Series
from app.meetings.rules.occurrences import AHEAD, coming, days_of, moment
from app.roadmap.rows import Step
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOON, Rehearsal

EXTRA = id_from("extra")
"""Noon is Thursday the 26th of November 2026, 12:30 in London."""


def a_room(method: str = "flow_roadmap") -> Rehearsal:
    room = Rehearsal(method)
    room.joins(MAYA, name="Maya")
    return room


def weekly(
    room: Rehearsal, starts_on: str = "2026-12-03", start: str = "12:30", minutes: int = 60, weeks: int = 1
) -> None:
    room.say(ANNE, "meetings.set_series", every_weeks=weeks, starts_on=starts_on, start=start, minutes=minutes)


def planned(room: Rehearsal) -> list[Meeting]:
    found = [meeting for meeting in room.replica.where(Meeting) if meeting.removed_at is None]
    return sorted(found, key=lambda meeting: meeting.starts_at)


def agenda(room: Rehearsal, meeting: Meeting) -> list[Item]:
    found = [item for item in room.replica.where(Item, meeting_id=meeting.id) if item.removed_at is None]
    return sorted(found, key=lambda item: item.rank)


def test_a_series_makes_the_next_six_meetings_and_an_agenda_for_the_first() -> None:
    room = a_room()
    weekly(room)
    meetings = planned(room)
    assert [meeting.day for meeting in meetings] == [
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2026-12-24",
        "2026-12-31",
        "2027-01-07",
    ]
    assert meetings[0].template == "first_meeting"
    assert sum(item.minutes for item in agenda(room, meetings[0])) == 60
    assert agenda(room, meetings[1]) == []


def test_setting_the_same_series_again_changes_nothing() -> None:
    room = a_room()
    weekly(room)
    before = planned(room)
    weekly(room)
    assert planned(room) == before


def test_a_skipped_meeting_is_counted_and_comes_back() -> None:
    room = a_room()
    weekly(room)
    first, second = planned(room)[:2]
    room.say(ANNE, "meetings.skip_meeting", meeting_id=first.id, reason="Strike")
    skipped = room.row(Meeting, first.id)
    assert (skipped.state, skipped.reason, skipped.sequence) == ("skipped", "Strike", 1)
    assert agenda(room, second) != []
    room.say(ANNE, "meetings.unskip_meeting", meeting_id=first.id)
    assert room.row(Meeting, first.id).state == "planned"


def test_a_moved_meeting_keeps_the_day_of_the_series() -> None:
    room = a_room()
    weekly(room)
    first = planned(room)[0]
    room.say(ANNE, "meetings.move_meeting", meeting_id=first.id, day="2026-12-04", start="14:00", reason="Room taken")
    moved = room.row(Meeting, first.id)
    assert (moved.day, moved.starts_at, moved.sequence) == ("2026-12-03", datetime(2026, 12, 4, 14, tzinfo=UTC), 1)


def test_a_series_that_changes_its_weekday_takes_the_written_agendas_along() -> None:
    room = a_room()
    weekly(room)
    first, second = planned(room)[:2]
    room.say(ANNE, "meetings.set_meeting", meeting_id=first.id, objective="Choose what we begin with")
    room.say(ANNE, "meetings.set_agenda", meeting_id=second.id, template="diagnose")
    titles = [[item.title for item in agenda(room, meeting)] for meeting in (first, second)]
    weekly(room, starts_on="2026-12-04")
    friday, next_friday = planned(room)[:2]
    assert [friday.day, next_friday.day] == ["2026-12-04", "2026-12-11"]
    assert friday.objective == "Choose what we begin with"
    assert [[item.title for item in agenda(room, meeting)] for meeting in (friday, next_friday)] == titles


def test_a_series_at_another_hour_keeps_a_meeting_that_was_moved_by_hand() -> None:
    room = a_room()
    weekly(room)
    first, second = planned(room)[:2]
    room.say(ANNE, "meetings.move_meeting", meeting_id=first.id, day="2026-12-04", start="14:00")
    weekly(room, start="13:00")
    assert room.row(Meeting, first.id).starts_at == datetime(2026, 12, 4, 14, tzinfo=UTC)
    assert room.row(Meeting, second.id).starts_at == datetime(2026, 12, 10, 13, tzinfo=UTC)


def test_a_series_that_ends_loses_nothing_and_can_begin_again() -> None:
    room = a_room()
    weekly(room)
    first = planned(room)[0]
    items = agenda(room, first)
    room.say(ANNE, "meetings.end_series")
    assert planned(room) == []
    weekly(room)
    assert planned(room)[0].id == first.id
    assert agenda(room, planned(room)[0]) == items


def test_a_meeting_besides_the_series_begins_now_when_no_day_is_said() -> None:
    room = a_room()
    room.say(ANNE, "meetings.add_meeting", meeting_id=EXTRA)
    extra = room.row(Meeting, EXTRA)
    assert (extra.starts_at, extra.day, extra.minutes, extra.series_id) == (NOON, "2026-11-26", 60, None)
    assert agenda(room, extra)[0].title == "Welcome and why we are here"


def test_no_meeting_is_moved_into_the_past_or_to_no_day_at_all() -> None:
    room = a_room()
    weekly(room)
    first = planned(room)[0]
    where = {"meeting_id": first.id, "start": "12:30"}
    assert room.refused(ANNE, "meetings.move_meeting", day="2026-11-25", **where) == ("meeting_in_past", {})
    assert room.refused(ANNE, "meetings.move_meeting", day="2026-11-31", **where)[1]["reason"] == "no_such_day"


def test_only_coaches_set_the_series_and_the_leader_sets_the_agenda() -> None:
    room = a_room()
    weekly(room)
    first = planned(room)[0]
    assert room.refused(MAYA, "meetings.end_series") == ("not_allowed", {"needs": "meetings.series"})
    assert room.refused(MAYA, "meetings.set_agenda", meeting_id=first.id)[0] == "not_allowed"
    room.holds("leader", MAYA)
    room.say(MAYA, "meetings.set_agenda", meeting_id=first.id, template="treat")
    assert room.row(Meeting, first.id).template == "treat"


@pytest.mark.parametrize(
    ("method", "stage", "minutes", "template"),
    [
        ("flow_roadmap", None, 60, "first_meeting"),
        ("flow_roadmap", "themes", 60, "diagnose"),
        ("flow_roadmap", "test", 60, "treat"),
        ("flow_roadmap", "standardise", 60, "sustain"),
        ("improvement_ramp", "treat", 60, "treat"),
        ("improvement_ramp", "treat", 45, "clinic_45"),
    ],
)
def test_the_agenda_fits_where_the_room_is(method: str, stage: str | None, minutes: int, template: str) -> None:
    room = a_room(method)
    if stage is not None:
        step = room.replica.where(Step, stage=stage)[0]
        room.say(ANNE, "roadmap.set_step", step_id=step.id, state="doing")
    weekly(room, minutes=minutes)
    assert planned(room)[0].template == template


@pytest.mark.parametrize("minutes", [30, 45, 50, 60, 75, 90])
def test_a_template_adds_up_to_the_length_of_the_meeting(minutes: int) -> None:
    room = a_room()
    weekly(room, minutes=minutes)
    assert sum(item.minutes for item in agenda(room, planned(room)[0])) == minutes


def series(weeks: Literal[1, 2], starts_on: str, timezone: str = "Europe/London") -> Series:
    return Series(
        id=id_from("series"),
        created_at=NOON,
        every_weeks=weeks,
        starts_on=starts_on,
        start="12:30",
        minutes=60,
        timezone=timezone,
    )


@pytest.mark.parametrize("weeks", [1, 2])
@pytest.mark.parametrize("timezone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_the_time_on_the_wall_stays_whatever_clocks_do(weeks: Literal[1, 2], timezone: str) -> None:
    every = series(weeks, "2026-01-08", timezone)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    while now.year < 2028:
        found = coming(every, now)
        assert len(found) == AHEAD
        for day, starts_at in found:
            assert starts_at + timedelta(minutes=60) > now
            assert moment(day, "12:30", timezone) == starts_at
            assert (date.fromisoformat(day) - date(2026, 1, 8)).days % (7 * weeks) == 0
        # Each is asked for again from the middle of it: then it is still the first.
        assert coming(every, found[0][1] + timedelta(minutes=30))[0] == found[0]
        now = found[0][1] + timedelta(minutes=60)


def test_every_two_weeks_over_both_changes_of_the_clocks_in_london() -> None:
    clinic = series(2, "2026-03-12")
    spring = [at for _, at in coming(clinic, datetime(2026, 3, 20, tzinfo=UTC))]
    assert [at.strftime("%d %H:%M") for at in spring[:2]] == ["26 12:30", "09 11:30"]
    autumn = [at for _, at in coming(clinic, datetime(2026, 10, 15, tzinfo=UTC))]
    assert [at.strftime("%d %H:%M") for at in autumn[:2]] == ["22 11:30", "05 12:30"]


def test_a_series_that_began_long_ago_goes_on_in_its_rhythm() -> None:
    every = series(2, "2019-01-03")
    assert next(days_of(every, date(2026, 11, 26))) == date(2026, 11, 26)
    assert next(days_of(every, date(2026, 11, 27))) == date(2026, 12, 10)
