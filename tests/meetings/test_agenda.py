"""An agenda is changed by who leads, keeps the end of the hour, and goes on with what was left."""

from datetime import timedelta
from typing import Any

from app.meetings.rows import Item, Meeting, Series
from app.rooms.values import id_from
from tests.meetings.test_plan import a_room, agenda, planned, weekly
from tests.rooms.rehearsal import ANNE, MAYA, Rehearsal

NEW = id_from("new")


def planning() -> tuple[Rehearsal, Meeting]:
    room = a_room()
    weekly(room)
    first = planned(room)[0]
    room.say(ANNE, "meetings.set_agenda", meeting_id=first.id, template="diagnose")
    return room, first


def titles(room: Rehearsal, meeting: Meeting) -> list[str]:
    return [item.title for item in agenda(room, meeting)]


def adds(room: Rehearsal, meeting: Meeting, **fields: Any) -> None:
    room.say(ANNE, "meetings.add_item", item_id=NEW, meeting_id=meeting.id, title="Bleep audit", minutes=5, **fields)


def ended(room: Rehearsal, meeting: Meeting, *, left: tuple[str, ...] = ()) -> None:
    """As if the hour had been held, and these items had not been reached."""
    for item in agenda(room, meeting):
        room.replica.put(item.but(state="left" if item.title in left else "done"))
    room.at = meeting.starts_at + timedelta(minutes=60)
    room.replica.put(meeting.but(state="ended", started_at=meeting.starts_at, ended_at=room.at))


def test_a_new_item_comes_before_what_the_end_of_the_hour_is_kept_for() -> None:
    room, first = planning()
    adds(room, first)
    assert titles(room, first)[-4:] == [
        "Bleep audit",
        "Read back decisions and actions",
        "Who does what by when; next week's roles",
        "Score out of ten",
    ]


def test_an_item_goes_where_somebody_puts_it() -> None:
    room, first = planning()
    adds(room, first, after=None)
    assert titles(room, first)[0] == "Bleep audit"
    story = agenda(room, first)[4]
    room.say(ANNE, "meetings.move_item", item_id=NEW, after=story.id)
    assert titles(room, first)[4] == "Bleep audit"
    before = room.row(Item, NEW)
    room.say(ANNE, "meetings.move_item", item_id=NEW, after=story.id)
    assert room.row(Item, NEW) == before


def test_an_item_can_wait_for_the_week_after() -> None:
    room, first = planning()
    second = planned(room)[1]
    adds(room, first)
    room.say(ANNE, "meetings.move_item", item_id=NEW, meeting_id=second.id)
    assert titles(room, second) == ["Bleep audit"]


def test_the_end_of_the_hour_goes_only_when_somebody_means_it() -> None:
    room, first = planning()
    score = agenda(room, first)[-1]
    assert room.refused(ANNE, "meetings.remove_item", item_id=score.id) == ("item_protected", {})
    assert room.refused(ANNE, "meetings.set_item", item_id=score.id, minutes=1) == ("item_protected", {})
    assert room.refused(ANNE, "meetings.set_item", item_id=score.id, meeting_step="work") == ("item_protected", {})
    room.say(ANNE, "meetings.set_item", item_id=score.id, minutes=4)
    room.say(ANNE, "meetings.remove_item", item_id=score.id, even_protected=True)
    assert titles(room, first)[-1] != score.title
    room.say(ANNE, "meetings.restore_item", item_id=score.id)
    assert titles(room, first)[-1] == score.title


def test_what_has_begun_stays_as_it_was_and_what_waits_can_still_change() -> None:
    room, first = planning()
    items = agenda(room, first)
    room.replica.put(first.but(state="live", started_at=room.at))
    room.replica.put(items[0].but(state="done"))
    room.replica.put(items[1].but(state="now", began_at=room.at, ends_at=room.at))
    assert room.refused(ANNE, "meetings.set_item", item_id=items[0].id, title="Hello") == ("item_begun", {})
    assert room.refused(ANNE, "meetings.set_item", item_id=items[1].id, minutes=3) == ("item_begun", {})
    assert room.refused(ANNE, "meetings.move_item", item_id=items[1].id, after=None) == ("item_begun", {})
    room.say(ANNE, "meetings.set_item", item_id=items[1].id, note="Phones silent")
    room.say(ANNE, "meetings.set_item", item_id=items[4].id, minutes=3)
    assert (room.row(Item, items[4].id).minutes, room.row(Item, items[4].id).seconds) == (3, 180)


def test_a_member_leads_an_item_by_name_and_a_role_without_one() -> None:
    room, first = planning()
    lead = {"item_id": agenda(room, first)[3].id, "lead": "member"}
    assert room.refused(ANNE, "meetings.set_item", **lead)[1] == {"field": "lead_id", "reason": "missing"}
    room.say(ANNE, "meetings.set_item", **lead, lead_id=MAYA)
    assert room.row(Item, lead["item_id"]).lead_id == MAYA
    room.say(ANNE, "meetings.set_item", item_id=lead["item_id"], lead="recorder")
    assert room.row(Item, lead["item_id"]).lead_id is None


def test_an_item_is_somebodys_story_when_it_is_said_to_be() -> None:
    room, first = planning()
    adds(room, first, is_story=True)
    assert room.row(Item, NEW).is_story
    room.say(ANNE, "meetings.set_item", item_id=NEW, is_story=False)
    assert not room.row(Item, NEW).is_story


def test_what_was_left_leads_the_work_next_time_and_only_once() -> None:
    room, first = planning()
    adds(room, first)
    ended(room, first, left=("Bleep audit", "Main work: themes, aim or causes"))
    room.say(None, "meetings.plan_ahead")
    second, third = planned(room)[1:3]
    assert titles(room, second)[3:7] == [
        "Main work: themes, aim or causes",
        "Bleep audit",
        "Patient story, and what I heard",
        "Actions since last week",
    ]
    room.say(ANNE, "meetings.set_agenda", meeting_id=third.id)
    assert "Bleep audit" not in titles(room, third)


def test_the_agenda_of_a_skipped_meeting_waits_for_the_next_one() -> None:
    room, first = planning()
    second = planned(room)[1]
    adds(room, first)
    room.say(ANNE, "meetings.set_meeting", meeting_id=first.id, objective="Choose a theme")
    room.say(ANNE, "meetings.skip_meeting", meeting_id=first.id, reason="Strike")
    assert titles(room, second) == titles(room, first)
    assert room.row(Meeting, second.id).objective == "Choose a theme"


def test_a_meeting_that_nobody_began_makes_room_for_the_next() -> None:
    room, first = planning()
    adds(room, first)
    series = room.replica.where(Series)[0]
    assert series.plans_at == first.starts_at + timedelta(hours=4)
    room.at = series.plans_at
    room.say(None, "meetings.plan_ahead")
    assert len([meeting for meeting in planned(room) if meeting.starts_at > room.at]) == 6
    assert titles(room, planned(room)[1]) == titles(room, first)
    assert room.replica.where(Series)[0].plans_at == series.plans_at + timedelta(weeks=1)


def test_the_same_as_last_time_is_one_press() -> None:
    room, first = planning()
    adds(room, first, note="Bring the list", link="https://example.org/bleeps")
    ended(room, first)
    second = planned(room)[1]
    room.say(ANNE, "meetings.copy_agenda", meeting_id=second.id, from_id=first.id)
    assert titles(room, second) == titles(room, first)
    assert {item.state for item in agenda(room, second)} == {"waiting"}
    assert next(item for item in agenda(room, second) if item.title == "Bleep audit").note == "Bring the list"


def test_when_the_third_hour_begins_the_first_one_is_put_away() -> None:
    room, first = planning()
    ended(room, first)
    items = agenda(room, first)
    second, third = planned(room)[1:3]
    for meeting in (second, third):
        assert all(room.replica.find(Item, item.id) for item in items)
        room.at = meeting.starts_at
        room.say(ANNE, "meetings.start_meeting", meeting_id=meeting.id)
        if meeting is second:
            room.say(ANNE, "meetings.end_meeting")
    assert not any(room.replica.find(Item, item.id) for item in items)
    assert agenda(room, second) != []
