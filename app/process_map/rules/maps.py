"""A map is begun, described, tidied up, taken away and put back."""

from app.process_map.messages import (
    AddMap,
    MapAdded,
    MapRemoved,
    MapRestored,
    MapSet,
    MapTidied,
    RemoveMap,
    RestoreMap,
    SetMap,
    TidyMap,
)
from app.process_map.rows import Lane, MapEdge, MapStep, ProcessMap
from app.process_map.rules.layout import tidied
from app.process_map.rules.whole import MOST_MAPS, changeable, lanes_in_order, live, refuse_if_full, with_totals
from app.rooms.kernel import Ask, Change, Room
from app.rooms.rank import between


def add_map(room: Room, command: AddMap, ask: Ask) -> Change:
    refuse_maps_beyond(room)
    map = ask.new(
        ProcessMap,
        id=room.free(ProcessMap, command.map_id),
        title=command.title,
        unit=command.unit,
        rank=last_rank(room),
        author_id=ask.who.member_id,
    )
    lane = ask.new(Lane, id=ask.id(0), owner_id=None, map_id=map.id, name=command.lane, rank=between(None, None))
    return Change(MapAdded(map_id=map.id), puts=with_totals(room, map, (map, lane)))


def set_map(room: Room, command: SetMap, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    changes = command.said("title", "unit", "demand", "available", never_null=("title", "unit"))
    if "title" in changes:
        # A map whose name was taken out is whole again with a new one.
        changes["redacted_at"] = None
    said = map.but(**changes)
    fact = MapSet(map_id=map.id)
    return Change(fact) if said == map else Change(fact, puts=with_totals(room, map, (said,)))


def tidy_map(room: Room, command: TidyMap, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    steps = live(room, map.id, MapStep)
    lanes = [lane.id for lane in lanes_in_order(room, map.id)]
    spots = tidied(lanes, steps, live(room, map.id, MapEdge), all=command.all)
    moved = (step.but(x=spots[step.id][0], y=spots[step.id][1], placed=False) for step in steps if step.id in spots)
    standing = {step.id: step for step in steps}
    return Change(MapTidied(map_id=map.id), puts=tuple(step for step in moved if step != standing[step.id]))


def remove_map(room: Room, command: RemoveMap, ask: Ask) -> Change:
    map = room.get(ProcessMap, command.map_id, removed=True)
    removed = map.but(removed_at=map.removed_at or ask.at)
    return Change(MapRemoved(map_id=map.id), puts=removed.unless(map))


def restore_map(room: Room, command: RestoreMap, ask: Ask) -> Change:
    map = room.get(ProcessMap, command.map_id, removed=True)
    fact = MapRestored(map_id=map.id)
    if map.removed_at is None:
        return Change(fact)
    refuse_maps_beyond(room)
    return Change(fact, puts=(map.but(removed_at=None),))


def refuse_maps_beyond(room: Room) -> None:
    there = sum(map.removed_at is None for map in room.where(ProcessMap))
    refuse_if_full("maps", there, 1, MOST_MAPS)


def last_rank(room: Room) -> str:
    return between(max((map.rank for map in room.where(ProcessMap)), default=None), None)
