"""Two entries turn out to be one person."""

import pytest

from app.board.rows import Board, Card
from app.rooms.attendance import Attendance
from app.rooms.hush import Hold, Word
from app.rooms.rows import ROLES, MeetingRole, Member, person
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, RALPH, ROSA, TOM, Rehearsal

CARD, WORD = id_from("card"), id_from("word")
DINA = MAYA
"""As she came last week, and again this week on another device, without being recognised."""
DINA_AGAIN = TOM


@pytest.fixture
def room() -> Rehearsal:
    room = Rehearsal()
    room.joins(DINA, "member", "Dina")
    room.joins(DINA_AGAIN, "member", "Dina", voice="patient")
    room.joins(PAUL, "observer", "Paul")
    room.joins(ROSA, "wall", "The wall")
    return room


def joined(room: Rehearsal) -> Member:
    room.say(ANNE, "rooms.join_members", keep_id=DINA, drop_id=DINA_AGAIN)
    return room.row(Member, DINA)


def writes(room: Rehearsal, by: str, id: str = CARD, **said: str) -> None:
    board = next(board for board in room.replica.where(Board) if board.step_key is None)
    room.say(by, "board.add_card", card_id=id, board_id=board.id, column="value", text="Waiting", **said)


def test_everything_of_hers_is_hers(room: Rehearsal) -> None:
    writes(room, DINA_AGAIN)
    room.holds("timekeeper", DINA_AGAIN)
    room.say(DINA_AGAIN, "rooms.say_word", word_id=WORD, text="I need a break")
    room.attend(DINA_AGAIN)
    joined(room)
    card, word = room.row(Card, CARD), room.row(Word, WORD)
    assert (card.author_id, card.owner_id) == (DINA, DINA)
    assert (word.member_id, word.by, word.owner_id) == (DINA, DINA, DINA)
    assert [role.role for role in room.replica.where(MeetingRole, member_id=DINA)] == ["timekeeper"]
    assert len(room.replica.where(Attendance, member_id=DINA)) == 1
    room.say(DINA, "board.edit_card", card_id=CARD, text="Waiting for a bed", base_rev=0)
    left = [row for row in room.replica.all() if not isinstance(row, Member) and DINA_AGAIN in str(row.__dict__)]
    assert left == []


def test_who_comes_as_the_other_is_the_one_that_stays(room: Rehearsal) -> None:
    kept = joined(room)
    assert person(room.replica, DINA_AGAIN) == DINA
    assert (kept.name, kept.voice, kept.state) == ("Dina", "patient", "active")
    assert room.refused(ANNE, "rooms.set_part", member_id=DINA_AGAIN, part="coach")[0] == "not_found"


def test_somebody_without_a_device_who_came_with_one_is_one_person(room: Rehearsal) -> None:
    carer = id_from("carer")
    room.say(ANNE, "rooms.add_person", member_id=carer, name="Dina", voice="carer")
    writes(room, ANNE, proxy_for=carer)
    room.say(ANNE, "rooms.join_members", keep_id=carer, drop_id=DINA)
    assert not room.row(Member, carer).without_device
    room.say(carer, "board.edit_card", card_id=CARD, text="In my own words", base_rev=0)


def test_who_wrote_for_herself_needs_no_proxy(room: Rehearsal) -> None:
    room.holds("recorder", DINA_AGAIN)
    writes(room, DINA_AGAIN, proxy_for=DINA)
    joined(room)
    assert (room.row(Card, CARD).author_id, room.row(Card, CARD).proxy_for) == (DINA, None)


def test_who_is_here_twice_is_here_once(room: Rehearsal) -> None:
    room.attend(DINA, DINA_AGAIN)
    joined(room)
    assert sum(row.is_open for row in room.replica.where(Attendance, member_id=DINA)) == 1


def test_what_she_posts_goes_on_waiting_for_a_coach(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.hold_member", member_id=DINA_AGAIN)
    joined(room)
    writes(room, DINA)
    assert room.row(Card, CARD).held
    assert room.row(Hold, DINA_AGAIN).removed_at is not None


def test_joining_makes_nobody_a_coach_and_leaves_the_room_one(room: Rehearsal) -> None:
    keep = {"keep_id": DINA, "drop_id": ANNE}
    assert room.refused(ANNE, "rooms.join_members", **keep) == ("last_coach", {})
    room.joins(RALPH, "coach", "Ralph")
    room.say(RALPH, "rooms.join_members", **keep)
    assert room.row(Member, DINA).part == "member"


def test_an_observer_takes_over_no_meeting_role(room: Rehearsal) -> None:
    room.holds("leader", DINA)
    room.say(ANNE, "rooms.join_members", keep_id=PAUL, drop_id=DINA)
    assert len(room.replica.where(MeetingRole, member_id=None)) == len(ROLES)


@pytest.mark.parametrize(("keep", "drop"), [(DINA, DINA), (DINA, ROSA), (ROSA, DINA)])
def test_nobody_is_joined_to_themselves_or_to_a_screen(keep: str, drop: str, room: Rehearsal) -> None:
    assert room.refused(ANNE, "rooms.join_members", keep_id=keep, drop_id=drop) == ("not_possible", {})
