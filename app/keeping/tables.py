"""The tables of this server's history of migrations: brought up to date, or made as they were."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, Table, inspect, text

from app.audit import rows as audit
from app.db import Database, metadata
from app.keeping import rows as keeping
from app.people import rows as people
from app.rooms import log
from app.rooms.kernel import table_of
from app.tools import registry

VERSIONS = "alembic_version"
KNOWN = (audit, keeping, people, log)
"""Imported so that `metadata` knows their tables."""


def upgrade(db: Database) -> None:
    """Run the migrations that this database has not had yet."""
    config = _config()
    config.attributes["database"] = db
    command.upgrade(config, "head")


def upgrade_within(connection: Connection, revision: str) -> None:
    """The same up to one revision, inside the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def knows(revision: str) -> bool:
    """Whether this version of Bigroom has heard of these tables."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False


def newest() -> str | None:
    """The revision that `upgrade` leads to."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """How far a database has come; None before its first migration."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    return found


def tables_of(connection: Connection) -> list[Table]:
    """Our tables as they stand, parents before children. Plain SQL types: they are the same on both engines."""
    prefixes = tuple(f"{name}_" for name in ("audit", "keeping", "people", *(tool.name for tool in registry().tools)))
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name.startswith(prefixes))
    return list(found.sorted_tables)


def secret_tables() -> frozenset[str]:
    """What no copy may hold: unlogged rows, keys (`…_key`), and tables that say of themselves that they stay here."""
    unlogged = {table_of(registry().tables[kind]).name for kind in registry().private_kinds}
    stay = {name for name, table in metadata.tables.items() if name.endswith("_key") or table.info.get("stays_here")}
    return frozenset(unlogged | stay)


def _config() -> Config:
    here = Path(__file__).parent.parent
    packed = here / "_migrations"
    config = Config()
    config.set_main_option("script_location", str(packed if packed.exists() else here.parent / "migrations"))
    return config
