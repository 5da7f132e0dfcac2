"""What a serving process does for the whole server beside the rooms: the trail is chained, and old rooms are erased."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.audit import trail
from app.db import Database, iso
from app.keeping import retention, rooms

log = structlog.get_logger()

LOOK_EVERY = 5.0
"""Seconds between two looks."""
FAILED, FAILED_FOR = "people.sign_in_failed", timedelta(days=90)
"""So long the trail knows from where somebody tried to sign in, under a keyed hash."""
FINISH = 5.0
"""Seconds that a look may still take when the server ends."""


class Caretaker:
    """Looks every few seconds, in a thread, whether something is to be done. Every process has one."""

    def __init__(
        self,
        database: Database,
        keep_days: int | None,
        now: Callable[[], datetime],
        peopled: Callable[[], Collection[str]],
    ) -> None:
        self._database = database
        self._keep_days = keep_days
        self._now = now
        self._peopled = peopled
        """Rooms in which somebody is, as far as this process knows: perhaps since a moment ago. Asked on the loop."""
        self._ends = asyncio.Event()

    def start(self) -> None:
        self._looking = asyncio.create_task(self._look_again_and_again())

    async def stop(self) -> None:
        """What is not done yet another process, or the next one, finds to do."""
        self._ends.set()
        await asyncio.wait({self._looking}, timeout=FINISH)

    def look(self, peopled: Collection[str]) -> None:
        trail.seal(self._database)
        if retention.takes_the_round(self._database, self._now()):
            self._make_the_round(peopled)

    def _make_the_round(self, peopled: Collection[str]) -> None:
        now, gone = self._now(), 0
        with self._database.session() as sql:
            trail.forget_old(sql.connection(), FAILED, now - FAILED_FOR)
        for room in retention.over(self._database, self._keep_days, now):
            if self._ends.is_set():
                break
            if room.room_id not in peopled and retention.purge(self._database, room):
                gone += 1
                log.info("room_purged", room=room.room_id, last_change=iso(room.last_change), kept_days=room.days)
        if gone:
            rooms.leave_no_trace(self._database)

    async def _look_again_and_again(self) -> None:
        while not self._ends.is_set():
            try:
                await asyncio.to_thread(self.look, self._peopled())
            except SQLAlchemyError as trouble:
                # The database is away, or takes nothing more: others say so, and the next look finds it again.
                log.warning("chore_failed", chore="caretaker", error=type(trouble).__name__)
            except Exception:
                log.exception("chore_broke", chore="caretaker")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ends.wait(), LOOK_EVERY)
