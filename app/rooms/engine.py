"""All rooms of this process: the writers' threads, the live rooms on the loop, and the way between them."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from random import randint
from uuid import uuid4

from app.db import Database
from app.people.keys import Keys
from app.rooms.attendance import attends
from app.rooms.bus import Alone, Bus
from app.rooms.chores import Chores
from app.rooms.clock import Clock
from app.rooms.connection import ENDED, RESTART
from app.rooms.deadlines import Deadlines
from app.rooms.dispatch import Acked, Answer, Failed, Refused, Request
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Command, Refusal, Who
from app.rooms.log import Entry
from app.rooms.neighbours import Neighbours
from app.rooms.noticing import Noticing
from app.rooms.reading import Reading
from app.rooms.registry import Registry, aliases
from app.rooms.room import Replica
from app.rooms.rows import person
from app.rooms.seat import Seat
from app.rooms.writer import RETRY_MS, Following, Forgetting, News, Opening, Probing, Writer
from app.settings import Settings

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
        self.reading = Reading(database, registry)
        self.neighbours = Neighbours(bus or Alone(), self.rooms, self.monotonic, self._follow, self._close_session)
        self.noticing = Noticing(self.rooms, self.neighbours, registry, self.clock, self._say, self.reading.papers)
        self.deadlines = Deadlines(registry.deadlines, self.reading, self.clock, self.submit)
        self.answered: list[Callable[[Answer], None]] = []
        """Told of every answer, for counting."""
        self.keys = Keys.from_file(settings.keys_file)
        self.found_by_polling = 0
        """Times that a room had moved on without a hint, for the metrics."""
        self._opening: dict[str, asyncio.Future[LiveRoom | None]] = {}
        self._chores = Chores()
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
        every = self._chores.every
        every(1.0, self._look_whether_rooms_moved)
        every(1.0, self.neighbours.miss_lost)
        every(TELL_EVERY, self.neighbours.tell_whole)
        every(AT_EVERY, self._tell_at)
        every(1.0, self._miss_silent)
        every(1.0, self.deadlines.act_on_what_is_due)
        every(LOOK_EVERY, self.noticing.look_who_is_here)
        every(COUNT_EVERY, self.noticing.count_papers)
        every(1.0, self._see_whether_it_writes_again)
        every(1.0, self._close_ended_sessions)

    async def stop(self) -> None:
        """Store what was given, tell everybody to come back in a moment, end the threads."""
        if self.is_draining:
            return
        self.is_draining = True
        await self._chores.stop()
        await self.reading.finish(FINISH)
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

    def _say(self, room_id: str, commands: Iterable[Command]) -> None:
        """The server's own commands, of which one process is heard: what another has said already is refused."""
        for command in commands:
            self.submit(Request(room_id, str(uuid4()), command, None, lambda answer: None, internal=True))

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
            room.private.fill(member_id, await self.reading.private_rows(room.replica.id, names, keys))

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

    def peopled(self) -> frozenset[str]:
        """Rooms to which a person is connected, here or (as far as we hear) on another process. A wall is nobody."""
        return frozenset(
            room_id
            for room_id, room in self.rooms.items()
            if any(attends(room.replica, member_id) for member_id in room.here.spots)
        )

    async def catch_up(self, room: LiveRoom) -> None:
        """Come as far as SQL is now, whoever wrote it."""
        if self.is_draining:
            raise Failure("restarting", RETRY_MS)
        done = asyncio.Event()
        self._follow(room.replica.id, done.set)
        await done.wait()

    def _follow(self, room_id: str, done: Callable[[], None]) -> None:
        self._writer(room_id).put(Following(room_id, done))

    def _see_whether_empty(self) -> None:
        if not any(room.seats for room in self.rooms.values()):
            self._nobody_here.set()

    def _leave_when_empty(self, room_id: str) -> None:
        self._loop.call_later(EMPTY_FOR, self._evict, room_id, self.rooms[room_id])

    def _evict(self, room_id: str, room: LiveRoom) -> None:
        if self.rooms.get(room_id) is room and not room.seats and self._loop.time() >= room.empty_since + EMPTY_FOR:
            self.noticing.left(room)
            del self.rooms[room_id]
            self.neighbours.leave(room_id)
            self._writer(room_id).put(Forgetting(room_id))

    # Chores

    async def _look_whether_rooms_moved(self) -> None:
        """What another process wrote and no hint told us, and what was erased or restored from outside."""
        if not self.rooms:
            return
        ends = await self.reading.ends(list(self.rooms))
        rooms = ((self.rooms.get(room_id), end) for room_id, end in ends.items())
        moved = [room for room, end in rooms if room is not None and end != (room.replica.seq, room.replica.epoch)]
        self.found_by_polling += len(moved)
        await asyncio.gather(*(self.catch_up(room) for room in moved))

    def _tell_at(self) -> None:
        for room in self.rooms.values():
            room.tell_at()

    def _miss_silent(self) -> None:
        for room in self.rooms.values():
            room.miss_silent()

    def _see_whether_it_writes_again(self) -> None:
        for writer in self._writers:
            if not writer.writes:
                writer.put(Probing())

    # Sessions that end

    def end_session(self, session: str) -> None:
        """Somebody signed out here: their sockets close at once, on every process."""
        self._close_session(session)
        self.neighbours.ended(session)

    async def _close_ended_sessions(self) -> None:
        if self.ended_since is None or not self.rooms:
            return
        ended = await self.reading.in_a_thread(self.ended_since, self.clock.now())
        for session in ended:
            self._close_session(session)

    def _close_session(self, session: str) -> None:
        for room in self.rooms.values():
            room.close_sessions(lambda mine: mine == session, ENDED)
