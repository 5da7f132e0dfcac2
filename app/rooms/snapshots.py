"""A room at one seq as those who come in get it: encoded once for each class of viewers, however many come."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rooms.kernel import Row, Who
from app.rooms.log import wire_json
from app.rooms.outbox import Packet
from app.rooms.room import Replica
from app.rooms.seeing import snapshot_packets

Seen = dict[tuple[type[Row], str], tuple[str, str] | None]
"""Row → (noun, JSON) as somebody sees it; None where they do not."""


@dataclass(frozen=True, slots=True)
class Common:
    """What a class of viewers sees, row by row and as it is sent."""

    rows: Seen
    packets: list[Packet]


class Snapshots:
    """Of one replica, until its next change."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._common: dict[frozenset[str], Common] = {}
        self._owned: dict[str, list[Row]] = {}
        for row in replica.all():
            if row.owner_id is not None:
                self._owned.setdefault(row.owner_id, []).append(row)

    def seen_by(self, who: Who, private: Iterable[Row]) -> list[Packet]:
        """The same packets for everybody of a class, but for those who see a row of their own otherwise than the rest.

        `private` are the viewer's own unlogged rows.
        """
        common = self._of_class(who.permissions)
        own = self._own(who, private)
        return self._encode(common.rows | own) if own else common.packets

    def _of_class(self, permissions: frozenset[str]) -> Common:
        if permissions not in self._common:
            viewer = _any_of(permissions)
            rows: Seen = {(type(row), row.id): _seen(row, viewer) for row in self._replica.all()}
            self._common[permissions] = Common(rows, self._encode(rows))
        return self._common[permissions]

    def _own(self, who: Who, private: Iterable[Row]) -> Seen:
        viewer = _any_of(who.permissions)
        owned = (row for owner in who.names for row in self._owned.get(owner, ()))
        differ = (row for row in owned if row.seen_by(who) != row.seen_by(viewer))
        return {(type(row), row.id): _seen(row, who) for row in (*differ, *private)}

    def _encode(self, rows: Seen) -> list[Packet]:
        seen = (row for row in rows.values() if row is not None)
        return snapshot_packets(self._replica.epoch, self._replica.seq, seen)


def _any_of(permissions: frozenset[str]) -> Who:
    return Who(None, "viewer", permissions=permissions)


def _seen(row: Row, who: Who) -> tuple[str, str] | None:
    seen = row.seen_by(who)
    return None if seen is None else (seen.noun, wire_json(seen))
