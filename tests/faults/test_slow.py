"""P6: a slow or dead client harms nobody."""

import asyncio
import socket
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psutil  # type: ignore[import-untyped]
import pytest

from bench.listener import upgrade
from tests.support.client import Client
from tests.support.company import Company, Somebody, a_company
from tests.support.lines import SUBPROTOCOL, TRANSPORTS, Transport
from tests.support.proxy import Proxy
from tests.support.scale import by_scale, tell

pytestmark = pytest.mark.faults

MEGABYTE = 1024 * 1024
TRAFFIC = by_scale(quick=7, short=7, full=20) * MEGABYTE
ROOM = 4096
"""Bytes that the kernel keeps for one who reads nothing: the less, the sooner the server notices."""
AT_ONCE = 4
WORDS = "☂" * 600


@pytest.fixture
def company(tmp_path: Any) -> Iterator[Company]:
    with a_company(tmp_path / "server", commands_per_minute="1000000") as company:
        yield company


@dataclass
class Measured:
    """What a stretch of traffic cost the others and the server."""

    p99_ms: float
    peak_mb: float


@asynccontextmanager
async def never_reads(somebody: Somebody, transport: Transport) -> AsyncIterator[None]:
    """A connection whose client takes nothing, ever."""
    port = int(somebody.url.rpartition(":")[2])
    path = f"/api/rooms/{somebody.room_id}"
    if transport == "socket":
        request = upgrade(port, f"{path}/live", cookie=somebody.cookie, subprotocol=SUBPROTOCOL)
    else:
        host = f"Host: 127.0.0.1:{port}"
        request = f"GET {path}/events HTTP/1.1\r\n{host}\r\nCookie: {somebody.cookie}\r\n\r\n".encode()
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
    line.connect(("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=line, limit=1024)
    writer.write(request)
    await reader.readuntil(b"hello")
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        writer.transport.abort()


async def traffic(company: Company, tab: Client, bystander: Client) -> Measured:
    """Megabytes to each who is in the room, a few changes at a time."""
    server, took, peak, sent = psutil.Process(company.server.pid), [], 0, 0
    loop = asyncio.get_running_loop()
    slots: dict[str, Any] = {"process": WORDS, "start": WORDS, "end": WORDS, "benefits": [WORDS] * 4}

    async def change(aim: str) -> None:
        nonlocal peak, sent
        while sent < TRAFFIC:
            sent += 7 * len(WORDS.encode())
            began, place = loop.time(), f"Ward {sent}"
            aim_now = {"type": "roadmap.set_aim", "aim_id": aim, "kind": "global", "slots": slots | {"place": place}}
            told = await tab.do(aim_now)
            await bystander.reaches(told["seq"])
            took.append(loop.time() - began)
            peak = max(peak, server.memory_info().rss)

    await asyncio.gather(*(change(str(uuid4())) for _ in range(AT_ONCE)))
    return Measured(statistics.quantiles(took, n=100)[98] * 1000, peak / MEGABYTE)


@pytest.mark.parametrize("transport", ["socket", "stream"])
async def test_P6_one_who_reads_nothing_costs_little_memory_and_is_cut(transport: Transport, company: Company) -> None:
    tab, bystander, slow = company.join().client(), company.join(name="Tom").client(), company.join(name="Sue")
    async with tab.visit(), bystander.visit():
        before = await traffic(company, tab, bystander)
        async with never_reads(slow, transport):
            await bystander.until(lambda: slow.member_id in bystander.presence)
            with_it = await traffic(company, tab, bystander)
            await bystander.until(lambda: slow.member_id not in bystander.presence)
    more = with_it.peak_mb - before.peak_mb
    tell(
        f"P6 {transport}: others' p99 {before.p99_ms:.1f} → {with_it.p99_ms:.1f} ms, "
        f"server memory {more:+.1f} MB over {before.peak_mb:.0f} MB"
    )
    assert more <= 10
    assert "Traceback" not in company.server.log()


async def test_P6_who_was_cut_for_slowness_comes_back_with_all_of_it(company: Company) -> None:
    tab, bystander, slow = company.join().client(), company.join(name="Tom").client(), company.join(name="Sue")
    async with tab.visit(), bystander.visit():
        async with never_reads(slow, "stream"):
            await traffic(company, tab, bystander)
        again = slow.client("stream")
        async with again.visit():
            await again.reaches(tab.seq or 0)
            assert again.rows["aim"] == tab.rows["aim"]


async def test_P6_a_silent_one_is_not_here_any_more_on_any_transport(company: Company) -> None:
    """The line is swallowed: nothing says that anybody has gone."""
    bystander = company.join(name="Tom").client()
    people = {transport: company.join(name=transport) for transport in TRANSPORTS}
    async with bystander.visit(), Proxy(company.server.port) as proxy:
        tabs = [
            asyncio.create_task(_stays(people[transport].client(transport, through=proxy.url))) for transport in people
        ]
        ids = {somebody.member_id for somebody in people.values()}
        await bystander.until(lambda: ids <= bystander.presence.keys())
        proxy.faults.blackhole = True
        began = asyncio.get_running_loop().time()
        gone: dict[str, float] = {}
        for transport, somebody in people.items():
            await _has_gone(bystander, somebody)
            gone[transport] = asyncio.get_running_loop().time() - began
        for task in tabs:
            task.cancel()
        await asyncio.gather(*tabs, return_exceptions=True)
    tell("P6: silent ones not here any more after " + ", ".join(f"{t} {s:.1f} s" for t, s in gone.items()))


async def _has_gone(bystander: Client, somebody: Somebody) -> None:
    await bystander.until(lambda: somebody.member_id not in bystander.presence)


async def _stays(tab: Client) -> None:
    with suppress(asyncio.CancelledError):
        async with tab.visit():
            await tab.closed()
