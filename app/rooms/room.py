"""A room in memory: the replica, a group's overlay over it, and a room as one asker may read it."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar, cast

from app.rooms.capture import Captured
from app.rooms.kernel import Refusal, Row, Who
from app.rooms.registry import Registry
from app.rooms.unsigned import alias

R = TypeVar("R", bound=Row)
Drop = tuple[type[Row], str]


class Rows(Protocol):
    """Rows of one room, wherever they are kept."""

    id: str
    seq: int
    keys: dict[str, bytes]
    """Capture → its key, while people write in it."""

    def find(self, kind: type[R], id: str) -> R | None: ...

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]: ...


class Indexed:
    """Rows by kind and id, and by what their kinds have an index for."""

    def __init__(self) -> None:
        self._rows: dict[type[Row], dict[str, Row]] = {}
        self._index: dict[tuple[type[Row], str], dict[Any, dict[str, Row]]] = {}

    def find(self, kind: type[R], id: str) -> R | None:
        return cast("R | None", self._rows.get(kind, {}).get(id))

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]:
        """All rows with these values; by index when one of the fields has one."""
        found: Iterable[Row] = self._rows.get(kind, {}).values()
        for name, value in fields.items():
            if name in kind.indexes:
                found = self._index.get((kind, name), {}).get(value, {}).values()
                break
        return tuple(cast(R, row) for row in found if _has(row, fields))

    def all(self) -> Iterable[Row]:
        for rows in self._rows.values():
            yield from rows.values()

    def put(self, row: Row) -> None:
        kind = type(row)
        before = self._rows.setdefault(kind, {}).get(row.id)
        self._rows[kind][row.id] = row
        for name in kind.indexes:
            index = self._index.setdefault((kind, name), {})
            if before is not None and getattr(before, name) != getattr(row, name):
                index[getattr(before, name)].pop(row.id, None)
            index.setdefault(getattr(row, name), {})[row.id] = row

    def drop(self, kind: type[Row], id: str) -> None:
        row = self._rows.get(kind, {}).pop(id, None)
        if row is None:
            return
        for name in kind.indexes:
            self._index[kind, name][getattr(row, name)].pop(id, None)


class Replica(Indexed):
    """Every logged row of one room, loaded once and then changed by each stored entry.

    The writer's thread and the event loop each hold one of their own, so that neither waits for the other.
    """

    def __init__(
        self,
        id: str,
        *,
        seq: int = 0,
        epoch: str = "",
        rows: Iterable[Row] = (),
        keys: Mapping[str, bytes] | None = None,
        with_shelf: bool = False,
    ) -> None:
        super().__init__()
        self.id = id
        self.with_shelf = with_shelf
        """Whether what was put away is in it, too: for a copy, not for a room with people in it."""
        self.seq = seq
        self.epoch = epoch
        self.keys = dict(keys or {})
        for row in rows:
            self.put(row)

    def put(self, row: Row) -> None:
        kind = type(row)
        if is_revealed(self.find(kind, row.id), row):
            # What was hidden joins the others last: where it stood would tell when it was written.
            self.drop(kind, row.id)
        if row.is_shelved and not self.with_shelf:
            self.drop(kind, row.id)
            return
        super().put(row)

    def change(self, puts: Iterable[Row], drops: Iterable[Drop]) -> None:
        for row in puts:
            self.put(row)
        for kind, id in drops:
            self.drop(kind, id)

    def copy(self) -> "Replica":
        """The same rows (they are frozen) in dictionaries of its own."""
        return Replica(
            self.id, seq=self.seq, epoch=self.epoch, rows=self.all(), keys=self.keys, with_shelf=self.with_shelf
        )


class Overlay:
    """What a group of commands has decided and not yet committed, over the replica it will become part of."""

    def __init__(self, base: Rows) -> None:
        self.base = base
        self.id = base.id
        self.seq = base.seq
        self.keys = dict(base.keys)
        self._revealed: set[Drop] = set()
        self._changed: dict[type[Row], dict[str, Row | None]] = {}
        """Kind → id → the row as it is now, None where it is gone; in the order in which they changed first."""
        self._seen = Indexed()
        """Of these the logged rows that a rule sees."""
        self._read: dict[type[Row], dict[str, Row]] = {}
        """Unlogged rows as SQL has them."""

    def find(self, kind: type[R], id: str) -> R | None:
        changed = self._changed.get(kind, {})
        if id in changed:
            found = changed[id]
            return None if found is None or found.is_shelved else cast(R, found)
        return self.base.find(kind, id) if kind.logged else cast("R | None", self._read.get(kind, {}).get(id))

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]:
        changed = self._changed.get(kind, {})
        if not kind.logged:
            private = {**self._read.get(kind, {}), **changed}.values()
            return tuple(cast(R, row) for row in private if row and _has(row, fields))
        standing = tuple(row for row in self.base.where(kind, **fields) if row.id not in changed)
        return standing + self._seen.where(kind, **fields)

    def change(self, puts: Iterable[Row], drops: Iterable[Drop]) -> None:
        for row in puts:
            kind = type(row)
            if is_revealed(self.find(kind, row.id), row):
                self._revealed.add((kind, row.id))
            self._changed.setdefault(kind, {})[row.id] = row
            if row.is_shelved:
                self._seen.drop(kind, row.id)
            elif kind.logged:
                self._seen.put(row)
        for kind, id in drops:
            self._changed.setdefault(kind, {})[id] = None
            self._seen.drop(kind, id)

    def knows_private(self, kind: type[Row], id: str) -> bool:
        return id in self._changed.get(kind, {}) or id in self._read.get(kind, {})

    def bring_private(self, row: Row) -> None:
        """An unlogged row that a rule reads, as it stands in SQL."""
        self._read.setdefault(type(row), {})[row.id] = row

    def with_shelf(self, shelved: Iterable[Row]) -> "Unshelved":
        """This room with what was put away, of which `shelved` is what SQL has."""
        standing = [row for row in shelved if row.id not in self._changed.get(type(row), {})]
        return Unshelved(self, (*standing, *(row for row in self.put_rows() if row.logged and row.is_shelved)))

    def put_rows(self) -> list[Row]:
        """Every row to store, each once, as it ends up after the group."""
        return [row for changed in self._changed.values() for row in changed.values() if row]

    def dropped(self) -> list[Drop]:
        """What to delete before anything is put; revealed rows are put anew, for SQL keeps the order of rows, too."""
        gone = [(kind, id) for kind, changed in self._changed.items() for id, row in changed.items() if row is None]
        return [*gone, *(key for key in self._revealed if key not in gone)]


class Unshelved:
    """A room with what was put away, for rules that take words or people out for good."""

    def __init__(self, room: Overlay, shelved: Iterable[Row]) -> None:
        self._room = room
        self._shelved: dict[Drop, Row] = {(type(row), row.id): row for row in shelved}
        self.id = room.id
        self.seq = room.seq
        self.keys = room.keys

    def find(self, kind: type[R], id: str) -> R | None:
        return self._room.find(kind, id) or cast("R | None", self._shelved.get((kind, id)))

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]:
        shelved = (row for (of, _), row in self._shelved.items() if of is kind and _has(row, fields))
        return (*self._room.where(kind, **fields), *cast("Iterable[R]", shelved))


class View:
    """A room as a rule reads it for one asker: what they may not see is not there to `get`."""

    def __init__(self, room: Rows, who: Who, registry: Registry) -> None:
        self._room = room
        self._who = who
        self._registry = registry
        self.id = room.id
        self.seq = room.seq
        self.used: str | None = None
        """The capture under whose alias the asker acts."""

    def get(self, kind: type[R], id: str, *, removed: bool = False) -> R:
        row = self._room.find(kind, id)
        if row is None or row.seen_by(self._who) is None:
            raise Refusal("not_found", kind=kind.noun)
        if row.removed_at is not None and not removed:
            raise Refusal("removed", kind=kind.noun)
        if row.owner_id in self._who.aliases:
            assert isinstance(row, Captured)
            self.used = row.capture_id
        return row

    def find(self, kind: type[R], id: str) -> R | None:
        return self._room.find(kind, id)

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]:
        return self._room.where(kind, **fields)

    def free(self, kind: type[Row], id: str) -> str:
        if self._room.find(kind, id) is not None:
            raise Refusal("exists", kind=kind.noun)
        return id

    def alias(self, capture_id: str, *what: str) -> str:
        if capture_id not in self._room.keys:
            raise Refusal("capture_over")
        self.used = capture_id
        return alias(self._room.keys[capture_id], *what)

    def is_keyed(self, id: str) -> bool:
        return id in self._room.keys

    def kind(self, name: str) -> type[Row]:
        found = self._registry.kinds.get(name)
        if found is None:
            raise Refusal("not_found", kind=name)
        return found

    def about(self, row: Row) -> tuple[Row, ...]:
        found = {(type(row), row.id): row}
        waiting = [row]
        while waiting:
            for other in self._beside(waiting.pop()):
                if (type(other), other.id) not in found:
                    found[type(other), other.id] = other
                    waiting.append(other)
        return tuple(found.values())[1:]

    def _beside(self, row: Row) -> Iterable[Row]:
        for kind in self._registry.kinds.values():
            if kind.about and kind.about[0] == row.noun:
                yield from self._room.where(kind, **{kind.about[1]: row.id})
        if row.copied_to is not None:
            noun, field = row.copied_to
            copy = self._room.find(self._registry.kinds[noun], getattr(row, field) or "")
            if copy is not None:
                yield copy

    def everything(self) -> tuple[Row, ...]:
        return tuple(row for kind in self._registry.kinds.values() if kind.logged for row in self._room.where(kind))


def is_revealed(before: Row | None, after: Row) -> bool:
    """Whether a row that was hidden is so no more."""
    return before is not None and before.is_hidden and not after.is_hidden


def _has(row: Row | None, fields: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in fields.items())
