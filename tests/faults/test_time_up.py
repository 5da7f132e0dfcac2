"""P3: time that is up is called once, with nobody there or nine, by one process or two, over a kill and a jump."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.rooms.log import Entry
from tests.faults.agreement import read
from tests.faults.test_kill import UNHURRIED
from tests.support.client import Client
from tests.support.company import Company, a_company, a_full_house, set_up
from tests.support.faketime import WallClock
from tests.support.houses import House
from tests.support.lines import PATIENCE
from tests.support.postgres import Postgres
from tests.support.scale import tell
from tests.support.server import Server

pytestmark = [pytest.mark.faults, pytest.mark.serves]

SHORT = 2
"""Seconds that the item has."""


@pytest.fixture(scope="module", params=[1, 2], ids=["one process", "two processes"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    postgres: Postgres = request.getfixturevalue("postgres")
    house = House(postgres.database(), processes=request.param)
    with a_full_house(tmp_path_factory.mktemp("house"), house, **UNHURRIED) as company:
        yield company


@pytest.mark.parametrize("people", [0, 1, 9])
async def test_time_that_is_up_is_called_once(house: Company, people: int) -> None:
    company = Company(house.server, house.coach.cookie, servers=house.servers)
    async with AsyncExitStack() as open_tabs:
        tabs = [
            await open_tabs.enter_async_context(a_tab(company, n % len(house.servers)).stay()) for n in range(people)
        ]
        item = a_short_item(company)
        await is_called(company)
        for tab in tabs:
            await tab.until(partial(time_up_in, tab))
            assert len(time_up_in(tab)) == 1
    called = calls(company)
    late = (called[0].at - ends_at(company, item)).total_seconds()
    company.close()
    assert [entry.by for entry in called] == [None]
    assert late >= 0
    tell(f"time_up with {people} connected on {len(house.servers)}: once, {late:.2f} s after the end")


async def test_a_server_that_was_killed_meanwhile_calls_time_when_it_is_back(tmp_path: Path) -> None:
    with a_company(tmp_path / "server") as company:
        a_short_item(company)
        company.server.kill()
        company.server.start()
        await is_called(company)
        assert len(calls(company)) == 1


async def test_a_clock_that_jumps_calls_no_time_early_and_none_twice(tmp_path: Path) -> None:
    clock, server = WallClock(tmp_path / "clock"), Server(tmp_path / "server")
    server.machine = clock.environment
    try:
        server.start()
        company = Company(server, set_up(server))
        item = a_short_item(company)
        clock.set(hours=1)
        await is_called(company)
        clock.set(hours=-1)
        (called,) = calls(company)
        assert 0 <= (called.at - ends_at(company, item)).total_seconds() < PATIENCE
        company.close()
    finally:
        server.close()


def a_tab(company: Company, process: int) -> Client:
    somebody = company.join()
    return Client(
        company.servers[process].url,
        company.room_id,
        somebody.cookie,
        keeps_frames=True,
    )


def a_short_item(company: Company) -> str:
    """It is on, and has given all but two seconds to another."""
    meeting, short, other = (str(uuid4()) for _ in range(3))
    say(company, "add_meeting", meeting_id=meeting)
    for id in (short, other):
        say(company, "add_item", item_id=id, meeting_id=meeting, title="Actions since last week", minutes=1)
    say(company, "start_meeting", meeting_id=meeting)
    say(company, "extend_item", item_id=other, seconds=60 - SHORT, take_from=short)
    say(company, "start_item", item_id=short)
    return short


def say(company: Company, what: str, **fields: Any) -> None:
    company.do({"type": f"meetings.{what}", **fields}, company.coach)


def calls(company: Company) -> list[Entry]:
    _, log = read(company.server.database_url, company.room_id)
    return [entry for entry in log if "meetings.time_up" in entry.fact]


async def is_called(company: Company) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await asyncio.to_thread(calls, company):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def time_up_in(tab: Client) -> list[dict[str, Any]]:
    return [delta for delta in tab.deltas if (delta["fact"] or {}).get("type") == "meetings.time_up"]


def ends_at(company: Company, item: str) -> datetime:
    rows = company.snapshot(company.coach)["rows"]["item"]
    return datetime.fromisoformat(next(row for row in rows if row["id"] == item)["ends_at"])
