"""What was stored and is not sent yet, and how each viewer is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.rooms.kernel import Row, Who
from app.rooms.log import Entry
from app.rooms.outbox import Packet
from app.rooms.seeing import delta_json, resume_point

Bodies = dict[int, str]
"""Change → its delta as JSON; without those of which nothing is seen."""
Told = tuple[Packet | None, frozenset[int]]
"""A packet, and the seqs in it."""


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


class Telling:
    """One flush: a packet a class of viewers. Who owns some of the rows gets one of their own only where it differs."""

    def __init__(self, unsent: Sequence[Unsent], epoch: str) -> None:
        self._unsent = unsent
        self._epoch = epoch
        self._of_owner: dict[str, set[int]] = {}
        for n, change in enumerate(unsent):
            for owner in change.owners:
                self._of_owner.setdefault(owner, set()).add(n)
        self._bodies: dict[frozenset[str], Bodies] = {}
        self._told: dict[frozenset[str] | str, Told] = {}

    def to(self, who: Who) -> Told:
        """What `who` sees of these changes."""
        own = {n for name in who.names for n in self._of_owner.get(name, ())}
        key = who.member_id if own and who.member_id else who.permissions
        if key not in self._told:
            self._told[key] = self._to_owner(own, who) if own else self._packet(self._of_class(who))
        return self._told[key]

    def _to_owner(self, own: Iterable[int], who: Who) -> Told:
        bodies = self._of_class(who)
        differing = {n: body for n in own if (body := self._body(n, who)) != bodies.get(n)}
        if not differing:
            return self.to(_owning_nothing(who))
        return self._packet({n: body for n, body in (bodies | differing).items() if body is not None})

    def _of_class(self, who: Who) -> Bodies:
        if who.permissions not in self._bodies:
            another = _owning_nothing(who)
            bodies = ((n, self._body(n, another)) for n in range(len(self._unsent)))
            self._bodies[who.permissions] = {n: body for n, body in bodies if body is not None}
        return self._bodies[who.permissions]

    def _body(self, n: int, who: Who) -> str | None:
        return delta_json(self._unsent[n].entry, self._unsent[n].before, who)

    def _packet(self, bodies: Bodies) -> Told:
        seen = frozenset(self._unsent[n].entry.seq for n in bodies)
        if not seen:
            return None, seen
        told = ",".join(bodies[n] for n in sorted(bodies))
        return Packet(told, reaches=resume_point(self._epoch, max(seen))), seen


def _owning_nothing(who: Who) -> Who:
    """Somebody who may do the same, and whose nothing of it is."""
    return replace(who, member_id=None, aliases=frozenset())
