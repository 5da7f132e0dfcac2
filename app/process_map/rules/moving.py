"""A step changes its place on the way, and the way stays whole."""

from app.process_map.messages import MovedInto, MoveInto
from app.process_map.rows import MapEdge, MapStep, ProcessMap
from app.process_map.rules.edges import arrow
from app.process_map.rules.layout import PITCH, box, free_place, height, row_of
from app.process_map.rules.whole import changeable, live, on, refuse_edges_beyond, with_totals
from app.rooms.kernel import Ask, Change, Refusal, Room, Row


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
    return Change(fact, puts=with_totals(room, map, (*_stand(room, map, step, into), *arrows)))


def _leads_anywhere(past: MapEdge, step: MapStep, into: MapEdge, edges: list[MapEdge]) -> bool:
    """Not back to where it begins, not nowhere, and not where another arrow leads already."""
    if past.to_id in (past.from_id, step.id):
        return False
    others = (edge for edge in edges if edge.id not in (past.id, into.id))
    return all((edge.from_id, edge.to_id) != (past.from_id, past.to_id) for edge in others)


def _stand(room: Room, map: ProcessMap, step: MapStep, into: MapEdge) -> tuple[MapStep, ...]:
    """Neighbours change places; else it stands right of what it now comes after. What was placed on purpose stays."""
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
