"""All rooms of this process: the writers' threads, the live rooms on the loop, and the way between them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import randint
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database, iso
from app.rooms.clock import Clock
from app.rooms.connection import ENDED, RESTART
from app.rooms.dispatch import Acked, Answer, Failed, Refused, Request
from app.rooms.hub import LiveRoom, Seat
from app.rooms.kernel import Command, Refusal, Row, Who
from app.rooms.log import Entry
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.rows import person
from app.rooms.store import Store
from app.rooms.values import id_from
from app.rooms.writer import RETRY_MS, Forgetting, News, Opening, Writer
from app.settings import Settings

log = structlog.get_logger()

EMPTY_FOR = 60.0
"""Seconds a room stays in memory after its last connection."""
AT_EVERY = 10.0
"""Seconds between two `at`: at least every 20 s, even when one is late."""
WRITERS_ON_POSTGRESQL = 4
FINISH = 5.0
"""Seconds in which a server that ends stores what it has received."""
COME_BACK_MS = (200, 2200)
"""When people are asked to come back after a restart."""


class Failure(Exception):
    """Unknown or not now; the same command id may be sent again after `retry_ms`."""

    def __init__(self, code: str, retry_ms: int) -> None:
        super().__init__(code)
        self.code = code
        self.retry_ms = retry_ms


class Engine:
    """Runs commands and holds live rooms. Made in the lifespan of the app, on its loop."""

    def __init__(self, settings: Settings, database: Database, registry: Registry, build: str = "dev") -> None:
        self.settings = settings
        self.registry = registry
        self.clock = Clock()
        self.rooms: dict[str, LiveRoom] = {}
        self.build = build
        self.is_draining = False
        self.ended_since: Callable[[datetime], list[str]] | None = None
        """Sessions that ended anywhere since a moment; asked every second."""
        self.answered: list[Callable[[Answer], None]] = []
        """Told of every answer, for counting."""
        self._database = database
        self._store = Store(database, registry)
        self._opening: dict[str, asyncio.Future[LiveRoom | None]] = {}
        self._chores: list[asyncio.Task[None]] = []
        self._nobody_here = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        count = 1 if database.is_sqlite else WRITERS_ON_POSTGRESQL
        self._writers = [Writer(database, registry, self.clock, self._hand_over, f"writer-{n}") for n in range(count)]

    def start(self) -> None:
        for writer in self._writers:
            writer.start()
        self._chores = [
            asyncio.create_task(self._every(AT_EVERY, self._tell_at)),
            asyncio.create_task(self._every(1.0, self._miss_silent)),
            asyncio.create_task(self._every(1.0, self._act_on_deadlines)),
            asyncio.create_task(self._every(1.0, self._close_ended_sessions)),
        ]

    async def stop(self) -> None:
        """Store what was given, tell everybody to come back in a moment, end the threads."""
        if self.is_draining:
            return
        self.is_draining = True
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await asyncio.gather(*(asyncio.to_thread(writer.stop, FINISH) for writer in self._writers))
        # One turn of the loop: what the writers handed over last is applied before anybody is told to go.
        await asyncio.sleep(0)
        self._see_whether_empty()
        for room in self.rooms.values():
            room.flush()
            for seat in room.seats:
                # Not all at once: whoever comes next has to let everybody in.
                seat.close(RESTART, randint(*COME_BACK_MS))

    async def everybody_left(self) -> None:
        """Until the last connection has taken its goodbye."""
        await self._nobody_here.wait()

    @property
    def writes(self) -> bool:
        """Whether the last group of every writer could be stored."""
        return all(writer.writes for writer in self._writers)

    # Commands

    def submit(self, request: Request) -> None:
        """Give a command to the room's writer; its answer comes on the loop, behind its rows."""
        if self.is_draining:
            request.answer(Failed(request.id, "restarting", 1000))
        else:
            self._writer(request.room_id).put(request)

    async def run(
        self, room_id: str, command: Command, by: str | None, *, id: str | None = None, internal: bool = True
    ) -> int:
        """Run one command and wait for its entry's seq. Raises Refusal or Failure.

        Routes of the server's own run internal commands; what a client sent comes with `internal=False`.
        """
        answered: asyncio.Future[Answer] = self._loop.create_future()
        self.submit(Request(room_id, id or str(uuid4()), command, by, answered.set_result, internal))
        match await answered:
            case Acked(seq=seq):
                return seq
            case Refused(code=code, params=params):
                raise Refusal(code, **params)
            case Failed(code=code, retry_ms=retry_ms):
                raise Failure(code, retry_ms)

    def _writer(self, room_id: str) -> Writer:
        return self._writers[int(room_id[:8], 16) % len(self._writers)]

    def _hand_over(self, news: News) -> None:
        """From a writer's thread to the loop, in order."""
        self._loop.call_soon_threadsafe(self._deliver, news)

    def _deliver(self, news: News) -> None:
        for changes in news.changes:
            room = self.rooms.get(changes.room_id)
            if room is not None:
                room.change(changes)
        for opened in news.openings:
            opened()
        for request, answer in news.answers:
            request.answer(answer)
            for told in self.answered:
                told(answer)

    # Live rooms

    async def open(self, room_id: str) -> LiveRoom | None:
        """The live room, loaded when nobody was in it; None: no such room. Failure: it cannot be read now."""
        if room_id in self.rooms:
            # Whoever asked is about to sit down: the room must not leave under them.
            self.rooms[room_id].empty_since = self._loop.time()
            return self.rooms[room_id]
        if self.is_draining:
            raise Failure("restarting", RETRY_MS)
        if room_id not in self._opening:
            opening: asyncio.Future[LiveRoom | None] = self._loop.create_future()
            self._opening[room_id] = opening

            def opened(replica: Replica | None, tail: list[Entry]) -> None:
                self._opening.pop(room_id)
                if replica is not None:
                    self.rooms[room_id] = LiveRoom(replica, tail, self.registry, self.clock, self.build)
                    self._leave_when_empty(room_id)
                opening.set_result(self.rooms.get(room_id))

            def failed() -> None:
                self._opening.pop(room_id)
                opening.set_exception(Failure("storage", RETRY_MS))

            self._writer(room_id).put(Opening(room_id, opened, failed))
        # Shielded: one who goes while waiting must not take the room from the others who wait.
        return await asyncio.shield(self._opening[room_id])

    async def sit(self, room: LiveRoom, seat: Seat, since: int | None, epoch: str | None) -> None:
        """Seat a connection; what is theirs alone and unlogged is read first."""
        await self.bring_private(room, seat.member_id)
        room.sit(seat, since, epoch)

    async def bring_private(self, room: LiveRoom, member_id: str) -> None:
        """A member's own unlogged rows; those that change while we read are the newer ones."""
        if self.registry.private_kinds and member_id not in room.private:
            mine = room.private.setdefault(member_id, {})
            for row in await asyncio.to_thread(self._private_rows, room.replica.id, member_id):
                mine.setdefault((type(row), row.id), row)

    def monotonic(self) -> float:
        """Seconds for limits."""
        return self._loop.time()

    def stand_up(self, room: LiveRoom, seat: Seat) -> None:
        room.stand_up(seat)
        if self.is_draining:
            self._see_whether_empty()
        self._leave_when_empty(room.replica.id)

    async def who(self, room_id: str, member_id: str) -> tuple[LiveRoom, Who] | None:
        """The room and who this member is in it now; None for no such room, nobody, and a removed one alike."""
        room = await self.open(room_id)
        who = room and self.registry.who(room.replica, person(room.replica, member_id))
        return (room, who) if room and who else None

    def _see_whether_empty(self) -> None:
        if not any(room.seats for room in self.rooms.values()):
            self._nobody_here.set()

    def _private_rows(self, room_id: str, member_id: str) -> list[Row]:
        with self._database.session() as session:
            connection = session.connection()
            return [
                row
                for kind in self.registry.private_kinds
                for row in self._store.rows(connection, kind, room_id=room_id, owner_id=member_id)
            ]

    def _leave_when_empty(self, room_id: str) -> None:
        self._loop.call_later(EMPTY_FOR, self._evict, room_id, self.rooms[room_id])

    def _evict(self, room_id: str, room: LiveRoom) -> None:
        if self.rooms.get(room_id) is room and not room.seats and self._loop.time() >= room.empty_since + EMPTY_FOR:
            del self.rooms[room_id]
            self._writer(room_id).put(Forgetting(room_id))

    # Chores

    async def _every(self, seconds: float, chore: Callable[[], Any]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                result = chore()
                if asyncio.iscoroutine(result):
                    await result
            except SQLAlchemyError:
                log.warning("chore_failed", chore=chore.__name__, exc_info=True)
            except Exception:
                # A defect in one turn must not end all later ones.
                log.exception("chore_broke", chore=chore.__name__)

    def _tell_at(self) -> None:
        for room in self.rooms.values():
            room.tell_at()

    def _miss_silent(self) -> None:
        for room in self.rooms.values():
            room.miss_silent()

    async def _act_on_deadlines(self) -> None:
        """The server's own commands for rows whose moment has come: once each, whoever runs them."""
        if self.registry.deadlines:
            for room_id, id, command in await asyncio.to_thread(self.due):
                self.submit(Request(room_id, id, command, None, _told, internal=True))

    def due(self) -> list[tuple[str, str, Command]]:
        """(room, command id, command) for every row whose deadline has come, read from SQL."""
        due: list[tuple[str, str, Command]] = []
        with self._database.session() as session:
            for deadline in self.registry.deadlines:
                field = deadline.kind.deadline or ""
                for room_id, row in self._store.due(session.connection(), deadline.kind, self.clock.now()):
                    id = id_from(room_id, row.id, iso(getattr(row, field)))
                    due.append((room_id, id, deadline.command(row)))
        return due

    async def _close_ended_sessions(self) -> None:
        if self.ended_since is None or not self.rooms:
            return
        ended = await asyncio.to_thread(self.ended_since, self.clock.now())
        for session in ended:
            self.end_session(session)

    def end_session(self, session: str) -> None:
        """Somebody signed out: their sockets close at once."""
        for room in self.rooms.values():
            room.close_sessions(lambda mine: mine == session, ENDED)


def _told(answer: Answer) -> None:
    """Nobody waits for the server's own commands; what is refused shows in the log."""
    if not isinstance(answer, Acked):
        log.warning("deadline_not_met", command=answer.id, code=answer.code)
