"""Backup and restore: everything in the database at one moment, and back into an empty one, on either engine."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, func, insert, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from app.audit import trail
from app.db import Database, iso, utc_now
from app.keeping.backup_file import BackupUnusable, Columns, Head, Line, Reading, written
from app.keeping.tables import VERSIONS, knows, revision_of, secret_tables, tables_of, upgrade_within
from app.rooms.store import HEAD

BATCH = 500
NOBODYS = ("people_account", "rooms_head")
"""A database in which these are empty has nothing that a restore could destroy."""


class NotRestored(Exception):
    """A sentence for whoever wants to restore: what is in the way."""


def backup(db: Database, path: str) -> int:
    """Write everything that is in the database at this moment; gives the number of rows. Serving goes on meanwhile."""
    with _one_moment(db) as connection:
        revision = revision_of(connection)
        if revision is None:
            raise NotRestored("There is nothing in this database yet.")
        secret = secret_tables()
        tables = [table for table in tables_of(connection) if table.name not in secret]
        with written(path) as file:
            file.begin(Head(iso(utc_now()), revision, tuple(table.name for table in tables)))
            for table in tables:
                file.table(table.name, [column.name for column in table.c])
                for row in connection.execute(select(table).order_by(*table.primary_key)):
                    file.row(row)
            file.end()
    return file.rows


def restore(db: Database, path: Path, *, replace: bool) -> tuple[Head, int]:
    """Everything from the file, in one transaction: either all of it is there afterwards, or nothing has changed.

    Each room begins a new epoch: who was in it reads it anew, and nobody resumes what no longer happened.
    The trail goes on where it was: what was done after the backup did happen.
    """
    file = Reading(path)
    rows = file.check()
    if not knows(file.head.revision):
        raise BackupUnusable(f"{path} was written by a newer Bigroom. Restore it with that version or later.")
    with _alone(db) as connection:
        standing = tables_of(connection)
        if not replace and _holds_something(connection, standing):
            raise NotRestored(
                "This database is not empty. With --replace all that is in it goes, and the backup takes its place."
            )
        before = _trail(connection, standing)
        _drop(connection, standing)
        upgrade_within(connection, file.head.revision)
        _fill(connection, file.lines())
        for (room_id,) in connection.execute(select(HEAD.c.room_id)).all():
            connection.execute(update(HEAD).where(HEAD.c.room_id == room_id).values(epoch=str(uuid4())))
        upgrade_within(connection, "head")
        trail.go_on_from(connection, before)
        trail.tell(connection, "keeping.restored", {"made_at": file.head.made_at, "rows": rows})
    return file.head, rows


def tell_of_backup(db: Database, rows: int) -> bool:
    """Everything has been copied; False where that cannot be stored: a full disk keeps nobody from a backup."""
    try:
        if inspect(db.engine).has_table(trail.ENTRY.name):
            with db.session() as sql:
                trail.tell(sql.connection(), "keeping.backup_made", {"rows": rows})
    except SQLAlchemyError:
        return False
    return True


@contextmanager
def _one_moment(db: Database) -> Iterator[Connection]:
    """Reads that all see the same moment, whatever others store meanwhile."""
    if db.is_sqlite:
        engine = db.engine.execution_options(read_only=True)
    else:
        engine = db.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection, connection.begin():
        yield connection.execution_options(yield_per=BATCH)


@contextmanager
def _alone(db: Database) -> Iterator[Connection]:
    """One transaction over everything. SQLite looks at foreign keys at its end only: tables are made anew in it."""
    with db.engine.connect() as connection:
        if db.is_sqlite:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            if not db.is_sqlite:
                # PostgreSQL's own housekeeping may hold a table for longer than a command of a room would wait.
                connection.execute(text("SET LOCAL lock_timeout = '30s'"))
            yield connection
        if db.is_sqlite:
            driver.execute("PRAGMA foreign_keys = ON")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _holds_something(connection: Connection, standing: list[Table]) -> bool:
    counts = (
        connection.execute(select(func.count()).select_from(table)).scalar()
        for table in standing
        if table.name in NOBODYS
    )
    return any(counts)


def _trail(connection: Connection, standing: list[Table]) -> list[Row[Any]]:
    """What happened here until now. A database of before there was a trail has none."""
    if trail.ENTRY.name not in (table.name for table in standing):
        return []
    return list(connection.execute(select(trail.ENTRY)))


def _drop(connection: Connection, standing: list[Table]) -> None:
    for table in reversed(standing):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSIONS}"))


def _fill(connection: Connection, lines: Iterable[Line]) -> None:
    tables = {table.name: table for table in tables_of(connection)}
    into: Columns | None = None
    for is_rows, run in groupby(lines, key=lambda line: isinstance(line, list)):
        if not is_rows:
            *_, last = run
            into = last if isinstance(last, Columns) else None
            continue
        if into is None or into.table not in tables:
            raise BackupUnusable("The backup holds rows of a table that was never there. Nothing was changed.")
        while batch := [dict(zip(into.names, row, strict=True)) for row in islice(run, BATCH)]:  # type: ignore[arg-type]
            connection.execute(insert(tables[into.table]), batch)
