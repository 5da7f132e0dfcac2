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
from app.rooms.writer import Writer
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World, a_world
from tests.support.houses import House

pytestmark = pytest.mark.faults


@pytest_asyncio.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(House(database_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world


async def elsewhere(world: World, by: Person, body: dict[str, Any]) -> None:
    """A command that another process stores; this one is not told."""
    writer = Writer(world.database, WITH_BELL, Clock(), lambda news: None)
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
