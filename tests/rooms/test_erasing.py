"""Somebody is erased, or a whole room: what stays, and what does not."""

import pytest

from app.board.rows import Board, Card, CardText
from app.rooms.hush import Word
from app.rooms.rows import MeetingRole, Member
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, RALPH, ROOM, ROSA, Rehearsal

CARD, FOR_MAYA, ROSAS = id_from("card"), id_from("for maya"), id_from("rosa's")


def a_room_where_maya_wrote() -> Rehearsal:
    """A card of hers, one that Rosa typed for her, one of Rosa's with a late text of Maya's under it."""
    room = Rehearsal()
    room.joins(MAYA, name="Maya Featherstonehaugh", voice="patient", microsystem="Ward 9")
    room.joins(ROSA)
    room.holds("recorder", ROSA)
    room.holds("leader", MAYA)
    (board,) = room.replica.where(Board, step_key=None)
    on = {"board_id": board.id, "column": "value"}
    room.say(MAYA, "board.add_card", card_id=CARD, text="I waited", **on)
    room.say(ROSA, "board.add_card", card_id=FOR_MAYA, text="She waited", proxy_for=MAYA, **on)
    room.say(ROSA, "board.add_card", card_id=ROSAS, text="They waited", **on)
    return room


def erase(room: Rehearsal, **fields: object) -> set[str]:
    """Ids of the rows whose earlier payloads leave the log."""
    change = room.say(None, "rooms.erase_person", **{"member_id": MAYA, "name": "Somebody", **fields})
    return {row.id for row in change.erases}


def test_somebody_stands_where_a_person_stood() -> None:
    room = a_room_where_maya_wrote()
    at = room.at
    assert erase(room) == {MAYA}
    gone = room.row(Member, MAYA)
    assert (gone.name, gone.voice, gone.microsystem, gone.state) == ("Somebody", None, None, "removed")
    assert (gone.removed_at, gone.redacted_at) == (at, at)
    assert not room.replica.where(MeetingRole, member_id=MAYA)


def test_their_words_stay_unless_they_go_with_them() -> None:
    room = a_room_where_maya_wrote()
    erase(room)
    assert (room.row(Card, CARD).text, room.row(Card, FOR_MAYA).text) == ("I waited", "She waited")
    assert erase(room, with_words=True) == {MAYA, CARD, FOR_MAYA}
    assert (room.row(Card, CARD).text, room.row(Card, FOR_MAYA).text) == (None, None)
    assert room.row(Card, ROSAS).text == "They waited"


def test_what_others_kept_under_their_card_goes_with_it() -> None:
    room = a_room_where_maya_wrote()
    room.say(MAYA, "board.edit_card", card_id=CARD, text="I waited long", base_rev=0)
    room.say(ROSA, "board.edit_card", card_id=CARD, text="Maya waited", base_rev=0)
    (kept,) = room.replica.where(CardText, card_id=CARD)
    assert kept.id in erase(room, with_words=True)


def test_what_was_said_to_some_alone_goes_in_any_case() -> None:
    room = a_room_where_maya_wrote()
    room.say(MAYA, "rooms.say_word", word_id=CARD, text="I am not well")
    assert room.row(Word, CARD).text == "I am not well"
    assert CARD in erase(room)
    assert room.replica.find(Word, CARD) is None


def test_a_room_keeps_a_coach_also_when_one_is_erased() -> None:
    room = a_room_where_maya_wrote()
    assert room.refused(None, "rooms.erase_person", member_id=ANNE, name="Somebody") == ("last_coach", {})
    room.joins(RALPH, "coach")
    room.say(None, "rooms.erase_person", member_id=ANNE, name="Somebody")
    assert room.row(Member, ANNE).name == "Somebody"


def test_nobody_is_erased_who_was_never_here() -> None:
    room = a_room_where_maya_wrote()
    assert room.refused(None, "rooms.erase_person", member_id=NOBODY, name="Somebody")[0] == "not_found"


def test_of_an_erased_room_no_row_is_left_and_no_payload() -> None:
    room = a_room_where_maya_wrote()
    before = {row.id for row in room.replica.all()}
    change = room.say(None, "rooms.erase_room")
    assert not list(room.replica.all())
    assert {row.id for row in change.erases} == before
    assert room.refused(None, "rooms.erase_room") == ("not_found", {"kind": "room"})


def test_a_room_whose_time_is_over_stays_when_something_has_happened_since_somebody_looked() -> None:
    room = a_room_where_maya_wrote()
    looked = room.replica.seq
    room.say(MAYA, "board.remove_card", card_id=CARD)
    assert room.refused(None, "rooms.erase_room", last_seq=looked)[0] == "not_possible"
    room.say(None, "rooms.erase_room", last_seq=looked + 1)
    assert not list(room.replica.all())


@pytest.mark.parametrize("rows", [{}, {"card": ()}])
def test_a_room_without_itself_is_not_imported(rows: dict[str, object]) -> None:
    room = Rehearsal()
    assert room.refused(None, "rooms.import_room", rows=rows)[0] == "exists"
    room.say(None, "rooms.erase_room")
    assert room.refused(None, "rooms.import_room", rows=rows) == ("not_possible", {})
    assert room.replica.id == ROOM
