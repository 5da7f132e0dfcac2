"""A room's rows and log in SQL: loaded once, then written a group at a time.

Statements are built by SQLAlchemy Core from the tables, compiled once a kind and engine, and run by the driver with
tuples: executemany through Core costs about twice as much a command.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, Dialect, Select, Table, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement

from app.audit import trail
from app.db import Database, metadata
from app.rooms.dispatch import First, Reveal
from app.rooms.kernel import Row, table_of
from app.rooms.log import SHAPE, Entry, Head, LogEntry, Put, by_kind, dumps, wire_json
from app.rooms.paper import PaperTable, as_stored
from app.rooms.registry import Registry
from app.rooms.room import Overlay, Replica
from app.rooms.unsigned import CaptureKey

HEAD = Head.__table__  # type: ignore[attr-defined]
LOG = LogEntry.__table__  # type: ignore[attr-defined]
KEY = CaptureKey.__table__  # type: ignore[attr-defined]
PAPER = table_of(PaperTable)
FEW = 20
"""So many ids are looked for by SQL; for more it is quicker to look at the whole log."""


class Statement:
    """One statement as text and the way from a value to the driver's tuple."""

    def __init__(self, clause: ClauseElement, table: Table, dialect: Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        self.sql = str(compiled)
        names: Sequence[str] = compiled.positiontup or ()  # type: ignore[attr-defined]
        self.fields: tuple[str, ...] = tuple(name.removeprefix("b_") for name in names)
        self._binds: tuple[Callable[[Any], Any] | None, ...] = tuple(
            table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self.fields
        )

    def params(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(
            values[name] if bind is None else bind(values[name])
            for name, bind in zip(self.fields, self._binds, strict=True)
        )

    def run(self, connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
        params = [self.params(row) for row in rows]
        if params:
            connection.exec_driver_sql(self.sql, params)


class Store:
    """Reads and writes rooms through a connection whose transaction is the caller's."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self.registry = registry
        self._database = database
        is_sqlite = database.is_sqlite
        tables = {kind: table_of(table) for kind, table in registry.tables.items()}
        # Parents before children: a card's board has to be there before the card.
        order = {table: n for n, table in enumerate(metadata.sorted_tables)}
        self._kinds = sorted(tables, key=lambda kind: order[tables[kind]])
        self._tables = tables
        self._readings: dict[tuple[type[Row], tuple[tuple[str, str], ...]], Select[Any]] = {}
        self._put = {kind: _upsert(table, is_sqlite) for kind, table in tables.items()}
        self._drop = {kind: _delete(table, is_sqlite) for kind, table in tables.items()}
        self._append = _insert(LOG, is_sqlite)

    def begin_room(self, connection: Connection, room_id: str, at: datetime, epoch: str) -> None:
        connection.execute(insert(HEAD).values(room_id=room_id, seq=0, epoch=epoch, made_at=at))

    def head(self, connection: Connection, room_id: str) -> tuple[int, str] | None:
        """(seq, epoch) of a room, which nobody else can write until this transaction ends."""
        found = connection.execute(
            select(HEAD.c.seq, HEAD.c.epoch).where(HEAD.c.room_id == room_id).with_for_update()
        ).first()
        return None if found is None else (found.seq, found.epoch)

    def ends(self, connection: Connection, room_ids: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Where the logs of these rooms end: (seq, epoch). Locks nothing."""
        wanted = select(HEAD).where(HEAD.c.room_id.in_(bindparam("ids", expanding=True)))
        found = connection.execute(wanted, {"ids": list(room_ids)})
        return {row.room_id: (row.seq, row.epoch) for row in found}

    def touch(self, connection: Connection) -> None:
        """Write something and change nothing: only a commit tells whether the disk has room again."""
        some = select(HEAD.c.room_id).limit(1).scalar_subquery()
        connection.execute(update(HEAD).where(HEAD.c.room_id == some).values(seq=HEAD.c.seq))

    def load(self, connection: Connection, room_id: str, seq: int, epoch: str, *, with_shelf: bool = False) -> Replica:
        """The room as everybody has it; for a copy of it with what was put away."""
        on = {} if with_shelf else {"shelved_at": None}
        rows = (
            row
            for kind in self._kinds
            if kind.logged
            for row in self.rows(connection, kind, room_id=room_id, **(on if kind.shelf else {}))
        )
        return Replica(room_id, seq=seq, epoch=epoch, rows=rows, with_shelf=with_shelf)

    def shelved(self, connection: Connection, room_id: str) -> Iterable[Row]:
        """Everything of a room that was put away."""
        kinds = (kind for kind in self._kinds if kind.shelf)
        return [row for kind in kinds for row in self.rows(connection, kind, room_id=room_id) if row.is_shelved]

    def of_shelf(self, connection: Connection, room_id: str, shelf: str, id: str) -> Iterable[Row]:
        """All rows that are put away with this one, whether they are by now or not."""
        kinds = (kind for kind in self._kinds if kind.shelf == shelf)
        fields = {"room_id": room_id, f"{shelf}_id": id}
        return [row for kind in kinds for row in self.rows(connection, kind, **fields)]

    def rows(self, connection: Connection, kind: type[Row], **fields: Any) -> Iterable[Row]:
        """Rows of one kind with these values (of a set: any of it) as SQL has them, in the order they were made."""
        wanted = self._reading(kind, tuple((name, _how(value)) for name, value in fields.items()))
        given = {name: list(value) if isinstance(value, frozenset) else value for name, value in fields.items()}
        for found in connection.execute(
            wanted, {n: value for n, value in given.items() if value is not None}
        ).mappings():
            yield kind.model_validate(dict(found))

    def _reading(self, kind: type[Row], by: tuple[tuple[str, str], ...]) -> Select[Any]:
        """The statement is made once: half of the work of reading one row would be making it."""
        if (kind, by) not in self._readings:
            table = self._tables[kind]
            wanted = select(*(table.c[name] for name in kind.model_fields))
            wanted = wanted.where(*(_by(table.c[name], how) for name, how in by))
            self._readings[kind, by] = wanted.order_by(table.c.created_at, table.c.id)
        return self._readings[kind, by]

    def known(self, connection: Connection, room_id: str, ids: Sequence[str]) -> dict[str, First]:
        """Those of these commands that are stored already."""
        found = connection.execute(
            select(LOG.c.command_id, LOG.c.seq, LOG.c.by, LOG.c.receipt).where(
                LOG.c.room_id == room_id, LOG.c.command_id.in_(bindparam("ids", expanding=True))
            ),
            {"ids": list(ids)},
        )
        return {row.command_id: First(row.seq, row.by, row.receipt) for row in found}

    def entries(self, connection: Connection, room_id: str, since: int, most: int | None = None) -> list[Entry]:
        """The log above `since`; with `most`, its newest entries only."""
        wanted = select(LOG).where(LOG.c.room_id == room_id, LOG.c.seq > since).order_by(LOG.c.seq.desc()).limit(most)
        return [self._entry(row) for row in reversed(connection.execute(wanted).mappings().all())]

    def write(self, connection: Connection, overlay: Overlay, entries: Sequence[Entry]) -> None:
        """Everything a group decided about one room: rows, entries, and where the log now ends."""
        puts: dict[type[Row], list[dict[str, Any]]] = {}
        for row in overlay.put_rows():
            puts.setdefault(type(row), []).append({**as_stored(row, overlay.keys).__dict__, "room_id": overlay.id})
        drops: dict[type[Row], list[dict[str, Any]]] = {}
        for kind, id in overlay.dropped():
            drops.setdefault(kind, []).append({"room_id": overlay.id, "id": id})
        for kind in reversed(self._kinds):
            self._drop[kind].run(connection, drops.get(kind, ()))
        for kind in self._kinds:
            self._put[kind].run(connection, puts.get(kind, ()))
        self._append.run(connection, (self._record(overlay.id, entry) for entry in entries))
        for entry in entries:
            if entry.is_audited:
                _tell_the_trail(connection, overlay.id, entry)
        ends: dict[str, Any] = {"seq": entries[-1].seq}
        epochs = [entry.epoch for entry in entries if entry.epoch]
        if epochs:
            ends["epoch"] = epochs[-1]
        connection.execute(update(HEAD).where(HEAD.c.room_id == overlay.id).values(**ends))

    def erase(self, connection: Connection, room_id: str, ids: Sequence[str], before: int) -> None:
        """Take the rows with these ids out of every older payload; the entries themselves stay."""
        holding = select(LOG.c.seq, LOG.c.puts, LOG.c.kept).where(LOG.c.room_id == room_id, LOG.c.seq < before)
        if len(ids) <= FEW:
            holding = holding.where(or_(*(LOG.c.puts.contains(f'"id":"{id}"') for id in ids)))
        gone = frozenset(ids)
        for seq, puts, kept in connection.execute(holding).all():
            rows = {noun: [row for row in rows if row["id"] not in gone] for noun, rows in orjson.loads(puts).items()}
            left = {key: of for key, of in orjson.loads(kept).items() if key.rpartition("/")[2] not in gone}
            connection.execute(
                update(LOG)
                .where(LOG.c.room_id == room_id, LOG.c.seq == seq)
                .values(puts=dumps({noun: of for noun, of in rows.items() if of}), kept=dumps(left))
            )

    def keys(self, connection: Connection, room_id: str) -> dict[str, str]:
        """Capture → its wrapped key."""
        found = connection.execute(select(KEY.c.capture_id, KEY.c.wrapped).where(KEY.c.room_id == room_id))
        return {row.capture_id: row.wrapped for row in found}

    def keep_key(self, connection: Connection, room_id: str, capture_id: str, wrapped: str) -> None:
        connection.execute(insert(KEY).values(room_id=room_id, capture_id=capture_id, wrapped=wrapped))

    def burn(self, connection: Connection, room_id: str, reveal: Reveal) -> None:
        """Destroy the key of what is revealed, and the papers of a box."""
        connection.execute(delete(KEY).where(KEY.c.room_id == room_id, KEY.c.capture_id == reveal.capture_id))
        connection.execute(delete(PAPER).where(PAPER.c.room_id == room_id, PAPER.c.box_id == reveal.capture_id))

    def forget_who(self, connection: Connection, room_id: str, reveal: Reveal) -> None:
        """Destroy the receipts, and the payloads that would tell who wrote what, or when."""
        of_room = LOG.c.room_id == room_id
        since = select(LOG).where(of_room, LOG.c.seq > reveal.began, LOG.c.seq < reveal.seq)
        for entry in connection.execute(since).mappings().all():
            left = _without(entry, reveal)
            if left:
                connection.execute(update(LOG).where(of_room, LOG.c.seq == entry["seq"]).values(**left))
        trail.forget(connection, room_id, reveal.rows)

    def due(self, connection: Connection, kind: type[Row], now: datetime) -> list[tuple[str, Row]]:
        """(room, row) of each row of this kind whose deadline has come."""
        table = self._tables[kind]
        moment = table.c[kind.deadline or ""]
        wanted = select(table).where(moment <= now, table.c.removed_at.is_(None)).order_by(moment)
        fields = kind.model_fields
        return [
            (found["room_id"], kind.model_validate({name: found[name] for name in fields}))
            for found in connection.execute(wanted).mappings()
        ]

    def forget_erased(self) -> bool:
        """Let the write-ahead file forget, too, what was erased; False while a reader still holds old pages."""
        if not self._database.is_sqlite:
            return True
        raw = self._database.engine.raw_connection()
        try:
            busy = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
        return not busy

    def _record(self, room_id: str, entry: Entry) -> dict[str, Any]:
        return {
            "room_id": room_id,
            "seq": entry.seq,
            "at": entry.at,
            "by": entry.by,
            "command_id": entry.command_id,
            "receipt": entry.receipt,
            "shape": SHAPE,
            "fact": entry.fact,
            "puts": by_kind((put.row.noun, put.json) for put in entry.puts),
            "drops": dumps([(kind.noun, id) for kind, id in entry.drops]),
            "kept": dumps({f"{put.row.noun}/{put.row.id}": _kept(put.row) for put in entry.puts}),
            "resets": dumps(entry.resets),
        }

    def _entry(self, row: Any) -> Entry:
        kept = orjson.loads(row["kept"])
        puts = [
            self.registry.kinds[noun].model_validate({**values, **_kept_of(kept, noun, values["id"])})
            for noun, rows in orjson.loads(row["puts"]).items()
            for values in rows
        ]
        return Entry(
            seq=row["seq"],
            at=row["at"],
            by=row["by"],
            command_id=row["command_id"],
            receipt=row["receipt"],
            fact=row["fact"],
            puts=tuple(Put(put, wire_json(put)) for put in puts),
            drops=tuple((self.registry.kinds[noun], id) for noun, id in orjson.loads(row["drops"])),
            resets=tuple(orjson.loads(row["resets"])),
        )


def _kept_of(kept: dict[str, Any], noun: str, id: str) -> dict[str, Any]:
    """Entries of earlier builds name rows by their id alone."""
    found: dict[str, Any] = kept.get(f"{noun}/{id}") or kept.get(id, {})
    return found


def _tell_the_trail(connection: Connection, room_id: str, entry: Entry) -> None:
    fact = orjson.loads(entry.fact)
    what = fact.pop("type")
    # Signed with a receipt: neither who did it nor what it was done to is to be found anywhere.
    named = {} if entry.receipt else {"by": entry.by, **fact}
    trail.tell(connection, what, {"seq": entry.seq, **named}, room_id=room_id, at=entry.at)


def _without(entry: Any, reveal: Reveal) -> dict[str, str]:
    """The columns of an entry that change when nothing is to tell any more of the rows of a reveal."""
    left: dict[str, str] = {}
    if entry["receipt"] and entry["receipt"].startswith(f"{reveal.capture_id}:"):
        left["receipt"] = f"{reveal.capture_id}:"
    if any(id in entry["fact"] for id in reveal.rows):
        left["fact"] = "null"
    if any(id in entry["puts"] for id in reveal.rows):
        puts, kept = orjson.loads(entry["puts"]), orjson.loads(entry["kept"])
        rows = {noun: [row for row in rows if row["id"] not in reveal.rows] for noun, rows in puts.items()}
        left["puts"] = dumps({noun: found for noun, found in rows.items() if found})
        left["kept"] = dumps({key: fields for key, fields in kept.items() if key.rpartition("/")[2] not in reveal.rows})
    return left


def _how(value: Any) -> str:
    return "any" if isinstance(value, frozenset) else "none" if value is None else "same"


def _by(column: Any, how: str) -> Any:
    if how == "none":
        return column.is_(None)
    return column.in_(bindparam(column.key, expanding=True)) if how == "any" else column == bindparam(column.key)


def _kept(row: Row) -> dict[str, Any]:
    return {name: row.__dict__[name] for name in row.server_only}


@cache
def _upsert(table: Table, is_sqlite: bool) -> Statement:
    into: Any = (sqlite.insert if is_sqlite else postgresql.insert)(table)
    replaced = {c.name: into.excluded[c.name] for c in table.c if not c.primary_key}
    put: ClauseElement = into.on_conflict_do_update(index_elements=["room_id", "id"], set_=replaced)
    return Statement(put, table, _dialect(is_sqlite))


@cache
def _delete(table: Table, is_sqlite: bool) -> Statement:
    which = (table.c.room_id == bindparam("b_room_id"), table.c.id == bindparam("b_id"))
    return Statement(delete(table).where(*which), table, _dialect(is_sqlite))


@cache
def _insert(table: Table, is_sqlite: bool) -> Statement:
    return Statement(insert(table), table, _dialect(is_sqlite))


def _dialect(is_sqlite: bool) -> Dialect:
    """Of PostgreSQL's styles only "format" takes positions."""
    return sqlite.dialect() if is_sqlite else postgresql.dialect(paramstyle="format")  # type: ignore[no-untyped-call]
