"""P14: while the database is away nothing is promised and nobody is sent away; when it is back, all goes on."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.rooms.engine import WRITERS_ON_POSTGRESQL
from tests.support.client import http_client
from tests.support.company import Company, a_company
from tests.support.postgres import Postgres

pytestmark = [pytest.mark.faults, pytest.mark.postgres]


@pytest.fixture(scope="module")
def mortal_postgres() -> Iterator[Postgres]:
    """Each test that kills it starts it again."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, mortal_postgres: Postgres) -> Iterator[Company]:
    with a_company(tmp_path_factory.mktemp("server"), mortal_postgres.database()) as company:
        yield company


async def health(company: Company) -> dict[str, Any]:
    async with http_client(company.server.url) as watcher:
        assert (await watcher.get("/readyz")).status_code == 200
        told: dict[str, Any] = (await watcher.get("/healthz")).json()
        return told


def says_later(answer: httpx.Response) -> bool:
    told = answer.json()
    is_told = (answer.status_code, told["code"]) == (503, "storage")
    return is_told and told["params"]["retry_ms"] > 0 and int(answer.headers["retry-after"]) > 0


async def test_P14_without_its_database_the_server_fails_kindly_and_then_goes_on(
    company: Company, mortal_postgres: Postgres
) -> None:
    maya, rename = company.join(), {"type": "rooms.set_me", "name": "Maya"}
    tab, late = maya.client(), maya.client()
    async with tab.visit():
        assert await health(company) == {"alive": True, "writes": True}
        mortal_postgres.kill()
        sent = await tab.send(rename)
        await tab.until(lambda: tab.failures)
        assert (tab.failures[0]["id"], tab.failures[0]["code"]) == (sent, "storage")
        assert await health(company) == {"alive": True, "writes": False}
        assert says_later(await maya.client().post(rename))
        assert says_later(await maya.client().http("GET", "/snapshot"))
        async with late.visit():
            assert await late.closed() == 1012
        assert late.bye is not None
        assert late.bye["retry_ms"] > 0
        await asyncio.to_thread(mortal_postgres.start)
        assert (await tab.answer(sent))["type"] == "ack"
        assert await health(company) == {"alive": True, "writes": True}
        assert tab.connections == 1
    async with late.visit():
        assert late.is_live
    assert "Traceback" not in company.server.log()


async def test_P14_a_room_that_nobody_was_in_opens_once_the_database_is_back(
    company: Company, mortal_postgres: Postgres
) -> None:
    """The thread that reads it still holds a line that was cut."""
    other = a_room_of_the_same_writer(company)
    company.server.kill()
    await asyncio.to_thread(company.server.start)
    company.snapshot(company.coach)
    mortal_postgres.kill()
    await asyncio.to_thread(mortal_postgres.start)
    tab = other.coach.client()
    async with tab.visit():
        assert tab.is_live
    other.close()


def a_room_of_the_same_writer(company: Company) -> Company:
    def writer(room_id: str) -> int:
        return int(room_id[:8], 16) % WRITERS_ON_POSTGRESQL

    while True:
        other = Company(company.server, company.coach.cookie)
        if writer(other.room_id) == writer(company.room_id):
            return other
        other.close()


async def test_P13_a_character_that_the_database_cannot_hold_is_no_failure(company: Company) -> None:
    body = {"type": "do", "id": str(uuid4()), "command": {"type": "rooms.set_me", "name": "A \x00 B", "voice": "\x00"}}
    async with http_client(company.server.url, company.coach.cookie) as browser:
        for path in (f"/api/rooms/{company.room_id}/commands", "/api/rooms/%00/commands", "/api/rooms/x%00/snapshot"):
            assert (await browser.get(path)).status_code < 500
            assert (await browser.post(path, json=body)).status_code < 500
