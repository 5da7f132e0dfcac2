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
    on,
    refuse_edges_beyond,
    refuse_steps_beyond,
    with_totals,
)
from app.rooms.kernel import Ask, Change, Room


def remove_steps(room: Room, command: RemoveSteps, ask: Ask) -> Change:
    map, steps = _of_one_map(room, command.step_ids)
    gone = tuple(step.but(removed_at=ask.at) for step in steps if step.removed_at is None)
    fact = StepsRemoved(map_id=map.id, count=len(gone))
    if not gone:
        return Change(fact)
    ids = {step.id for step in gone}
    edges = {edge.id: edge for edge in room.where(MapEdge, map_id=map.id)}
    with_them = [
        edge.but(removed_at=ask.at, gone_with=edge.from_id if edge.from_id in ids else edge.to_id)
        for edge in edges.values()
        if edge.removed_at is None and not ids.isdisjoint((edge.from_id, edge.to_id))
    ]
    edges |= {edge.id: edge for edge in with_them}
    healed = _healed(map, ids, edges.values(), ask)
    return Change(fact, puts=with_totals(room, map, (*gone, *with_them, *healed)))


def restore_steps(room: Room, command: RestoreSteps, ask: Ask) -> Change:
    map, steps = _of_one_map(room, command.step_ids)
    back = tuple(_in_a_lane(room, map, step).but(removed_at=None) for step in steps if step.removed_at is not None)
    fact = StepsRestored(map_id=map.id, count=len(back))
    if not back:
        return Change(fact)
    refuse_steps_beyond(room, map.id, len(back))
    there = {step.id for step in room.where(MapStep, map_id=map.id) if step.removed_at is None}
    ids = {step.id for step in back}
    edges = {edge.id: edge for edge in room.where(MapEdge, map_id=map.id)}
    standing = dict(edges)
    still_gone = _give_back(edges, ids, there | ids)
    still_gone |= _give_up(edges, ids | still_gone, ids, ask)
    for edge in _healed(map, still_gone, edges.values(), ask):
        edges[edge.id] = edge
    changed = tuple(edge for id, edge in edges.items() if edge != standing.get(id))
    refuse_edges_beyond(room, map.id, sum(1 if edge.removed_at is None else -1 for edge in changed))
    return Change(fact, puts=with_totals(room, map, (*back, *changed)))


def _give_back(edges: dict[str, MapEdge], ids: Collection[str], there: Collection[str]) -> set[str]:
    """The arrows that went with these steps come back. One whose other end is still away waits for that: those ends."""
    taken = {(edge.from_id, edge.to_id) for edge in edges.values() if edge.removed_at is None}
    waiting: set[str] = set()
    for edge in [edge for edge in edges.values() if edge.gone_with in ids]:
        away = [end for end in (edge.from_id, edge.to_id) if end not in there]
        if away:
            waiting.add(away[0])
            edges[edge.id] = edge.but(gone_with=away[0])
        elif (edge.from_id, edge.to_id) in taken or not set(there).isdisjoint(edge.heals):
            # Somebody has drawn it anew, or what it led past is there again.
            edges[edge.id] = edge.but(gone_with=None)
        else:
            edges[edge.id] = edge.but(removed_at=None, gone_with=None)
    return waiting


def _give_up(edges: dict[str, MapEdge], touched: Collection[str], ids: Collection[str], ask: Ask) -> set[str]:
    """Arrows that healed the way past these steps go. What else they led past has to heal anew."""
    rest: set[str] = set()
    for edge in [edge for edge in edges.values() if not set(touched).isdisjoint(edge.heals)]:
        rest |= set(edge.heals) - set(ids)
        edges[edge.id] = edge.but(removed_at=edge.removed_at or ask.at, gone_with=None)
    return rest


def _healed(map: ProcessMap, gone: Collection[str], edges: Iterable[MapEdge], ask: Ask) -> Iterator[MapEdge]:
    """For each stretch of steps that are away: an arrow past it, where one led in and one led out."""
    known = list(edges)
    taken = {(edge.from_id, edge.to_id) for edge in known if edge.removed_at is None}
    with_them = [edge for edge in known if edge.gone_with in gone]
    number = 0
    for stretch in _stretches(gone, with_them):
        led_in = [edge for edge in with_them if edge.to_id in stretch and edge.from_id not in stretch]
        led_out = [edge for edge in with_them if edge.from_id in stretch and edge.to_id not in stretch]
        if len(led_in) != 1 or len(led_out) != 1:
            continue
        ends = (led_in[0].from_id, led_out[0].to_id)
        if ends[0] == ends[1] or ends in taken:
            continue
        taken.add(ends)
        first = led_in[0]
        past = tuple(sorted(stretch))
        yield arrow(map, ask.id(number), *ends, ask, label=first.label, share=first.share, heals=past)
        number += 1


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


def _in_a_lane(room: Room, map: ProcessMap, step: MapStep) -> MapStep:
    """Its lane may be gone by now; then it comes back into the first."""
    lane = room.find(Lane, step.lane_id)
    if lane is not None and lane.removed_at is None:
        return step
    return step.but(lane_id=lanes_in_order(room, map.id)[0].id)
