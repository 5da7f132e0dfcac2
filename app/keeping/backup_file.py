"""A backup as a file: one line of JSON for what it is, for each table and each row, and one that vouches for all.

It is the same whichever engine it came from and goes to. Gzip around it; the last line holds how many rows came
before it and the SHA-256 of their bytes, so that half a file is never taken for a whole one.
"""

import gzip
import hashlib
import os
import secrets
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

FORMAT = 1
OUT = "-"


class BackupUnusable(Exception):
    """A sentence for whoever wants to restore this file."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first line: when it was made, and of which tables."""

    made_at: str
    revision: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows that follow are of this table."""

    table: str
    names: tuple[str, ...]


Line = Columns | list[Any]


class Writing:
    """A backup that is being written."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self.rows = 0

    def begin(self, head: Head) -> None:
        self._line(
            {
                "bigroom": "backup",
                "format": FORMAT,
                "made_at": head.made_at,
                "revision": head.revision,
                "tables": head.tables,
            }
        )

    def table(self, name: str, columns: Sequence[str]) -> None:
        self._line({"table": name, "columns": columns})

    def row(self, values: Sequence[Any]) -> None:
        self._line(list(values))
        self.rows += 1

    def end(self) -> None:
        self._line({"rows": self.rows, "sha256": self._sum.hexdigest()})

    def _line(self, value: Any) -> None:
        line = orjson.dumps(value) + b"\n"
        self._sum.update(line)
        self._file.write(line)


@contextmanager
def written(path: str) -> Iterator[Writing]:
    """Writes to the file, which is there once it is whole, or to the standard output for `-`."""
    if path == OUT:
        with gzip.open(sys.stdout.buffer, "wb") as file:
            yield Writing(file)
        return
    with whole_file(Path(path)) as raw, gzip.open(raw, "wb", compresslevel=6) as file:
        yield Writing(file)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner reads, durable and under its name only when all of it was written."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        with suppress(FileNotFoundError):
            fresh.unlink()


class Reading:
    """A backup file. Read through once to check it, then again to restore it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.head = self._head()

    def check(self) -> int:
        """How many rows it holds; BackupUnusable unless all of it is there as it was written."""
        try:
            return self._checked()
        except (OSError, EOFError, zlib.error, orjson.JSONDecodeError, KeyError, TypeError) as trouble:
            raise BackupUnusable(f"{self._path} is not whole: {type(trouble).__name__}. Nothing was changed.") from None

    def lines(self) -> Iterator[Line]:
        with gzip.open(self._path, "rb") as file:
            next(file)
            for line in file:
                value = orjson.loads(line)
                if isinstance(value, list):
                    yield value
                elif "table" in value:
                    yield Columns(value["table"], tuple(value["columns"]))

    def _checked(self) -> int:
        sums, rows, last = hashlib.sha256(), 0, b""
        with gzip.open(self._path, "rb") as file:
            for line in file:
                sums.update(last)
                rows += last.startswith(b"[")
                last = line
        end = orjson.loads(last)
        if (end["rows"], end["sha256"]) != (rows, sums.hexdigest()):
            raise BackupUnusable(f"{self._path} has been changed since it was written. Nothing was changed here.")
        return rows

    def _head(self) -> Head:
        try:
            with gzip.open(self._path, "rb") as file:
                first = orjson.loads(next(file))
            is_ours = first["bigroom"] == "backup"
        except FileNotFoundError:
            raise BackupUnusable(f"There is no file {self._path}.") from None
        except (OSError, EOFError, StopIteration, zlib.error, orjson.JSONDecodeError, KeyError, TypeError):
            is_ours = False
        if not is_ours:
            raise BackupUnusable(f"{self._path} is no backup of Bigroom.")
        if first["format"] != FORMAT:
            raise BackupUnusable(f"{self._path} was written by a newer Bigroom. Restore it with that version or later.")
        return Head(first["made_at"], first["revision"], tuple(first["tables"]))
