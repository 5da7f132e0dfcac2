"""Hands in their order, a round that names nobody who waits, and a count of who is done."""

from typing import Any

from app.meetings.rows import Floor, Hand, Item, Meeting, Ready, ReadyCount, Turn
from app.rooms.kernel import Row, Who
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM, Rehearsal

JOE = id_from("joe")
MEETING, STORY, ACTIONS = (id_from(name) for name in ("meeting", "story", "actions"))


def a_room() -> Rehearsal:
    room = Rehearsal()
    room.joins(MAYA, name="Maya", voice="patient")
    room.joins(TOM, name="Tom")
    room.joins(ROSA, "sponsor", name="Rosa")
    room.joins(PAUL, name="Paul")
    room.holds("facilitator", PAUL)
    return room


def up(room: Rehearsal) -> list[str]:
    hands = sorted(room.replica.where(Hand), key=lambda hand: hand.created_at)
    return [hand.member_id for hand in hands]


def floor(room: Rehearsal) -> tuple[str | None, int]:
    (row,) = room.replica.where(Floor)
    return row.member_id, row.to_come


def seen(room: Rehearsal, row: Row, by: str) -> Row | None:
    who = room.registry.who(room.replica, by)
    assert who is not None
    return row.seen_by(who)


def a_round(room: Rehearsal) -> list[str]:
    """Maya, Tom and Rosa are asked; gives them in the order in which they are to speak."""
    room.say(PAUL, "meetings.start_round", member_ids=[MAYA, TOM, ROSA])
    first, left = floor(room)
    assert left == 2
    turns = sorted(room.replica.where(Turn), key=lambda turn: turn.number)
    return [str(first), *(turn.member_id for turn in turns)]


def test_hands_stay_in_the_order_of_raising() -> None:
    room = a_room()
    for who in (TOM, MAYA, ROSA):
        room.say(who, "meetings.raise_hand")
    assert room.say(TOM, "meetings.raise_hand").puts == ()
    assert up(room) == [TOM, MAYA, ROSA]
    room.say(TOM, "meetings.lower_hand")
    room.say(TOM, "meetings.raise_hand")
    assert up(room) == [MAYA, ROSA, TOM]


def test_the_facilitator_gives_the_turn_and_the_hand_is_down() -> None:
    room = a_room()
    room.say(TOM, "meetings.raise_hand")
    room.say(MAYA, "meetings.raise_hand")
    room.say(PAUL, "meetings.give_turn", member_id=MAYA)
    assert floor(room) == (MAYA, 0)
    assert up(room) == [TOM]
    assert room.refused(TOM, "meetings.give_turn", member_id=TOM)[0] == "not_allowed"


def test_whoever_has_the_floor_says_when_they_are_done() -> None:
    room = a_room()
    room.say(TOM, "meetings.raise_hand")
    room.say(PAUL, "meetings.give_turn", member_id=MAYA)
    assert room.refused(TOM, "meetings.next_turn")[0] == "not_allowed"
    room.say(MAYA, "meetings.next_turn")
    assert floor(room) == (None, 0)
    room.say(PAUL, "meetings.next_turn")
    assert floor(room) == (TOM, 0)
    assert up(room) == []


def test_only_coach_and_facilitator_lower_anothers_hand() -> None:
    room = a_room()
    room.say(TOM, "meetings.raise_hand")
    assert room.refused(MAYA, "meetings.lower_hand", member_id=TOM)[0] == "not_allowed"
    room.say(PAUL, "meetings.lower_hand", member_id=TOM)
    assert up(room) == []
    assert room.say(TOM, "meetings.lower_hand").drops == ()


def test_joe_on_the_telephone_would_like_to_speak() -> None:
    room = a_room()
    room.say(ANNE, "rooms.add_person", member_id=JOE, name="Joe")
    room.say(PAUL, "meetings.raise_hand", member_id=JOE)
    assert up(room) == [JOE]
    assert room.refused(MAYA, "meetings.raise_hand", member_id=JOE)[0] == "not_allowed"
    assert room.refused(PAUL, "meetings.raise_hand", member_id=TOM)[0] == "not_allowed"


def test_a_round_asks_everybody_once_and_ends_by_itself() -> None:
    room = a_room()
    order = a_round(room)
    assert sorted(order) == sorted([MAYA, TOM, ROSA])
    for speaker, left in ((order[1], 1), (order[2], 0), (None, 0)):
        room.say(PAUL, "meetings.next_turn")
        assert floor(room) == (speaker, left)
    assert not room.replica.where(Floor)[0].is_round


def test_in_a_round_nobody_sees_who_is_still_to_come_but_those_who_lead_it() -> None:
    room = a_room()
    order = a_round(room)
    second = next(turn for turn in room.replica.where(Turn) if turn.member_id == order[1])
    assert seen(room, second, PAUL) == seen(room, second, ANNE) == second
    assert seen(room, second, order[1]) == second
    assert seen(room, second, order[2]) is None
    assert second.seen_by(Who(None, "wall", permissions=room.registry.grants["wall"])) is None


def test_who_passes_is_out_of_the_round_and_the_fact_names_nobody() -> None:
    room = a_room()
    order = a_round(room)
    change = room.say(order[2], "meetings.pass_turn")
    assert change.fact.is_unsigned
    assert change.fact.model_dump() == {"type": "meetings.turn_passed", "to_come": 1}
    assert floor(room) == (order[0], 1)
    assert room.refused(order[2], "meetings.pass_turn")[0] == "no_turn_to_pass"
    room.say(order[0], "meetings.pass_turn")
    assert floor(room) == (order[1], 0)


def test_who_has_left_is_not_asked() -> None:
    room = a_room()
    order = a_round(room)
    room.say(order[1], "rooms.leave")
    room.say(PAUL, "meetings.next_turn")
    assert floor(room) == (order[2], 0)
    assert not room.replica.where(Turn)


def test_one_round_at_a_time_and_its_end_is_one_press() -> None:
    room = a_room()
    a_round(room)
    assert room.refused(PAUL, "meetings.start_round", member_ids=[TOM])[0] == "round_is_on"
    room.say(ANNE, "meetings.end_round")
    assert floor(room) == (None, 0)
    assert not room.replica.where(Turn)


def an_hour(room: Rehearsal) -> None:
    """A meeting is on, with its first item."""
    of: Any = {"created_at": NOON, "meeting_id": MEETING}
    room.replica.change(
        (
            Meeting(
                id=MEETING,
                created_at=NOON,
                day="2026-11-26",
                starts_at=NOON,
                minutes=60,
                state="live",
                started_at=NOON,
                item_id=STORY,
            ),
            Item(id=STORY, rank="a", title="Patient story", minutes=7, seconds=420, state="now", **of),
            Item(id=ACTIONS, rank="b", title="Actions", minutes=6, seconds=360, **of),
        ),
        (),
    )


def ready(room: Rehearsal) -> tuple[str, int]:
    (row,) = room.replica.where(ReadyCount)
    return row.item_id, row.count


def test_being_done_is_counted_once_a_person_and_can_be_taken_back() -> None:
    room = a_room()
    an_hour(room)
    for who in (TOM, MAYA, MAYA):
        room.say(who, "meetings.set_ready", item_id=STORY, is_ready=True)
    assert ready(room) == (STORY, 2)
    room.say(TOM, "meetings.set_ready", item_id=STORY, is_ready=False)
    assert ready(room) == (STORY, 1)


def test_nobody_sees_who_is_done_not_even_a_coach() -> None:
    room = a_room()
    an_hour(room)
    room.say(MAYA, "meetings.set_ready", item_id=STORY, is_ready=True)
    (row,) = room.replica.where(Ready)
    assert seen(room, row, MAYA) == row
    assert seen(room, row, ANNE) is None
    assert row.is_hidden


def test_with_the_next_item_the_count_begins_again() -> None:
    room = a_room()
    an_hour(room)
    for who in (TOM, MAYA):
        room.say(who, "meetings.set_ready", item_id=STORY, is_ready=True)
    assert room.refused(ROSA, "meetings.set_ready", item_id=ACTIONS, is_ready=True)[0] == "item_not_now"
    story, actions = room.row(Item, STORY), room.row(Item, ACTIONS)
    room.replica.change((story.but(state="done"), actions.but(state="now")), ())
    room.say(ROSA, "meetings.set_ready", item_id=ACTIONS, is_ready=True)
    assert ready(room) == (ACTIONS, 1)
    assert room.refused(TOM, "meetings.set_ready", item_id=STORY, is_ready=True)[0] == "item_not_now"
