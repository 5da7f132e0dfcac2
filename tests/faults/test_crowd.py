"""P9: everybody returns at once, and the room is there again within seconds."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.company import Company, a_company
from tests.support.lines import TRANSPORTS
from tests.support.scale import by_scale, tell

pytestmark = [pytest.mark.faults, pytest.mark.soak]

CROWD = by_scale(quick=30, short=60, full=300)


def a_full_board(company: Company, cards: int) -> int:
    """Gives the seq of the last card."""
    board = company.lens_board()
    column = board["columns"][0]["key"]
    words = "Shadowed four patients: door to first dose 48, 75, 92 and 130 minutes. " * 3
    seq = 0
    for _ in range(cards):
        card = {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column}
        seq = company.do({**card, "text": words}, company.coach)
    return seq


@pytest.mark.parametrize("knows", ["where they were", "nothing any more"])
async def test_P9_all_are_live_soon_after_the_server_was_killed(knows: str, tmp_path: Path) -> None:
    """Some on sockets, some on streams, some on polls; those who know nothing any more get a snapshot."""
    with a_company(tmp_path / "server", commands_per_minute="1000000") as company:
        seq = a_full_board(company, 100)
        people = [company.join(name=f"Person {n}") for n in range(CROWD)]
        # Most hospitals let WebSockets through: one in ten is on something else.
        tabs = [somebody.client(TRANSPORTS[n % 30 // 14]) for n, somebody in enumerate(people)]
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:
            await asyncio.gather(*(stack.enter_async_context(tab.stay()) for tab in tabs))
            company.server.kill()
            if knows == "nothing any more":
                for tab in tabs:
                    tab.seq, tab.rows = None, {}
            await asyncio.to_thread(company.server.start)
            began = loop.time()
            for tab in tabs:
                await tab.returned(1)
            took = loop.time() - began
            for tab in tabs:
                await tab.reaches(seq)
                assert len(tab.rows["card"]) == 100
    tell(f"P9: {CROWD} people who know {knows}: all live {took:.1f} s after the restart")
