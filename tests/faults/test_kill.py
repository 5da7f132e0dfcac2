"""P1: what was acked is kept, whatever is killed and whenever."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.agreement import acks_of, all_agree
from tests.faults.writing import Everybody, everybody_of
from tests.support.company import a_full_house
from tests.support.houses import House
from tests.support.postgres import Postgres
from tests.support.redis import Redis
from tests.support.scale import KILLS, KILLS_OF_POSTGRES, tell

pytestmark = [pytest.mark.faults, pytest.mark.soak]

UNHURRIED = {"commands_per_minute": "1000000"}


async def test_P1_a_killed_server_has_kept_what_it_acked(tmp_path: Path, house: House) -> None:
    """Of two processes one is killed at a time, and the people at the other one go on."""
    with a_full_house(tmp_path, house, **UNHURRIED) as company:
        everybody = everybody_of(company)
        chance = random.Random(1)
        async with everybody.here():
            async with everybody.writing(seed=1):
                for n in range(KILLS):
                    await everybody.all_live()
                    await everybody.acked(chance.randrange(20, 200))
                    server = company.servers[n % house.processes]
                    server.kill()
                    if house.processes > 1:
                        await everybody.acked(chance.randrange(20, 50))
                    await asyncio.to_thread(server.start)
                await everybody.acked(100)
            await all_agree(everybody, company, house)
        kills = KILLS // house.processes
        assert all(client.connections > kills for client in everybody.clients)
        tell(f"P1 {house}: {KILLS} kills, {len(acks_of(everybody.clients))} acked, 0 lost")


@pytest.mark.postgres
@pytest.mark.parametrize("processes", [1, 2])
async def test_P1_a_killed_database_has_kept_what_was_acked(
    tmp_path: Path, mortal_postgres: Postgres, redis: Redis, processes: int
) -> None:
    house = House(mortal_postgres.database(), redis.url, processes)
    with a_full_house(tmp_path, house, **UNHURRIED) as company:
        everybody = everybody_of(company)
        chance = random.Random(2)
        async with everybody.here():
            async with everybody.writing(seed=2):
                for _ in range(KILLS_OF_POSTGRES):
                    await everybody.acked(chance.randrange(20, 200))
                    await one_is_told_that_it_failed(everybody, mortal_postgres)
                    await asyncio.to_thread(mortal_postgres.start)
                await everybody.acked(100)
            await all_agree(everybody, company, house)
        assert [client.connections for client in everybody.clients] == [1] * len(everybody.clients)
        acked = len(acks_of(everybody.clients))
        tell(f"P1 PostgreSQL, {processes} processes: {KILLS_OF_POSTGRES} kills of it, {acked} acked, 0 lost")


async def one_is_told_that_it_failed(everybody: Everybody, postgres: Postgres) -> None:
    client = everybody.clients[0]
    before = len(client.failures)
    postgres.kill()
    await client.until(lambda: len(client.failures) > before)
    assert client.failures[-1]["code"] == "storage"
