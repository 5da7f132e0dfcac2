"""What was stored and is not sent yet, and how each viewer is told of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.rooms.kernel import Row, Who
from app.rooms.log import Entry
from app.rooms.outbox import Packet
from app.rooms.seeing import delta_json, resume_point

Bodies = list[str | None]
"""For each change its delta as JSON; None where nothing of it is seen."""
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


class Joined:
    """The deltas of one class of viewers in one piece, in which an owner's own take the place of some."""

    def __init__(self, seqs: Iterable[int], bodies: Bodies) -> None:
        self.bodies = bodies
        self.seen = frozenset(seq for seq, body in zip(seqs, bodies, strict=True) if body is not None)
        self._at: list[int] = []
        """Where each begins, or would."""
        told: list[str] = []
        length = 0
        for body in bodies:
            self._at.append(length)
            if body is not None:
                told.append(f"{body},")
                length += len(body) + 1
        self._told = "".join(told)

    def with_own(self, own: Mapping[int, str | None]) -> str:
        parts: list[str] = []
        done = 0
        for n in sorted(own):
            replaced, instead = self.bodies[n], own[n]
            parts.append(self._told[done : self._at[n]])
            if instead is not None:
                parts.append(f"{instead},")
            done = self._at[n] + (0 if replaced is None else len(replaced) + 1)
        parts.append(self._told[done:])
        return "".join(parts).removesuffix(",")


class Telling:
    """One flush: a packet a class of viewers. Who owns some of the rows gets one of their own only where it differs."""

    def __init__(self, unsent: Sequence[Unsent], epoch: str) -> None:
        self._unsent = unsent
        self._epoch = epoch
        self._of_owner: dict[str, set[int]] = {}
        for n, change in enumerate(unsent):
            for owner in change.owners:
                self._of_owner.setdefault(owner, set()).add(n)
        self._joined: dict[frozenset[str], Joined] = {}
        self._told: dict[frozenset[str] | str, Told] = {}

    def to(self, who: Who) -> Told:
        """What `who` sees of these changes."""
        own = {n for name in who.names for n in self._of_owner.get(name, ())}
        key = who.member_id if own and who.member_id else who.permissions
        if key not in self._told:
            self._told[key] = self._to_owner(own, who) if own else self._packet(self._of_class(who), {})
        return self._told[key]

    def _to_owner(self, own: Iterable[int], who: Who) -> Told:
        joined = self._of_class(who)
        differing = {n: body for n in own if (body := self._body(n, who)) != joined.bodies[n]}
        return self._packet(joined, differing) if differing else self.to(_owning_nothing(who))

    def _of_class(self, who: Who) -> Joined:
        if who.permissions not in self._joined:
            another = _owning_nothing(who)
            seqs = [change.entry.seq for change in self._unsent]
            bodies = [self._body(n, another) for n in range(len(self._unsent))]
            self._joined[who.permissions] = Joined(seqs, bodies)
        return self._joined[who.permissions]

    def _body(self, n: int, who: Who) -> str | None:
        return delta_json(self._unsent[n].entry, self._unsent[n].before, who)

    def _packet(self, joined: Joined, own: Mapping[int, str | None]) -> Told:
        mine = {self._unsent[n].entry.seq: body for n, body in own.items()}
        seen = (joined.seen - mine.keys()) | {seq for seq, body in mine.items() if body is not None}
        if not seen:
            return None, seen
        return Packet(joined.with_own(own), reaches=resume_point(self._epoch, max(seen))), seen


def _owning_nothing(who: Who) -> Who:
    """Somebody who may do the same, and whose nothing of it is."""
    return replace(who, member_id=None, aliases=frozenset())
