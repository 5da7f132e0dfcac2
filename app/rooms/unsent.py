"""What was stored and is not sent yet, and how a class of viewers is told of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rooms.kernel import Row, Who
from app.rooms.log import Entry
from app.rooms.outbox import Packet
from app.rooms.seeing import delta_json, resume_point


@dataclass(slots=True)
class Unsent:
    """An entry and the rows it replaced, until the next flush."""

    entry: Entry
    before: tuple[Row | None, ...]

    @property
    def owners(self) -> Iterable[str]:
        """Whose rows it touches: they may see more of it than others."""
        rows = (*(put.row for put in self.entry.puts), *self.before, *self.entry.private)
        return (row.owner_id for row in rows if row is not None and row.owner_id is not None)


Deltas = dict[tuple[frozenset[str], str | None], tuple[Packet | None, set[int]]]
"""One flush's packets: a class of viewers, and perhaps the owner among them → the packet, and the seqs in it."""


def deltas(unsent: list[Unsent], who: Who, epoch: str) -> tuple[Packet | None, set[int]]:
    """The packet of all that `who` sees of these changes, and the seqs in it."""
    bodies: list[str] = []
    seen: set[int] = set()
    for change in unsent:
        body = delta_json(change.entry, change.before, who)
        if body is not None:
            bodies.append(body)
            seen.add(change.entry.seq)
    if not bodies:
        return None, seen
    return Packet(",".join(bodies), reaches=resume_point(epoch, max(seen))), seen
