"""Where words are kept and how processes hear of each other: the database and the bus."""

import time
from collections.abc import Iterator
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.keeping.doctor.findings import Finding, skipped, well, wrong
from app.keeping.doctor.machine import network_disk
from app.keeping.tables import knows, newest, revision_of
from app.settings import Settings

APART = 2.0
"""Seconds by which clocks of one house may differ."""
PATIENCE = 5.0


def database(settings: Settings) -> Iterator[Finding]:
    db = Database(settings.database_url, "bigroom doctor")
    shown = db.engine.url.render_as_string(hide_password=True)
    file = Path(db.engine.url.database or "") if db.is_sqlite else None
    if file and not file.exists():
        # To connect would make it.
        yield wrong("Database", f"{file} is not there yet.", "bigroom migrate, or start the server.")
        return
    if file and (kind := network_disk(file)):
        on_this_machine = "Move the data folder to a disk of this machine, or use PostgreSQL."
        yield wrong("Database", f"{file} is on a network disk ({kind}), where SQLite may lose words.", on_this_machine)
    try:
        yield from _looked_into(db, shown)
    except SQLAlchemyError as trouble:
        said = str(getattr(trouble, "orig", trouble)).strip().splitlines()[0]
        yield wrong(
            "Database", f"{shown} cannot be used: {said}", "See to BIGROOM_DATABASE and to the database itself."
        )
    finally:
        db.close()


def _looked_into(db: Database, shown: str) -> Iterator[Finding]:
    with db.engine.connect() as connection:
        yield well("Database", shown)
        if not db.is_sqlite:
            yield from _as_durable(connection)
            yield _clock(connection)
        yield _tables(revision_of(connection))
        connection.rollback()
        # What the next update will need; nothing of it is kept.
        connection.execute(text("CREATE TABLE doctor_was_here (id INTEGER)"))
        connection.rollback()
        yield well("Rights", "tables can be made and changed")


def _tables(revision: str | None) -> Finding:
    if revision == newest():
        return well("Tables", f"up to date ({revision})")
    if revision is not None and not knows(revision):
        newer = "Go back to that version of Bigroom, or restore a backup of this one's time."
        return wrong("Tables", f"A newer Bigroom has been here ({revision}).", newer)
    return wrong("Tables", f"They are those of an older Bigroom ({revision}).", "bigroom migrate, or start the server.")


def _as_durable(connection: Connection) -> Iterator[Finding]:
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        if connection.execute(text(f"SHOW {name}")).scalar() == "off":
            lost = f"{name} is off: what people were told is saved may be lost with the power."
            yield wrong("Durability", lost, f"Set {name} = on in PostgreSQL.")


def _clock(connection: Connection) -> Finding:
    before = time.time()
    theirs = float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())
    after = time.time()
    apart = max(before - theirs, theirs - after, 0.0)
    if apart > APART:
        return wrong("Clock", f"The database's differs by {apart:.0f} s.", "Let both machines keep time with NTP.")
    return well("Clock", "as the database's")


def bus(settings: Settings) -> Iterator[Finding]:
    if settings.bus == "memory://":
        yield skipped("Bus", "none named, which is right for one process")
        return
    try:
        with Redis.from_url(settings.bus, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as redis:
            redis.publish("bigroom-doctor", "")
    except (RedisError, ValueError) as trouble:
        said = f"It does not answer: {trouble}"
        yield wrong("Bus", said, "See to BIGROOM_BUS and its server. Until then others' changes take up to a second.")
        return
    yield well("Bus", "answers")
