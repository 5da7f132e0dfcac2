"""How patients go through a map: which way, and how often they come to each step. Pure: values in, values out.

A map is an absorbing Markov chain: from a step patients go on along its arrows by their shares until they come to an
end. How often the average patient comes to a step is what the chain expects of it, so a step after a branch counts by
its share, and one that is done again counts more than once (Kemeny and Snell, Finite Markov Chains, 1960, chapter 3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from app.process_map.rows import MapEdge, MapStep
from app.process_map.rows.steps import SHARE_DECIMALS
from app.process_map.rules.solving import Often, altogether, part, solved

Ways = Mapping[str, Mapping[str, Often]]
"""Step → step → the share that goes there."""
Busy = Mapping[str, Mapping[str, Often | float]]
"""The same, where it only counts which way is busier."""
WHOLE = 10**SHARE_DECIMALS
"""All patients, in the smallest share that can be said."""
TOLERANCE = WHOLE // 100

Shares = Literal["said", "shares_missing", "shares_off"]


@dataclass(frozen=True, slots=True)
class Flow:
    """The way through a map, from where it is entered."""

    entries: tuple[str, ...]
    exits: Mapping[str, tuple[MapEdge, ...]]
    ways: Ways
    reached: frozenset[str]
    """Along any arrow, also along one that nobody takes."""
    path: tuple[str, ...]
    """The steps that patients come to, in the order in which they do; of two branches the busier one first."""
    visits: Mapping[str, Often]
    loops: tuple[tuple[str, ...], ...]
    """What belongs together because it is done again, or is one step; what comes later stands first."""
    endless: frozenset[str]
    """Steps of a loop that nobody leaves."""
    shares: Mapping[str, Shares]
    after_end: frozenset[str]
    """Ends from which an arrow leads on all the same."""


def flow_of(steps: Mapping[str, MapStep], edges: Iterable[MapEdge]) -> Flow:
    """Where there is no start but one step to begin with, that is where it begins."""
    arrows = [edge for edge in edges if edge.from_id in steps and edge.to_id in steps]
    exits = _exits(steps, arrows)
    entries = _entries(steps, exits)
    shares = {id: _shares(found) for id, found in exits.items()}
    ways = {id: way for id, (way, _) in shares.items()}
    order, loops = walked(entries, ways)
    visits, endless = _visits(entries, ways, loops)
    return Flow(
        entries=entries,
        exits=exits,
        ways=ways,
        reached=reached_from(entries, {id: [edge.to_id for edge in out] for id, out in exits.items()}),
        path=order,
        visits=visits,
        loops=loops,
        endless=endless,
        shares={id: said for id, (_, said) in shares.items()},
        after_end=frozenset(edge.from_id for edge in arrows if steps[edge.from_id].kind == "end"),
    )


def kept_all_along(flow: Flow, kept: Mapping[str, Often]) -> Fraction:
    """The part of all patients for whom it goes right at every step they come to, where `kept` is the part at each."""
    known: dict[str, Often] = {}
    for loop in flow.loops:
        given: dict[str, Often] = {}
        for id in loop:
            is_last = not flow.ways[id] or id in flow.endless
            onward = [part(known[to], share) for to, share in flow.ways[id].items() if to in known]
            given[id] = part(1 if is_last else altogether(onward), kept[id])
        if len(loop) == 1:
            known |= given
            continue
        inside = set(loop) - flow.endless
        rows = {id: {to: part(share, kept[id]) for to, share in flow.ways[id].items() if to in inside} for id in loop}
        known |= solved(rows, given)
    return Fraction(altogether([known[id] for id in flow.entries])) / len(flow.entries)


def _exits(steps: Mapping[str, MapStep], edges: Iterable[MapEdge]) -> dict[str, tuple[MapEdge, ...]]:
    """Nobody goes on from an end."""
    found: dict[str, list[MapEdge]] = {id: [] for id in sorted(steps)}
    for edge in sorted(edges, key=lambda edge: edge.id):
        if steps[edge.from_id].kind != "end":
            found[edge.from_id].append(edge)
    return {id: tuple(out) for id, out in found.items()}


def _entries(steps: Mapping[str, MapStep], exits: Mapping[str, tuple[MapEdge, ...]]) -> tuple[str, ...]:
    starts = tuple(id for id in exits if steps[id].kind == "start")
    if starts:
        return starts
    led_to = {edge.to_id for out in exits.values() for edge in out}
    first = tuple(id for id, out in exits.items() if out and id not in led_to)
    return first if len(first) == 1 else ()


def _shares(exits: tuple[MapEdge, ...]) -> tuple[dict[str, Often], Shares]:
    """The part that takes each way. What is not said is shared equally; what does not sum to one is made to."""
    if not exits:
        return {}, "said"
    said = [None if edge.share is None else round(edge.share * WHOLE) for edge in exits]
    silent = said.count(None)
    if silent == len(exits) == 1:
        return {exits[0].to_id: 1}, "said"
    # Whole numbers also where what is left is divided by those who are silent.
    by = silent or 1
    rest = max(0, WHOLE - sum(share for share in said if share is not None))
    weights = [rest if share is None else share * by for share in said]
    whole = sum(weights)
    ways: dict[str, Often] = {}
    for edge, weight in zip(exits, weights, strict=True):
        if weight or not whole:
            share = Fraction(weight, whole) if whole else Fraction(1, len(exits))
            ways[edge.to_id] = altogether((ways.get(edge.to_id, 0), share))
    if abs(whole - WHOLE * by) > TOLERANCE * by:
        return ways, "shares_off"
    return ways, "shares_missing" if silent else "said"


def reached_from(begin: Iterable[str], ways: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found = set(begin)
    waiting = list(found)
    while waiting:
        further = set(ways[waiting.pop()]) - found
        found |= further
        waiting.extend(further)
    return frozenset(found)


@dataclass
class _Walk:
    """Tarjan's walk (SIAM Journal on Computing 1, 1972): every step once, and what can lead back to itself together."""

    ways: Busy
    number: dict[str, int] = field(default_factory=dict)
    lowest: dict[str, int] = field(default_factory=dict)
    open: dict[str, None] = field(default_factory=dict)
    finished: list[str] = field(default_factory=list)
    loops: list[tuple[str, ...]] = field(default_factory=list)

    def along(self, id: str) -> list[str]:
        """The busiest way last: what is finished last comes first on the path."""
        if len(self.ways[id]) == 1:
            return list(self.ways[id])
        return sorted(self.ways[id], key=lambda to: (float(self.ways[id][to]), to))

    def begins(self, id: str) -> None:
        self.number[id] = self.lowest[id] = len(self.number)
        self.open[id] = None

    def ends(self, id: str) -> None:
        self.finished.append(id)
        if self.lowest[id] < self.number[id]:
            return
        loop: list[str] = []
        while not loop or loop[-1] != id:
            loop.append(self.open.popitem()[0])
        self.loops.append(tuple(loop))

    def walk(self, first: str) -> None:
        """Without recursion: a map may be longer than Python's stack."""
        self.begins(first)
        under_way = [(first, iter(self.along(first)))]
        while under_way:
            id, ahead = under_way[-1]
            to = next(ahead, None)
            if to is None:
                under_way.pop()
                self.ends(id)
                if under_way:
                    came_from = under_way[-1][0]
                    self.lowest[came_from] = min(self.lowest[came_from], self.lowest[id])
            elif to not in self.number:
                self.begins(to)
                under_way.append((to, iter(self.along(to))))
            elif to in self.open:
                self.lowest[id] = min(self.lowest[id], self.number[to])


def walked(entries: Iterable[str], ways: Busy) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    walk = _Walk(ways)
    for entry in entries:
        if entry not in walk.number:
            walk.walk(entry)
    return tuple(reversed(walk.finished)), tuple(walk.loops)


def _visits(
    entries: tuple[str, ...], ways: Ways, loops: tuple[tuple[str, ...], ...]
) -> tuple[dict[str, Often], frozenset[str]]:
    """How often the average patient comes to each step, and the steps that they never leave again."""
    arriving: dict[str, Often] = {entry: part(1, Fraction(1, len(entries))) for entry in entries}
    visits: dict[str, Often] = {}
    endless: set[str] = set()
    for loop in reversed(loops):
        inside = set(loop)
        if len(loop) == 1:
            found = {id: arriving[id] for id in loop}
        elif any(to not in inside for id in loop for to in ways[id]):
            rows: dict[str, dict[str, Often]] = {id: {} for id in loop}
            for id in loop:
                for to, share in ways[id].items():
                    if to in inside:
                        rows[to][id] = share
            found = solved(rows, {id: arriving.get(id, 0) for id in loop})
        else:
            # Everybody who comes in is there once: how often is not to be known.
            endless |= inside
            found = dict.fromkeys(loop, altogether([arriving[id] for id in loop if id in arriving]))
        for id, often in found.items():
            visits[id] = often
            for to, share in ways[id].items():
                if to not in inside:
                    more = part(often, share)
                    arriving[to] = altogether((arriving[to], more)) if to in arriving else more
    return visits, frozenset(endless)
