"""P14: the disk fills, the clock jumps, descriptors run out, and the room is still there afterwards."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.faults.agreement import nothing_is_lost_or_doubled, read
from tests.support.client import Client, http_client
from tests.support.company import Company, set_up
from tests.support.disk import SmallDisk, SmallFiles, disks
from tests.support.faketime import WallClock
from tests.support.lines import PATIENCE
from tests.support.scale import by_scale, tell
from tests.support.server import Server

pytestmark = [pytest.mark.faults, pytest.mark.serves]

FULL_TIMES = by_scale(quick=1, short=1, full=10)
JUMPS = by_scale(quick=2, short=2, full=20)
KNOCKS = 150
WORDS = "Nobody told me why we were waiting. " * 7


@contextmanager
def serving(server: Server) -> Iterator[Company]:
    try:
        server.start()
        company = Company(server, set_up(server))
        yield company
        company.close()
    finally:
        server.close()


def a_card(company: Company, text: str) -> dict[str, Any]:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    card = {"card_id": str(uuid4()), "board_id": board["id"], "column": column}
    return {"type": "board.add_card", **card, "text": text}


async def health(company: Company) -> dict[str, Any]:
    async with http_client(company.server.url) as watcher:
        assert (await watcher.get("/readyz")).status_code == 200
        told: dict[str, Any] = (await watcher.get("/healthz")).json()
        return told


async def writes_again(company: Company) -> None:
    """Nobody sends a command: the server finds out by itself."""
    async with asyncio.timeout(PATIENCE):
        while not (await health(company))["writes"]:
            continue


@pytest.mark.parametrize("kind", disks(), ids=lambda kind: kind.__name__)
async def test_P14_a_full_disk_promises_nothing_lets_everybody_read_and_is_forgotten_when_it_has_room(
    kind: type[SmallDisk] | type[SmallFiles], tmp_path: Path
) -> None:
    disk = kind(tmp_path / "server")
    acks: dict[str, int] = {}
    failures = 0
    try:
        with serving(Server(tmp_path / "server")) as company:
            maya, tab = company.join("member", "Maya"), company.coach.client()
            company.do(a_card(company, WORDS), maya)
            async with tab.stay():
                for _ in range(FULL_TIMES):
                    disk.fill(company.server.pid)
                    said = await said_until_it_fails(company, maya.client())
                    failures += 1
                    assert await health(company) == {"alive": True, "writes": False}
                    assert company.snapshot(maya)["rows"]["card"]
                    async with maya.client().visit() as late:
                        assert late.is_live
                    disk.make_room(company.server.pid)
                    await writes_again(company)
                    for id, command in said.items():
                        acks[id] = company.do(command, maya, id)
                await tab.reaches(max(acks.values()))
                assert tab.connections == 1
            _, log = read(company.server.database_url, company.room_id)
            nothing_is_lost_or_doubled(acks, log)
            assert "Traceback" not in company.server.log()
        tell(f"P14 full disk ({kind.__name__}): {failures} times told `failed`, {len(acks)} acked, 0 lost or doubled")
    finally:
        disk.close()


async def said_until_it_fails(company: Company, tab: Client) -> dict[str, Any]:
    """What was left of the disk may still take a few; gives all commands by their ids, the failed one too."""
    said: dict[str, Any] = {}
    while True:
        id, command = str(uuid4()), a_card(company, WORDS)
        said[id] = command
        answer = await tab.post(command, id)
        if answer.status_code != 200:
            assert (answer.status_code, answer.json()["code"]) == (503, "storage")
            return said


async def test_P14_a_jump_of_the_clock_reaches_no_room_and_ends_no_session(tmp_path: Path) -> None:
    clock, server = WallClock(tmp_path / "clock"), Server(tmp_path / "server")
    server.machine = clock.environment
    with serving(server) as company:
        tab = company.join("member", "Maya").client()
        async with tab.stay():
            for n in range(JUMPS):
                clock.set(hours=(1, -1)[n % 2])
                assert (await tab.do(a_card(company, f"Written at jump {n}")))["type"] == "ack"
                assert company.snapshot(company.coach)["rows"]["room"]
            assert tab.connections == 1
        _, log = read(server.database_url, company.room_id)
        moments = [entry.at for entry in log]
        assert moments == sorted(moments)
        assert moments[-1] - moments[0] < timedelta(minutes=30)
        assert server.stop() == 0
        clock.set(hours=1)
        server.start()
        async with tab.visit():
            answer = await tab.do(a_card(company, "An hour later, says the machine"))
        assert answer["type"] == "ack"
        now = company.call("GET", "/api/clock").json()["now"]
        ahead = timedelta(milliseconds=now) - timedelta(seconds=datetime.now().timestamp())
        assert timedelta(minutes=50) < ahead < timedelta(minutes=70)
    tell(f"P14 clock: {JUMPS} jumps of an hour, one connection, moments in order")


async def test_P14_when_descriptors_run_out_those_in_the_room_go_on(tmp_path: Path) -> None:
    server = Server(tmp_path / "server")
    server.runs_in = ("sh", "-c", 'ulimit -n 64; exec "$0" "$@"')
    with serving(server) as company:
        tab, late = company.join("member", "Maya").client(), company.coach.client()
        async with tab.stay(), httpx.AsyncClient(base_url=server.url, trust_env=False) as watcher:
            assert (await watcher.get("/healthz")).json()["alive"]
            add = a_card(company, "Written while nobody else comes in")
            with ExitStack() as lines:
                for _ in range(KNOCKS):
                    line = lines.enter_context(socket.socket())
                    line.settimeout(5)
                    line.connect(("127.0.0.1", server.port))
                assert (await tab.do(add))["type"] == "ack"
                assert (await watcher.get("/healthz")).status_code in (200, 503)
                assert tab.connections == 1
            async with late.stay():
                await late.live()
                assert late.rows["card"].keys() == tab.rows["card"].keys()
        assert server.stop() == 0
    assert "Traceback" not in server.log()
    tell(f"P14 descriptors: {KNOCKS} connections at 64 descriptors, nobody in the room was cut")
