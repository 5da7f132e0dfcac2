"""Arrows from step to step."""

from typing import Any

from app.process_map.messages import (
    Connect,
    Connected,
    EdgeRemoved,
    EdgeRestored,
    EdgeSet,
    RemoveEdge,
    RestoreEdge,
    SetEdge,
)
from app.process_map.rows import MapEdge, MapStep, ProcessMap
from app.process_map.rules.whole import changeable, live, on, refuse_edges_beyond, with_totals
from app.rooms.kernel import Ask, Change, Refusal, Room


def connect(room: Room, command: Connect, ask: Ask) -> Change:
    before = room.get(MapStep, command.from_id)
    map = changeable(room, before.map_id)
    after = on(room, map, MapStep, command.to_id)
    if before.id == after.id:
        raise Refusal("to_itself")
    _refuse_second(room, map, before.id, after.id)
    refuse_edges_beyond(room, map.id, 1)
    edge_id = room.free(MapEdge, command.edge_id)
    edge = arrow(map, edge_id, before.id, after.id, ask, label=command.label, share=command.share)
    return Change(Connected(edge_id=edge.id), puts=with_totals(room, map, (edge,)))


def set_edge(room: Room, command: SetEdge, ask: Ask) -> Change:
    edge = room.get(MapEdge, command.edge_id)
    map = changeable(room, edge.map_id)
    changes = command.said("label", "share")
    if changes.get("label"):
        changes["redacted_at"] = None
    said = edge.but(**changes)
    fact = EdgeSet(edge_id=edge.id)
    return Change(fact) if said == edge else Change(fact, puts=with_totals(room, map, (said,)))


def remove_edge(room: Room, command: RemoveEdge, ask: Ask) -> Change:
    """Also one that went with a step: then it does not come back with it."""
    edge = room.get(MapEdge, command.edge_id, removed=True)
    map = changeable(room, edge.map_id)
    removed = edge.but(removed_at=edge.removed_at or ask.at, gone_with=None)
    fact = EdgeRemoved(edge_id=edge.id)
    return Change(fact) if removed == edge else Change(fact, puts=with_totals(room, map, (removed,)))


def restore_edge(room: Room, command: RestoreEdge, ask: Ask) -> Change:
    edge = room.get(MapEdge, command.edge_id, removed=True)
    map = changeable(room, edge.map_id)
    fact = EdgeRestored(edge_id=edge.id)
    if edge.removed_at is None:
        return Change(fact)
    for end in (edge.from_id, edge.to_id):
        on(room, map, MapStep, end)
    _refuse_second(room, map, edge.from_id, edge.to_id)
    refuse_edges_beyond(room, map.id, 1)
    return Change(fact, puts=with_totals(room, map, (edge.but(removed_at=None, gone_with=None),)))


def arrow(map: ProcessMap, id: str, from_id: str, to_id: str, ask: Ask, **said: Any) -> MapEdge:
    return ask.new(MapEdge, id=id, map_id=map.id, from_id=from_id, to_id=to_id, **said)


def _refuse_second(room: Room, map: ProcessMap, from_id: str, to_id: str) -> None:
    if any((edge.from_id, edge.to_id) == (from_id, to_id) for edge in live(room, map.id, MapEdge)):
        raise Refusal("already_connected")
