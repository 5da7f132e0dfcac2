"""Cards are added, described, taken away and put back."""

from typing import Any

import pytest

from app.rooms.values import id_from
from tests.board.pathway import FIRST, JOE, RECORDING, SECOND, Pathway
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, PAUL, ROSA, TOM

EVIDENCE = {"text": "Twelve weekly points", "source": "Weekly audit", "date": "2026-06-24", "url": None}


def test_a_card_tells_who_wrote_it_and_from_where_they_speak() -> None:
    card = Pathway().writes(ROSA, FIRST, "involve", text="Samples queue for a porter", kind="frustration")
    assert (card.text, card.column, card.kind, card.rev) == ("Samples queue for a porter", "involve", "frustration", 0)
    assert (card.author_id, card.owner_id, card.proxy_for, card.voice) == (ROSA, ROSA, None, "nurse")
    assert (card.from_patient, card.audience, card.confidence, card.evidence) == (False, "all", None, ())


@pytest.mark.parametrize(("by", "is_marked"), [(MAYA, True), (ROSA, False), (ANNE, False)])
def test_a_patients_card_is_marked_without_being_asked(by: str, is_marked: bool) -> None:
    assert Pathway().writes(by, FIRST).from_patient is is_marked


@pytest.mark.parametrize(("by", "said"), [(MAYA, False), (ROSA, True)])
def test_whoever_writes_may_say_otherwise(by: str, said: bool) -> None:
    assert Pathway().writes(by, FIRST, from_patient=said).from_patient is said


def test_the_recorder_writes_for_joe_on_the_telephone() -> None:
    card = Pathway().writes(TOM, FIRST, proxy_for=JOE)
    assert (card.author_id, card.proxy_for, card.voice, card.from_patient) == (TOM, JOE, "carer", True)


def test_writing_for_oneself_is_just_writing() -> None:
    assert Pathway().writes(ROSA, FIRST, proxy_for=ROSA).proxy_for is None


def test_nobody_else_puts_words_into_joes_mouth() -> None:
    room = Pathway()
    card = {"card_id": FIRST, "board_id": room.lenses.id, "column": "value", "text": "Well"}
    assert room.refused(ROSA, "board.add_card", **card, proxy_for=JOE) == RECORDING
    assert room.refused(TOM, "board.add_card", **card, proxy_for=NOBODY) == ("not_found", {"kind": "member"})
    room.say(ANNE, "rooms.remove_member", member_id=JOE)
    assert room.refused(TOM, "board.add_card", **card, proxy_for=JOE) == ("removed", {"kind": "member"})


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"column": "purpose"}, ("not_found", {"kind": "column"})),
        ({"board_id": NOBODY}, ("not_found", {"kind": "board"})),
        ({"card_id": SECOND}, ("exists", {"kind": "card"})),
    ],
)
def test_a_card_needs_a_board_a_column_and_an_id_of_its_own(wrong: dict[str, Any], refusal: object) -> None:
    room = Pathway()
    room.writes(TOM, SECOND)
    card = {"card_id": FIRST, "board_id": room.lenses.id, "column": "value", "text": "Well"} | wrong
    assert room.refused(TOM, "board.add_card", **card) == refusal


def test_the_sponsor_writes_too_and_an_observer_does_not() -> None:
    room = Pathway()
    room.writes(PAUL, FIRST)
    watching = id_from("watching")
    room.joins(watching, "observer")
    no = room.refused(watching, "board.set_card", card_id=FIRST, confidence="know")
    assert no == ("not_allowed", {"needs": "board.contribute"})


# What is said about a card


def test_anybody_says_more_about_a_card() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    card = room.sets(ROSA, FIRST, kind="fact", confidence="know", evidence=[EVIDENCE])
    assert (card.kind, card.confidence, card.evidence[0].source) == ("fact", "know", "Weekly audit")
    assert room.sets(ROSA, FIRST, confidence=None).evidence[0].source == "Weekly audit"
    assert room.card(FIRST).confidence is None
    assert room.sets(ROSA, FIRST, evidence=None).evidence == ()


def test_saying_what_is_said_already_changes_nothing() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST, kind="quote")
    assert room.say(ROSA, "board.set_card", card_id=FIRST, kind="quote").puts == ()


def test_whose_voice_it_is_belongs_to_those_whose_words_they_are() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    assert room.refused(ROSA, "board.set_card", card_id=FIRST, from_patient=False) == RECORDING
    assert room.refused(ROSA, "board.set_card", card_id=FIRST, proxy_for=None) == RECORDING
    assert room.sets(MAYA, FIRST, from_patient=False).from_patient is False
    assert room.sets(TOM, FIRST, from_patient=True).from_patient is True


def test_a_card_becomes_joes_afterwards_with_his_voice() -> None:
    room = Pathway()
    room.writes(ROSA, FIRST)
    card = room.sets(TOM, FIRST, proxy_for=JOE)
    assert (card.author_id, card.proxy_for, card.voice, card.from_patient) == (ROSA, JOE, "carer", True)
    card = room.sets(ROSA, FIRST, proxy_for=None)
    assert (card.proxy_for, card.voice, card.from_patient) == (None, "nurse", False)


def test_what_was_said_of_the_voice_outlives_other_settings() -> None:
    room = Pathway()
    room.writes(TOM, FIRST, proxy_for=JOE, from_patient=False)
    assert room.sets(TOM, FIRST, proxy_for=JOE).from_patient is False
    assert room.sets(TOM, FIRST, from_patient=None).from_patient is True


def test_only_the_recorder_and_coaches_name_another_speaker() -> None:
    room = Pathway()
    room.writes(ROSA, FIRST)
    assert room.refused(ROSA, "board.set_card", card_id=FIRST, proxy_for=JOE) == RECORDING


def test_a_card_without_an_author_has_no_voice() -> None:
    room = Pathway()
    room.replica.put(room.writes(ROSA, FIRST).but(author_id=None, owner_id=None))
    room.sets(TOM, FIRST, proxy_for=JOE)
    assert room.sets(TOM, FIRST, proxy_for=None).voice is None


def test_evidence_does_not_come_back_to_a_redacted_card() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    room.say(MAYA, "rooms.redact", kind="card", row_id=FIRST)
    no = room.refused(ROSA, "board.set_card", card_id=FIRST, evidence=[EVIDENCE])
    assert no == ("removed", {"kind": "card"})
    assert room.sets(ROSA, FIRST, confidence="think").confidence == "think"


# Away and back


@pytest.mark.parametrize("by", [MAYA, TOM, ANNE], ids=["the author", "the recorder", "a coach"])
def test_a_card_is_taken_away_and_put_back_where_it_was(by: str) -> None:
    room = Pathway()
    before = room.writes(MAYA, FIRST)
    at = room.at
    room.say(by, "board.remove_card", card_id=FIRST)
    assert room.card(FIRST).removed_at == at
    room.say(by, "board.restore_card", card_id=FIRST)
    assert room.card(FIRST) == before


def test_taking_away_and_putting_back_twice_changes_nothing() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    for command in ("board.remove_card", "board.restore_card"):
        room.say(MAYA, command, card_id=FIRST)
        assert room.say(MAYA, command, card_id=FIRST).puts == ()


def test_nobody_takes_another_members_card_away() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    for command in ("board.remove_card", "board.restore_card"):
        assert room.refused(ROSA, command, card_id=FIRST) == RECORDING


def test_a_card_that_was_taken_away_stays_as_it_was() -> None:
    room = Pathway()
    room.writes(MAYA, FIRST)
    room.say(MAYA, "board.remove_card", card_id=FIRST)
    removed = ("removed", {"kind": "card"})
    assert room.refused(MAYA, "board.edit_card", card_id=FIRST, text="Late", base_rev=0) == removed
    assert room.refused(MAYA, "board.move_card", card_id=FIRST, column="vision") == removed
    assert room.refused(MAYA, "board.set_card", card_id=FIRST, kind="wish") == removed
