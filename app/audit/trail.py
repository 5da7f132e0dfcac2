"""Telling the trail, chaining what was told, and erasing details.

A chain has one end, and whoever holds it would make everybody else wait: rooms share nothing but the database. So an
entry is stored without its place, in the transaction of what it tells of, and gets its place within seconds from
whichever process comes first. Nothing that was told as done can be missing from it.
"""

import hashlib
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, Table, bindparam, insert, select, text, update

from app.audit.rows import AuditEntry
from app.db import Database, iso, utc_now

ENTRY: Table = AuditEntry.__table__  # type: ignore[attr-defined]
BEGINNING = "0" * 64
"""What the first entry has before it."""
AT_ONCE = 500
ONE_AT_A_TIME = 0x0B16_2005
SALT = "salt"

Details = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry to read; details None: erased."""

    n: int
    at: datetime
    what: str
    room_id: str | None
    details: Mapping[str, Any] | None


def tell(
    connection: Connection, what: str, details: Details, *, room_id: str | None = None, at: datetime | None = None
) -> None:
    """Something happened, if the caller's transaction says so. Ids, choices and numbers: no words, no names."""
    salted = orjson.dumps({SALT: secrets.token_hex(16), **details}).decode()
    entry = {
        "id": f"{time.time_ns():016x}{secrets.token_hex(8)}",
        "at": at or utc_now(),
        "what": what,
        "room_id": room_id,
        "details": salted,
        "digest": digest_of(salted),
    }
    connection.execute(insert(ENTRY).values(entry))


def seal(db: Database) -> int:
    """Chain what was told since the last time; gives how many. Processes take turns."""
    sealed = 0
    while is_anything_loose(db):
        with db.engine.connect() as connection, connection.begin():
            sealed += _chain(connection)
    return sealed


def is_anything_loose(db: Database) -> bool:
    with db.engine.execution_options(read_only=True).connect() as connection, connection.begin():
        return connection.execute(select(ENTRY.c.id).where(ENTRY.c.n.is_(None)).limit(1)).first() is not None


def told(db: Database, *, room_id: str | None = None, since: datetime | None = None) -> Iterator[Told]:
    """The trail in its order; of one room, or since a moment."""
    wanted = select(ENTRY).where(ENTRY.c.n.is_not(None)).order_by(ENTRY.c.n)
    if room_id is not None:
        wanted = wanted.where(ENTRY.c.room_id == room_id)
    if since is not None:
        wanted = wanted.where(ENTRY.c.at >= since)
    with reading(db, wanted) as found:
        for entry in found:
            yield Told(entry.n, entry.at, entry.what, entry.room_id, _readable(entry.details))


@contextmanager
def reading(db: Database, wanted: Select[Any]) -> Iterator[Iterable[Row[Any]]]:
    """Entries as of one moment, a few at a time: a trail may be long."""
    with (
        db.engine.execution_options(read_only=True).connect() as connection,
        connection.begin(),
        connection.execution_options(yield_per=AT_ONCE).execute(wanted) as found,
    ):
        yield found


def forget(
    connection: Connection, room_id: str, about: Collection[str] | None = None, *, but: Iterable[str] = ()
) -> None:
    """Erase the details of a room's entries that name one of these ids (None: of all). That they happened stays."""
    wanted = select(ENTRY.c.id, ENTRY.c.details).where(
        ENTRY.c.room_id == room_id, ENTRY.c.details.is_not(None), ENTRY.c.what.not_in(tuple(but))
    )
    gone = [id for id, details in connection.execute(wanted) if about is None or any(of in details for of in about)]
    for id in gone:
        connection.execute(update(ENTRY).where(ENTRY.c.id == id).values(details=None))


def forget_old(connection: Connection, what: str, before: datetime) -> None:
    """Erase the details of all entries of one sort that are older than this."""
    old = (ENTRY.c.what == what, ENTRY.c.at < before, ENTRY.c.details.is_not(None))
    connection.execute(update(ENTRY).where(*old).values(details=None))


def go_on_from(connection: Connection, standing: Iterable[Row[Any]]) -> int:
    """After a restore: the trail that stood before, if what was restored is its beginning; else what was restored.

    Gives how many entries came after the backup. Details that were erased after it are erased again.
    """
    after = sorted(standing, key=lambda entry: (entry.n is None, entry.n, entry.id))
    restored = {entry.id: entry for entry in connection.execute(select(ENTRY))}
    ends = max((entry for entry in restored.values() if entry.n), key=lambda entry: entry.n, default=None)
    mine = {entry.id: entry for entry in after}
    if ends is not None and (ends.id not in mine or mine[ends.id].hash != ends.hash):
        return 0
    for entry in after:
        if entry.id not in restored:
            connection.execute(insert(ENTRY).values(entry._asdict()))
            continue
        changes: dict[str, Any] = {} if entry.details is not None else {"details": None}
        if restored[entry.id].n is None:
            changes |= {"n": entry.n, "previous": entry.previous, "hash": entry.hash}
        if changes:
            connection.execute(update(ENTRY).where(ENTRY.c.id == entry.id).values(changes))
    return sum(1 for entry in after if entry.id not in restored)


def digest_of(details: str) -> str:
    return hashlib.sha256(details.encode()).hexdigest()


def hash_of(entry: Row[Any], n: int, previous: str) -> str:
    """What holds an entry in its place: everything in it but the details, and the hash before it."""
    of = (previous, str(n), entry.id, iso(entry.at), entry.what, entry.room_id or "", entry.digest)
    return hashlib.sha256("\n".join(of).encode()).hexdigest()


def _chain(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    last = connection.execute(
        select(ENTRY.c.n, ENTRY.c.hash).where(ENTRY.c.n.is_not(None)).order_by(ENTRY.c.n.desc()).limit(1)
    ).first()
    begun, previous = (last.n, last.hash) if last else (0, BEGINNING)
    loose = connection.execute(select(ENTRY).where(ENTRY.c.n.is_(None)).order_by(ENTRY.c.id).limit(AT_ONCE)).all()
    links: list[dict[str, Any]] = []
    for n, entry in enumerate(loose, begun + 1):
        links.append({"b_id": entry.id, "b_n": n, "b_previous": previous, "b_hash": hash_of(entry, n, previous)})
        previous = links[-1]["b_hash"]
    if links:
        connection.execute(_LINK, links)
    return len(links)


_LINK = (
    update(ENTRY)
    .where(ENTRY.c.id == bindparam("b_id"))
    .values(n=bindparam("b_n"), previous=bindparam("b_previous"), hash=bindparam("b_hash"))
)


def _readable(details: str | None) -> dict[str, Any] | None:
    if details is None:
        return None
    return {name: value for name, value in orjson.loads(details).items() if name != SALT and value is not None}
