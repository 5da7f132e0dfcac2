"""Everybody scores the meeting out of ten without their name, and all scores show at once."""

from datetime import timedelta
from typing import Any

from app.meetings.rows import Meeting, Score, ScoreWord
from app.rooms.kernel import Change
from app.rooms.paper import Paper
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, RALPH, ROSA, TOM, Rehearsal

MEETING = id_from("meeting")
PEOPLE = (MAYA, TOM, PAUL, ROSA, RALPH)


def a_room(state: str = "live") -> Rehearsal:
    room = Rehearsal()
    for who in PEOPLE:
        room.joins(who)
    started = None if state == "planned" else NOON
    ended = NOON + timedelta(hours=1) if state == "ended" else None
    fields: dict[str, Any] = {"state": state, "started_at": started, "ended_at": ended}
    room.replica.put(
        Meeting(id=MEETING, created_at=NOON, day="2026-11-26", starts_at=NOON, minutes=60, **fields),
    )
    return room


def opened() -> Rehearsal:
    room = a_room()
    room.say(ANNE, "meetings.open_score", meeting_id=MEETING)
    return room


def gives(room: Rehearsal, who: str, score: int, **words: str | None) -> Change:
    return room.say(who, "meetings.give_score", meeting_id=MEETING, score=score, **words)


def reveal(room: Rehearsal) -> Score:
    room.say(ANNE, "meetings.reveal_scores", meeting_id=MEETING)
    return room.row(Score, MEETING)


def words(room: Rehearsal, says: str) -> dict[str | None, int]:
    return {word.text: word.times for word in room.replica.where(ScoreWord) if word.says == says}


def test_five_scores_show_their_mean_and_how_often_each_was_given() -> None:
    room = opened()
    for who, score in zip(PEOPLE, (8, 9, 8, 10, 6), strict=True):
        gives(room, who, score)
    shown = reveal(room)
    assert (shown.state, shown.given, shown.mean) == ("revealed", 5, 8.2)
    assert shown.distribution == (0, 0, 0, 0, 0, 0, 1, 0, 2, 1, 1)


def test_under_five_scores_only_mean_and_number_show() -> None:
    room = opened()
    for who, score in zip(PEOPLE[:4], (8, 9, 8, 10), strict=True):
        gives(room, who, score, keep="stories", change="stickers")
    shown = reveal(room)
    assert (shown.given, shown.mean, shown.distribution) == (4, 8.8, ())
    assert room.replica.where(ScoreWord) == ()


def test_one_score_alone_is_not_shown() -> None:
    room = opened()
    gives(room, MAYA, 3)
    shown = reveal(room)
    assert (shown.given, shown.mean) == (1, None)


def test_words_to_keep_and_to_change_belong_to_nobody_and_the_same_word_is_one() -> None:
    room = opened()
    for who, keep in zip(PEOPLE, ("Stories", "stories", "pace", None, None), strict=True):
        gives(room, who, 8, keep=keep, change="stickers" if who == ROSA else None)
    reveal(room)
    assert words(room, "keep") == {"Stories": 2, "pace": 1}
    assert words(room, "change") == {"stickers": 1}
    assert {(word.owner_id, word.created_at) for word in room.replica.where(ScoreWord)} == {
        (None, room.at - timedelta(seconds=1))
    }


def test_a_second_score_replaces_the_first_and_keeps_the_words() -> None:
    room = opened()
    gives(room, MAYA, 3, keep="stories")
    gives(room, MAYA, 9)
    for who in PEOPLE[1:]:
        gives(room, who, 9)
    assert reveal(room).mean == 9.0
    assert words(room, "keep") == {"stories": 1}


def test_a_score_taken_back_does_not_count() -> None:
    room = opened()
    for who in PEOPLE:
        gives(room, who, 10)
    gives(room, MAYA, 0)
    room.say(MAYA, "meetings.take_back_score", meeting_id=MEETING)
    shown = reveal(room)
    assert (shown.given, shown.mean) == (4, 10.0)


def test_no_paper_says_when_it_was_given_nor_by_whom() -> None:
    room = opened()
    (paper,) = gives(room, MAYA, 7).puts
    assert isinstance(paper, Paper)
    assert paper.created_at == room.row(Score, MEETING).created_at
    assert MAYA not in (paper.id, paper.owner_id)


def test_the_recorder_writes_down_the_score_of_somebody_on_the_telephone_and_of_nobody_else() -> None:
    room = opened()
    joe = id_from("joe")
    room.say(ANNE, "rooms.add_person", member_id=joe, name="Joe")
    assert room.refused(TOM, "meetings.give_score", meeting_id=MEETING, score=8, for_id=joe)[0] == "not_allowed"
    room.holds("recorder", TOM)
    room.say(TOM, "meetings.give_score", meeting_id=MEETING, score=8, for_id=joe)
    gives(room, TOM, 6)
    assert room.refused(TOM, "meetings.give_score", meeting_id=MEETING, score=8, for_id=MAYA)[0] == "scores_alone"
    shown = reveal(room)
    assert (shown.given, shown.mean) == (2, 7.0)


def test_what_was_revealed_is_closed() -> None:
    room = opened()
    gives(room, MAYA, 8)
    reveal(room)
    assert room.refused(TOM, "meetings.give_score", meeting_id=MEETING, score=1)[0] == "box_closed"
    assert room.say(ANNE, "meetings.open_score", meeting_id=MEETING).puts == ()
    assert room.say(ANNE, "meetings.reveal_scores", meeting_id=MEETING).puts == ()


def test_without_a_score_there_is_nothing_to_reveal() -> None:
    room = opened()
    assert room.refused(ANNE, "meetings.reveal_scores", meeting_id=MEETING)[0] == "no_scores"


def test_a_meeting_that_has_not_begun_is_not_scored() -> None:
    room = a_room("planned")
    assert room.refused(ANNE, "meetings.open_score", meeting_id=MEETING)[0] == "nothing_to_score"
    assert opened().say(ANNE, "meetings.open_score", meeting_id=MEETING).puts == ()
    ended = a_room("ended")
    assert ended.say(ANNE, "meetings.open_score", meeting_id=MEETING).puts != ()


def test_facilitator_and_coach_reveal_and_others_do_not() -> None:
    room = opened()
    gives(room, MAYA, 8)
    assert room.refused(TOM, "meetings.reveal_scores", meeting_id=MEETING)[0] == "not_allowed"
    room.holds("facilitator", TOM)
    room.say(TOM, "meetings.reveal_scores", meeting_id=MEETING)
    assert room.row(Score, MEETING).state == "revealed"


def test_scores_that_nobody_reveals_are_given_up_unread_and_can_be_asked_for_again() -> None:
    room = opened()
    gives(room, MAYA, 8)
    room.say(None, "meetings.forget_scores", meeting_id=MEETING)
    assert room.row(Score, MEETING).state == "void"
    assert room.replica.where(Paper) == ()
    assert room.refused(MAYA, "meetings.give_score", meeting_id=MEETING, score=8)[0] == "box_closed"
    room.say(ANNE, "meetings.open_score", meeting_id=MEETING)
    gives(room, MAYA, 8)
    assert reveal(room).given == 1


def test_words_of_somebody_whose_words_wait_are_refused_and_their_score_is_not() -> None:
    room = opened()
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    assert room.refused(TOM, "meetings.give_score", meeting_id=MEETING, score=1, keep="rubbish")[0] == "held"
    gives(room, TOM, 1)


def test_a_word_can_be_taken_out() -> None:
    room = opened()
    for who in PEOPLE:
        gives(room, who, 8, keep="Mr Smith")
    reveal(room)
    (word,) = room.replica.where(ScoreWord)
    room.say(ANNE, "rooms.redact", kind="score_word", row_id=word.id)
    assert room.row(ScoreWord, word.id).text is None
