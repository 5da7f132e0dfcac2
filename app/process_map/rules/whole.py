"""A map as a whole: whether it may be changed, how much is on it, and what it adds up to."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from app.process_map.rows import Lane, MapChange, MapEdge, MapPath, MapStep, MapTotals, ProcessMap
from app.process_map.rules.comparing import Version, compared
from app.process_map.rules.quantities import counted
from app.rooms.kernel import Refusal, Room, Row

MOST_MAPS, MOST_LANES, MOST_STEPS, MOST_EDGES = 40, 24, 400, 800

OnMap = TypeVar("OnMap", Lane, MapStep, MapEdge)


def changeable(room: Room, map_id: str) -> ProcessMap:
    """What the room has agreed stays as it was agreed."""
    map = room.get(ProcessMap, map_id)
    if map.is_agreed:
        raise Refusal("map_agreed")
    return map


def on(room: Room, map: ProcessMap, kind: type[OnMap], id: str, *, removed: bool = False) -> OnMap:
    """A lane, step or arrow of this map."""
    row = room.get(kind, id, removed=removed)
    if row.map_id != map.id:
        raise Refusal("not_found", kind=kind.noun)
    return row


def live(room: Room, map_id: str, kind: type[OnMap]) -> list[OnMap]:
    return [row for row in room.where(kind, map_id=map_id) if row.removed_at is None]


def lanes_in_order(room: Room, map_id: str) -> list[Lane]:
    return sorted(live(room, map_id, Lane), key=lambda lane: (lane.rank, lane.id))


def refuse_if_full(what: str, there: int, more: int, most: int) -> None:
    if there + more > most:
        raise Refusal("map_full", reason=what, most=most)


def refuse_lanes_beyond(room: Room, map_id: str, more: int) -> None:
    refuse_if_full("lanes", len(live(room, map_id, Lane)), more, MOST_LANES)


def refuse_steps_beyond(room: Room, map_id: str, more: int) -> None:
    refuse_if_full("steps", len(live(room, map_id, MapStep)), more, MOST_STEPS)


def refuse_edges_beyond(room: Room, map_id: str, more: int) -> None:
    refuse_if_full("edges", len(live(room, map_id, MapEdge)), more, MOST_EDGES)


def with_totals(room: Room, map: ProcessMap, puts: Iterable[Row]) -> tuple[Row, ...]:
    """These rows, and what the map then adds up to where that is something else than before."""
    rows = tuple(puts)
    changed = {(type(row), row.id): row for row in rows}
    steps = _after(room, map, MapStep, changed)
    edges = _after(room, map, MapEdge, changed)
    map = next((row for row in rows if isinstance(row, ProcessMap) and row.id == map.id), map)
    totals, path = counted(map, steps, edges)
    told = (row for row in (totals, path) if row != room.find(type(row), map.id))
    return (*rows, *told, *_changes(room, map, Version(totals, path, steps)))


def _changes(room: Room, map: ProcessMap, version: Version) -> Iterator[MapChange]:
    """What this map and its versions are against each other, where that is something else than before."""
    pairs = [(map, other) for other in room.where(ProcessMap, version_of=map.id)]
    was = room.find(ProcessMap, map.version_of) if map.version_of else None
    for earlier, later in [*pairs, *([(was, map)] if was else [])]:
        before, after = (version if one.id == map.id else _standing(room, one) for one in (earlier, later))
        said = compared(before, after)
        change = MapChange(id=later.id, created_at=later.created_at, was_id=earlier.id, **said)
        if change != room.find(MapChange, later.id):
            yield change


def _standing(room: Room, map: ProcessMap) -> Version:
    """A copy of a room that was made before paths were rows has none: then it is counted."""
    totals, path = room.find(MapTotals, map.id), room.find(MapPath, map.id)
    steps = live(room, map.id, MapStep)
    if totals is None or path is None:
        totals, path = counted(map, steps, live(room, map.id, MapEdge))
    return Version(totals, path, steps)


def _after(room: Room, map: ProcessMap, kind: type[OnMap], changed: dict[tuple[type[Row], str], Row]) -> list[OnMap]:
    """The rows of this kind that are on the map once the change stands."""
    rows: dict[str, OnMap] = {row.id: row for row in room.where(kind, map_id=map.id)}
    rows |= {row.id: row for row in changed.values() if isinstance(row, kind) and row.map_id == map.id}
    return [row for row in rows.values() if row.removed_at is None]
