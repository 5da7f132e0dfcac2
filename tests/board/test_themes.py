"""Cards that belong together get a name; one theme is chosen to start with and the others are kept."""

import pytest

from app.board.rows import Theme
from app.rooms.values import id_from
from tests.board.pathway import Pathway
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, ROSA, TOM

FLOW, DOSE = id_from("flow"), id_from("dose")


def with_themes() -> Pathway:
    room = Pathway()
    room.say(MAYA, "board.add_theme", theme_id=FLOW, board_id=room.lenses.id, title="Handover")
    room.say(ROSA, "board.add_theme", theme_id=DOSE, board_id=room.lenses.id, title="First dose within the hour")
    return room


def choose(room: Pathway, id: str, reason: str) -> Theme:
    room.say(ANNE, "board.choose_theme", theme_id=id, reason=reason)
    return room.row(Theme, id)


def test_themes_stand_in_the_order_they_were_named() -> None:
    room = with_themes()
    flow, dose = room.row(Theme, FLOW), room.row(Theme, DOSE)
    assert (flow.title, flow.owner_id, flow.chosen_at, flow.reason) == ("Handover", MAYA, None, None)
    assert flow.rank < dose.rank


def test_a_theme_needs_a_board_and_an_id_of_its_own() -> None:
    room = with_themes()
    theme = {"theme_id": FLOW, "board_id": room.lenses.id, "title": "Recognise"}
    assert room.refused(MAYA, "board.add_theme", **theme) == ("exists", {"kind": "theme"})
    assert room.refused(MAYA, "board.add_theme", **theme | {"board_id": NOBODY}) == ("not_found", {"kind": "board"})


def test_anybody_who_contributes_renames_a_theme() -> None:
    room = with_themes()
    room.say(TOM, "board.rename_theme", theme_id=FLOW, title="Handing over")
    assert room.row(Theme, FLOW).title == "Handing over"
    assert room.say(TOM, "board.rename_theme", theme_id=FLOW, title="Handing over").puts == ()


def test_one_theme_is_chosen_with_its_reason_and_the_one_before_is_kept() -> None:
    room = with_themes()
    at = room.at
    assert choose(room, FLOW, "Everybody sees it").chosen_at == at
    assert choose(room, DOSE, "Half wait more than an hour").chosen_at is not None
    flow = room.row(Theme, FLOW)
    assert (flow.chosen_at, flow.reason) == (None, "Everybody sees it")


def test_a_better_reason_does_not_choose_anew() -> None:
    room = with_themes()
    chosen_at = choose(room, DOSE, "Half wait").chosen_at
    theme = choose(room, DOSE, "Half wait more than an hour")
    assert (theme.chosen_at, theme.reason) == (chosen_at, "Half wait more than an hour")
    again = room.say(ANNE, "board.choose_theme", theme_id=DOSE, reason="Half wait more than an hour")
    assert again.puts == ()


@pytest.mark.parametrize("role", ["leader", "facilitator", "timekeeper"])
def test_choosing_is_the_coaches(role: str) -> None:
    room = with_themes()
    room.holds(role, ROSA)
    no = room.refused(ROSA, "board.choose_theme", theme_id=DOSE, reason="Mine")
    assert no == ("not_allowed", {"needs": "board.steer"})


def test_a_theme_without_its_words_gets_a_name_before_it_is_chosen() -> None:
    room = with_themes()
    room.say(MAYA, "rooms.redact", kind="theme", row_id=FLOW)
    no = room.refused(ANNE, "board.choose_theme", theme_id=FLOW, reason="Everybody sees it")
    assert no == ("removed", {"kind": "theme"})
    room.say(MAYA, "board.rename_theme", theme_id=FLOW, title="Handover")
    assert choose(room, FLOW, "Everybody sees it").redacted_at is None
