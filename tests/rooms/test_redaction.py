"""Words that should never have been there: who takes them out, and what goes with them."""

import pytest

from app.board.rows import Board, Card, CardText, Theme
from app.roadmap.rows import Aim, Step
from app.rooms.kernel import Change
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, RALPH, ROSA, TOM, Rehearsal

CARD, THEME, AIM = id_from("card"), id_from("theme"), id_from("aim")
NOT_ALLOWED = ("not_allowed", {"needs": "rooms.record"})


def a_room_with_a_card() -> Rehearsal:
    """Maya has written a card; Rosa has come too late with another text for it."""
    room = Rehearsal()
    for id in (MAYA, TOM, ROSA):
        room.joins(id)
    room.holds("recorder", ROSA)
    (board,) = room.replica.where(Board, step_key=None)
    room.say(MAYA, "board.add_card", card_id=CARD, board_id=board.id, column="value", text="Mrs Smith waited")
    room.say(MAYA, "board.edit_card", card_id=CARD, text="Mrs Smith of bed 4 waited", base_rev=0)
    room.say(ROSA, "board.edit_card", card_id=CARD, text="Mrs Smith waited long", base_rev=0)
    evidence = {"text": "Letter of Mrs Smith", "source": "Complaints", "date": "2026-04-01"}
    room.say(TOM, "board.set_card", card_id=CARD, evidence=[evidence])
    return room


def redact_card(room: Rehearsal, by: str) -> Change:
    return room.say(by, "rooms.redact", kind="card", row_id=CARD)


@pytest.mark.parametrize("by", [MAYA, ROSA, ANNE], ids=["the author", "the recorder", "a coach"])
def test_words_go_from_the_card_its_evidence_and_its_kept_texts(by: str) -> None:
    room = a_room_with_a_card()
    at = room.at
    change = redact_card(room, by)
    card, (kept,) = room.row(Card, CARD), room.replica.where(CardText, card_id=CARD)
    assert (card.text, card.original, card.evidence, card.redacted_at) == (None, None, (), at)
    assert (kept.text, kept.redacted_at) == (None, at)
    assert {row.id for row in change.erases} == {card.id, kept.id}
    assert "Smith" not in change.fact.model_dump_json()


def test_another_member_takes_out_nobodys_words() -> None:
    room = a_room_with_a_card()
    assert room.refused(TOM, "rooms.redact", kind="card", row_id=CARD) == NOT_ALLOWED


def test_who_a_card_speaks_for_takes_it_out_too() -> None:
    room = a_room_with_a_card()
    room.say(ANNE, "board.set_card", card_id=CARD, proxy_for=TOM)
    assert redact_card(room, TOM).erases


def test_a_card_that_was_taken_away_can_still_be_redacted() -> None:
    room = a_room_with_a_card()
    room.say(MAYA, "board.remove_card", card_id=CARD)
    assert redact_card(room, MAYA).erases


def test_redacting_again_changes_nothing_and_starts_no_epoch() -> None:
    room = a_room_with_a_card()
    redact_card(room, ANNE)
    again = redact_card(room, ANNE)
    assert (again.puts, again.erases) == ((), ())


def test_a_kept_text_is_its_writers_to_take_out() -> None:
    room = a_room_with_a_card()
    room.holds("recorder", None)
    (kept,) = room.replica.where(CardText, card_id=CARD)
    assert room.refused(MAYA, "rooms.redact", kind="card_text", row_id=kept.id) == NOT_ALLOWED
    change = room.say(ROSA, "rooms.redact", kind="card_text", row_id=kept.id)
    assert [row.id for row in change.erases] == [kept.id]
    assert room.row(Card, CARD).text == "Mrs Smith of bed 4 waited"


def test_a_redacted_theme_loses_its_name_and_its_reason() -> None:
    room = a_room_with_a_card()
    (board,) = room.replica.where(Board, step_key=None)
    room.say(TOM, "board.add_theme", theme_id=THEME, board_id=board.id, title="Mrs Smith")
    room.say(ANNE, "board.choose_theme", theme_id=THEME, reason="She asked for it")
    room.say(TOM, "rooms.redact", kind="theme", row_id=THEME)
    theme = room.row(Theme, THEME)
    assert (theme.title, theme.reason) == (None, None)


def test_a_note_of_a_step_is_taken_out_by_who_wrote_it_last() -> None:
    room = a_room_with_a_card()
    room.holds("leader", TOM)
    (step,) = room.replica.where(Step, key="value")
    room.say(TOM, "roadmap.set_step", step_id=step.id, state="doing", note="Ask Mrs Smith")
    assert room.refused(MAYA, "rooms.redact", kind="step", row_id=step.id) == NOT_ALLOWED
    room.say(TOM, "rooms.redact", kind="step", row_id=step.id)
    assert (room.row(Step, step.id).note, room.row(Step, step.id).state) == (None, "doing")


def test_an_agreed_aim_without_its_words_is_a_draft_again() -> None:
    room = a_room_with_a_card()
    slots = {
        "process": "the first dose",
        "place": "the pathway",
        "start": "triage",
        "end": "the dose runs",
        "benefits": ["no more like Mrs Smith"],
        "reasons": ["half wait"],
    }
    room.say(MAYA, "roadmap.set_aim", aim_id=AIM, kind="global", slots=slots)
    room.say(ANNE, "roadmap.agree_aim", aim_id=AIM)
    room.say(MAYA, "rooms.redact", kind="aim", row_id=AIM)
    aim = room.row(Aim, AIM)
    assert (aim.slots, aim.state, aim.agreed_at) == (None, "draft", None)


def test_what_has_no_words_cannot_be_redacted() -> None:
    room = a_room_with_a_card()
    assert room.refused(ANNE, "rooms.redact", kind="member", row_id=MAYA) == (
        "bad_command",
        {"field": "kind", "reason": "no_words"},
    )


def test_an_unknown_kind_is_not_found() -> None:
    room = a_room_with_a_card()
    assert room.refused(ANNE, "rooms.redact", kind="poem", row_id=MAYA) == ("not_found", {"kind": "poem"})


def test_what_one_may_not_see_one_does_not_find_to_redact() -> None:
    room = a_room_with_a_card()
    (board,) = room.replica.where(Board, step_key="coach_agreement")
    room.joins(RALPH, "coach")
    room.say(RALPH, "board.add_card", card_id=id_from("ours"), board_id=board.id, column="we_will", text="Listen")
    assert room.refused(MAYA, "rooms.redact", kind="card", row_id=id_from("ours")) == ("not_found", {"kind": "card"})
