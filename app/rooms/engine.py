"""All rooms of this process: the writers' threads, the live rooms on the loop, and the way between them."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from random import randint
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database, iso
from app.people.keys import Keys
from app.rooms.attendance import attends
from app.rooms.bus import Alone, Bus
from app.rooms.clock import Clock
from app.rooms.connection import ENDED, RESTART
from app.rooms.dispatch import Acked, Answer, Failed, Refused, Request
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Command, Refusal, Row, Who
from app.rooms.log import Entry
from app.rooms.neighbours import Neighbours
from app.rooms.noticing import Noticing
from app.rooms.paper import Box, Paper, all_opened
from app.rooms.registry import Registry, aliases
from app.rooms.room import Replica
from app.rooms.rows import person
from app.rooms.seat import Seat
from app.rooms.store import Store
from app.rooms.values import id_from
from app.rooms.writer import RETRY_MS, Following, Forgetting, News, Opening, Probing, Writer
from app.settings import Settings

log = structlog.get_logger()
T = TypeVar("T")

LOOK_EVERY = 5.0
"""Seconds between two looks at who has come to stay, or has gone."""
COUNT_EVERY = 2.0
"""Seconds between two counts of what lies in open boxes: one paper alone is seldom to be seen arriving."""
EMPTY_FOR = 60.0
"""Seconds a room stays in memory after its last connection."""
TELL_EVERY = 2.5
"""Seconds between two times that other processes are told everybody who is here."""
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

    def __init__(
        self, settings: Settings, database: Database, registry: Registry, build: str = "dev", bus: Bus | None = None
    ) -> None:
        self.settings = settings
        self.registry = registry
        self.clock = Clock()
        self.rooms: dict[str, LiveRoom] = {}
        self.build = build
        self.is_draining = False
        self.ended_since: Callable[[datetime], list[str]] | None = None
        """Sessions that ended anywhere since a moment; asked every second."""
        self.neighbours = Neighbours(bus or Alone(), self.rooms, self.monotonic, self._hinted, self._close_session)
        self.noticing = Noticing(self.rooms, self.neighbours, registry, self.clock, self._say, self._papers)
        self.answered: list[Callable[[Answer], None]] = []
        """Told of every answer, for counting."""
        self.keys = Keys.from_file(settings.keys_file)
        self._database = database
        self._store = Store(database, registry)
        self.found_by_polling = 0
        """Times that a room had moved on without a hint, for the metrics."""
        self._reading: set[asyncio.Task[Any]] = set()
        """What threads read from SQL: a chore may be cancelled, a thread has to give its connection back."""
        self._hints: dict[str, int] = {}
        """Rooms whose log is being read because of a hint → the highest seq that was hinted."""
        self._opening: dict[str, asyncio.Future[LiveRoom | None]] = {}
        self._chores: list[asyncio.Task[None]] = []
        self._nobody_here = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        count = 1 if database.is_sqlite else WRITERS_ON_POSTGRESQL
        self._writers = [
            Writer(database, registry, self.clock, self._hand_over, f"writer-{n}", self.keys) for n in range(count)
        ]

    def start(self) -> None:
        for writer in self._writers:
            writer.start()
        self.neighbours.start()
        self._chores = [
            asyncio.create_task(self._every(1.0, self._look_whether_rooms_moved)),
            asyncio.create_task(self._every(1.0, self.neighbours.miss_lost)),
            asyncio.create_task(self._every(TELL_EVERY, self.neighbours.tell_whole)),
            asyncio.create_task(self._every(AT_EVERY, self._tell_at)),
            asyncio.create_task(self._every(1.0, self._miss_silent)),
            asyncio.create_task(self._every(1.0, self._act_on_deadlines)),
            asyncio.create_task(self._every(LOOK_EVERY, self.noticing.look_who_is_here)),
            asyncio.create_task(self._every(COUNT_EVERY, self.noticing.count_papers)),
            asyncio.create_task(self._every(1.0, self._see_whether_it_writes_again)),
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
        if self._reading:
            await asyncio.wait(self._reading, timeout=FINISH)
        await asyncio.gather(*(asyncio.to_thread(writer.stop, FINISH) for writer in self._writers))
        # One turn of the loop: what the writers handed over last is applied before anybody is told to go.
        await asyncio.sleep(0)
        self._see_whether_empty()
        for room in self.rooms.values():
            room.flush()
            for seat in room.seats:
                # Not all at once: whoever comes next has to let everybody in.
                seat.close(RESTART, randint(*COME_BACK_MS))
        await self.neighbours.stop()

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
            if changes.is_ours and changes.entries:
                self.neighbours.moved(changes.room_id, changes.entries[-1].seq)
        for told in news.after:
            told()
        for request, answer in news.answers:
            request.answer(answer)
            for counted in self.answered:
                counted(answer)

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
                    self.neighbours.enter(self.rooms[room_id])
                    self._leave_when_empty(room_id)
                opening.set_result(self.rooms.get(room_id))

            def failed() -> None:
                self._opening.pop(room_id)
                opening.set_exception(Failure("storage", RETRY_MS))

            self._writer(room_id).put(Opening(room_id, opened, failed))
        # Shielded: one who goes while waiting must not take the room from the others who wait.
        return await asyncio.shield(self._opening[room_id])

    async def sit(self, room: LiveRoom, seat: Seat, since: int | None, epoch: str | None) -> None:
        """Seat a connection; what is theirs alone and unlogged is read first.

        Who has come further than we have was on another process: nobody is taken back to what we know.
        """
        if since is not None and (epoch != room.replica.epoch or since > room.replica.seq):
            await self.catch_up(room)
        await self.bring_private(room, seat.member_id)
        room.sit(seat, since, epoch)
        self.noticing.came(room, seat.member_id)

    async def bring_private(self, room: LiveRoom, member_id: str) -> None:
        """A member's own unlogged rows; those that change while we read are the newer ones."""
        if self.registry.private_kinds and member_id not in room.private:
            room.private.expect(member_id)
            keys = dict(room.replica.keys)
            names = frozenset((member_id, *aliases(room.replica, member_id)))
            room.private.fill(member_id, await self._in_a_thread(self._private_rows, room.replica.id, names, keys))

    async def of_shelf(self, room_id: str, shelf: str, id: str) -> list[Row]:
        """What is put away, or will be, with this row; read from SQL."""
        return await self._in_a_thread(self._of_shelf, room_id, shelf, id)

    def _of_shelf(self, room_id: str, shelf: str, id: str) -> list[Row]:
        with self._database.engine.connect().execution_options(read_only=True) as connection, connection.begin():
            return list(self._store.of_shelf(connection, room_id, shelf, id))

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
        who = room and await self.who_in(room, member_id)
        return (room, who) if room and who else None

    async def who_in(self, room: LiveRoom, member_id: str) -> Who | None:
        """Who this member is now. Another process may have let them in a moment ago: then the log is read first."""
        who = self.registry.who(room.replica, person(room.replica, member_id))
        if who is None:
            await self.catch_up(room)
            who = self.registry.who(room.replica, person(room.replica, member_id))
        return who

    async def catch_up(self, room: LiveRoom) -> None:
        """Come as far as SQL is now, whoever wrote it."""
        if self.is_draining:
            raise Failure("restarting", RETRY_MS)
        done = asyncio.Event()
        self._writer(room.replica.id).put(Following(room.replica.id, done.set))
        await done.wait()

    def _see_whether_empty(self) -> None:
        if not any(room.seats for room in self.rooms.values()):
            self._nobody_here.set()

    def _private_rows(self, room_id: str, owners: frozenset[str], keys: dict[str, bytes]) -> list[Row]:
        with self._database.session() as session:
            connection = session.connection()
            rows = (
                row
                for kind in self.registry.private_kinds
                for row in self._store.rows(connection, kind, room_id=room_id, owner_id=owners)
            )
            return list(all_opened(rows, keys))

    def _leave_when_empty(self, room_id: str) -> None:
        self._loop.call_later(EMPTY_FOR, self._evict, room_id, self.rooms[room_id])

    def _evict(self, room_id: str, room: LiveRoom) -> None:
        if self.rooms.get(room_id) is room and not room.seats and self._loop.time() >= room.empty_since + EMPTY_FOR:
            self.noticing.left(room)
            del self.rooms[room_id]
            self.neighbours.leave(room_id)
            self._writer(room_id).put(Forgetting(room_id))

    # Chores

    async def _every(self, seconds: float, chore: Callable[[], Any]) -> None:
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

    async def _look_whether_rooms_moved(self) -> None:
        """What another process wrote and no hint told us, and what was erased or restored from outside."""
        if not self.rooms:
            return
        ends = await self._in_a_thread(self._ends, list(self.rooms))
        rooms = ((self.rooms.get(room_id), end) for room_id, end in ends.items())
        moved = [room for room, end in rooms if room is not None and end != (room.replica.seq, room.replica.epoch)]
        self.found_by_polling += len(moved)
        await asyncio.gather(*(self.catch_up(room) for room in moved))

    def _ends(self, room_ids: list[str]) -> dict[str, tuple[int, str]]:
        with self._database.engine.connect().execution_options(read_only=True) as connection, connection.begin():
            return self._store.ends(connection, room_ids)

    def _hinted(self, room_id: str, seq: int) -> None:
        """Another process is at `seq`. While the log is being read, more hints ask for one more reading only."""
        room = self.rooms.get(room_id)
        if room is None or seq <= room.replica.seq:
            return
        is_reading = room_id in self._hints
        self._hints[room_id] = max(seq, self._hints.get(room_id, 0))
        if not is_reading:
            self._read_because_of_a_hint(room_id, seq)

    def _read_because_of_a_hint(self, room_id: str, seq: int) -> None:
        def done() -> None:
            highest = self._hints.pop(room_id)
            if highest > seq:
                self._hinted(room_id, highest)

        self._writer(room_id).put(Following(room_id, done))

    async def _in_a_thread(self, work: Callable[..., T], *args: Any) -> T:
        reading = asyncio.create_task(asyncio.to_thread(work, *args))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)
        return await asyncio.shield(reading)

    def _tell_at(self) -> None:
        for room in self.rooms.values():
            room.tell_at()

    def _miss_silent(self) -> None:
        for room in self.rooms.values():
            room.miss_silent()

    def _say(self, room_id: str, commands: Iterable[Command]) -> None:
        """The server's own commands, of which one process is heard: what another has said already is refused."""
        for command in commands:
            self.submit(Request(room_id, str(uuid4()), command, None, lambda answer: None, internal=True))

    async def _papers(self, room_id: str, box: Box, keys: dict[str, bytes]) -> list[Paper]:
        return await self._in_a_thread(self._papers_in, room_id, box, keys)

    def _papers_in(self, room_id: str, box: Box, keys: dict[str, bytes]) -> list[Paper]:
        with self._database.session() as session:
            rows = self._store.rows(session.connection(), Paper, room_id=room_id, box_id=box.id)
            return [paper for paper in all_opened(rows, keys) if isinstance(paper, Paper) and not paper.is_empty]

    def _see_whether_it_writes_again(self) -> None:
        for writer in self._writers:
            if not writer.writes:
                writer.put(Probing())

    async def _act_on_deadlines(self) -> None:
        """The server's own commands for rows whose moment has come: once each, whoever runs them."""
        if self.registry.deadlines:
            for room_id, id, command in await self._in_a_thread(self.due):
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
        ended = await self._in_a_thread(self.ended_since, self.clock.now())
        for session in ended:
            self._close_session(session)

    def peopled(self) -> frozenset[str]:
        """Rooms to which a person is connected, here or (as far as we hear) on another process. A wall is nobody."""
        return frozenset(
            room_id
            for room_id, room in self.rooms.items()
            if any(attends(room.replica, member_id) for member_id in room.here.spots)
        )

    def end_session(self, session: str) -> None:
        """Somebody signed out here: their sockets close at once, on every process."""
        self._close_session(session)
        self.neighbours.ended(session)

    def _close_session(self, session: str) -> None:
        for room in self.rooms.values():
            room.close_sessions(lambda mine: mine == session, ENDED)


def _told(answer: Answer) -> None:
    """Nobody waits for the server's own commands; what is refused shows in the log."""
    if not isinstance(answer, Acked):
        log.warning("deadline_not_met", command=answer.id, code=answer.code)
