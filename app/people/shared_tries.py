"""Guesses counted over all processes, in a small table of the database that they share.

Not in Redis: a limit that falls away while Redis does is none, and the guess is looked up in this database anyway.
What one process has counted as too many never gets here, so a flood costs no transactions.
"""

import time
from collections.abc import Callable
from uuid import uuid4

from anyio import to_thread
from sqlalchemy import delete, func, text
from sqlmodel import Session, col, select

from app.db import Database
from app.people.keys import Keys
from app.people.rows import Guess
from app.people.tries import WINDOW

ONE_AFTER_ANOTHER = text("SELECT pg_advisory_xact_lock(hashtext(:kind))")
NOW = text("SELECT extract(epoch FROM clock_timestamp())")

Seconds = Callable[[Session], float]


class TriesEverywhere:
    """One kind of guess. Addresses are kept as keyed hashes, and for a minute."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        kind: str,
        an_address: int,
        in_all: int | None = None,
        now: Seconds | None = None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._kind = kind
        self._an_address = an_address
        self._in_all = in_all
        self._now = now or (_this_machine if database.is_sqlite else _the_database)

    async def take(self, address: str) -> float | None:
        return await to_thread.run_sync(self._take, self._hidden(address))

    async def give_back(self, address: str) -> None:
        await to_thread.run_sync(self._give_back, self._hidden(address))

    def _take(self, address: str) -> float | None:
        with self._database.session() as sql:
            self._come_alone(sql)
            now = self._now(sql)
            sql.exec(delete(Guess).where(col(Guess.at) <= now - WINDOW))
            wait = self._wait(sql, now, address)
            if wait is None:
                sql.add(Guess(id=str(uuid4()), kind=self._kind, address=address, at=now))
            return wait

    def _wait(self, sql: Session, now: float, address: str) -> float | None:
        mine = (col(Guess.kind) == self._kind, col(Guess.address) == address)
        for whose, limit in ((mine, self._an_address), (mine[:1], self._in_all)):
            counted, first = sql.exec(select(func.count(), func.min(Guess.at)).where(*whose)).one()
            if limit is not None and counted >= limit:
                return float(first) + WINDOW - now
        return None

    def _give_back(self, address: str) -> None:
        with self._database.session() as sql:
            mine = select(Guess.id).where(Guess.kind == self._kind, Guess.address == address)
            newest = mine.order_by(col(Guess.at).desc()).limit(1).scalar_subquery()
            sql.exec(delete(Guess).where(col(Guess.id) == newest))

    def _come_alone(self, sql: Session) -> None:
        """Two who count at once would both find room for one more. SQLite lets one in at a time by itself."""
        if not self._database.is_sqlite:
            sql.execute(ONE_AFTER_ANOTHER, {"kind": f"bigroom.guess.{self._kind}"})

    def _hidden(self, address: str) -> str:
        return self._keys.hashed("tries.address", address)


def _the_database(sql: Session) -> float:
    """The clock that all processes share; read once nobody else is counting."""
    return float(sql.execute(NOW).scalar_one())


def _this_machine(sql: Session) -> float:
    return time.time()
