"""Thirty people who write, move and correct cards at once, until told to stop."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import uuid4

from tests.support.client import Client
from tests.support.company import Company, Somebody
from tests.support.lines import PATIENCE, Transport

PARTS = ("coach",) + ("member",) * 24 + ("sponsor",) * 4
"""Who comes besides the coach who made the room."""


class Everybody:
    """All people of one room, each at one tab that comes back by itself."""

    def __init__(
        self, people: list[Somebody], board: dict[str, Any], transport: Transport = "socket", through: str = ""
    ) -> None:
        self.people = people
        self.clients = [somebody.client(transport, through=through) for somebody in people]
        self._board = board
        self._acks = 0
        self._more = asyncio.Condition()
        self._is_over = False
        self._pause = 0.0

    @asynccontextmanager
    async def here(self) -> AsyncIterator[None]:
        """All are in the room while the block runs."""
        async with AsyncExitStack() as tabs:
            for client in self.clients:
                await tabs.enter_async_context(client.stay())
            yield

    @asynccontextmanager
    async def writing(self, seed: int, pause: float = 0.0) -> AsyncIterator[None]:
        """All write while the block runs, after each answer in `pause` seconds; at its end each has every answer."""
        self._is_over, self._pause = False, pause
        async with asyncio.TaskGroup() as group:
            for n, client in enumerate(self.clients):
                group.create_task(self._write_on(client, random.Random(1000 * seed + n)))
            try:
                yield
            finally:
                self._is_over = True

    async def acked(self, more: int) -> None:
        """Until so many more commands have been acked."""
        wanted = self._acks + more
        async with asyncio.timeout(2 * PATIENCE), self._more:
            await self._more.wait_for(lambda: self._acks >= wanted)

    async def all_live(self) -> None:
        """Until every tab is connected."""
        for client in self.clients:
            await client.live()

    async def agree_on(self, seq: int) -> None:
        """Until every tab has come as far as this."""
        for client in self.clients:
            await client.reaches(seq)

    async def _write_on(self, client: Client, chance: random.Random) -> None:
        while not self._is_over:
            answer = await client.do(self._next(client, chance))
            async with self._more:
                self._acks += answer["type"] == "ack"
                self._more.notify_all()
            await asyncio.sleep(self._pause)

    def _next(self, client: Client, chance: random.Random) -> dict[str, Any]:
        cards = list(client.rows.get("card", {}).values())
        mine = [card for card in cards if card["author_id"] == client.member_id]
        what = chance.random()
        if mine and what < 0.25:
            card = chance.choice(mine)
            text = f"said again {chance.random()}"
            return {"type": "board.edit_card", "card_id": card["id"], "text": text, "base_rev": card["rev"]}
        if cards and what < 0.5:
            card, after = chance.choice(cards), chance.choice([None, chance.choice(cards)["id"]])
            return {"type": "board.move_card", "card_id": card["id"], "column": self._column(chance), "after": after}
        return {
            "type": "board.add_card",
            "card_id": str(uuid4()),
            "board_id": self._board["id"],
            "column": self._column(chance),
            "text": f"written {chance.random()}",
        }

    def _column(self, chance: random.Random) -> str:
        column: str = chance.choice(self._board["columns"])["key"]
        return column


def everybody_of(
    company: Company, transport: Transport = "socket", *, through: str = "", parts: tuple[str, ...] = PARTS
) -> Everybody:
    """The coach and thirty people: another coach, members and sponsors. Or those with these parts."""
    joined = [company.join(part, f"{part} {n}") for n, part in enumerate(parts)]
    return Everybody([company.coach, *joined], company.lens_board(), transport, through)
