"""A whole house without sockets: real engines, writers, database and bus, and clients that read real frames."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.db import Database, metadata
from app.rooms.bus import bus_at
from app.rooms.dispatch import Answer, Request
from app.rooms.engine import Engine
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Command
from app.rooms.messages import Join, Knock, MakeInvitation, MakeRoom
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.seat import Seat, Transport
from app.rooms.store import Store
from app.settings import Settings
from tests.support.houses import House
from tests.support.lines import PATIENCE
from tests.support.replica import ClientReplica, Rows


class Person:
    """A member and perhaps an open connection."""

    def __init__(self, world: "World", member_id: str, engine: Engine) -> None:
        self.world = world
        self.engine = engine
        """The process that this person comes to."""
        self.member_id = member_id
        self.client = ClientReplica()
        self.seat: Seat | None = None

    async def come(self, transport: Transport = "socket") -> None:
        """Connect, resuming from where the client was."""
        await self.world.live()
        who = await self.engine.who_in(self.room, self.member_id)
        assert who is not None
        self.seat = Seat(self.member_id, who, lambda: None, transport=transport)
        await self.engine.sit(self.room, self.seat, self.client.seq, self.client.epoch)

    @property
    def room(self) -> LiveRoom:
        """The room as the process has it that this person comes to."""
        return self.engine.rooms[self.world.room_id]

    def go(self) -> None:
        """Lose the connection: whatever was not read yet is gone."""
        if self.seat is not None:
            self.engine.stand_up(self.room, self.seat)
            self.seat = None

    def read(self) -> None:
        """Take every frame that waits."""
        while self.seat is not None and self.seat.outbox:
            self.client.take(self.seat.outbox.take())

    def send(self, body: dict[str, Any], id: str | None = None) -> str:
        """Send a command over the connection; its answer comes in a frame."""
        assert self.seat is not None
        id = id or str(uuid4())
        room, seat = self.room, self.seat
        command = self.engine.registry.parse(body)
        self.engine.submit(
            Request(self.world.room_id, id, command, self.member_id, lambda answer: room.answer(seat, answer))
        )
        return id


class World:
    """One room of one server, or of several processes: people come to one after the other."""

    def __init__(self, engines: list[Engine], database: Database, room_id: str) -> None:
        self.engines = engines
        self.engine = engines[0]
        self.database = database
        self.room_id = room_id
        self.people: list[Person] = []

    async def live(self) -> LiveRoom:
        for engine in self.engines:
            assert await engine.open(self.room_id) is not None
        return self.room

    @property
    def room(self) -> LiveRoom:
        """The room on the first process."""
        return self.engine.rooms[self.room_id]

    def rooms(self) -> list[LiveRoom]:
        """The room on each process that has it open."""
        return [engine.rooms[self.room_id] for engine in self.engines if self.room_id in engine.rooms]

    async def begin(self, method: str = "flow_roadmap") -> Person:
        """Make the room; its first coach."""
        coach = str(uuid4())
        made = MakeRoom(name="Sepsis pathway Big Room", method=method, member_id=coach, coach_name="Anne")
        await self.engine.run(self.room_id, made, coach)
        return self._person(coach)

    async def join(self, part: str, name: str = "Nina", voice: str = "nurse") -> Person:
        invitation, member = str(uuid4()), str(uuid4())
        invite: Any = {"invitation_id": invitation, "part": part}
        await self.run(MakeInvitation(**invite), self.people[0])
        await self.engine.run(
            self.room_id, Join(member_id=member, invitation_id=invitation, name=name, voice=voice), member
        )
        return self._person(member)

    async def knock(self, name: str) -> Person:
        """Somebody waits at the door."""
        member = str(uuid4())
        await self.engine.run(self.room_id, Knock(member_id=member, name=name), member)
        return self._person(member)

    async def run(self, command: Command, by: Person, id: str | None = None) -> int:
        seq = await by.engine.run(self.room_id, command, by.member_id, id=id)
        await self._follow()
        return seq

    async def do(self, by: Person, id: str | None = None, **body: Any) -> int:
        """A command as a client would post it."""
        command = self.engine.registry.parse(body)
        seq = await by.engine.run(self.room_id, command, by.member_id, id=id, internal=False)
        await self._follow()
        return seq

    async def settle(self) -> None:
        """Until every command given so far has been answered and every frame of it was read."""
        for engine in self.engines:
            await self._answered(engine)
        await self._follow()
        for room in self.rooms():
            room.flush()
        for person in self.people:
            person.read()

    async def everybody_knows_who_is_here(self) -> None:
        """Until every process has heard what the others know, and every frame of it was read."""
        rooms = self.rooms()
        for room in rooms:
            room.presence.tell()
        await until(lambda: all(_knows(one, other) for one in rooms for other in rooms if one is not other))
        for room in rooms:
            room.presence.tell()
        await self.settle()

    async def _answered(self, engine: Engine) -> None:
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        nobody = engine.registry.parse({"type": "rooms.leave"})
        engine.submit(Request(self.room_id, str(uuid4()), nobody, str(uuid4()), answered.set_result))
        await answered

    async def _follow(self) -> None:
        """Until every process is where SQL is: hints are for speed, and have tests of their own."""
        if len(self.engines) > 1:
            for engine in self.engines:
                if self.room_id in engine.rooms:
                    await engine.catch_up(engine.rooms[self.room_id])

    def stored(self) -> Replica:
        """The room as SQL has it."""
        store = Store(self.database, self.engine.registry)
        with self.database.session() as session:
            head = store.head(session.connection(), self.room_id)
            assert head is not None
            return store.load(session.connection(), self.room_id, *head)

    def log(self) -> list[Any]:
        store = Store(self.database, self.engine.registry)
        with self.database.session() as session:
            return store.entries(session.connection(), self.room_id, 0)

    def should_see(self, person: Person) -> Rows:
        """What a fresh snapshot would show this person."""
        who = self.engine.registry.who(person.room.replica, person.member_id)
        assert who is not None
        rows: Rows = {}
        for noun, text in person.room.seen_by(who):
            row = json.loads(text)
            rows.setdefault(noun, {})[row["id"]] = row
        return rows

    def secrets_from(self, person: Person) -> set[str]:
        """Texts in SQL that this person may not see and never could."""
        store = Store(self.database, self.engine.registry)
        with self.database.session() as session:
            connection = session.connection()
            rows = [
                row
                for kind in self.engine.registry.kinds.values()
                for row in store.rows(connection, kind, room_id=self.room_id)
            ]
        who = self.engine.registry.who(self.room.replica, person.member_id)
        assert who is not None
        viewers = [viewer.who for viewer in self.engine.registry.viewers()]
        never = (row for row in rows if not any(row.seen_by(who) for who in viewers))
        return {
            value
            for row in never
            if not who.owns(row)
            for value in (getattr(row, name) for name in row.words)
            if isinstance(value, str)
        }

    def _person(self, member_id: str) -> Person:
        person = Person(self, member_id, self.engines[len(self.people) % len(self.engines)])
        self.people.append(person)
        return person


@asynccontextmanager
async def a_world(house: House, registry: Registry, folder: Path, **settings: Any) -> AsyncIterator[World]:
    """A fresh database with one room to be."""
    assert house.database is not None
    database, name = Database(house.database), uuid4().hex
    metadata.create_all(database.engine)
    engines = [
        Engine(Settings(data=folder, **settings), database, registry, bus=bus_at(house.bus, name))
        for _ in range(house.processes)
    ]
    for engine in engines:
        engine.start()
    try:
        await until(lambda: all(engine.neighbours.is_up for engine in engines))
        yield World(engines, database, str(uuid4()))
    finally:
        for engine in engines:
            await engine.stop()
        database.close()


async def until(is_so: Callable[[], object]) -> None:
    """Until this is true: for what comes over a bus, of which nobody here is told."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def _knows(one: LiveRoom, other: LiveRoom) -> bool:
    """Whether one of two processes has heard exactly what the other one knows of its own people."""
    heard = [words for words in one.here.elsewhere.values() if words]
    return heard == ([other.here.mine] if other.here.mine else [])


def same_rows(one: Replica, other: Replica) -> bool:
    return {(type(row), row.id): row for row in one.all()} == {(type(row), row.id): row for row in other.all()}
