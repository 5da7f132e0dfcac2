"""Unlogged rows of those who are connected: each is told only their own, with snapshots and with what changed them."""

from collections.abc import Iterable

from app.rooms.kernel import Row
from app.rooms.paper import Paper
from app.rooms.registry import aliases
from app.rooms.room import Replica

Key = tuple[type[Row], str]


class Private:
    """Member → their own unlogged rows, as far as anybody connected wants them. Papers belong to an alias of theirs."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Key, Row]] = {}
        self._owners: dict[str, str] | None = None

    def __contains__(self, member_id: str) -> bool:
        return member_id in self._rows

    def expect(self, member_id: str) -> None:
        """This member's rows are being read from SQL: what changes meanwhile is kept already."""
        self._rows.setdefault(member_id, {})
        self._owners = None

    def fill(self, member_id: str, rows: Iterable[Row]) -> None:
        """What was read. Rows that have changed since are the newer ones."""
        mine = self._rows.get(member_id, {})
        for row in rows:
            mine.setdefault((type(row), row.id), row)

    def put(self, row: Row, replica: Replica) -> None:
        owner = self._owner_of(row, replica)
        if owner is not None:
            self._rows[owner][type(row), row.id] = row

    def of(self, member_id: str | None, replica: Replica) -> list[Row]:
        """Those of one member; papers only while their box has its key."""
        rows = self._rows.get(member_id or "", {}).values()
        return [row for row in rows if not isinstance(row, Paper) or row.box_id in replica.keys]

    def renew(self, rows: Iterable[Row], replica: Replica) -> tuple[list[Row], frozenset[str]]:
        """All unlogged rows as SQL has them: those that differ from ours, and the members who have lost one.

        A paper that is gone went with its box, of which everybody hears.
        """
        self._owners = None
        before = self._rows
        self._rows = {member_id: {} for member_id in before}
        for row in rows:
            self.put(row, replica)
        changed = [
            row
            for member_id, mine in self._rows.items()
            for key, row in mine.items()
            if before[member_id].get(key) != row
        ]
        lost = (
            member_id
            for member_id, mine in before.items()
            if any(kind is not Paper for kind, _ in mine.keys() - self._rows[member_id].keys())
        )
        return changed, frozenset(lost)

    def rekey(self) -> None:
        """A box was opened or closed: aliases are others, and so may papers be."""
        self._owners = None

    def burn(self, box_ids: Iterable[str]) -> None:
        """The papers of boxes that are closed."""
        gone = frozenset(box_ids)
        for mine in self._rows.values() if gone else ():
            for key in [key for key, row in mine.items() if isinstance(row, Paper) and row.box_id in gone]:
                del mine[key]

    def forget(self, member_id: str) -> None:
        if self._rows.pop(member_id, None) is not None:
            self._owners = None

    def _owner_of(self, row: Row, replica: Replica) -> str | None:
        if self._owners is None:
            self._owners = {
                name: member_id for member_id in self._rows for name in (member_id, *aliases(replica, member_id))
            }
        return self._owners.get(row.owner_id or "")
