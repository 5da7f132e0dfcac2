"""What this process reads from SQL beside its writers: in threads, so that the loop waits for none of it.

It locks nothing, so no writer waits for it either.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.db import Database
from app.rooms.kernel import Deadline, Row
from app.rooms.paper import Box, Paper, all_opened
from app.rooms.registry import Registry
from app.rooms.store import Store

T = TypeVar("T")


class Reading:
    """Rows that no replica holds, and where logs end. Changes nothing."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._store = Store(database, registry)
        self._private_kinds = registry.private_kinds
        self._under_way: set[asyncio.Task[Any]] = set()

    async def ends(self, room_ids: list[str]) -> dict[str, tuple[int, str]]:
        """Room → seq and epoch of its log."""
        return await self._read(lambda sql: self._store.ends(sql, room_ids))

    async def of_shelf(self, room_id: str, shelf: str, id: str) -> list[Row]:
        """What is put away, or will be, with this row."""
        return await self._read(lambda sql: list(self._store.of_shelf(sql, room_id, shelf, id)))

    async def private_rows(self, room_id: str, owners: frozenset[str], keys: dict[str, bytes]) -> list[Row]:
        """The unlogged rows of these owners."""

        def read(sql: Connection) -> list[Row]:
            kinds = self._private_kinds
            rows = (row for kind in kinds for row in self._store.rows(sql, kind, room_id=room_id, owner_id=owners))
            return list(all_opened(rows, keys))

        return await self._read(read)

    async def papers(self, room_id: str, box: Box, keys: dict[str, bytes]) -> list[Paper]:
        """The papers of a box that say something."""

        def read(sql: Connection) -> list[Paper]:
            rows = self._store.rows(sql, Paper, room_id=room_id, box_id=box.id)
            return [paper for paper in all_opened(rows, keys) if isinstance(paper, Paper) and not paper.is_empty]

        return await self._read(read)

    async def due(self, deadlines: Iterable[Deadline], now: datetime) -> list[tuple[Deadline, str, Row]]:
        """(deadline, room, row) for every row, of all rooms, whose moment has come."""

        def read(sql: Connection) -> list[tuple[Deadline, str, Row]]:
            return [(due, room_id, row) for due in deadlines for room_id, row in self._store.due(sql, due.kind, now)]

        return await self._read(read)

    async def in_a_thread(self, work: Callable[..., T], *args: Any) -> T:
        """Whoever waits may be cancelled; the thread comes to its end and gives its connection back."""
        reading = asyncio.create_task(asyncio.to_thread(work, *args))
        self._under_way.add(reading)
        reading.add_done_callback(self._under_way.discard)
        return await asyncio.shield(reading)

    async def finish(self, within: float) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)

    async def _read(self, read: Callable[[Connection], T]) -> T:
        def work() -> T:
            with self._database.engine.connect().execution_options(read_only=True) as sql, sql.begin():
                return read(sql)

        return await self.in_a_thread(work)
