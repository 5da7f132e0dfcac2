"""One room as a file that people can open: everything as data, a table for each kind, a record to print.

What is in it is what a coach sees: what people are still writing in silence, and what was said to some alone, is not.
The record, which may be passed around, holds what every member sees.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson
from pydantic import ValidationError

from app.db import iso, plain, utc_now
from app.keeping.record import record
from app.keeping.rooms import NotDone
from app.rooms.attendance import Attendance, in_numbers
from app.rooms.kernel import Row
from app.rooms.log import SHAPE
from app.rooms.messages import ImportRoom
from app.rooms.registry import Viewer
from app.rooms.room import Replica
from app.rooms.rows import Member, RoomInfo
from app.tools import registry

FORMAT = 1
DATA, RECORD = "room.json", "record.html"
MOST = 256 * 1024 * 1024
"""Bytes of `room.json` that are read: a file of a few kilobytes can claim to hold any number."""
_FORMULA = re.compile(r"^[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Copy:
    """A room as it was exported."""

    room_id: str
    name: str
    command: ImportRoom


def write(replica: Replica, file: IO[bytes]) -> int:
    """The copy as a zip; gives the number of rows in it."""
    rows = _as_seen_by("coach", replica)
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(row.noun, []).append(row)
    about = {
        "bigroom": "room",
        "format": FORMAT,
        "shape": SHAPE,
        "made_at": iso(utc_now()),
        "room_id": replica.id,
        "seq": replica.seq,
        "rows": {noun: [_values(row) for row in of] for noun, of in kinds.items()},
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
        copy.writestr(DATA, orjson.dumps(about, default=plain, option=_READABLE))
        copy.writestr(RECORD, record(Replica(replica.id, rows=_for_everybody(replica), with_shelf=True)))
        for noun, of in kinds.items():
            copy.writestr(f"csv/{noun}.csv", _table(of))
    return len(rows)


def read(path: Path) -> Copy:
    """A copy from its file; NotDone says what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as copy:
            if copy.getinfo(DATA).file_size > MOST:
                raise NotDone(f"{path} holds more than a room.")
            about = orjson.loads(copy.read(DATA))
        is_ours = about["bigroom"] == "room"
    except FileNotFoundError:
        raise NotDone(f"There is no file {path}.") from None
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, orjson.JSONDecodeError):
        is_ours = False
    if not is_ours:
        raise NotDone(f"{path} is no copy of a room.")
    if about["format"] != FORMAT or about["shape"] > SHAPE:
        raise NotDone(f"{path} was written by a newer Bigroom. Import it with that version or later.")
    return _copy(path, about)


def _copy(path: Path, about: dict[str, Any]) -> Copy:
    kinds = registry().kinds
    try:
        rows = [kinds[noun].model_validate(row) for noun, of in about["rows"].items() for row in of]
        (info,) = (row for row in rows if isinstance(row, RoomInfo) and row.id == about["room_id"])
        command = ImportRoom(rows={noun: tuple(of) for noun, of in about["rows"].items()})
    except (ValidationError, KeyError, ValueError, TypeError, AttributeError):
        raise NotDone(f"{path} has been changed since it was written, and is no room any more.") from None
    return Copy(info.id, info.name, command)


def _as_seen_by(part: str, replica: Replica) -> list[Row]:
    """As anybody with this part does. What is one person's own, and nobody else's, is not for a file."""
    who = Viewer(registry().grants[part]).who
    seen = (row.seen_by(who) for row in replica.all() if row.copied)
    return [row for row in seen if row is not None]


def _for_everybody(replica: Replica) -> list[Row]:
    """What every member sees, and of who was here the numbers."""
    members = {member.id: member for member in replica.where(Member)}
    return [*_as_seen_by("member", replica), *in_numbers(replica.where(Attendance), members)]


_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_PASSTHROUGH_DATETIME


def _values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


def _table(rows: Iterable[Row]) -> str:
    """For a spreadsheet: with a mark that says UTF-8, and no cell that it would run as a formula."""
    rows = list(rows)
    names = type(rows[0]).wire_fields()
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(names)
    table.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return "\ufeff" + text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        value = orjson.dumps(value, default=plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode().strip('"')
    return f"'{value}" if _FORMULA.match(value) else value
