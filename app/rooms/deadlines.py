"""Rows whose moment has come: the server's own command for each, once, whichever processes notice."""

from collections.abc import Callable

import structlog

from app.db import iso
from app.rooms.clock import Clock
from app.rooms.dispatch import Acked, Answer, Request
from app.rooms.kernel import Command, Deadline, Row
from app.rooms.reading import Reading
from app.rooms.values import id_from

log = structlog.get_logger()


class Deadlines:
    """Nobody is in charge: each process looks, and who comes second is answered from the log."""

    def __init__(
        self, deadlines: tuple[Deadline, ...], reading: Reading, clock: Clock, submit: Callable[[Request], None]
    ) -> None:
        self._deadlines = deadlines
        self._reading = reading
        self._clock = clock
        self._submit = submit

    async def act_on_what_is_due(self) -> None:
        for room_id, id, command in await self.due():
            self._submit(Request(room_id, id, command, None, _told, internal=True))

    async def due(self) -> list[tuple[str, str, Command]]:
        """(room, command id, command) for every row whose deadline has come, read from SQL."""
        if not self._deadlines:
            return []
        due = await self._reading.due(self._deadlines, self._clock.now())
        return [(room_id, _id(room_id, row), deadline.command(row)) for deadline, room_id, row in due]


def _id(room_id: str, row: Row) -> str:
    """The same in every process, and another when the row's deadline is."""
    return id_from(room_id, row.id, iso(getattr(row, type(row).deadline or "")))


def _told(answer: Answer) -> None:
    """Nobody waits for the server's own commands; what is refused shows in the log."""
    if not isinstance(answer, Acked):
        log.warning("deadline_not_met", command=answer.id, code=answer.code)
