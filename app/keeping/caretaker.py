"""What a serving process does for the whole server beside the rooms: it chains the trail."""

import asyncio
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.audit import trail
from app.db import Database

log = structlog.get_logger()

LOOK_EVERY = 5.0
"""Seconds between two looks."""
FINISH = 5.0
"""Seconds that a look may still take when the server ends."""


class Caretaker:
    """Looks every few seconds, in a thread, whether something is to be done. Every process has one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ends = asyncio.Event()

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look_again_and_again())

    async def stop(self) -> None:
        """What is not done yet the next process finds to do."""
        self._ends.set()
        await asyncio.wait({self._looking}, timeout=FINISH)

    def look(self) -> None:
        trail.seal(self._database)

    async def _look_again_and_again(self) -> None:
        while not self._ends.is_set():
            try:
                await asyncio.to_thread(self.look)
            except SQLAlchemyError as trouble:
                # The database is away, or takes nothing more: others say so, and the next look finds it again.
                log.warning("chore_failed", chore="caretaker", error=type(trouble).__name__)
            except Exception:
                log.exception("chore_broke", chore="caretaker")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ends.wait(), LOOK_EVERY)
