"""What no tool of the product has yet: unlogged rows, deadlines, locks. And a rule that breaks."""

import asyncio
from datetime import timedelta

import pytest

from app.board.rows import Board, Card
from app.db import iso
from app.rooms.kernel import Refusal
from app.rooms.messages import MakeRoom
from app.rooms.values import id_from
from tests.contract.bell import Bell, RingBell, Wish
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World

NEW = Maker(3, WITH_BELL)


async def test_a_wish_is_its_owners_alone(world: World) -> None:
    owner, other = await world.join("member"), await world.join("member")
    await owner.come()
    await other.come()
    wish = NEW.id()
    await world.do(owner, type="bell.set_wish", wish_id=wish, text="I wish for a window")
    await world.settle()
    assert owner.client.rows["wish"][wish]["text"] == "I wish for a window"
    assert "window" not in "".join(other.client.frames)
    assert wish not in "".join(other.client.frames)


async def test_a_wish_is_in_sql_but_neither_in_the_log_nor_in_the_replica(world: World) -> None:
    owner = await world.join("member")
    await owner.come()
    wish = NEW.id()
    await world.do(owner, type="bell.set_wish", wish_id=wish, text="I wish for a window")
    entry = world.log()[-1]
    assert entry.puts == ()
    assert wish not in entry.fact
    assert world.room.replica.where(Wish) == ()


async def test_a_rule_reads_its_unlogged_rows_inside_the_transaction(world: World) -> None:
    owner = await world.join("member")
    await owner.come()
    wish = NEW.id()
    for _ in range(3):
        await world.do(owner, type="bell.set_wish", wish_id=wish, text="again")
    await world.settle()
    assert owner.client.rows["wish"][wish]["times"] == 3


async def test_two_wishes_in_one_group_are_two(world: World) -> None:
    owner = await world.join("member")
    await owner.come()
    wish = NEW.id()
    for _ in range(5):
        owner.send({"type": "bell.set_wish", "wish_id": wish, "text": "again"})
    await world.settle()
    assert owner.client.rows["wish"][wish]["times"] == 5


async def test_somebody_elses_wish_cannot_be_set(world: World) -> None:
    owner, other = await world.join("member"), await world.join("member")
    wish = NEW.id()
    await world.do(owner, type="bell.set_wish", wish_id=wish, text="mine")
    with pytest.raises(Refusal, match="exists"):
        await world.do(other, type="bell.set_wish", wish_id=wish, text="mine, too")


async def test_who_comes_back_gets_their_wish_with_the_snapshot(world: World) -> None:
    owner = await world.join("member")
    wish = NEW.id()
    await world.do(owner, type="bell.set_wish", wish_id=wish, text="still here")
    await owner.come()
    owner.read()
    assert owner.client.rows["wish"][wish]["text"] == "still here"


async def test_the_server_acts_on_a_deadline_once_whoever_notices(world: World) -> None:
    coach = world.people[0]
    await coach.come()
    bell, at = NEW.id(), world.engine.clock.now() - timedelta(seconds=1)
    await world.do(coach, type="bell.hang_bell", bell_id=bell, rings_at=iso(at))
    id = id_from(world.room_id, bell, iso(at))
    rung = [engine.run(world.room_id, RingBell(bell_id=bell), None, id=id) for engine in 3 * world.engines]
    assert len(set(await asyncio.gather(*rung))) == 1
    await world.settle()
    assert coach.client.rows["bell"][bell]["rings_at"] is None
    entry = next(entry for entry in world.log() if entry.command_id == id)
    assert entry.by is None


async def test_a_due_row_is_found_in_sql_without_anybody_in_the_room(world: World) -> None:
    bell, at = NEW.id(), world.engine.clock.now() - timedelta(seconds=1)
    await world.do(world.people[0], type="bell.hang_bell", bell_id=bell, rings_at=iso(at))
    due = await world.engine.deadlines.due()
    assert [(room_id, id) for room_id, id, _ in due] == [(world.room_id, id_from(world.room_id, bell, iso(at)))]


async def test_a_row_in_the_future_is_not_due(world: World) -> None:
    at = world.engine.clock.now() + timedelta(hours=1)
    await world.do(world.people[0], type="bell.hang_bell", bell_id=NEW.id(), rings_at=iso(at))
    assert await world.engine.deadlines.due() == []


async def test_a_locked_card_is_refused_to_other_tools(world: World) -> None:
    coach = world.people[0]
    card, bell = await a_card(world, coach), NEW.id()
    await world.do(coach, type="bell.hang_bell", bell_id=bell)
    await world.do(coach, type="bell.lock_card", bell_id=bell, card_id=card)
    with pytest.raises(Refusal) as no:
        await world.do(coach, type="board.edit_card", card_id=card, text="other words", base_rev=0)
    assert (no.value.code, no.value.params) == ("locked", {"by": bell})
    await world.do(coach, type="bell.lock_card", bell_id=bell, card_id=card)
    # Words that should never have been there are taken out all the same.
    await world.do(coach, type="rooms.redact", kind="card", row_id=card)


async def test_a_rule_that_breaks_harms_nobody_else(world: World) -> None:
    coach = world.people[0]
    await coach.come()
    first = coach.send({"type": "bell.hang_bell", "bell_id": NEW.id()})
    broken = coach.send({"type": "bell.break_bell"})
    last = coach.send({"type": "bell.hang_bell", "bell_id": NEW.id()})
    await world.settle()
    answers = [coach.client.answer_to(id) for id in (first, broken, last)]
    assert [answer and answer["type"] for answer in answers] == ["ack", "refused", "ack"]
    assert answers[1] is not None
    assert answers[1]["code"] == "not_possible"


async def test_a_broken_promise_of_the_schema_is_refused_alone(world: World) -> None:
    coach = world.people[0]
    await coach.come()
    bells = [NEW.id() for _ in range(10)]
    sent = [
        coach.send({"type": "bell.hang_bell", "bell_id": bell, "loudness": 11 if n == 3 else 1})
        for n, bell in enumerate(bells)
    ]
    await world.settle()
    answers = [coach.client.answer_to(id) for id in sent]
    assert [answer and answer["type"] for answer in answers] == ["ack"] * 3 + ["refused"] + ["ack"] * 6
    assert len(world.room.replica.where(Bell)) == 9
    assert [entry.seq for entry in world.log()] == list(range(1, world.room.replica.seq + 1))


async def a_card(world: World, by: Person) -> str:
    await world.live()
    board = next(board for board in world.room.replica.where(Board) if board.step_key is None)
    card = NEW.id()
    await world.do(by, type="board.add_card", card_id=card, board_id=board.id, column="value", text="the words")
    assert world.room.replica.find(Card, card)
    return card


async def test_a_room_that_was_not_made_leaves_nothing_behind(world: World) -> None:
    made = MakeRoom(name="Nowhere", method="no_such_method", member_id=NEW.id(), coach_name="Anne")
    room_id = NEW.id()
    with pytest.raises(Refusal, match="not_found"):
        await world.engine.run(room_id, made, None)
    assert await world.engine.open(room_id) is None
