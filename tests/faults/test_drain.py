"""P8: a deploy is not noticed. What was received is stored, everybody is told when to come back, the exit code is 0."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.faults.agreement import acks_of, nothing_is_lost_or_doubled, read
from tests.faults.writing import everybody_of
from tests.support.client import http_client
from tests.support.company import Company, a_company
from tests.support.lines import TRANSPORTS, Transport
from tests.support.scale import by_scale, tell

pytestmark = pytest.mark.faults
DEPLOYS = by_scale(quick=1, short=2, full=15)
every_transport = pytest.mark.parametrize("transport", TRANSPORTS)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with a_company(tmp_path / "server", commands_per_minute="1000000") as company:
        yield company


async def stopped(company: Company) -> int:
    return await asyncio.to_thread(company.server.stop)


@every_transport
async def test_P8_everybody_is_told_when_to_come_back_and_the_exit_code_is_0(
    transport: Transport, company: Company
) -> None:
    tabs = [company.join().client(transport) for _ in range(3)]
    async with AsyncExitStack() as open_tabs:
        for tab in tabs:
            await open_tabs.enter_async_context(tab.visit())
        assert await stopped(company) == 0
        for tab in tabs:
            assert await tab.closed() == 1012
            assert tab.bye is not None
            assert 200 <= tab.bye["retry_ms"] <= 2200
    assert "Traceback" not in company.server.log()
    assert "without completing" not in company.server.log()


async def test_P8_what_was_posted_is_answered_though_the_server_is_told_to_end(company: Company) -> None:
    """Each call gets an answer: an ack that is kept, or that it is to be sent again."""
    tab = company.join().client()
    board = company.lens_board()
    column = board["columns"][0]["key"]
    cards = [
        {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": f"{n}"}
        for n in range(100)
    ]
    answers: list[httpx.Response] = []
    async with http_client(company.server.url, tab.cookie) as browser:

        async def post(card: dict[str, Any]) -> None:
            body = {"type": "do", "id": str(uuid4()), "command": card}
            answers.append(await browser.post(f"/api/rooms/{company.room_id}/commands", json=body))

        posting = [asyncio.create_task(post(card)) for card in cards]
        while not answers:
            await asyncio.wait(posting, return_when=asyncio.FIRST_COMPLETED)
        ending = asyncio.create_task(stopped(company))
        done = await asyncio.gather(*posting, return_exceptions=True)
        assert await ending == 0
    refused_at_the_door = [trouble for trouble in done if trouble is not None]
    assert all(isinstance(trouble, httpx.ConnectError) for trouble in refused_at_the_door), refused_at_the_door
    acked = [answer.json() for answer in answers if answer.status_code == 200]
    later = [answer.json() for answer in answers if answer.status_code != 200]
    assert {problem["code"] for problem in later} <= {"restarting"}
    _, log = read(company.server.sqlite_url, company.room_id)
    nothing_is_lost_or_doubled({ack["id"]: ack["seq"] for ack in acked}, log)


async def test_P8_one_who_reads_nothing_does_not_keep_the_server_from_ending(company: Company) -> None:
    nina = company.join()
    reader, writer = await asyncio.open_connection("127.0.0.1", company.server.port, limit=1024)
    request = f"GET /api/rooms/{company.room_id}/events HTTP/1.1\r\nHost: 127.0.0.1:{company.server.port}\r\n"
    writer.write(f"{request}Cookie: {nina.cookie}\r\n\r\n".encode())
    await reader.readuntil(b"data: ")
    assert await stopped(company) == 0
    writer.close()


@pytest.mark.soak
async def test_P8_deploys_under_load_lose_nothing_and_everybody_is_back_soon(company: Company) -> None:
    """Socket, stream and poll write while the server is renewed, fifteen times in full."""
    everybody = everybody_of(company, parts=("member",) * 9)
    for n, client in enumerate(everybody.clients):
        client.transport = TRANSPORTS[n % 3]
    loop, slowest = asyncio.get_running_loop(), 0.0
    async with everybody.here():
        async with everybody.writing(seed=8, pause=0.2):
            for _ in range(DEPLOYS):
                await everybody.acked(50)
                began = loop.time()
                assert await stopped(company) == 0
                await asyncio.to_thread(company.server.start)
                await everybody.all_live()
                slowest = max(slowest, loop.time() - began)
            await everybody.acked(50)
        await everybody.agree_on(company.snapshot(company.coach)["seq"])
    _, log = read(company.server.sqlite_url, company.room_id)
    acks = acks_of(everybody.clients)
    nothing_is_lost_or_doubled(acks, log)
    tell(f"P8: {DEPLOYS} deploys, {len(acks)} acked, 0 lost, all live at most {slowest:.1f} s after the SIGTERM")
