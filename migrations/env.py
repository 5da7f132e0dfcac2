"""Where alembic and the tables meet: one transaction, one process at a time, the same on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator, text

from app.audit import rows as audit
from app.db import Database, metadata
from app.keeping import rows as keeping
from app.people import rows as people
from app.rooms import log
from app.settings import Settings
from app.tools import registry

TABLES_OF = (audit, keeping, people, log, registry())
"""What has to be imported for `metadata` to know every table."""
ONE_AT_A_TIME = 0x0B16_2004


def upgrade_with(database: Database) -> None:
    with _without_foreign_keys(database) as connection:
        upgrade_over(connection, is_sqlite=database.is_sqlite)


def upgrade_over(connection: Connection, *, is_sqlite: bool) -> None:
    """Within the transaction that the connection has begun, or one of its own."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=_render,
        # SQLite cannot alter most of a table: alembic copies it instead. Its DDL is transactional, though.
        render_as_batch=is_sqlite,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not is_sqlite:
            _wait_for_others(connection)
        context.run_migrations()
        if is_sqlite:
            _refuse_orphans(connection)


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    """Copying a table drops the old one, and in SQLite that would cascade into every row that refers to it."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            yield connection
            return
        # To be said before the transaction begins; inside one SQLite ignores it.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise RuntimeError(f"A migration would leave rows without what they belong to: {orphans[:5]}")


def _wait_for_others(connection: Connection) -> None:
    """Several processes may start at once: the first migrates, the others find it done."""
    connection.execute(text("SET LOCAL lock_timeout = '5min'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})


def _render(kind: str, thing: Any, _context: AutogenContext) -> str | bool:
    """A revision names plain SQL types: it must still run when our own types are gone."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    return False


if context.is_offline_mode():
    raise SystemExit("Bigroom's migrations need a database to look at.")

connected = context.config.attributes.get("connection")
if connected is not None:
    upgrade_over(connected, is_sqlite=connected.dialect.name == "sqlite")
else:
    upgrade_with(context.config.attributes.get("database") or Database(Settings().database_url))
