"""P9: everybody returns at once, and the room is there again within seconds."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from bench.listener import Listener, upgrade
from tests.support.company import Company, Somebody, a_company
from tests.support.lines import SUBPROTOCOL, TRANSPORTS
from tests.support.scale import by_scale, tell

pytestmark = [pytest.mark.faults, pytest.mark.soak]

CROWD = by_scale(quick=20, short=60, full=300)
CARDS = 100


def a_full_board(company: Company) -> int:
    """Gives the seq of the last card."""
    board = company.lens_board()
    column = board["columns"][0]["key"]
    words = "Shadowed four patients: door to first dose 48, 75, 92 and 130 minutes. " * 3
    seq = 0
    for _ in range(CARDS):
        card = {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column}
        seq = company.do({**card, "text": words}, company.coach)
    return seq


async def is_live(somebody: Somebody, resume: str) -> Listener:
    """A tab that reads bytes and parses nothing, so that the server is what takes the time."""
    port = int(somebody.url.rpartition(":")[2])
    path = f"/api/rooms/{somebody.room_id}/live{resume}"
    request = upgrade(port, path, cookie=somebody.cookie, subprotocol=SUBPROTOCOL)
    loop = asyncio.get_running_loop()
    _, listener = await loop.create_connection(lambda: Listener(request, b'"type":"at"'), "127.0.0.1", port)
    await listener.is_ready
    return listener


@pytest.mark.parametrize("knows", ["where they were", "nothing any more"])
async def test_P9_all_are_live_soon_after_the_server_was_killed(knows: str, tmp_path: Path) -> None:
    """Three more with whole replicas, on each transport, see that it is the room they left."""
    with a_company(tmp_path / "server", commands_per_minute="1000000") as company:
        seq = a_full_board(company)
        crowd = [company.join(name=f"Person {n}") for n in range(CROWD)]
        tabs = [company.join(name=transport).client(transport) for transport in TRANSPORTS]
        resume = ""
        async with AsyncExitStack() as stack:
            for tab in tabs:
                await stack.enter_async_context(tab.stay())
            if knows == "where they were":
                resume = f"?since={tabs[0].seq}&epoch={tabs[0].epoch}"
            company.server.kill()
            await asyncio.to_thread(company.server.start)
            began = asyncio.get_running_loop().time()
            listeners = await asyncio.gather(*(is_live(somebody, resume) for somebody in crowd))
            took = asyncio.get_running_loop().time() - began
            for tab in tabs:
                await tab.returned(1)
                await tab.reaches(seq)
                assert len(tab.rows["card"]) == CARDS
            for listener in listeners:
                listener.close()
    tell(f"P9: {CROWD} people who know {knows}: all live {took:.1f} s after the restart")
