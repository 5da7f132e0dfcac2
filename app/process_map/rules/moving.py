"""Steps stand elsewhere, and a step changes its place on the way, which stays whole."""

from collections.abc import Iterable

from app.process_map.messages import MovedInto, MoveInto, MoveSteps, Redirect, Redirected, StepsMoved, Way
from app.process_map.rows import Lane, MapEdge, MapStep, Place, ProcessMap, Spot
from app.process_map.rules.edges import arrow
from app.process_map.rules.layout import PITCH, box, free_place, height, row_of
from app.process_map.rules.removing import away_between
from app.process_map.rules.whole import changeable, live, on, refuse_edges_beyond, with_totals
from app.rooms.kernel import Ask, Change, Refusal, Room, Row


def move_steps(room: Room, command: MoveSteps, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    puts = _in_their_lanes(room, map, command.places)
    return Change(StepsMoved(map_id=map.id, count=len(puts)), puts=puts)


def redirect(room: Room, command: Redirect, ask: Ask) -> Change:
    """An arrow that begins or ends at a step that was taken away meanwhile is refused, and all the rest with it."""
    map = changeable(room, command.map_id)
    edges = {edge.id: edge for edge in room.where(MapEdge, map_id=map.id)}
    standing = dict(edges)
    edges |= {way.edge_id: _led(room, map, way, ask) for way in command.ways}
    there = [edge for edge in edges.values() if edge.removed_at is None]
    if len({(edge.from_id, edge.to_id) for edge in there}) < len(there):
        raise Refusal("already_connected")
    changed = [edge for id, edge in edges.items() if edge != standing[id]]
    refuse_edges_beyond(room, map.id, len(there) - len(live(room, map.id, MapEdge)))
    moved = _in_their_lanes(room, map, command.places)
    fact = Redirected(map_id=map.id, count=len(changed))
    return Change(fact, puts=with_totals(room, map, (*moved, *changed)) if changed else moved)


def move_into(room: Room, command: MoveInto, ask: Ask) -> Change:
    """What is said on an arrow stays where the arrow begins."""
    step = room.get(MapStep, command.step_id)
    map = changeable(room, step.map_id)
    into = on(room, map, MapEdge, command.into)
    fact = MovedInto(step_id=step.id)
    if step.id in (into.from_id, into.to_id):
        return Change(fact)
    edges = live(room, map.id, MapEdge)
    led_in = [edge for edge in edges if edge.to_id == step.id]
    led_out = [edge for edge in edges if edge.from_id == step.id]
    if len(led_in) > 1 or len(led_out) > 1:
        raise Refusal("step_branches")
    if not led_out:
        refuse_edges_beyond(room, map.id, 1)
    arrows: list[Row] = [into.but(to_id=step.id, heals=())]
    for edge in led_in:
        past = edge.but(to_id=led_out[0].to_id, heals=()) if led_out else edge
        arrows.append(past if _leads_anywhere(past, step, into, edges) else edge.but(removed_at=ask.at))
    if led_out:
        arrows.append(led_out[0].but(to_id=into.to_id, heals=()))
    else:
        new_id = room.free(MapEdge, command.edge_id or ask.id(0))
        arrows.append(arrow(map, new_id, step.id, into.to_id, ask))
    return Change(fact, puts=with_totals(room, map, (*_stand(room, map, step, into, command.spot), *arrows)))


def _leads_anywhere(past: MapEdge, step: MapStep, into: MapEdge, edges: list[MapEdge]) -> bool:
    """Not back to where it begins, not nowhere, and not where another arrow leads already."""
    if past.to_id in (past.from_id, step.id):
        return False
    others = (edge for edge in edges if edge.id not in (past.id, into.id))
    return all((edge.from_id, edge.to_id) != (past.from_id, past.to_id) for edge in others)


def put_down(room: Room, map: ProcessMap, places: Iterable[Place]) -> tuple[MapStep, ...]:
    """Those that were taken away meanwhile stay so."""
    moved: dict[str, MapStep] = {}
    for place in places:
        step = on(room, map, MapStep, place.step_id, removed=True)
        if step.removed_at is None:
            moved[step.id] = _at(step, place)
    return tuple(step for step in moved.values() if step != room.find(MapStep, step.id))


def _in_their_lanes(room: Room, map: ProcessMap, places: tuple[Place, ...]) -> tuple[MapStep, ...]:
    for lane_id in {place.lane_id for place in places}:
        on(room, map, Lane, lane_id)
    return put_down(room, map, places)


def _at(step: MapStep, spot: Spot) -> MapStep:
    return step.but(lane_id=spot.lane_id, x=spot.x, y=spot.y, placed=spot.placed)


def _led(room: Room, map: ProcessMap, way: Way, ask: Ask) -> MapEdge:
    """The arrow as it then leads."""
    edge = on(room, map, MapEdge, way.edge_id, removed=True)
    if way.to_id is None:
        return edge.but(removed_at=edge.removed_at or ask.at, gone_with=None)
    before, after = on(room, map, MapStep, edge.from_id), on(room, map, MapStep, way.to_id)
    if before.id == after.id:
        raise Refusal("to_itself")
    heals = away_between(room, map, before.id, after.id)
    return edge.but(to_id=after.id, removed_at=None, gone_with=None, heals=heals)


def _stand(room: Room, map: ProcessMap, step: MapStep, into: MapEdge, spot: Spot | None) -> tuple[MapStep, ...]:
    """Where it was let go. Else neighbours change places, or it stands right of what it now comes after.

    What was placed on purpose stays.
    """
    if spot is not None:
        on(room, map, Lane, spot.lane_id)
        return (_at(step, spot),)
    if step.placed:
        return ()
    steps = {other.id: other for other in live(room, map.id, MapStep)}
    for edge in live(room, map.id, MapEdge):
        beside = {edge.from_id, edge.to_id}
        other = steps[(beside - {step.id}).pop()] if step.id in beside else None
        if other is not None and other.id in (into.from_id, into.to_id) and not other.placed:
            return (
                (step.but(x=other.x), other.but(x=step.x)) if other.lane_id != step.lane_id else _swapped(step, other)
            )
    before = steps[into.from_id]
    lane = [box(other) for other in steps.values() if other.lane_id == step.lane_id and other.id != step.id]
    x, y = free_place(lane, before.x + PITCH, row_of(step), height(step))
    return (step.but(x=x, y=y),)


def _swapped(step: MapStep, other: MapStep) -> tuple[MapStep, MapStep]:
    return step.but(x=other.x, y=other.y), other.but(x=step.x, y=step.y)
