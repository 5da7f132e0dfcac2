"""What another process has written to a room reaches the people who are connected here."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from app.board.rows import Board
from app.rooms.clock import Clock
from app.rooms.dispatch import Request
from app.rooms.kernel import Refusal
from app.rooms.messages import Join, MakeInvitation
from app.rooms.presence import Word
from app.rooms.rows import person
from app.rooms.writer import Writer
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World, a_world, same_rows
from tests.support.houses import House

pytestmark = pytest.mark.faults


@pytest_asyncio.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(House(database_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world


async def elsewhere(world: World, by: Person, body: dict[str, Any]) -> None:
    """A command that another process stores; this one is not told."""
    writer = Writer(world.database, WITH_BELL, Clock(), lambda news: None, keys=world.engine.keys)
    writer.put(Request(world.room_id, str(uuid4()), WITH_BELL.parse(body), by.member_id, lambda answer: None))
    writer.start()
    await asyncio.to_thread(writer.stop)


async def test_words_taken_out_elsewhere_leave_the_screens_here(world: World) -> None:
    coach, maya = world.people[0], await world.join("member")
    await maya.come()
    (board,) = world.room.replica.where(Board, step_key=None)
    card = str(uuid4())
    column = board.columns[0].key
    await world.do(
        coach, type="board.add_card", card_id=card, board_id=board.id, column=column, text="A name of somebody"
    )
    await world.settle()
    assert maya.client.rows["card"][card]["text"] == "A name of somebody"
    await elsewhere(world, coach, {"type": "rooms.redact", "kind": "card", "row_id": card})
    with pytest.raises(Refusal):
        await world.do(maya, type="board.remove_card", card_id=str(uuid4()))
    await world.settle()
    assert maya.client.rows["card"][card]["text"] is None


@pytest_asyncio.fixture
async def two(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Two processes that nobody tells anything. The coach comes to the first, the next person to the second."""
    async with a_world(House(database_url, processes=2), WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world


async def test_what_is_mine_alone_reaches_me_from_whichever_process_stored_it(two: World) -> None:
    owner, wish = await two.join("member"), str(uuid4())
    await owner.come()
    for text, times in (("a window", 1), ("a door", 2)):
        body = {"type": "bell.set_wish", "wish_id": wish, "text": text}
        await two.engines[0].run(two.room_id, WITH_BELL.parse(body), owner.member_id, internal=False)
        await two.settle()
        assert (owner.client.rows["wish"][wish]["text"], owner.client.rows["wish"][wish]["times"]) == (text, times)
    assert "window" not in "".join(two.people[0].client.frames)


async def test_who_is_told_to_be_here_before_the_log_says_who_they_are_is_here_for_all(two: World) -> None:
    watcher, newcomer = await two.join("member"), str(uuid4())
    await watcher.come()
    watcher.room.presence.told_elsewhere(lambda here: here.told("other", {newcomer: Word()}, 0.0, whole=False))
    watcher.room.presence.tell()
    watcher.read()
    assert newcomer not in watcher.client.presence
    invitation = str(uuid4())
    await two.run(MakeInvitation(invitation_id=invitation, part="member"), two.people[0])
    joining = Join(member_id=newcomer, invitation_id=invitation, name="Nina", voice="nurse")
    await two.engines[0].run(two.room_id, joining, newcomer)
    await two.settle()
    watcher.room.presence.tell()
    watcher.read()
    assert newcomer in watcher.client.presence


async def test_rows_of_two_kinds_with_one_id_keep_what_the_wire_does_not_carry(two: World) -> None:
    """A hold has its member's id, and who is joined to another member is told by no frame."""
    await two.live()
    coach, keep, drop = two.people[0], await two.join("member"), await two.join("member")
    await two.do(coach, type="rooms.hold_member", member_id=drop.member_id)
    await two.do(coach, type="rooms.join_members", keep_id=keep.member_id, drop_id=drop.member_id)
    assert all(same_rows(room.replica, two.stored()) for room in two.rooms())
    assert [person(room.replica, drop.member_id) for room in two.rooms()] == 2 * [keep.member_id]
