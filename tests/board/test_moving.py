"""Anybody moves a card: between columns, among the others, into a theme and out of it."""

import random

import pytest

from app.rooms.values import id_from
from tests.board.pathway import FIRST, SECOND, THIRD, Pathway
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, ROSA, TOM

THEME = id_from("theme")


def with_three_cards() -> Pathway:
    room = Pathway()
    for id in (FIRST, SECOND, THIRD):
        room.writes(MAYA, id)
    return room


def test_a_new_card_goes_behind_the_others() -> None:
    assert with_three_cards().order("value") == [FIRST, SECOND, THIRD]


def test_a_card_goes_behind_another_or_to_the_front() -> None:
    room = with_three_cards()
    room.moves(ROSA, FIRST, after=SECOND)
    assert room.order("value") == [SECOND, FIRST, THIRD]
    room.moves(ROSA, THIRD, after=None)
    assert room.order("value") == [THIRD, SECOND, FIRST]
    room.moves(ROSA, THIRD, after=FIRST)
    assert room.order("value") == [SECOND, FIRST, THIRD]


def test_a_card_goes_to_another_column_behind_a_card_there() -> None:
    room = with_three_cards()
    room.moves(ROSA, SECOND, column="vision")
    room.moves(TOM, FIRST, column="vision", after=SECOND)
    assert room.order("vision") == [SECOND, FIRST]
    assert room.order("value") == [THIRD]


def test_what_is_not_spoken_of_stays() -> None:
    room = with_three_cards()
    before = room.card(SECOND)
    assert room.moves(ROSA, SECOND, column="vision") == before.but(column="vision")


def test_a_move_to_where_it_is_changes_nothing() -> None:
    room = with_three_cards()
    for to in ({"column": "value"}, {"after": FIRST}, {"after": SECOND}, {"theme_id": None}, {}):
        assert room.say(ROSA, "board.move_card", card_id=SECOND, **to).puts == ()
    assert room.say(ROSA, "board.move_card", card_id=FIRST, after=None).puts == ()


def test_moving_changes_no_words_and_no_rev() -> None:
    room = with_three_cards()
    moved = room.moves(ROSA, FIRST, column="vision", after=None)
    assert (moved.text, moved.rev, moved.author_id) == ("Waiting was the frightening part", 0, MAYA)


def test_a_card_can_go_behind_one_that_was_just_taken_away() -> None:
    room = with_three_cards()
    room.say(MAYA, "board.remove_card", card_id=SECOND)
    room.moves(ROSA, FIRST, after=SECOND)
    assert room.order("value") == [FIRST, THIRD]
    room.say(MAYA, "board.restore_card", card_id=SECOND)
    assert room.order("value") == [SECOND, FIRST, THIRD]


def test_a_card_that_comes_back_has_a_place_of_its_own() -> None:
    room = with_three_cards()
    room.say(MAYA, "board.remove_card", card_id=SECOND)
    room.moves(ROSA, THIRD, after=FIRST)
    room.say(MAYA, "board.restore_card", card_id=SECOND)
    assert len({room.card(id).rank for id in (FIRST, SECOND, THIRD)}) == 3


def test_a_card_joins_a_theme_and_leaves_it() -> None:
    room = with_three_cards()
    room.say(ROSA, "board.add_theme", theme_id=THEME, board_id=room.lenses.id, title="Tell the patient")
    assert room.moves(ROSA, FIRST, theme_id=THEME).theme_id == THEME
    assert room.moves(ROSA, FIRST, column="vision").theme_id == THEME
    assert room.moves(ROSA, FIRST, theme_id=None).theme_id is None


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        ({"column": "purpose"}, ("not_found", {"kind": "column"})),
        ({"column": None}, ("bad_command", {"field": "column", "reason": "missing"})),
        ({"theme_id": NOBODY}, ("not_found", {"kind": "theme"})),
        ({"after": NOBODY}, ("not_found", {"kind": "card"})),
    ],
)
def test_a_move_to_nowhere_is_refused(to: dict[str, str | None], refusal: object) -> None:
    assert with_three_cards().refused(ROSA, "board.move_card", card_id=FIRST, **to) == refusal


def test_a_card_stays_on_its_board() -> None:
    room = with_three_cards()
    fishbone, other = room.board("fishbone"), id_from("cause")
    room.writes(ROSA, other, "people", board_id=fishbone.id)
    room.say(ANNE, "board.add_theme", theme_id=THEME, board_id=fishbone.id, title="Causes")
    assert room.refused(ROSA, "board.move_card", card_id=FIRST, after=other) == ("not_found", {"kind": "card"})
    assert room.refused(ROSA, "board.move_card", card_id=FIRST, theme_id=THEME) == ("not_found", {"kind": "theme"})


def test_whatever_is_moved_wherever_each_card_stands_right_behind_the_one_it_was_put_after() -> None:
    room, chance = Pathway(), random.Random(5)
    cards = [id_from("many", number) for number in range(12)]
    for id in cards:
        room.writes(MAYA, id, chance.choice(["value", "vision"]))
    for _ in range(150):
        id, column = chance.choice(cards), chance.choice(["value", "vision"])
        there = [other for other in room.order(column) if other != id]
        after = chance.choice([None, *there])
        room.moves(ROSA, id, column=column, after=after)
        order = room.order(column)
        place = order.index(id)
        assert (order[place - 1] if place else None) == after
