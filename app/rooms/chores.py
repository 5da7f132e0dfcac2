"""What a process does by itself, again and again, whatever goes wrong in one turn."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()


class Chores:
    """Each has a task of its own, so that one that waits for the database keeps no other waiting."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def every(self, seconds: float, chore: Callable[[], Any]) -> None:
        """From now on, with so many seconds of rest before each turn. A chore may be a coroutine function."""
        self._tasks.append(asyncio.create_task(_again_and_again(seconds, chore)))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _again_and_again(seconds: float, chore: Callable[[], Any]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            result = chore()
            if asyncio.iscoroutine(result):
                await result
        except SQLAlchemyError as trouble:
            # The database is away, and every chore says so every second: what is wrong, not where.
            log.warning("chore_failed", chore=chore.__name__, error=type(trouble).__name__)
        except Exception:
            # A defect in one turn must not end all later ones.
            log.exception("chore_broke", chore=chore.__name__)
