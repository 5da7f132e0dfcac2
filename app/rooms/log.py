"""The room's log: one entry for each stored command, numbered 1, 2, 3… without a gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from app.db import MomentText, plain
from app.rooms.kernel import Row
from app.rooms.values import Id, When

SHAPE = 1
"""Version of the rows' shapes. A migration that changes them raises it and starts new epochs."""
EVERYBODY = "*"


class Head(SQLModel, table=True):
    """Where a room's log ends. Locked by whoever writes the room."""

    __tablename__ = "rooms_head"
    room_id: Id = Field(primary_key=True)
    seq: int
    epoch: Id
    made_at: When = Field(sa_type=MomentText)


class LogEntry(SQLModel, table=True):
    """One stored command: who, what then was true, and the whole rows that changed."""

    __tablename__ = "rooms_log"
    __table_args__ = (
        Index("uq_rooms_log_command", "room_id", "command_id", unique=True),
        CheckConstraint("seq > 0", name="seq"),
    )
    room_id: Id = Field(primary_key=True, foreign_key="rooms_head.room_id", ondelete="CASCADE")
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: When = Field(sa_type=MomentText)
    by: Id | None
    command_id: Id
    shape: int
    fact: str = Field(sa_type=Text)
    puts: str = Field(sa_type=Text)
    """`{"card": [{…}]}`, the bytes that the wire carries."""
    drops: str = Field(sa_type=Text)
    kept: str = Field(sa_type=Text)
    """`kind/id` → the fields that the wire never carries, such as owner_id. Rows of two kinds may share an id."""
    receipt: str | None = None
    """Of a command without a name: its capture and a keyed hash of who sent it, which goes at the reveal."""
    resets: str = Field(sa_type=Text)
    """Members (or `*`) whose view this entry changed in a way that only a snapshot tells."""


@dataclass(frozen=True, slots=True)
class Put:
    """A row as it entered the log, and the JSON that serves log, wire and snapshot alike."""

    row: Row
    json: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A log entry in memory."""

    seq: int
    at: datetime
    by: str | None
    command_id: str
    fact: str
    puts: tuple[Put, ...]
    drops: tuple[tuple[type[Row], str], ...] = ()
    resets: tuple[str, ...] = ()
    private: tuple[Row, ...] = ()
    """Unlogged rows of this change. They live here until their owner has been sent them, and nowhere else."""
    receipt: str | None = None
    epoch: str | None = None
    """The epoch that this entry begins, when it erased something."""
    is_audited: bool = False


def wire_json(row: Row) -> str:
    """A row as everybody who may see all of it gets it."""
    kind, values = type(row), row.__dict__
    return dumps({on_wire: values[name] for name, on_wire in kind.wire_names().items()})


def dumps(value: Any) -> str:
    return orjson.dumps(value, default=plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def by_kind(items: Iterable[tuple[str, str]]) -> str:
    """`{"card":[…],"theme":[…]}` from pairs of noun and ready JSON."""
    kinds: dict[str, list[str]] = {}
    for noun, json in items:
        kinds.setdefault(noun, []).append(json)
    return "{" + ",".join(f'"{noun}":[{",".join(rows)}]' for noun, rows in kinds.items()) + "}"
