"""Words are changed by those whose words they are; two who write at once lose nothing."""

import pytest

from app.board.messages import CardEdited, StaleTextKept
from app.rooms.values import id_from
from tests.board.pathway import FIRST, JOE, RECORDING, SECOND, Pathway
from tests.rooms.rehearsal import ANNE, MAYA, ROSA, TOM

WRITTEN, LATER, LATE = "Waiting was frightening", "Waiting alone was frightening", "Nobody looked at me"
REMOVED = ("removed", {"kind": "card"})


def with_card(by: str = MAYA) -> Pathway:
    room = Pathway()
    room.writes(by, FIRST, text=WRITTEN, **({"proxy_for": JOE} if by == TOM else {}))
    return room


def with_late_text(by: str = TOM) -> Pathway:
    """Maya has changed her card; somebody who had not seen that has, too."""
    room = with_card()
    room.edits(MAYA, FIRST, LATER, 0)
    room.edits(by, FIRST, LATE, 0)
    return room


@pytest.mark.parametrize("by", [TOM, JOE], ids=["who typed it", "who it speaks for"])
def test_author_and_speaker_change_their_words_without_a_mark(by: str) -> None:
    card = with_card(TOM).edits(by, FIRST, LATER, 0)
    assert (card.text, card.rev, card.corrected_by, card.original) == (LATER, 1, None, None)


def test_another_member_does_not_change_the_words() -> None:
    room = with_card()
    assert room.refused(ROSA, "board.edit_card", card_id=FIRST, text=LATER, base_rev=0) == RECORDING


def test_a_correction_is_marked_and_the_first_words_are_kept() -> None:
    room = with_card()
    card = room.edits(TOM, FIRST, LATER, 0)
    assert (card.text, card.corrected_by, card.original) == (LATER, TOM, WRITTEN)
    card = room.edits(ANNE, FIRST, LATE, 1)
    assert (card.text, card.corrected_by, card.original) == (LATE, ANNE, WRITTEN)


def test_words_are_their_authors_again_once_she_has_written() -> None:
    room = with_card()
    room.edits(TOM, FIRST, LATER, 0)
    card = room.edits(MAYA, FIRST, LATE, 1)
    assert (card.text, card.rev, card.corrected_by, card.original) == (LATE, 2, None, None)


def test_the_same_words_change_nothing() -> None:
    room = with_card()
    room.edits(MAYA, FIRST, LATER, 0)
    change = room.say(TOM, "board.edit_card", card_id=FIRST, text=LATER, base_rev=0)
    assert (change.fact, change.puts) == (CardEdited(card_id=FIRST, rev=1), ())


def test_a_late_text_is_kept_under_the_one_that_stands() -> None:
    room = with_card()
    room.edits(MAYA, FIRST, LATER, 0)
    change = room.say(TOM, "board.edit_card", card_id=FIRST, text=LATE, base_rev=0)
    (kept,) = room.kept()
    assert change.fact == StaleTextKept(card_id=FIRST, text_id=kept.id)
    assert (kept.text, kept.by, kept.base_rev, kept.owner_id, kept.audience) == (LATE, TOM, 0, TOM, "all")
    assert (room.card(FIRST).text, room.card(FIRST).rev) == (LATER, 1)


def test_nobody_has_seen_a_rev_that_is_still_to_come() -> None:
    no = with_card().refused(MAYA, "board.edit_card", card_id=FIRST, text=LATER, base_rev=1)
    assert no == ("bad_command", {"field": "base_rev", "reason": "too_new"})


@pytest.mark.parametrize("by", [MAYA, TOM, ANNE], ids=["the author", "who wrote the other", "a coach"])
def test_settling_for_what_stands_takes_the_other_away(by: str) -> None:
    room = with_late_text()
    room.say(by, "board.settle_text", card_id=FIRST, text_id=None)
    assert room.kept() == ()
    assert (room.card(FIRST).text, room.card(FIRST).rev) == (LATER, 1)


def test_settling_for_the_other_text_is_an_edit_by_who_wrote_it() -> None:
    room = with_late_text()
    room.say(MAYA, "board.settle_text", card_id=FIRST, text_id=room.kept()[0].id)
    card = room.card(FIRST)
    assert (card.text, card.rev, card.corrected_by, card.original) == (LATE, 2, TOM, LATER)
    assert room.kept() == ()


def test_settling_for_ones_own_late_text_marks_nothing() -> None:
    room = with_late_text(MAYA)
    room.say(TOM, "board.settle_text", card_id=FIRST, text_id=room.kept()[0].id)
    assert (room.card(FIRST).text, room.card(FIRST).corrected_by) == (LATE, None)


def test_who_wrote_the_late_text_may_settle_without_recording_any_more() -> None:
    room = with_late_text(TOM)
    room.holds("recorder", None)
    room.say(TOM, "board.settle_text", card_id=FIRST, text_id=None)
    assert room.kept() == ()


def test_others_do_not_settle() -> None:
    assert with_late_text().refused(ROSA, "board.settle_text", card_id=FIRST, text_id=None) == RECORDING


def test_settling_where_nothing_waits_changes_nothing() -> None:
    assert with_card().say(MAYA, "board.settle_text", card_id=FIRST, text_id=None).puts == ()


def test_a_text_that_stands_already_may_be_chosen() -> None:
    room = with_late_text()
    room.edits(MAYA, FIRST, LATE, 1)
    room.say(MAYA, "board.settle_text", card_id=FIRST, text_id=room.kept()[0].id)
    assert (room.card(FIRST).text, room.card(FIRST).rev, room.card(FIRST).corrected_by) == (LATE, 2, None)


def test_only_a_text_of_this_card_can_be_chosen() -> None:
    room = with_late_text()
    room.writes(MAYA, SECOND)
    not_found = ("not_found", {"kind": "card_text"})
    (kept,) = room.kept()
    assert room.refused(MAYA, "board.settle_text", card_id=SECOND, text_id=kept.id) == not_found
    assert room.refused(MAYA, "board.settle_text", card_id=FIRST, text_id=id_from("none")) == not_found


def test_a_settled_text_is_not_chosen_again() -> None:
    room = with_late_text()
    (kept,) = room.kept()
    room.say(MAYA, "board.settle_text", card_id=FIRST, text_id=None)
    no = room.refused(MAYA, "board.settle_text", card_id=FIRST, text_id=kept.id)
    assert no == ("removed", {"kind": "card_text"})


def test_no_late_text_brings_redacted_words_back() -> None:
    room = with_late_text()
    (kept,) = room.kept()
    room.say(MAYA, "rooms.redact", kind="card", row_id=FIRST)
    for base_rev in (0, 1):
        assert room.refused(MAYA, "board.edit_card", card_id=FIRST, text=LATE, base_rev=base_rev) == REMOVED
    no = room.refused(MAYA, "board.settle_text", card_id=FIRST, text_id=kept.id)
    assert no == ("removed", {"kind": "card_text"})
    room.say(MAYA, "board.settle_text", card_id=FIRST, text_id=None)
    assert room.card(FIRST).text is None
