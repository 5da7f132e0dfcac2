"""A whole server without sockets: the real engine, writer and database, and clients that read real frames."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from app.db import Database, metadata
from app.rooms.dispatch import Answer, Request
from app.rooms.engine import Engine
from app.rooms.hub import LiveRoom, Seat
from app.rooms.kernel import Command
from app.rooms.messages import Join, Knock, MakeInvitation, MakeRoom
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.store import Store
from app.settings import Settings
from tests.support.replica import ClientReplica, Rows


class Person:
    """A member and perhaps an open connection."""

    def __init__(self, world: "World", member_id: str) -> None:
        self.world = world
        self.member_id = member_id
        self.client = ClientReplica()
        self.seat: Seat | None = None

    async def come(self) -> None:
        """Connect, resuming from where the client was."""
        room = await self.world.live()
        who = self.world.engine.registry.who(room.replica, self.member_id)
        assert who is not None
        self.seat = Seat(self.member_id, who, lambda: None)
        await self.world.engine.sit(room, self.seat, self.client.seq, self.client.epoch)

    def go(self) -> None:
        """Lose the connection: whatever was not read yet is gone."""
        if self.seat is not None:
            self.world.engine.stand_up(self.world.room, self.seat)
            self.seat = None

    def read(self) -> None:
        """Take every frame that waits."""
        while self.seat is not None and self.seat.outbox:
            self.client.take(self.seat.outbox.take())

    def send(self, body: dict[str, Any], id: str | None = None) -> str:
        """Send a command over the connection; its answer comes in a frame."""
        assert self.seat is not None
        id = id or str(uuid4())
        room, seat = self.world.room, self.seat
        command = self.world.engine.registry.parse(body)
        self.world.engine.submit(
            Request(self.world.room_id, id, command, self.member_id, lambda answer: room.answer(seat, answer))
        )
        return id


class World:
    """One room of one server."""

    def __init__(self, engine: Engine, database: Database, room_id: str) -> None:
        self.engine = engine
        self.database = database
        self.room_id = room_id
        self.people: list[Person] = []

    async def live(self) -> LiveRoom:
        room = await self.engine.open(self.room_id)
        assert room is not None
        return room

    @property
    def room(self) -> LiveRoom:
        return self.engine.rooms[self.room_id]

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
        return await self.engine.run(self.room_id, command, by.member_id, id=id)

    async def do(self, by: Person, id: str | None = None, **body: Any) -> int:
        """A command as a client would post it."""
        command = self.engine.registry.parse(body)
        return await self.engine.run(self.room_id, command, by.member_id, id=id, internal=False)

    async def settle(self) -> None:
        """Until every command given so far has been answered and every frame of it was read."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        nobody = self.engine.registry.parse({"type": "rooms.leave"})
        self.engine.submit(Request(self.room_id, str(uuid4()), nobody, str(uuid4()), answered.set_result))
        await answered
        self.room.flush()
        for person in self.people:
            person.read()

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
        who = self.engine.registry.who(self.room.replica, person.member_id)
        assert who is not None
        rows: Rows = {}
        for noun, text in self.room.seen_by(who):
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
        viewers = [viewer.who for viewer in self.engine.registry.viewers()]
        never = (row for row in rows if not any(row.seen_by(who) for who in viewers))
        return {
            value
            for row in never
            if row.owner_id != person.member_id
            for value in (getattr(row, name) for name in row.words)
            if isinstance(value, str)
        }

    def _person(self, member_id: str) -> Person:
        person = Person(self, member_id)
        self.people.append(person)
        return person


@asynccontextmanager
async def a_world(url: str, registry: Registry, folder: Path, **settings: Any) -> AsyncIterator[World]:
    """A fresh database with one room to be."""
    database = Database(url)
    metadata.create_all(database.engine)
    engine = Engine(Settings(data=folder, **settings), database, registry)
    engine.start()
    try:
        yield World(engine, database, str(uuid4()))
    finally:
        await engine.stop()
        database.close()


def same_rows(one: Replica, other: Replica) -> bool:
    return {(type(row), row.id): row for row in one.all()} == {(type(row), row.id): row for row in other.all()}
