"""The contract every tool keeps, in every house."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from psycopg import sql

from app.db import Database, metadata
from app.rooms.registry import Registry
from app.tools import in_order, registry
from tests.contract import bell
from tests.contract.world import World, a_world
from tests.support.houses import House
from tests.support.postgres import Postgres

WITH_BELL = Registry(in_order([*registry().tools, bell.TOOL]))


@pytest.fixture(scope="session")
def furnished(postgres: Postgres) -> str:
    """A database with all tables: hundreds of tests ask for one, and making it takes longer than most of them."""
    url = postgres.database()
    database = Database(url)
    metadata.create_all(database.engine)
    database.close()
    return url


@pytest.fixture
def postgres_url(furnished: str) -> str:
    """The same database for one test after the other, emptied before each."""
    before = (sql.SQL("SET lock_timeout = '20s'"), sql.SQL("SET session_replication_role = replica"))
    emptied = (sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in metadata.tables)
    with psycopg.connect(furnished.replace("+psycopg", "")) as connection:
        # Quicker than TRUNCATE, which makes new files; without their order, as nobody asks for foreign keys.
        connection.execute(sql.SQL("; ").join([*before, *emptied]))
    return furnished


@pytest_asyncio.fixture
async def world(house: House, tmp_path: Path) -> AsyncIterator[World]:
    """A room made by its coach, with every tool of the product and the bell."""
    async with a_world(house, WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world
