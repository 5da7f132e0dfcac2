"""P1: what was acked is kept, whatever is killed and whenever."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.agreement import acks_of, differences, nothing_is_lost_or_doubled, read, seen_by
from tests.faults.writing import Everybody, everybody_of
from tests.support.company import Company, a_company
from tests.support.postgres import Postgres
from tests.support.scale import KILLS, KILLS_OF_POSTGRES

pytestmark = [pytest.mark.faults, pytest.mark.soak]

UNHURRIED = {"commands_per_minute": "1000000"}


async def test_P1_a_killed_server_has_kept_what_it_acked(tmp_path: Path) -> None:
    with a_company(tmp_path / "server", **UNHURRIED) as company:
        everybody = everybody_of(company)
        chance = random.Random(1)
        async with everybody.here():
            async with everybody.writing(seed=1):
                for _ in range(KILLS):
                    await everybody.all_live()
                    await everybody.acked(chance.randrange(20, 200))
                    company.server.kill()
                    await asyncio.to_thread(company.server.start)
                await everybody.acked(100)
            await all_agree(everybody, company, company.server.sqlite_url)
        assert all(client.connections > KILLS for client in everybody.clients)


@pytest.mark.postgres
async def test_P1_a_killed_database_has_kept_what_was_acked(tmp_path: Path, mortal_postgres: Postgres) -> None:
    url = mortal_postgres.database()
    with a_company(tmp_path / "server", url, **UNHURRIED) as company:
        everybody = everybody_of(company)
        chance = random.Random(2)
        async with everybody.here():
            async with everybody.writing(seed=2):
                for _ in range(KILLS_OF_POSTGRES):
                    await everybody.acked(chance.randrange(20, 200))
                    await one_is_told_that_it_failed(everybody, mortal_postgres)
                    await asyncio.to_thread(mortal_postgres.start)
                await everybody.acked(100)
            await all_agree(everybody, company, url)
        assert [client.connections for client in everybody.clients] == [1] * len(everybody.clients)


async def one_is_told_that_it_failed(everybody: Everybody, postgres: Postgres) -> None:
    client = everybody.clients[0]
    before = len(client.failures)
    postgres.kill()
    await client.until(lambda: len(client.failures) > before)
    assert client.failures[-1]["code"] == "storage"


async def all_agree(everybody: Everybody, company: Company, database_url: str) -> None:
    """Every tab, a fresh tab of the same part, the server's snapshot, SQL and the log."""
    seq = company.snapshot(company.coach)["seq"]
    await everybody.agree_on(seq)
    replica, log = read(database_url, company.room_id)
    assert replica.seq == seq
    nothing_is_lost_or_doubled(acks_of(everybody.clients), log)
    for part in ("coach", "member", "sponsor"):
        alike = [n for n, somebody in enumerate(everybody.people) if somebody.part == part]
        newcomer = everybody.people[alike[0]].client()
        async with newcomer.visit():
            for n in alike:
                assert differences(everybody.clients[n].visible(), newcomer.visible()) == []
        assert differences(newcomer.visible(), seen_by(replica, everybody.people[alike[0]].member_id)) == []
