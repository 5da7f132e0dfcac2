"""Holding what somebody posts, and a private word between one member and the coaches."""

from datetime import timedelta
from typing import Any

import pytest

from app.board.rows import Board, Card
from app.rooms.hush import Hold, Word
from app.rooms.kernel import Who
from app.rooms.rows import Member
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, PAUL, RALPH, ROSA, TOM, Rehearsal

CARD = id_from("card")


@pytest.fixture
def room() -> Rehearsal:
    """Anne and Ralph coach; Maya and Tom are members, Paul looks on, Rosa is the wall."""
    room = Rehearsal()
    room.joins(RALPH, "coach", "Ralph")
    room.joins(MAYA, "member", "Maya", voice="patient")
    room.joins(TOM, "member", "Tom")
    room.joins(PAUL, "observer", "Paul")
    room.joins(ROSA, "wall", "The wall")
    return room


def who(room: Rehearsal, id: str) -> Who:
    found = room.registry.who(room.replica, id)
    assert found is not None
    return found


def sees(room: Rehearsal, kind: type[Card] | type[Hold] | type[Word], id: str) -> set[str]:
    """Who of the six sees this row."""
    row = room.row(kind, id)
    return {viewer for viewer in (ANNE, RALPH, MAYA, TOM, PAUL, ROSA) if row.seen_by(who(room, viewer)) is not None}


def lens(room: Rehearsal) -> Board:
    return next(board for board in room.replica.where(Board) if board.step_key is None)


def writes(room: Rehearsal, by: str, id: str = CARD) -> None:
    room.say(by, "board.add_card", card_id=id, board_id=lens(room).id, column="value", text=f"By {by}")


def test_a_held_members_card_is_seen_by_them_and_the_coaches_alone(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    writes(room, TOM)
    assert sees(room, Card, CARD) == {ANNE, RALPH, TOM}


def test_only_coaches_and_the_member_know_of_the_hold(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    assert sees(room, Hold, TOM) == {ANNE, RALPH, TOM}


def test_a_released_card_is_everybodys(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    writes(room, TOM)
    change = room.say(RALPH, "board.release_card", card_id=CARD)
    assert sees(room, Card, CARD) == {ANNE, RALPH, MAYA, TOM, PAUL, ROSA}
    assert any(isinstance(row, Hold) for row in change.puts), "who sees no hold is not told that it had waited"
    assert room.say(RALPH, "board.release_card", card_id=CARD).puts == ()


def test_what_waits_goes_on_waiting_when_the_member_is_released(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    writes(room, TOM)
    room.say(ANNE, "rooms.release_member", member_id=TOM)
    assert sees(room, Card, CARD) == {ANNE, RALPH, TOM}
    writes(room, TOM, later := id_from("later"))
    assert MAYA in sees(room, Card, later)


def test_a_held_member_changes_what_waits_and_nothing_that_others_already_read(room: Rehearsal) -> None:
    writes(room, TOM)
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    assert room.refused(TOM, "board.edit_card", card_id=CARD, text="Worse", base_rev=0) == ("held", {})
    writes(room, TOM, waiting := id_from("waiting"))
    room.say(TOM, "board.edit_card", card_id=waiting, text="Better", base_rev=0)
    assert sees(room, Card, waiting) == {ANNE, RALPH, TOM}


def test_a_held_member_gets_no_words_past_a_coach_by_another_way(room: Rehearsal) -> None:
    writes(room, MAYA)
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    evidence = [{"text": "Look", "source": "Me", "date": "2026-11-26"}]
    ways: list[tuple[str, dict[str, Any]]] = [
        ("board.add_theme", {"theme_id": id_from("theme"), "board_id": lens(room).id, "title": "Mine"}),
        ("board.set_card", {"card_id": CARD, "evidence": evidence}),
        ("roadmap.set_aim", {"aim_id": id_from("aim"), "kind": "global", "slots": {"process": "Mine"}}),
        ("rooms.set_me", {"name": "Something rude"}),
        ("rooms.set_me", {"microsystem": "Something rude"}),
    ]
    assert [room.refused(TOM, type, **fields) for type, fields in ways] == [("held", {})] * len(ways)


@pytest.mark.parametrize("mode", ["voice", "unsigned"])
def test_a_held_member_writes_nothing_without_a_name_that_no_coach_could_look_at(mode: str, room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    (board,) = room.replica.where(Board, step_key=None)
    room.say(ANNE, "board.start_capture", capture_id=id_from("capture"), board_id=board.id, column=None, mode=mode)
    card = {"card_id": id_from("nameless"), "board_id": board.id, "column": board.columns[0].key, "text": "So there"}
    assert room.refused(TOM, "board.add_card", **card) == ("held", {})


def test_a_held_member_still_moves_cards_and_speaks_from_elsewhere(room: Rehearsal) -> None:
    writes(room, MAYA)
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    room.say(TOM, "board.move_card", card_id=CARD, column="vision")
    room.say(TOM, "rooms.set_me", voice="nurse")
    room.say(TOM, "rooms.say_word", word_id=id_from("word"), text="Why?")


@pytest.mark.parametrize("who", [ANNE, RALPH, ROSA])
def test_coaches_and_walls_are_not_held(who: str, room: Rehearsal) -> None:
    assert room.refused(ANNE, "rooms.hold_member", member_id=who) == ("not_possible", {})


def test_a_held_member_who_becomes_a_coach_is_a_coach(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    room.say(ANNE, "rooms.set_part", member_id=TOM, part="coach")
    writes(room, TOM)
    assert MAYA in sees(room, Card, CARD)


def test_holding_twice_and_releasing_twice_change_nothing(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    assert room.say(ANNE, "rooms.hold_member", member_id=TOM).puts == ()
    room.say(ANNE, "rooms.release_member", member_id=TOM)
    assert room.say(ANNE, "rooms.release_member", member_id=TOM).puts == ()
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    writes(room, TOM)
    assert MAYA not in sees(room, Card, CARD)


def test_a_private_word_is_between_the_member_and_the_coaches(room: Rehearsal) -> None:
    room.say(MAYA, "rooms.say_word", word_id=id_from("word"), text="I need a break")
    assert sees(room, Word, id_from("word")) == {ANNE, RALPH, MAYA}


def test_an_answer_is_the_members_and_counts_as_having_read(room: Rehearsal) -> None:
    asked, answered = id_from("asked"), id_from("answered")
    room.say(MAYA, "rooms.say_word", word_id=asked, text="I need a break")
    room.say(ANNE, "rooms.answer_word", word_id=answered, member_id=MAYA, text="Of course")
    assert sees(room, Word, answered) == {ANNE, RALPH, MAYA}
    assert room.row(Word, asked).read_at is not None
    assert room.row(Word, answered).read_at is None
    room.say(RALPH, "rooms.read_word", word_id=answered)
    assert room.row(Word, answered).read_at is None, "a coach reads it not for her"
    room.say(MAYA, "rooms.read_word", word_id=answered)
    assert room.row(Word, answered).read_at is not None


def test_who_looks_on_is_heard_and_a_screen_is_not(room: Rehearsal) -> None:
    room.say(PAUL, "rooms.say_word", word_id=id_from("word"), text="I cannot follow")
    said = {"word_id": id_from("another"), "text": "Hello"}
    assert room.refused(ROSA, "rooms.say_word", **said) == ("not_allowed", {"needs": "rooms.word"})
    assert room.refused(ANNE, "rooms.answer_word", member_id=ROSA, **said) == ("not_possible", {})


def test_there_is_no_word_between_members(room: Rehearsal) -> None:
    word = {"word_id": id_from("word"), "member_id": TOM, "text": "Psst"}
    assert room.refused(MAYA, "rooms.answer_word", **word) == ("not_allowed", {"needs": "rooms.hear"})


def test_anothers_word_is_not_there(room: Rehearsal) -> None:
    room.say(MAYA, "rooms.say_word", word_id=id_from("word"), text="I need a break")
    assert room.refused(TOM, "rooms.read_word", word_id=id_from("word")) == ("not_found", {"kind": "word"})
    assert room.refused(TOM, "rooms.redact", kind="word", row_id=id_from("word")) == ("not_found", {"kind": "word"})


def test_a_word_can_be_taken_back(room: Rehearsal) -> None:
    room.say(MAYA, "rooms.say_word", word_id=id_from("word"), text="Tom is a fool")
    room.say(MAYA, "rooms.redact", kind="word", row_id=id_from("word"))
    assert room.row(Word, id_from("word")).text is None


def test_private_words_are_no_chat(room: Rehearsal) -> None:
    for n in range(20):
        room.say(MAYA, "rooms.say_word", word_id=id_from("word", n), text="And")
    one_more = {"word_id": id_from("one more"), "text": "And"}
    assert room.refused(MAYA, "rooms.say_word", **one_more) == ("too_many_words", {})
    room.say(TOM, "rooms.say_word", word_id=id_from("of Tom"), text="Me too")
    room.at += timedelta(hours=1)
    room.say(MAYA, "rooms.say_word", **one_more)


def test_at_the_end_of_the_day_words_are_gone_from_rows_and_log(room: Rehearsal) -> None:
    first, second = id_from("first"), id_from("second")
    room.say(MAYA, "rooms.say_word", word_id=first, text="I need a break")
    room.at += timedelta(hours=11)
    room.say(MAYA, "rooms.say_word", word_id=second, text="Better now")
    room.at += timedelta(hours=1)
    change = room.say(None, "rooms.forget_word", word_id=first)
    assert [row.id for row in change.erases] == [first]
    assert [word.id for word in room.replica.where(Word)] == [second]


def test_nobody_who_is_not_here_is_held_or_answered(room: Rehearsal) -> None:
    gone = ("not_found", {"kind": Member.noun})
    assert room.refused(ANNE, "rooms.hold_member", member_id=NOBODY) == gone
    assert room.refused(ANNE, "rooms.answer_word", word_id=CARD, member_id=NOBODY, text="Hello") == gone
