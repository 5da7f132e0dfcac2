"""What every test may ask for: a database on either engine, a server, people in browsers."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser import Company, Opens, chromium
from tests.support.houses import House
from tests.support.postgres import Postgres
from tests.support.redis import Redis
from tests.support.server import Server

NEEDS = {
    "server": "serves",
    "environment": "serves",
    "postgres": "postgres",
    "mortal_postgres": "postgres",
    "redis": "postgres",
    "mortal_redis": "postgres",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test asks for says how dear it is; `make quick` leaves those out."""
    for item in items:
        for fixture in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(NEEDS[fixture])


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def mortal_postgres() -> Iterator[Postgres]:
    """A server of the test's own, to be killed."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    server = Redis()
    yield server
    server.stop()


@pytest.fixture
def mortal_redis() -> Iterator[Redis]:
    """A server of the test's own, to be killed and paused."""
    server = Redis()
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bigroom.sqlite3'}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    return postgres.database()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database: the test runs once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


ON_POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
ON_TWO_PROCESSES = pytest.param("two processes", marks=pytest.mark.postgres)


@pytest.fixture(params=["sqlite", ON_POSTGRES, ON_TWO_PROCESSES])
def house(request: pytest.FixtureRequest) -> House:
    """The test runs once in each: SQLite, PostgreSQL, and two processes on PostgreSQL with Redis between them."""
    match request.param:
        case "sqlite":
            return House(request.getfixturevalue("sqlite_url"))
        case "postgres":
            return House(request.getfixturevalue("postgres_url"))
        case _:
            two: House = request.getfixturevalue("two_processes")
            return two


@pytest.fixture
def two_processes(postgres_url: str, redis: Redis) -> House:
    return House(postgres_url, redis.url, processes=2)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A serving Bigroom on SQLite."""
    server = Server(tmp_path / "server")
    server.start()
    yield server
    server.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def person(browser: Browser) -> AsyncIterator[Opens]:
    """Opens somebody's device: `dina = await person("Dina", PHONE)`."""
    company = Company(browser)
    yield company.person
    await company.leave()
