"""Writing in silence: who sees what until all cards turn, and what nobody can tell afterwards."""

from itertools import pairwise

import pytest

from app.board.rows import Board, BoardCapture, Card, CardText
from app.rooms.capture import voices_to_show
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, RALPH, ROSA, TOM, Rehearsal

CAPTURE, CARD = id_from("capture"), id_from("card")
NAMELESS = ("voice", "unsigned")
MODES = ("named", *NAMELESS)


def a_silence(mode: str, column: str | None = "value") -> Rehearsal:
    """Anne has opened a capture; Maya and Rosa are patients, Tom and Paul nurses, Rosa facilitates."""
    room = Rehearsal()
    for id, voice in ((MAYA, "patient"), (ROSA, "patient"), (TOM, "nurse"), (PAUL, "nurse")):
        room.joins(id, voice=voice)
    room.holds("facilitator", ROSA)
    room.say(ANNE, "board.start_capture", capture_id=CAPTURE, board_id=board_of(room), column=column, mode=mode)
    return room


def board_of(room: Rehearsal) -> str:
    (board,) = room.replica.where(Board, step_key=None)
    return board.id


def writes(room: Rehearsal, by: str, text: str = "Nobody looked", **fields: object) -> Card:
    card_id = id_from("card", room.replica.seq)
    told = {"column": "value", **fields}
    room.say(by, "board.add_card", card_id=card_id, board_id=board_of(room), text=text, **told)
    return room.row(Card, card_id)


def sees(room: Rehearsal, who: str, card: Card) -> bool:
    viewer = room.registry.who(room.replica, who)
    assert viewer is not None
    return room.row(Card, card.id).seen_by(viewer) is not None


@pytest.mark.parametrize("mode", MODES)
def test_a_card_is_its_writers_alone_while_people_write(mode: str) -> None:
    room = a_silence(mode)
    card = writes(room, MAYA)
    assert [who for who in (ANNE, MAYA, ROSA, TOM) if sees(room, who, card)] == [MAYA]
    assert room.row(BoardCapture, CAPTURE).written == 1


@pytest.mark.parametrize("mode", MODES)
def test_its_writer_edits_takes_back_and_puts_back(mode: str) -> None:
    room = a_silence(mode)
    card = writes(room, MAYA)
    room.say(MAYA, "board.edit_card", card_id=card.id, text="Nobody looked twice", base_rev=0)
    room.say(MAYA, "board.remove_card", card_id=card.id)
    assert room.row(BoardCapture, CAPTURE).written == 0
    room.say(MAYA, "board.restore_card", card_id=card.id)
    assert room.row(BoardCapture, CAPTURE).written == 1
    assert room.row(Card, card.id).text == "Nobody looked twice"
    assert room.row(Card, card.id).corrected_by is None


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("type", "fields"),
    [
        ("board.edit_card", {"text": "Mine", "base_rev": 0}),
        ("board.move_card", {"column": "vision"}),
        ("board.remove_card", {}),
        ("board.set_card", {"kind": "fact"}),
    ],
)
def test_for_everybody_else_it_is_not_there(mode: str, type: str, fields: dict[str, object]) -> None:
    room = a_silence(mode)
    card = writes(room, MAYA)
    for who in (ANNE, TOM):
        assert room.refused(who, type, card_id=card.id, **fields) == ("not_found", {"kind": "card"})


def test_a_coach_cannot_redact_what_they_cannot_see() -> None:
    room = a_silence("unsigned")
    card = writes(room, MAYA)
    assert room.refused(ANNE, "rooms.redact", kind="card", row_id=card.id) == ("not_found", {"kind": "card"})


@pytest.mark.parametrize("mode", NAMELESS)
def test_a_hidden_card_names_nobody_even_in_the_row(mode: str) -> None:
    room = a_silence(mode)
    card = writes(room, MAYA)
    assert MAYA not in card.model_dump_json()


def test_where_one_speaks_from_is_kept_only_where_it_may_be_shown() -> None:
    assert writes(a_silence("voice"), MAYA).voice == "patient"
    unsigned = writes(a_silence("unsigned"), MAYA)
    assert (unsigned.voice, unsigned.from_patient) == (None, False)


def test_who_does_not_know_of_it_yet_writes_in_it_all_the_same() -> None:
    room = a_silence("unsigned")
    assert writes(room, TOM).hidden
    assert not writes(room, TOM, column="vision").hidden


def test_a_capture_of_the_board_covers_every_column() -> None:
    assert writes(a_silence("named", None), TOM, column="vision").hidden


@pytest.mark.parametrize(("first", "second"), [("value", "value"), (None, "value"), ("value", None), (None, None)])
def test_two_captures_never_overlap(first: str | None, second: str | None) -> None:
    room = a_silence("named", first)
    asked = {"capture_id": id_from("second"), "board_id": board_of(room), "column": second, "mode": "unsigned"}
    assert room.refused(ROSA, "board.start_capture", **asked) == ("capture_open", {"capture_id": CAPTURE})


def test_two_columns_are_two_captures() -> None:
    room = a_silence("named", "value")
    second = {"capture_id": id_from("second"), "board_id": board_of(room), "column": "vision", "mode": "unsigned"}
    room.say(ROSA, "board.start_capture", **second)
    assert writes(room, TOM, column="vision").capture_id == id_from("second")


def test_only_coach_and_facilitator_begin_and_reveal() -> None:
    room = a_silence("named")
    assert room.refused(TOM, "board.reveal", capture_id=CAPTURE) == ("not_allowed", {"needs": "board.capture"})
    room.say(ROSA, "board.reveal", capture_id=CAPTURE)
    assert room.say(ANNE, "board.reveal", capture_id=CAPTURE).puts == ()


def test_at_the_reveal_all_see_all_and_what_was_taken_back_is_gone() -> None:
    room = a_silence("named")
    first, second, gone = writes(room, MAYA), writes(room, TOM), writes(room, TOM)
    room.say(TOM, "board.remove_card", card_id=gone.id)
    change = room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    assert all(sees(room, who, card) for who in (ANNE, MAYA, TOM) for card in (first, second))
    assert change.drops == ((Card, gone.id),)
    assert room.row(Card, first.id).author_id == MAYA
    capture = room.row(BoardCapture, CAPTURE)
    assert (capture.state, capture.written) == ("revealed", 2)


@pytest.mark.parametrize("mode", NAMELESS)
def test_without_names_nothing_tells_who_wrote_or_when(mode: str) -> None:
    room = a_silence(mode)
    cards = [writes(room, who) for who in (MAYA, TOM, ROSA, PAUL, MAYA)]
    turned_at = room.at
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    for card in cards:
        shown = room.row(Card, card.id)
        assert (shown.author_id, shown.owner_id, shown.proxy_for, shown.speaker) == (None, None, None, None)
        assert shown.created_at == turned_at
    ranks = [room.row(Card, card.id).rank for card in cards]
    assert ranks != sorted(ranks)


def test_the_order_comes_from_chance_and_not_from_time() -> None:
    room = a_silence("named")
    cards = [writes(room, MAYA) for _ in range(12)]
    change = room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    turned = [row for row in change.puts if isinstance(row, Card)]
    assert [card.id for card in turned] != [card.id for card in cards]
    assert all(one.rank < other.rank for one, other in pairwise(turned))
    assert list(room.replica.where(Card, capture_id=CAPTURE)) == turned


def test_an_unsigned_card_is_nobodys_words_afterwards() -> None:
    room = a_silence("unsigned")
    card = writes(room, MAYA)
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    mine = {"card_id": card.id, "text": "I said that", "base_rev": 0}
    assert room.refused(MAYA, "board.edit_card", **mine) == ("not_allowed", {"needs": "board.record"})
    room.say(ANNE, "board.edit_card", card_id=card.id, text="Nobody looked, ever", base_rev=0)
    assert room.row(Card, card.id).corrected_by == ANNE


def test_what_comes_after_the_reveal_is_refused_rather_than_shown_with_a_name() -> None:
    room = a_silence("unsigned")
    card = writes(room, ANNE)
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    new = {"card_id": CARD, "board_id": board_of(room), "column": "value", "text": "Late"}
    assert room.refused(MAYA, "board.add_card", **new, capture_id=CAPTURE) == ("capture_over", {})
    for type, fields in (
        ("board.edit_card", {"text": "My words", "base_rev": 0}),
        ("board.remove_card", {}),
        ("board.set_card", {"from_patient": True}),
    ):
        assert room.refused(ANNE, type, card_id=card.id, capture_id=CAPTURE, **fields) == ("capture_over", {})
    room.say(MAYA, "board.add_card", **new)
    assert not room.row(Card, CARD).hidden


def test_a_card_for_another_capture_is_not_taken_for_this_one() -> None:
    room = a_silence("named")
    new = {"card_id": CARD, "board_id": board_of(room), "column": "value", "text": "Meant unsigned"}
    assert room.refused(MAYA, "board.add_card", **new, capture_id=id_from("another")) == ("capture_over", {})


def test_more_time_is_asked_for_once_a_person_and_by_nobody() -> None:
    room = a_silence("named")
    for who in (MAYA, TOM, MAYA):
        room.say(who, "board.need_more_time", capture_id=CAPTURE)
    capture = room.row(BoardCapture, CAPTURE)
    assert capture.asking == 2
    assert not {MAYA, TOM} & set(capture.asked)
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    assert room.refused(MAYA, "board.need_more_time", capture_id=CAPTURE) == ("capture_over", {})
    assert room.row(BoardCapture, CAPTURE).asking == 0


@pytest.mark.parametrize("mode", MODES)
def test_the_words_of_somebody_on_the_telephone_are_written_for_them(mode: str) -> None:
    room = a_silence(mode)
    card = writes(room, ANNE, proxy_for=MAYA)
    assert card.proxy_for == (MAYA if mode == "named" else None)
    assert card.voice == (None if mode == "unsigned" else "patient")
    assert sees(room, ANNE, card)


@pytest.mark.parametrize("mode", NAMELESS)
def test_two_devices_of_one_writer_lose_nothing_and_name_nobody(mode: str) -> None:
    room = a_silence(mode)
    card = writes(room, MAYA)
    room.say(MAYA, "board.edit_card", card_id=card.id, text="On my phone", base_rev=0)
    room.say(MAYA, "board.edit_card", card_id=card.id, text="On my tablet", base_rev=0)
    (kept,) = room.replica.where(CardText, card_id=card.id)
    assert MAYA not in kept.model_dump_json()
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    (kept,) = room.replica.where(CardText, card_id=card.id)
    assert (kept.hidden, kept.by, kept.owner_id) == (False, None, None)


def test_whose_words_an_unsigned_card_holds_is_not_said_later_either() -> None:
    room = a_silence("unsigned")
    card = writes(room, ANNE)
    asked = {"card_id": card.id, "proxy_for": MAYA}
    assert room.refused(ANNE, "board.set_card", **asked) == (
        "bad_command",
        {"field": "proxy_for", "reason": "nameless"},
    )


def people(**counts: int) -> list[tuple[str, str | None]]:
    return [
        (f"{voice}{n}", None if voice == "none" else voice) for voice, count in counts.items() for n in range(count)
    ]


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        (people(nurse=3), set()),
        (people(nurse=4), {"nurse"}),
        (people(nurse=4, patient=4), {"nurse", "patient"}),
        (people(nurse=6, patient=4, porter=1), {"nurse"}),
        (people(nurse=5, porter=2, none=2), {"nurse"}),
        (people(nurse=5, none=1), set()),
        ([("one", "nurse")] * 9, set()),
    ],
)
def test_a_voice_is_shown_when_four_speak_from_there_and_four_or_none_are_left(
    who: list[tuple[str | None, str | None]], shown: set[str]
) -> None:
    assert voices_to_show(who) == shown


def test_with_four_patients_the_reveal_says_that_patients_speak() -> None:
    room = a_silence("voice")
    for n in range(2):
        room.joins(id_from("patient", n), voice="patient")
    cards = [writes(room, who) for who in (MAYA, ROSA, id_from("patient", 0), id_from("patient", 1), MAYA)]
    room.say(ANNE, "board.reveal", capture_id=CAPTURE)
    assert {(room.row(Card, c.id).voice, room.row(Card, c.id).from_patient) for c in cards} == {("patient", True)}


def test_a_coach_who_writes_too_leaves_no_trace_in_turning_the_cards() -> None:
    room = a_silence("unsigned")
    room.joins(RALPH, "coach")
    writes(room, RALPH)
    change = room.say(RALPH, "board.reveal", capture_id=CAPTURE)
    assert RALPH not in "".join(row.model_dump_json() for row in change.puts)
