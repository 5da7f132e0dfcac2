"""What SQL says after everything: the log without a gap, and the rows as every part sees them."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Connection

from app.db import Database
from app.rooms.kernel import Who
from app.rooms.log import Entry, wire_json
from app.rooms.room import Replica
from app.rooms.store import Store
from app.tools import registry
from tests.faults.writing import Everybody
from tests.support.client import Client
from tests.support.company import Company, Somebody
from tests.support.houses import House
from tests.support.replica import Rows


def read(database_url: str, room_id: str) -> tuple[Replica, list[Entry]]:
    """The room and its whole log, as SQL has them."""
    with _stored(database_url) as (store, connection):
        return _room(store, connection, room_id), store.entries(connection, room_id, 0)


def read_room(database_url: str, room_id: str) -> Replica:
    """The room alone: a log of thousands of entries takes seconds to read."""
    with _stored(database_url) as (store, connection):
        return _room(store, connection, room_id)


def _room(store: Store, connection: Connection, room_id: str) -> Replica:
    head = store.head(connection, room_id)
    assert head is not None
    return store.load(connection, room_id, *head)


@contextmanager
def _stored(database_url: str) -> Iterator[tuple[Store, Connection]]:
    database = Database(database_url)
    try:
        with database.session() as session:
            yield Store(database, registry()), session.connection()
    finally:
        database.close()


def seen_by(replica: Replica, member_id: str) -> Rows:
    """What a member may see of these rows."""
    who = registry().who(replica, member_id)
    assert who is not None
    return _visible(replica, who)


def _visible(replica: Replica, who: Who) -> Rows:
    rows: Rows = {}
    for row in replica.all():
        seen = row.seen_by(who)
        if seen is not None:
            rows.setdefault(seen.noun, {})[seen.id] = orjson.loads(wire_json(seen))
    return rows


async def all_agree(everybody: Everybody, company: Company, house: House) -> None:
    """Every tab, a fresh tab of each part at each process, SQL and the log."""
    assert house.database is not None
    _, log = read(house.database, company.room_id)
    nothing_is_lost_or_doubled(acks_of(everybody.clients), log)
    await see_what_sql_says(zip(everybody.people, everybody.clients, strict=True), house.database)
    one_of_each = {somebody.part: somebody for somebody in everybody.people}
    for somebody in one_of_each.values():
        for server in company.servers:
            newcomer = dataclasses.replace(somebody, url=server.url).client()
            async with newcomer.visit():
                await see_what_sql_says([(somebody, newcomer)], house.database)


async def see_what_sql_says(people: Iterable[tuple[Somebody, Client]], database_url: str) -> None:
    """Each at the seq of what was read: the server itself goes on writing down who is here."""
    replica: Replica | None = None
    for somebody, client in people:
        while replica is None or client.seq != replica.seq:
            replica = read_room(database_url, somebody.room_id)
            await client.reaches(replica.seq)
        found = differences(client.visible(), seen_by(replica, somebody.member_id))
        assert found == [], (client.seq, found)


def acks_of(clients: Iterable[Client]) -> dict[str, int]:
    """Command id → seq of all that these clients were told is stored."""
    return {id: answer["seq"] for client in clients for id, answer in client.final.items() if answer["type"] == "ack"}


def nothing_is_lost_or_doubled(acks: dict[str, int], log: list[Entry]) -> None:
    """P1 and P3: entries 1…n, and each acked id is exactly the entry that its ack named."""
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
    times = Counter(entry.command_id for entry in log)
    assert {id: count for id, count in times.items() if count != 1} == {}
    stored = {entry.command_id: entry.seq for entry in log}
    assert {id: (seq, stored.get(id)) for id, seq in acks.items() if stored.get(id) != seq} == {}


def differences(one: Rows, other: Rows) -> list[Any]:
    """Rows that two views do not share: short to read when something is wrong."""
    kinds = sorted({*one, *other})
    return [
        (kind, id)
        for kind in kinds
        for id in {*one.get(kind, {}), *other.get(kind, {})}
        if one.get(kind, {}).get(id) != other.get(kind, {}).get(id)
    ]
