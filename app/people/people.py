"""Everything HTTP needs to know about people, in one object that the app makes at its start."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import structlog
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.db import Database, utc_now
from app.people import memberships, sessions
from app.people.address import address_of, networks
from app.people.keys import Keys
from app.people.passwords import Passwords
from app.people.problems import no_session
from app.people.sessions import Browser, Cookie
from app.people.shared_tries import TriesEverywhere
from app.people.tries import Tries, TriesHere
from app.settings import Settings

T = TypeVar("T")
log = structlog.get_logger()

AT_ONCE = 4
"""Visits to the database at a time. More threads would only take the interpreter from each other."""


class People:
    """Browsers, accounts and memberships behind HTTP. `app.state.people` holds it."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        *,
        keys: Keys | None = None,
        passwords: Passwords | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.settings = settings
        self.db = db
        self.keys = keys or Keys.from_file(settings.keys_file)
        self.passwords = passwords or Passwords()
        self.now = now
        self.phrase_tries = self._tries("phrase", an_address=10, in_all=100)
        self.password_tries = self._tries("password", an_address=20)
        self._threads = CapacityLimiter(AT_ONCE)
        self.on_session_ended: list[Callable[[str], None]] = []
        """Called on the event loop with the id of a session that this process has just ended."""
        self._trusted = networks(settings.trusted_proxies)

    def _tries(self, kind: str, an_address: int, in_all: int | None = None) -> Tries:
        """Counted in the database where several processes may share it."""
        here = TriesHere(an_address, in_all)
        if self.db.is_sqlite:
            return Tries(here)
        return Tries(here, TriesEverywhere(self.db, self.keys, kind, an_address, in_all))

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do this in one transaction, in a thread."""

        def within() -> T:
            with self.db.session() as sql:
                return work(sql)

        return await to_thread.run_sync(within, limiter=self._threads)

    async def read(self, work: Callable[[Session], T]) -> T:
        """The same without writing: SQLite then lets the rooms' writer go on."""

        def within() -> T:
            with Session(self.db.engine.execution_options(read_only=True)) as sql:
                return work(sql)

        return await to_thread.run_sync(within, limiter=self._threads)

    async def find_browser(self, connection: HTTPConnection) -> Browser | None:
        """The browser behind a request or an upgrade, if its session stands."""
        token = connection.cookies.get(self.cookie_name)
        if not token:
            return None
        now = self.now()
        return await self._met(await self.read(lambda sql: sessions.browser_of(sql, token, now)), now)

    async def find_member(self, connection: HTTPConnection, room_id: str) -> tuple[Browser | None, str | None]:
        """The browser, and which member of this room it claims to be; only the room's rows say whether there is one.

        One visit to the database: when everybody returns at once, visits are what takes the time.
        """
        token = connection.cookies.get(self.cookie_name)
        if not token:
            return None, None
        now = self.now()

        def look(sql: Session) -> tuple[Browser | None, str | None]:
            browser = sessions.browser_of(sql, token, now)
            if browser is None or not _is_an_id(room_id):
                return browser, None
            return browser, memberships.member_in(sql, browser, room_id)

        browser, member_id = await self.read(look)
        return await self._met(browser, now), member_id

    async def _met(self, browser: Browser | None, now: datetime) -> Browser | None:
        if browser is not None and browser.is_to_be_seen(now):
            await self._see(browser, now)
        return browser

    async def _see(self, browser: Browser, now: datetime) -> None:
        try:
            await self.run(lambda sql: sessions.see(sql, browser.session_id, now))
        except SQLAlchemyError as trouble:
            # A full disk must not keep anybody from reading.
            log.warning("browser_not_seen", trouble=type(trouble).__name__)

    async def browser(self, connection: HTTPConnection) -> Browser:
        """The same; without a session 401."""
        found = await self.find_browser(connection)
        if found is None:
            raise no_session()
        return found

    async def ended_since(self, moment: datetime) -> list[str]:
        """Ids of sessions that ended since then, on any process."""
        now = self.now()
        return await self.read(lambda sql: sessions.ended_since(sql, moment, now))

    def tell_ended(self, session_id: str) -> None:
        for told in self.on_session_ended:
            told(session_id)

    def address(self, connection: HTTPConnection) -> str:
        return address_of(connection, self._trusted)

    @property
    def cookie_name(self) -> str:
        return "__Host-bigroom" if self.settings.is_https else "bigroom"

    def set_cookie(self, response: Response, cookie: Cookie) -> None:
        lasting = None if cookie.browser.is_shared else int(sessions.KEPT_FOR.total_seconds())
        response.set_cookie(
            self.cookie_name,
            cookie.token,
            max_age=lasting,
            path="/",
            secure=self.settings.is_https,
            httponly=True,
            samesite="lax",
        )

    def delete_cookie(self, response: Response) -> None:
        response.delete_cookie(self.cookie_name, path="/", secure=self.settings.is_https, httponly=True, samesite="lax")


def _is_an_id(text: str) -> bool:
    """What comes from an address may be anything; PostgreSQL would not even look for a NUL."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
