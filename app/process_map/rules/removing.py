"""Steps are taken away and put back, and the way through the map stays whole.

Arrows go with a step and come back with it. Where one arrow led to what is taken away and one led on, a new one heals
the way; it goes again when a step between its ends comes back. So whoever undoes what they did, whatever others have
done meanwhile, gets their step back on the way and leaves what others did as it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from app.process_map.messages import RemoveSteps, RestoreSteps, StepsRemoved, StepsRestored
from app.process_map.rows import Lane, MapEdge, MapStep, ProcessMap
from app.process_map.rules.edges import arrow
from app.process_map.rules.whole import (
    changeable,
    lanes_in_order,
    live,
    on,
    refuse_edges_beyond,
    refuse_lanes_beyond,
    refuse_steps_beyond,
    with_totals,
)
from app.rooms.kernel import Ask, Change, Room


def remove_steps(room: Room, command: RemoveSteps, ask: Ask) -> Change:
    map, steps = _of_one_map(room, command.step_ids)
    gone = tuple(step.but(removed_at=ask.at) for step in steps if step.removed_at is None)
    fact = StepsRemoved(map_id=map.id, count=len(gone))
    ids = {step.id for step in gone}
    lanes = _empty(room, map, command.lane_ids, ids, ask)
    if not gone:
        return Change(fact, puts=lanes)
    edges = {edge.id: edge for edge in room.where(MapEdge, map_id=map.id)}
    there = _there(room, map) - ids
    standing = dict(edges)
    for edge in [edge for edge in edges.values() if edge.removed_at is None]:
        with_one = next((end for end in (edge.from_id, edge.to_id) if end in ids), None)
        if with_one is not None and not edge.heals:
            edges[edge.id] = edge.but(removed_at=ask.at, gone_with=with_one)
    past = [edge for edge in edges.values() if edge.removed_at is None and {edge.from_id, edge.to_id} & ids]
    edges |= {edge.id: edge.but(removed_at=ask.at) for edge in past}
    away = ids.union(*(edge.heals for edge in past))
    changed = _with_healed(map, edges, standing, away, there, past, ask)
    return Change(fact, puts=with_totals(room, map, (*lanes, *gone, *changed)))


def restore_steps(room: Room, command: RestoreSteps, ask: Ask) -> Change:
    map, steps = _of_one_map(room, command.step_ids)
    lanes = _with_their_steps(room, map, steps)
    refuse_lanes_beyond(room, map.id, len(lanes))
    back = tuple(
        _in_a_lane(room, map, step, lanes).but(removed_at=None) for step in steps if step.removed_at is not None
    )
    fact = StepsRestored(map_id=map.id, count=len(back))
    if not back:
        return Change(fact)
    refuse_steps_beyond(room, map.id, len(back))
    ids = {step.id for step in back}
    there = _there(room, map) | ids
    edges = {edge.id: edge for edge in room.where(MapEdge, map_id=map.id)}
    standing = dict(edges)
    away = _give_back(edges, ids, there)
    past = _led_past(edges.values(), ids, away, there)
    edges |= {edge.id: edge.but(removed_at=ask.at) for edge in past}
    changed = _with_healed(map, edges, standing, away, there, past, ask)
    refuse_edges_beyond(room, map.id, sum(1 if edge.removed_at is None else -1 for edge in changed))
    return Change(fact, puts=with_totals(room, map, (*lanes.values(), *back, *changed)))


def away_between(room: Room, map: ProcessMap, from_id: str, to_id: str) -> tuple[str, ...]:
    """The steps that are away where an arrow leads from one to the other: it goes when they come back."""
    there = _there(room, map)
    gone = [edge for edge in room.where(MapEdge, map_id=map.id) if edge.gone_with is not None]
    away = {end for edge in gone for end in (edge.from_id, edge.to_id)} - there
    gaps = _gaps(away, gone)
    return next((steps for steps, led_in, led_out in gaps if (led_in.from_id, led_out.to_id) == (from_id, to_id)), ())


def _there(room: Room, map: ProcessMap) -> set[str]:
    return {step.id for step in live(room, map.id, MapStep)}


def _give_back(edges: dict[str, MapEdge], ids: Collection[str], there: Collection[str]) -> set[str]:
    """The arrows that went with these steps come back. One whose other end is still away waits for that: those ends."""
    taken = {(edge.from_id, edge.to_id) for edge in edges.values() if edge.removed_at is None and not edge.heals}
    away: set[str] = set()
    for edge in [edge for edge in edges.values() if edge.gone_with in ids]:
        other = next((end for end in (edge.from_id, edge.to_id) if end not in there), None)
        if other is not None:
            away.add(other)
            edges[edge.id] = edge.but(gone_with=other)
        elif (edge.from_id, edge.to_id) in taken:
            # Somebody has drawn it anew.
            edges[edge.id] = edge.but(gone_with=None)
        else:
            edges[edge.id] = edge.but(removed_at=None, gone_with=None)
    return away


def _led_past(
    edges: Collection[MapEdge], ids: Collection[str], away: set[str], there: Collection[str]
) -> list[MapEdge]:
    """Arrows that led past these steps, or past what hangs on them and is still away, which goes into `away`."""
    past: dict[str, MapEdge] = {}
    grows = True
    while grows:
        before = len(away)
        for edge in edges:
            if edge.removed_at is None and (away.union(ids) & set(edge.heals)):
                past[edge.id] = edge
                away |= set(edge.heals) - set(there)
            elif edge.gone_with is not None and {edge.from_id, edge.to_id} & away:
                away |= {edge.from_id, edge.to_id} - set(there)
        grows = len(away) > before
    return list(past.values())


def _with_healed(
    map: ProcessMap,
    edges: dict[str, MapEdge],
    standing: Mapping[str, MapEdge],
    away: Collection[str],
    there: Collection[str],
    past: Iterable[MapEdge],
    ask: Ask,
) -> tuple[MapEdge, ...]:
    """All arrows that are not as they stood, with a new one past each stretch that is away."""
    edges |= {edge.id: edge for edge in list(_healed(map, edges.values(), away, there, past, ask))}
    return tuple(edge for id, edge in edges.items() if edge != standing.get(id))


def _healed(
    map: ProcessMap,
    edges: Collection[MapEdge],
    away: Collection[str],
    there: Collection[str],
    past: Iterable[MapEdge],
    ask: Ask,
) -> Iterator[MapEdge]:
    """Where one arrow led in and one led out. What was said on the one that led past there before is said again."""
    taken = {(edge.from_id, edge.to_id) for edge in edges if edge.removed_at is None}
    gone = [edge for edge in edges if edge.gone_with is not None]
    said_before = {edge.from_id: edge for edge in past}
    for number, (heals, led_in, led_out) in enumerate(_gaps(away, gone)):
        ends = (led_in.from_id, led_out.to_id)
        if ends[0] == ends[1] or ends in taken or not set(ends) <= set(there):
            continue
        said = said_before.get(ends[0], led_in)
        yield arrow(map, ask.id(number), *ends, ask, label=said.label, share=said.share, heals=heals)


def _gaps(away: Collection[str], gone: Collection[MapEdge]) -> Iterator[tuple[tuple[str, ...], MapEdge, MapEdge]]:
    """Stretches of steps that are away, to which one arrow led and from which one led on."""
    for stretch in _stretches(away, gone):
        led_in = [edge for edge in gone if edge.to_id in stretch and edge.from_id not in stretch]
        led_out = [edge for edge in gone if edge.from_id in stretch and edge.to_id not in stretch]
        if len(led_in) == len(led_out) == 1:
            yield tuple(sorted(stretch)), led_in[0], led_out[0]


def _stretches(gone: Collection[str], edges: Iterable[MapEdge]) -> Iterator[set[str]]:
    """Steps that are away and hang together."""
    beside: dict[str, set[str]] = {id: set() for id in sorted(gone)}
    for edge in edges:
        if edge.from_id in beside and edge.to_id in beside:
            beside[edge.from_id].add(edge.to_id)
            beside[edge.to_id].add(edge.from_id)
    yield from _together(beside)


def _together(beside: Mapping[str, set[str]]) -> Iterator[set[str]]:
    seen: set[str] = set()
    for id in beside:
        if id in seen:
            continue
        stretch, waiting = {id}, [id]
        while waiting:
            found = beside[waiting.pop()] - stretch
            stretch |= found
            waiting.extend(found)
        seen |= stretch
        yield stretch


def _of_one_map(room: Room, step_ids: Iterable[str]) -> tuple[ProcessMap, list[MapStep]]:
    """Each once; all on the map of the first."""
    first, *rest = dict.fromkeys(step_ids)
    step = room.get(MapStep, first, removed=True)
    map = changeable(room, step.map_id)
    return map, [step, *(on(room, map, MapStep, id, removed=True) for id in rest)]


def _empty(room: Room, map: ProcessMap, lane_ids: Iterable[str], gone: Collection[str], ask: Ask) -> tuple[Lane, ...]:
    """Of these lanes those in which nothing is left. One lane of a map stays."""
    taken = {step.lane_id for step in live(room, map.id, MapStep) if step.id not in gone}
    asked = {lane.id for lane in (on(room, map, Lane, id, removed=True) for id in lane_ids)}
    empty = [lane for lane in lanes_in_order(room, map.id) if lane.id in asked - taken]
    stay = 1 if len(empty) == len(lanes_in_order(room, map.id)) else 0
    return tuple(lane.but(removed_at=ask.at) for lane in empty[stay:])


def _with_their_steps(room: Room, map: ProcessMap, steps: Iterable[MapStep]) -> dict[str, Lane]:
    """Lanes that went in the same moment as these steps come back with them."""
    gone = {(step.lane_id, step.removed_at) for step in steps if step.removed_at is not None}
    lanes = (lane for lane in room.where(Lane, map_id=map.id) if (lane.id, lane.removed_at) in gone)
    return {lane.id: lane.but(removed_at=None) for lane in lanes}


def _in_a_lane(room: Room, map: ProcessMap, step: MapStep, back: Collection[str]) -> MapStep:
    """Its lane may be gone by now; then it comes back into the first."""
    lane = room.find(Lane, step.lane_id)
    if lane is not None and (lane.removed_at is None or lane.id in back):
        return step
    return step.but(lane_id=lanes_in_order(room, map.id)[0].id)
