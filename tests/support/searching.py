"""Who said what without a name: every place in which a served room leaves anything, searched for it.

    async with searching(company, people) as search:
        ...                                                # they choose, and change their minds
        assert await search.readers_of(["a word of theirs"]) == []
        assert await search.links({maya.member_id: [box, "a word of theirs"]}) == []
        assert await search.newly_named() == []

Places: every frame to every tab (of those people, a coach, a member who says nothing, an observer, a wall), the log of
each server with everything at DEBUG, what processes tell each other, each row of each table (the room's log among
them), in PostgreSQL also what one transaction stored, a copy of the room, a backup, and the bytes of all files.
"""

import asyncio
import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from redis.asyncio import Redis
from sqlalchemy import Connection, text

from app.audit import trail
from app.db import Database
from app.keeping import room_copy
from app.keeping.backup import backup
from app.keeping.tables import tables_of
from app.rooms.store import Store
from app.tools import registry
from tests.support.client import Client
from tests.support.company import Company, Somebody

Traces = Mapping[str, Iterable[str]]
"""Member → what would tell what they said: words, a choice, the box, the question."""

AT_DEBUG = (
    sys.executable,
    "-c",
    "import logging, runpy, sys, structlog; "
    "logging.basicConfig(level=logging.DEBUG); "
    "make = structlog.make_filtering_bound_logger; "
    "structlog.make_filtering_bound_logger = lambda level: make(logging.DEBUG); "
    "sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')",
)
"""For `House.runs_in`: every logger says everything, but for uvicorn's, to which the product gives its own level."""
ATTENDANCE = ("rooms.members_attended", "rooms.member_attended", "rooms.attendance_ended", "rooms_attendance")
"""Who is here is written down a while after they came, whatever they do."""
_END_OF_A_SENTENCE = re.compile(r"</(?:p|li|tr|dd|h[1-6])>")


@dataclass(frozen=True, slots=True)
class Record:
    """What stands together: two things in it are linked."""

    place: str
    text: str
    of: str | None = None
    """Whose tab was told it: what somebody said themselves is theirs to read."""

    def holds(self, *needles: str) -> bool:
        return all(needle in self.text for needle in needles)

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:400]}"


@dataclass(frozen=True, slots=True)
class Tab:
    somebody: Somebody
    client: Client
    name: str


class Search:
    def __init__(self, company: Company, people: list[Somebody], tabs: list[Tab], told: list[str]) -> None:
        self._company = company
        self._people = people
        self._tabs = tabs
        self._told = told
        self._before: frozenset[Record] = frozenset()

    def client(self, of: Somebody) -> Client:
        return next(tab.client for tab in self._tabs if tab.somebody is of)

    async def readers_of(self, words: Iterable[str]) -> list[str]:
        """Where others than who said them can read these words, in whatever company they stand."""
        words, found = list(words), await self._records()
        readable = [str(record) for record in found for word in words if record.of is None and record.holds(word)]
        tabs = [(record, word) for record in found if record.of is not None for word in words if record.holds(word)]
        tellers = {word: {record.of for record, said in tabs if said == word} for word in words}
        heard = [f"{word} on the tabs of {who}" for word, who in tellers.items() if len(who) > 1]
        return readable + heard + [f"file {file}" for file in await asyncio.to_thread(self._files_with, words)]

    async def links(self, said: Traces) -> list[str]:
        """Records that name somebody beside what would tell what they said. Their own tabs may know."""
        found = await self._records()
        return [
            str(record)
            for member_id, traces in said.items()
            for trace in traces
            for record in found
            if record.of != member_id and record.holds(member_id, trace)
        ]

    async def newly_named(self) -> list[str]:
        """Rows written since the search began that name one of the people: an order of rows would be one of people."""
        named = [somebody.member_id for somebody in self._people]
        return [
            str(record)
            for record in await asyncio.to_thread(self._rows)
            if record not in self._before and any(record.holds(member_id) for member_id in named)
            if not any(record.holds(fact) or fact in record.place for fact in ATTENDANCE)
        ]

    async def begins(self) -> None:
        """What stands now is no news. The trail of how people joined is sealed a while later, so now."""
        database = Database(self._company.server.database_url)
        await asyncio.to_thread(trail.seal, database)
        database.close()
        self._before = frozenset(await asyncio.to_thread(self._rows))

    # The places

    async def _records(self) -> list[Record]:
        for tab in self._tabs:
            await tab.client.live()
        stored = await asyncio.to_thread(lambda: [*self._rows(), *self._kept(), *self._logs()])
        return [*self._frames(), *(Record("bus", message) for message in self._told), *stored]

    def _frames(self) -> Iterator[Record]:
        for tab in self._tabs:
            for frame in tab.client.frames:
                for message in json.loads(frame):
                    for piece in _pieces(message):
                        yield Record(f"tab of {tab.name}", piece, tab.somebody.member_id)

    def _logs(self) -> Iterator[Record]:
        for n, server in enumerate(self._company.servers):
            for line in server.log().splitlines():
                yield Record(f"log of process {n + 1}", line)

    def _rows(self) -> list[Record]:
        database = Database(self._company.server.database_url)
        try:
            with database.engine.connect() as connection:
                return list(_rows_of(connection, is_sqlite=database.is_sqlite))
        finally:
            database.close()

    def _kept(self) -> Iterator[Record]:
        """A copy of the room and a backup, as the commands `export` and `backup` write them."""
        database = Database(self._company.server.database_url)
        try:
            with TemporaryDirectory() as folder, database.session() as session:
                store, connection = Store(database, registry()), session.connection()
                head = store.head(connection, self._company.room_id)
                assert head is not None
                copy = io.BytesIO()
                room_copy.write(store.load(connection, self._company.room_id, *head), copy)
                yield from _copied(copy)
                file = Path(folder) / "all.backup"
                backup(database, str(file))
                for line in gzip.decompress(file.read_bytes()).decode().splitlines():
                    yield Record("backup", line)
        finally:
            database.close()

    def _files_with(self, words: Iterable[str]) -> list[str]:
        """Bytes of the database and its write-ahead file too, on either engine."""
        kept = (file for server in self._company.servers for file in server.folder.rglob("*"))
        files = {file for file in (*kept, *self._files_of_database()) if file.is_file()}
        return [f"{file.name}: {word}" for file in files for word in words if word.encode() in _bytes_of(file)]

    def _files_of_database(self) -> list[Path]:
        database = Database(self._company.server.database_url)
        try:
            if database.is_sqlite:
                file = Path(str(database.engine.url.database))
                return list(file.parent.glob(f"{file.name}*"))
            with database.engine.connect() as connection:
                cluster = Path(connection.execute(text("SHOW data_directory")).scalar_one())
                ours = text("SELECT oid FROM pg_database WHERE datname = current_database()")
                folders = (cluster / "base" / str(connection.execute(ours).scalar()), cluster / "pg_wal")
                return [file for folder in folders for file in folder.iterdir()]
        finally:
            database.close()


@asynccontextmanager
async def searching(company: Company, people: Iterable[Somebody]) -> AsyncIterator[Search]:
    """Tabs of all of them, and of everybody else who could see something; they hear until the block ends."""
    others = {
        "a coach": company.coach,
        "a member who says nothing": company.join("member", "Silent"),
        "an observer": company.join("observer", "Onlooker"),
        "a wall": company.join("wall", "Screen", None),
    }
    people = list(people)
    named = {f"person {n + 1}": somebody for n, somebody in enumerate(people)}
    tabs = [Tab(somebody, somebody.client(keeps_frames=True), name) for name, somebody in (named | others).items()]
    async with AsyncExitStack() as open_tabs:
        for tab in tabs:
            await open_tabs.enter_async_context(tab.client.stay())
        told = await open_tabs.enter_async_context(_bus_of(company))
        search = Search(company, people, tabs, told)
        await search.begins()
        yield search


@asynccontextmanager
async def _bus_of(company: Company) -> AsyncIterator[list[str]]:
    """All that the processes of a house tell each other from now on."""
    told: list[str] = []
    if not company.server.bus_url.startswith("redis://"):
        yield told
        return
    async with Redis.from_url(company.server.bus_url) as redis, redis.pubsub() as heard:
        await heard.psubscribe("*")

        async def listen() -> None:
            async for message in heard.listen():
                told.append(str(message["data"]))

        listening = asyncio.create_task(listen())
        try:
            yield told
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening


def _pieces(message: dict[str, Any]) -> Iterator[str]:
    """A snapshot holds the whole room: each of its rows is a piece. So is each person of a presence."""
    match message["type"]:
        case "snapshot":
            yield from (json.dumps(row) for rows in message["rows"].values() for row in rows)
        case "presence":
            yield from (json.dumps(spot) for spot in message["members"].items())
        case _:
            yield json.dumps(message)


def _rows_of(connection: Connection, *, is_sqlite: bool) -> Iterator[Record]:
    """Each row of each table; on PostgreSQL with what the system knows of it, and with its whole transaction."""
    together: dict[str, list[str]] = {}
    for table in tables_of(connection):
        system = "" if is_sqlite else "xmin, "
        for row in connection.execute(text(f'SELECT {system}* FROM "{table.name}"')):
            said = json.dumps([str(value) for value in row])
            yield Record(f"table {table.name}", said)
            if not is_sqlite:
                together.setdefault(str(row[0]), []).append(f"{table.name} {said}")
    for xmin, rows in together.items():
        if len(rows) > 1:
            yield Record(f"transaction {xmin}", "\n".join(rows))


def _copied(copy: io.BytesIO) -> Iterator[Record]:
    with zipfile.ZipFile(copy) as parts:
        for name in parts.namelist():
            words, place = parts.read(name).decode(), f"copy {name}"
            if name.endswith(".json"):
                for rows in json.loads(words)["rows"].values():
                    yield from (Record(place, json.dumps(row)) for row in rows)
            elif name.endswith(".csv"):
                yield from (Record(place, json.dumps(row)) for row in csv.reader(io.StringIO(words)))
            else:
                yield from (Record(place, sentence) for sentence in _END_OF_A_SENTENCE.split(words))


def _bytes_of(file: Path) -> bytes:
    """PostgreSQL takes files away while we look."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
