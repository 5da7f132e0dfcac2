"""The hour: it begins, goes from item to item, waits, takes longer, ends, or stops where it is."""

from datetime import timedelta
from typing import Any

import pytest

from app.board.rows import Board, BoardCapture, Card
from app.meetings.messages import MeetingStarted, TimeUp
from app.meetings.rows import Item, Meeting
from app.meetings.rules.timing import hour_ends, left, spent
from app.rooms.attendance import Attendance
from app.rooms.kernel import Change
from app.rooms.rows import MeetingRole, Place
from app.rooms.values import id_from
from tests.meetings.agendas import (
    ACTIONS,
    IDEAS,
    MEETING,
    READ_BACK,
    SCORE,
    STORY,
    WELCOME,
    later,
    planned,
    with_agenda,
)
from tests.rooms.rehearsal import ANNE, MAYA, NOON, RALPH, TOM, Rehearsal

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room() -> Rehearsal:
    """Half past twelve: Tom is timekeeper, Maya a member, and an agenda stands."""
    room = Rehearsal()
    room.joins(MAYA, name="Maya")
    room.joins(TOM, name="Tom")
    room.holds("timekeeper", TOM)
    planned(room)
    with_agenda(room)
    room.at = NOON
    return room


@pytest.fixture
def on(room: Rehearsal) -> Rehearsal:
    """The same, just begun."""
    say(room, "start_meeting", meeting_id=MEETING)
    room.at = NOON
    return room


def say(room: Rehearsal, what: str, by: str | None = ANNE, **fields: Any) -> Change:
    """At this very moment: in these stories time passes only where they say so."""
    at = room.at
    change = room.say(by, f"meetings.{what}", **fields)
    room.at = at
    return change


def meeting(room: Rehearsal) -> Meeting:
    return room.row(Meeting, MEETING)


def item(room: Rehearsal, id: str) -> Item:
    return room.row(Item, id)


def states(room: Rehearsal) -> str:
    """The first letters of every item's state, in order: `nwwwww`."""
    return "".join(item(room, id).state[0] for id in (WELCOME, STORY, ACTIONS, IDEAS, READ_BACK, SCORE))


def test_the_first_item_is_on_as_soon_as_the_hour_begins(on: Rehearsal) -> None:
    assert (meeting(on).state, meeting(on).started_at, meeting(on).started_by) == ("live", NOON, ANNE)
    assert (meeting(on).item_id, states(on)) == (WELCOME, "nwwwww")
    assert item(on, WELCOME).ends_at == item(on, WELCOME).rings_at == NOON + 2 * MINUTE


def test_beginning_twice_begins_once(on: Rehearsal) -> None:
    later(on, minutes=1)
    assert say(on, "start_meeting", meeting_id=MEETING).puts == ()
    assert meeting(on).started_at == NOON


def test_the_leader_begins_a_quarter_of_an_hour_early_and_not_sooner(room: Rehearsal) -> None:
    room.holds("leader", MAYA)
    room.at = NOON - 16 * MINUTE
    assert room.refused(MAYA, "meetings.start_meeting", meeting_id=MEETING) == ("too_early_to_start", {})
    room.at = NOON - 15 * MINUTE
    say(room, "start_meeting", MAYA, meeting_id=MEETING)
    assert meeting(room).state == "live"


@pytest.mark.parametrize(
    ("state", "code"), [("ended", "meeting_is_over"), ("skipped", "meeting_is_skipped")], ids=lambda value: str(value)
)
def test_what_is_over_or_skipped_does_not_begin(room: Rehearsal, state: str, code: str) -> None:
    times: dict[str, Any] = {"started_at": NOON, "ended_at": NOON} if state == "ended" else {}
    planned(room, state=state, **times)
    assert room.refused(ANNE, "meetings.start_meeting", meeting_id=MEETING)[0] == code
    assert room.refused(MAYA, "meetings.start_without_coaches", meeting_id=MEETING)[0] == code


def test_a_room_has_one_hour_at_a_time(on: Rehearsal) -> None:
    other = id_from("other")
    planned(on, other)
    assert on.refused(ANNE, "meetings.start_meeting", meeting_id=other)[0] == "another_meeting_is_on"


def test_an_hour_that_nobody_has_prepared_gets_the_agenda_that_fits() -> None:
    room = Rehearsal()
    planned(room)
    say(room, "start_meeting", meeting_id=MEETING)
    items = room.replica.where(Item, meeting_id=MEETING)
    assert [item.id for item in items if item.state == "now"] == [meeting(room).item_id]
    assert (meeting(room).template, len(items) > 3) == ("first_meeting", True)


def test_the_next_item_begins_and_the_one_before_is_done(on: Rehearsal) -> None:
    later(on, minutes=3)
    fact = say(on, "start_item", item_id=STORY).fact
    assert fact.model_dump(exclude={"type"}) == {
        "meeting_id": MEETING,
        "item_id": STORY,
        "left_id": WELCOME,
        "spent_ms": 180_000,
    }
    assert (meeting(on).item_id, states(on)) == (STORY, "dnwwww")
    assert item(on, STORY).ends_at == NOON + 10 * MINUTE
    assert (item(on, WELCOME).ends_at, item(on, WELCOME).rings_at) == (None, None)


def test_who_goes_back_finds_what_was_left_of_it(on: Rehearsal) -> None:
    later(on, minutes=1)
    say(on, "start_item", item_id=STORY)
    later(on, minutes=2)
    say(on, "start_item", item_id=WELCOME)
    assert states(on) == "nwwwww"
    assert item(on, WELCOME).ends_at == on.at + MINUTE
    assert item(on, STORY).spent_ms == 120_000


def test_an_item_that_was_over_its_time_is_not_called_again(on: Rehearsal) -> None:
    later(on, minutes=4)
    say(on, "start_item", item_id=STORY)
    later(on, minutes=1)
    say(on, "start_item", item_id=WELCOME)
    assert left(item(on, WELCOME), on.at) == -2 * MINUTE
    assert (item(on, WELCOME).ends_at, item(on, WELCOME).rings_at) == (NOON + 3 * MINUTE, None)


def test_jumping_over_items_leaves_them_waiting(on: Rehearsal) -> None:
    say(on, "start_item", item_id=IDEAS)
    assert states(on) == "dwwnww"


def test_two_who_press_next_at_once_go_on_once(on: Rehearsal) -> None:
    say(on, "start_item", item_id=STORY)
    assert say(on, "start_item", item_id=STORY).puts == ()
    assert states(on) == "dnwwww"


def test_an_item_brings_the_room_to_what_it_opens_when_asked(on: Rehearsal) -> None:
    (before,) = on.replica.where(Place)
    say(on, "start_item", item_id=IDEAS)
    assert on.replica.where(Place) == (before,)
    say(on, "start_item", item_id=IDEAS, brings=True)
    assert on.replica.where(Place)[0].view == "board"


def test_an_item_of_another_meeting_is_not_on_this_agenda(on: Rehearsal) -> None:
    other, alien = id_from("other"), id_from("alien")
    planned(on, other)
    on.replica.put(item(on, STORY).but(id=alien, meeting_id=other))
    assert on.refused(ANNE, "meetings.start_item", item_id=alien)[0] == "not_on_this_agenda"


def test_a_pause_is_not_spent_and_has_no_deadline(on: Rehearsal) -> None:
    later(on, minutes=1)
    say(on, "pause", TOM)
    assert (meeting(on).paused_by, item(on, WELCOME).rings_at) == (TOM, None)
    later(on, minutes=10)
    say(on, "resume", TOM)
    assert spent(item(on, WELCOME), on.at) == 60_000
    assert item(on, WELCOME).ends_at == on.at + MINUTE


def test_twenty_pauses_lose_no_second(on: Rehearsal) -> None:
    for _ in range(20):
        later(on, seconds=3)
        say(on, "pause")
        later(on, seconds=17)
        say(on, "resume")
    assert left(item(on, WELCOME), on.at) == MINUTE


def test_pausing_twice_and_going_on_twice_change_nothing(on: Rehearsal) -> None:
    assert say(on, "resume").puts == ()
    say(on, "pause", TOM)
    later(on, seconds=5)
    assert say(on, "pause", ANNE).puts == ()
    assert (meeting(on).paused_at, meeting(on).paused_by) == (NOON, TOM)


def test_the_next_item_ends_a_pause(on: Rehearsal) -> None:
    say(on, "pause")
    later(on, minutes=5)
    say(on, "start_item", item_id=STORY)
    assert (meeting(on).paused_at, item(on, STORY).began_at) == (None, on.at)
    assert item(on, WELCOME).spent_ms == 0


def test_two_more_minutes_are_paid_for_by_a_later_item(on: Rehearsal) -> None:
    say(on, "extend_item", TOM, item_id=WELCOME, seconds=120, take_from=IDEAS)
    assert item(on, WELCOME).ends_at == item(on, WELCOME).rings_at == NOON + 4 * MINUTE
    assert (item(on, IDEAS).seconds, item(on, IDEAS).minutes) == (14 * 60, 16)


def test_without_a_payer_the_hour_ends_later(on: Rehearsal) -> None:
    say(on, "extend_item", item_id=WELCOME, seconds=120, take_from=None)
    seconds = sum(each.seconds for each in on.replica.where(Item))
    assert seconds == 38 * 60


@pytest.mark.parametrize(
    ("payer", "seconds", "code"),
    [
        (WELCOME, 60, "cannot_pay"),
        (IDEAS, 17 * 60, "not_enough_minutes"),
        (READ_BACK, 60, "kept_for_the_end"),
        (SCORE, 60, "kept_for_the_end"),
    ],
    ids=["itself", "more than it has", "the read-back", "the score"],
)
def test_not_every_item_can_pay(on: Rehearsal, payer: str, seconds: int, code: str) -> None:
    asked = {"item_id": WELCOME, "seconds": seconds, "take_from": payer}
    said, params = on.refused(ANNE, "meetings.extend_item", **asked)
    assert (said, params) == (code, {"title": item(on, payer).title})


def test_what_is_kept_for_the_end_pays_when_somebody_says_so(on: Rehearsal) -> None:
    say(on, "extend_item", item_id=WELCOME, seconds=60, take_from=READ_BACK, even_protected=True)
    assert item(on, READ_BACK).seconds == 120


def test_what_is_done_gets_no_more_time(on: Rehearsal) -> None:
    say(on, "start_item", item_id=STORY)
    assert on.refused(TOM, "meetings.extend_item", item_id=WELCOME, seconds=60, take_from=None)[0] == "item_is_done"


def test_an_item_that_is_over_gets_its_time_from_when_it_was_up(on: Rehearsal) -> None:
    later(on, minutes=3)
    say(on, "call_time", None, item_id=WELCOME)
    say(on, "extend_item", item_id=WELCOME, seconds=120, take_from=None)
    assert left(item(on, WELCOME), on.at) == MINUTE
    assert item(on, WELCOME).rings_at == on.at + MINUTE


def test_time_that_is_up_is_called_once_and_nothing_goes_on(on: Rehearsal) -> None:
    later(on, minutes=2)
    assert say(on, "call_time", None, item_id=WELCOME).fact == TimeUp(meeting_id=MEETING, item_id=WELCOME)
    assert (meeting(on).item_id, states(on)) == (WELCOME, "nwwwww")
    assert on.refused(None, "meetings.call_time", item_id=WELCOME)[0] == "not_possible"


def test_time_is_not_called_when_it_was_extended_meanwhile(on: Rehearsal) -> None:
    say(on, "extend_item", item_id=WELCOME, seconds=60, take_from=None)
    later(on, minutes=2)
    assert on.refused(None, "meetings.call_time", item_id=WELCOME)[0] == "not_possible"


def test_the_hour_ends_and_what_was_not_reached_is_left(on: Rehearsal) -> None:
    say(on, "start_item", item_id=STORY)
    later(on, minutes=7)
    say(on, "end_meeting")
    assert (meeting(on).state, meeting(on).ended_at, meeting(on).item_id) == ("ended", on.at, None)
    assert (states(on), item(on, STORY).spent_ms) == ("ddllll", 420_000)


def test_nothing_can_be_paced_without_a_meeting(room: Rehearsal) -> None:
    for what, fields in (("pause", {}), ("resume", {}), ("end_meeting", {}), ("stop_here", {"reason": "Fire alarm"})):
        assert room.refused(ANNE, f"meetings.{what}", **fields)[0] == "no_meeting_on"


def test_a_fire_alarm_stops_the_hour_and_what_was_hidden_stays_hidden(on: Rehearsal) -> None:
    board = next(board for board in on.replica.where(Board) if board.step_key is None)
    capture, card = id_from("capture"), id_from("card")
    on.say(ANNE, "board.start_capture", capture_id=capture, board_id=board.id, column=None, mode="unsigned")
    on.say(MAYA, "board.add_card", card_id=card, board_id=board.id, column="value", text="Nobody told us")
    say(on, "start_item", item_id=STORY)
    say(on, "stop_here", reason="Fire alarm")
    assert (meeting(on).is_stopped, meeting(on).reason) == (True, "Fire alarm")
    assert states(on) == "dlllll"
    assert (on.row(BoardCapture, capture).state, on.row(Card, card).hidden) == ("writing", True)


def test_the_timekeeper_pauses_and_extends_but_does_not_go_on(on: Rehearsal) -> None:
    say(on, "pause", TOM)
    for what, fields in (("start_item", {"item_id": STORY}), ("end_meeting", {}), ("stop_here", {"reason": "Fire"})):
        assert on.refused(TOM, f"meetings.{what}", **fields) == ("not_allowed", {"needs": "meetings.pace"})
    assert on.refused(MAYA, "meetings.pause") == ("not_allowed", {"needs": "meetings.extend"})


def test_without_a_coach_a_member_begins_after_two_minutes_and_leads(room: Rehearsal) -> None:
    room.at = NOON + timedelta(seconds=119)
    asked = {"meeting_id": MEETING}
    assert room.refused(MAYA, "meetings.start_without_coaches", **asked)[0] == "coaches_may_come"
    room.at = NOON + 2 * MINUTE
    fact = say(room, "start_without_coaches", MAYA, **asked).fact
    assert fact == MeetingStarted(meeting_id=MEETING, item_id=WELCOME, is_without_coaches=True)
    assert (meeting(room).is_without_coaches, meeting(room).started_by) == (True, MAYA)
    assert leader(room) == MAYA
    say(room, "start_item", MAYA, item_id=STORY)
    assert room.refused(MAYA, "rooms.make_invitation", invitation_id=id_from("link"), part="member")[0] == "not_allowed"


def test_a_leader_who_is_here_leads_whoever_begins(room: Rehearsal) -> None:
    room.joins(RALPH, name="Ralph")
    room.holds("leader", RALPH)
    arrives(room, RALPH)
    room.at = NOON + 2 * MINUTE
    say(room, "start_without_coaches", MAYA, meeting_id=MEETING)
    assert leader(room) == RALPH


def test_a_leader_who_did_not_come_holds_nobody_up(room: Rehearsal) -> None:
    room.joins(RALPH, name="Ralph")
    room.holds("leader", RALPH)
    room.at = NOON + 2 * MINUTE
    say(room, "start_without_coaches", MAYA, meeting_id=MEETING)
    assert leader(room) == MAYA


def test_where_no_coach_is_the_role_of_somebody_who_stays_away_is_taken_after_two_minutes(room: Rehearsal) -> None:
    room.joins(RALPH, name="Ralph")
    room.holds("timekeeper", RALPH)
    room.at = NOON + 2 * MINUTE
    say(room, "start_without_coaches", MAYA, meeting_id=MEETING)
    taking = {"role": "timekeeper"}
    room.at += timedelta(seconds=119)
    assert room.refused(MAYA, "meetings.take_role", **taking) == ("role_is_held", taking)
    arrives(room, ANNE)
    room.at += MINUTE
    assert room.refused(MAYA, "meetings.take_role", **taking) == ("role_is_held", taking)
    (coach,) = room.replica.where(Attendance, member_id=ANNE)
    room.say(None, "rooms.end_attendance", attendance_id=coach.id, at=room.at.isoformat())
    say(room, "take_role", MAYA, **taking)
    assert holder(room, "timekeeper") == MAYA


def test_nobody_begins_without_a_coach_who_is_here(room: Rehearsal) -> None:
    arrives(room, ANNE)
    room.at = NOON + 2 * MINUTE
    assert room.refused(MAYA, "meetings.start_without_coaches", meeting_id=MEETING)[0] == "coaches_are_here"


def test_a_coach_who_comes_late_takes_nothing_over(room: Rehearsal) -> None:
    room.at = NOON + 2 * MINUTE
    say(room, "start_without_coaches", MAYA, meeting_id=MEETING)
    arrives(room, ANNE)
    assert say(room, "start_meeting", ANNE, meeting_id=MEETING).puts == ()
    assert (leader(room), meeting(room).started_by, meeting(room).is_without_coaches) == (MAYA, MAYA, True)


@pytest.mark.parametrize(
    ("begun", "ends"),
    [(-15, 60), (0, 60), (5, 60), (59, 60), (-40, 20), (90, 150)],
    ids=["early", "on time", "late", "very late", "another time before", "another time after"],
)
def test_the_end_of_the_hour_stays_where_the_series_says(begun: int, ends: int) -> None:
    row = planned(Rehearsal(), state="live", started_at=NOON + begun * MINUTE, item_id=WELCOME)
    assert hour_ends(row) == NOON + ends * MINUTE


def test_a_clock_that_was_set_back_takes_no_time_away(on: Rehearsal) -> None:
    later(on, hours=-1)
    assert spent(item(on, WELCOME), on.at) == 0


def arrives(room: Rehearsal, id: str) -> None:
    room.attend(id)


def leader(room: Rehearsal) -> str | None:
    return holder(room, "leader")


def holder(room: Rehearsal, role: str) -> str | None:
    return next(row.member_id for row in room.replica.where(MeetingRole) if row.role == role)
