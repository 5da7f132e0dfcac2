"""Whether somebody serves on a database: a restore under their feet would take away what people were told is saved."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from app.db import Database

SERVER = "bigroom serve"
"""How a serving process calls itself to PostgreSQL."""


@contextmanager
def serving(db: Database) -> Iterator[None]:
    """While the block runs others can see that somebody serves, also when we are killed in it.

    SQLite: a lock on a file beside the database. PostgreSQL knows by itself who is connected.
    """
    if not db.is_sqlite:
        # From here on the pool keeps a line open.
        db.engine.connect().close()
        yield
        return
    with _lock_file(db).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_served(db: Database) -> bool:
    """Whether a server runs on this database now."""
    if not db.is_sqlite:
        with db.engine.connect() as connection:
            return bool(connection.execute(_CONNECTED, {"name": SERVER}).scalar())
    with _lock_file(db).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


_CONNECTED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)


def _lock_file(db: Database) -> Path:
    return Path(f"{db.engine.url.database}{os.extsep}serving")
