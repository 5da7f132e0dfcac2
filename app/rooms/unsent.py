"""What was stored and is not sent yet, and how each viewer is told of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.rooms.kernel import Row, Who
from app.rooms.log import Entry
from app.rooms.outbox import Packet
from app.rooms.seeing import Glimpse, delta_json, glimpse, glimpses, resume_point

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
    def owners(self) -> dict[str, "Own"]:
        """Whose rows it touches, and which these are: of them they may see more than others."""
        owners: defaultdict[str, Own] = defaultdict(Own)
        for n, (put, before) in enumerate(zip(self.entry.puts, self.before, strict=True)):
            for row in (put.row, before):
                if row is not None and row.owner_id is not None:
                    owners[row.owner_id].places.add(n)
        for row in self.entry.private:
            if row.owner_id is not None:
                owners[row.owner_id].private.append(row)
        return owners


@dataclass(slots=True)
class Own:
    """What of one entry is somebody's own."""

    places: set[int] = field(default_factory=set)
    """Of logged rows, among the puts."""
    private: list[Row] = field(default_factory=list)

    def __or__(self, other: "Own") -> "Own":
        return Own(self.places | other.places, self.private + other.private)


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
        self._of_owner: dict[str, dict[int, Own]] = {}
        """By owner: which changes touch rows of theirs."""
        for n, change in enumerate(unsent):
            for owner, own in change.owners.items():
                self._of_owner.setdefault(owner, {})[n] = own
        self._glimpses: dict[frozenset[str], list[dict[int, Glimpse]]] = {}
        self._joined: dict[frozenset[str], Joined] = {}
        self._told: dict[frozenset[str] | str, Told] = {}

    def to(self, who: Who) -> Told:
        """What `who` sees of these changes."""
        own = self._own(who)
        key = who.member_id if own and who.member_id else who.permissions
        if key not in self._told:
            self._told[key] = self._to_owner(own, who) if own else self._packet(self._of_class(who), {})
        return self._told[key]

    def _own(self, who: Who) -> dict[int, Own]:
        own: dict[int, Own] = {}
        for name in who.names:
            for n, of_it in self._of_owner.get(name, {}).items():
                own[n] = own[n] | of_it if n in own else of_it
        return own

    def _to_owner(self, own: Mapping[int, Own], who: Who) -> Told:
        joined = self._of_class(who)
        bodies = {n: self._body_for_owner(n, of_it, who) for n, of_it in own.items()}
        differing = {n: body for n, body in bodies.items() if body != joined.bodies[n]}
        return self._packet(joined, differing) if differing else self.to(_owning_nothing(who))

    def _body_for_owner(self, n: int, own: Own, who: Who) -> str | None:
        """Of the others' rows they see what their class sees: of 500 rows of 500 people each looks at one."""
        change = self._unsent[n]
        seen = dict(self._glimpses[who.permissions][n])
        for place in own.places:
            mine = glimpse(change.entry.puts[place], change.before[place], who)
            if mine is not None:
                seen[place] = mine
            else:
                seen.pop(place, None)
        return delta_json(change.entry, seen, own.private, who)

    def _of_class(self, who: Who) -> Joined:
        if who.permissions not in self._joined:
            another = _owning_nothing(who)
            seen = [glimpses(change.entry, change.before, another) for change in self._unsent]
            entries = [change.entry for change in self._unsent]
            bodies = [delta_json(entry, of_it, (), another) for entry, of_it in zip(entries, seen, strict=True)]
            self._glimpses[who.permissions] = seen
            self._joined[who.permissions] = Joined([entry.seq for entry in entries], bodies)
        return self._joined[who.permissions]

    def _packet(self, joined: Joined, own: Mapping[int, str | None]) -> Told:
        mine = {self._unsent[n].entry.seq: body for n, body in own.items()}
        seen = (joined.seen - mine.keys()) | {seq for seq, body in mine.items() if body is not None}
        if not seen:
            return None, seen
        return Packet(joined.with_own(own), reaches=resume_point(self._epoch, max(seen))), seen


def _owning_nothing(who: Who) -> Who:
    """Somebody who may do the same, and whose nothing of it is."""
    return replace(who, member_id=None, aliases=frozenset())
