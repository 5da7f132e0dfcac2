"""Thinking of ideas in silence: hidden until all are shown, and not after the time that was said."""

from datetime import timedelta

import pytest

from app.ideas.rows import Idea, IdeaCapture
from app.rooms.values import id_from
from tests.ideas.thinking import CAPTURE, CUPBOARD, STICKER, TROLLEY, Thinking
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM

MODES = ("named", "voice", "unsigned")
LATER = NOON + timedelta(hours=2)


def in_silence(mode: str = "named", **fields: object) -> Thinking:
    room = Thinking()
    room.say(ANNE, "ideas.start_capture", capture_id=CAPTURE, mode=mode, **fields)
    return room


def sees(room: Thinking, who: str, id: str) -> bool:
    viewer = room.registry.who(room.replica, who)
    assert viewer is not None
    return room.idea(id).seen_by(viewer) is not None


@pytest.mark.parametrize("mode", MODES)
def test_an_idea_is_its_writers_alone_until_all_are_shown(mode: str) -> None:
    room = in_silence(mode)
    room.has(MAYA, TROLLEY)
    room.has(ROSA, CUPBOARD)
    assert [who for who in (ANNE, MAYA, ROSA, TOM) if sees(room, who, TROLLEY)] == [MAYA]
    assert room.row(IdeaCapture, CAPTURE).written == 2
    room.say(ANNE, "ideas.reveal", capture_id=CAPTURE)
    assert all(sees(room, who, TROLLEY) for who in (ANNE, PAUL, TOM))
    names = {idea.author_id for idea in room.replica.where(Idea)}
    assert names == ({MAYA, ROSA} if mode == "named" else {None})


def test_without_a_name_nothing_is_left_of_who_wrote_what() -> None:
    room = in_silence("unsigned")
    idea = room.has(MAYA, TROLLEY)
    assert MAYA not in idea.model_dump_json()
    room.say(ANNE, "ideas.reveal", capture_id=CAPTURE)
    shown = room.idea(TROLLEY)
    assert (shown.owner_id, shown.speaker, shown.voice, shown.from_patient) == (None, None, None, False)


def test_what_its_writer_takes_back_is_not_shown() -> None:
    room = in_silence()
    room.has(MAYA, TROLLEY)
    room.has(MAYA, CUPBOARD)
    room.say(MAYA, "ideas.remove_idea", idea_id=TROLLEY)
    room.say(ANNE, "ideas.reveal", capture_id=CAPTURE)
    assert [idea.id for idea in room.replica.where(Idea)] == [CUPBOARD]


def test_what_was_written_for_the_silence_does_not_come_into_the_open_by_itself() -> None:
    room = in_silence("unsigned")
    room.say(ANNE, "ideas.reveal", capture_id=CAPTURE)
    late = {"idea_id": TROLLEY, "text": "A red trolley", "capture_id": CAPTURE}
    assert room.refused(MAYA, "ideas.add_idea", **late) == ("capture_over", {})


def test_one_silence_at_a_time() -> None:
    room = in_silence()
    other = {"capture_id": id_from("other"), "mode": "named"}
    assert room.refused(ANNE, "ideas.start_capture", **other) == ("ideas_open", {"capture_id": CAPTURE})
    assert room.refused(MAYA, "ideas.reveal", capture_id=CAPTURE) == ("not_allowed", {"needs": "ideas.capture"})


def test_who_cannot_be_in_the_hour_writes_until_the_time_that_was_said() -> None:
    room = in_silence(until=LATER.isoformat())
    room.at = LATER - timedelta(seconds=1)
    room.has(MAYA, TROLLEY)
    room.at = LATER
    over = ("ideas_time_over", {"capture_id": CAPTURE})
    assert room.refused(ROSA, "ideas.add_idea", idea_id=CUPBOARD, text="A cupboard") == over
    assert room.refused(MAYA, "ideas.edit_idea", idea_id=TROLLEY, text="A trolley", base_rev=0) == over
    assert not sees(room, ANNE, TROLLEY)
    room.say(ANNE, "ideas.reveal", capture_id=CAPTURE)
    assert sees(room, ROSA, TROLLEY)


def test_a_coach_gives_more_time_and_never_time_that_is_over() -> None:
    room = in_silence(until=LATER.isoformat())
    room.at = LATER
    past = {"capture_id": CAPTURE, "until": NOON.isoformat()}
    assert room.refused(ANNE, "ideas.set_until", **past) == ("bad_command", {"field": "until", "reason": "in_past"})
    room.say(ANNE, "ideas.set_until", capture_id=CAPTURE, until=None)
    assert room.has(ROSA, CUPBOARD).hidden


def test_somebody_needs_more_time_and_counts_once() -> None:
    room = in_silence()
    for who in (MAYA, MAYA, TOM):
        room.say(who, "ideas.need_more_time", capture_id=CAPTURE)
    assert room.row(IdeaCapture, CAPTURE).asking == 2


def test_what_is_hidden_is_nothing_the_room_can_work_with() -> None:
    room = in_silence()
    room.has(MAYA, TROLLEY)
    room.has(MAYA, STICKER)
    asking = {"merge_id": id_from("merge"), "into_id": TROLLEY, "idea_ids": [STICKER]}
    assert room.refused(MAYA, "ideas.ask_merge", **asking) == ("idea_not_shown", {})
    assert room.refused(TOM, "ideas.ask_merge", **asking) == ("not_found", {"kind": "idea"})
    assert not room.say(TOM, "ideas.set_letters").puts
