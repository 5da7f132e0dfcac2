"""The way into a live room, one for all transports: browser → member → room → who → seat → frames, until it ends."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from starlette.requests import HTTPConnection

from app.people import memberships
from app.people.people import People
from app.rooms.connection import ENDED, NOT_HERE, REMOVED, TOO_MANY
from app.rooms.engine import Engine, Failure
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Who
from app.rooms.rows import Member, person
from app.rooms.seat import Seat, Transport
from app.rooms.writer import RETRY_MS

CLOSING = 5.0
"""Seconds in which a client may take its `bye`."""


class NotLetIn(Exception):
    """Nobody whom this room seats; `code` is the one that `bye` tells."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Resume:
    """How far a client says that it has come."""

    since: int | None
    epoch: str | None

    @classmethod
    def of(cls, since: str | None, epoch: str | None) -> "Resume":
        """From words of an address, which may be anything; what cannot be read gets a snapshot."""
        return cls(int(since) if since and since.isdecimal() and len(since) < 16 else None, epoch)

    @classmethod
    def at(cls, point: str) -> "Resume":
        """From a stream's event id, `<epoch>.<seq>`."""
        epoch, _, since = point.rpartition(".")
        return cls.of(since, epoch)


class Sitting:
    """A seat that is taken, as its transport reads it."""

    def __init__(self, room: LiveRoom, caller: "Caller", transport: Transport) -> None:
        self.room = room
        self._hang_up = caller.hang_up
        self.ready = asyncio.Event()
        self.seat = Seat(caller.member_id, caller.who, self._wake, caller.session, transport=transport)
        self._loop = asyncio.get_running_loop()
        self._sending: asyncio.Task[object] | None = None
        self._ending: asyncio.TimerHandle | None = None

    async def frames(self) -> AsyncIterator[str]:
        """What waits, a frame at a time, until the seat is closed and all of it was taken.

        A client that takes nothing any more must not hold its memory for long: a while after the goodbye the line
        is cut, and whoever reads this is cancelled.
        """
        self._sending = asyncio.current_task()
        while self.seat.outbox or self.seat.closed is None:
            await self.ready.wait()
            self.ready.clear()
            while self.seat.outbox:
                yield self.seat.outbox.take()

    def end(self) -> None:
        """The conversation is over."""
        if self._ending is not None:
            self._ending.cancel()

    def _wake(self) -> None:
        self.ready.set()
        if self.seat.closed is not None and self._ending is None and self._sending is not None:
            self._ending = self._loop.call_later(CLOSING, self._give_up, self._sending)

    def _give_up(self, sending: asyncio.Task[object]) -> None:
        self._hang_up()
        sending.cancel()


@dataclass(frozen=True, slots=True)
class Caller:
    """A member of a live room who asks for a seat."""

    engine: Engine
    room: LiveRoom
    member_id: str
    who: Who
    session: str
    hang_up: Callable[[], None]

    @contextlib.asynccontextmanager
    async def seated(self, transport: Transport, resume: Resume) -> AsyncIterator[Sitting]:
        """Seated while the block runs; Failure while the server ends."""
        if self.engine.is_draining:
            raise Failure("restarting", RETRY_MS)
        if self.room.seats.connections(self.member_id) >= self.engine.settings.connections_per_member:
            raise NotLetIn(TOO_MANY)
        sitting = Sitting(self.room, self, transport)
        try:
            await self.engine.sit(self.room, sitting.seat, resume.since, resume.epoch)
            yield sitting
        finally:
            sitting.end()
            self.engine.stand_up(self.room, sitting.seat)


async def find(connection: HTTPConnection, room_id: str) -> Caller:
    """Who asks, in this room. Failure or a database error: nobody can say now, which is not "there is no room"."""
    engine: Engine = connection.app.state.engine
    people: People = connection.app.state.people
    browser, member_id = await people.find_member(connection, room_id)
    if browser is None:
        raise NotLetIn(ENDED)
    room = await engine.open(room_id) if member_id else None
    if member_id is None or room is None:
        raise NotLetIn(NOT_HERE)
    who = await engine.who_in(room, member_id)
    came_as, member_id = member_id, person(room.replica, member_id)
    if came_as != member_id:
        # From now on this browser knows who it is, and the list of its rooms too.
        await people.run(lambda sql: memberships.lead_to(sql, room_id, came_as, member_id))
    if who is None:
        raise NotLetIn(REMOVED if room.replica.find(Member, member_id) else NOT_HERE)
    return Caller(engine, room, member_id, who, browser.session_id, _hang_up(connection))


def _hang_up(connection: HTTPConnection) -> Callable[[], None]:
    """What our server gives with each connection, see `app.server`; another one may only know how to say goodbye."""
    found: Callable[[], None] = connection.scope.get("state", {}).get("hang_up", lambda: None)
    return found


async def until_either_ends(*sides: Coroutine[Any, Any, None]) -> None:
    """Run the sides of one conversation until the first of them is through."""
    tasks = [asyncio.create_task(side) for side in sides]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        with contextlib.suppress(asyncio.CancelledError):
            task.result()
