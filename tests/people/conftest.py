"""A house with a gate and people in it, and browsers that come to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.types import ASGIApp

from app.db import Database, metadata
from app.main import make_app
from app.people import account, oidc, routes
from app.people.gate import Gate
from app.people.keys import Keys
from app.people.passwords import Passwords
from app.people.people import People
from app.people.problems import tell_problems
from app.people.setup import ensure_setup_token
from app.rooms.engine import Engine
from app.settings import Issuer, Settings

ADDRESS = "http://127.0.0.1:8000"
SETUP_TOKEN = "the-first-coach-of-this-test"


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


class House:
    """The app of these tests; `browser()` is somebody's browser with a cookie jar of its own."""

    def __init__(self, app: ASGIApp, people: People, clock: Clock, providers: oidc.Providers | None = None) -> None:
        self.app = app
        self.people = people
        self.clock = clock
        self._providers = providers
        self._open: list[AsyncClient] = []

    def browser(self, address: str = ADDRESS, came_from: str = "192.0.2.1") -> AsyncClient:
        transport = ASGITransport(self.app, client=(came_from, 4000))
        browser = AsyncClient(transport=transport, base_url=address, headers={"Origin": address})
        self._open.append(browser)
        return browser

    def setup_token(self) -> str:
        """What the server printed at its start."""
        printed = ensure_setup_token(self.people.settings, self.people.db)
        return (printed or "").partition("token=")[2]

    async def close(self) -> None:
        for browser in self._open:
            await browser.aclose()
        if self._providers is not None:
            await self._providers.close()
        self.people.db.close()


def quick_passwords() -> Passwords:
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


def a_house(database_url: str, public_url: str | None = None, issuers: tuple[Issuer, ...] = ()) -> House:
    settings = Settings(setup_token=SETUP_TOKEN, public_url=public_url, oidc_issuers=issuers)
    db = Database(database_url)
    metadata.create_all(db.engine)
    clock = Clock()
    people = People(settings, db, keys=Keys(b"k" * 32), passwords=quick_passwords(), now=clock)
    app = FastAPI()
    app.state.people = people
    providers = app.state.providers = oidc.Providers(settings, clock)
    app.include_router(routes.router)
    app.include_router(account.router)
    app.include_router(oidc.router)
    tell_problems(app)
    return House(Gate(app, settings), people, clock, providers)


@asynccontextmanager
async def a_whole_house(
    database_url: str, rooms_per_account: int = 200, coaches_vouch: bool = False
) -> AsyncIterator[tuple[House, Engine]]:
    """The product itself, serving, with a clock of the test for its people."""
    with TemporaryDirectory() as folder:
        settings = Settings(
            setup_token=SETUP_TOKEN,
            database=database_url,
            data=Path(folder),
            rooms_per_account=rooms_per_account,
            coaches_vouch=coaches_vouch,
        )
        app = make_app(settings)
        async with app.router.lifespan_context(app):
            db, clock = Database(settings.database_url), Clock()
            metadata.create_all(db.engine)
            people = People(settings, db, keys=Keys(b"k" * 32), passwords=quick_passwords(), now=clock)
            people.on_session_ended = app.state.people.on_session_ended
            app.state.people = people
            house = House(app, people, clock)
            yield house, app.state.engine
            await house.close()


@pytest_asyncio.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    house = a_house(sqlite_url)
    yield house
    await house.close()


@pytest_asyncio.fixture
async def public_house(tmp_path: Path) -> AsyncIterator[House]:
    """A server behind https://bigroom.example."""
    house = a_house(f"sqlite:///{tmp_path / 'public.sqlite3'}", public_url="https://bigroom.example")
    yield house
    await house.close()


@pytest.fixture
def maya() -> dict[str, str]:
    return {"name": "Maya", "email": "Maya@Example.org", "password": "a long walk by the sea"}
