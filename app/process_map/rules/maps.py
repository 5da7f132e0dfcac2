"""A map is begun, described, tidied up, taken away and put back."""

from app.process_map.messages import (
    AddMap,
    AgreeMap,
    MapAdded,
    MapAgreed,
    MapRemoved,
    MapRestored,
    MapSet,
    MapTidied,
    RemoveMap,
    RestoreMap,
    SetMap,
    TidyMap,
)
from app.process_map.rows import Lane, MapChange, MapEdge, MapStep, ProcessMap
from app.process_map.rules.layout import tidied
from app.process_map.rules.whole import MOST_MAPS, changeable, lanes_in_order, live, refuse_if_full, with_totals
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between

STEER = "process_map.steer"


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
    said = ("title", "unit", "demand", "available", "version_of")
    changes = command.said(*said, never_null=("title", "unit"))
    if changes.get("version_of") is not None:
        _refuse_itself(map, room.get(ProcessMap, changes["version_of"]))
    if "title" in changes:
        # A map whose name was taken out is whole again with a new one.
        changes["redacted_at"] = None
    changed = map.but(**changes)
    fact = MapSet(map_id=map.id)
    if changed == map:
        return Change(fact)
    is_alone = changed.version_of is None and room.find(MapChange, map.id) is not None
    drops = ((MapChange, map.id),) if is_alone else ()
    return Change(fact, puts=with_totals(room, map, (changed,)), drops=drops)


def tidy_map(room: Room, command: TidyMap, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    steps = live(room, map.id, MapStep)
    lanes = [lane.id for lane in lanes_in_order(room, map.id)]
    spots = tidied(lanes, steps, live(room, map.id, MapEdge), all=command.all)
    moved = (step.but(x=spots[step.id][0], y=spots[step.id][1], placed=False) for step in steps if step.id in spots)
    standing = {step.id: step for step in steps}
    return Change(MapTidied(map_id=map.id), puts=tuple(step for step in moved if step != standing[step.id]))


def agree_map(room: Room, command: AgreeMap, ask: Ask) -> Change:
    map = room.get(ProcessMap, command.map_id)
    fact = MapAgreed(map_id=map.id)
    if map.is_agreed:
        return Change(fact)
    if map.state == "ideal":
        raise Refusal("ideal_stays_open")
    return Change(fact, puts=(map.but(state="agreed", agreed_at=ask.at),))


def remove_map(room: Room, command: RemoveMap, ask: Ask) -> Change:
    map = _own(room, command.map_id, ask)
    removed = map.but(removed_at=map.removed_at or ask.at)
    return Change(MapRemoved(map_id=map.id), puts=removed.unless(map))


def restore_map(room: Room, command: RestoreMap, ask: Ask) -> Change:
    map = _own(room, command.map_id, ask)
    fact = MapRestored(map_id=map.id)
    if map.removed_at is None:
        return Change(fact)
    refuse_maps_beyond(room)
    return Change(fact, puts=(map.but(removed_at=None),))


def _own(room: Room, map_id: str, ask: Ask) -> ProcessMap:
    """Who began a map may put it away again; any other map those who steer."""
    map = room.get(ProcessMap, map_id, removed=True)
    if not (ask.who.may(STEER) or ask.who.owns(map)):
        raise Refusal("not_allowed", needs=STEER)
    return map


def _refuse_itself(map: ProcessMap, other: ProcessMap) -> None:
    if map.id == other.id:
        raise Refusal("bad_command", field="version_of", reason="itself")


def refuse_maps_beyond(room: Room) -> None:
    there = sum(map.removed_at is None for map in room.where(ProcessMap))
    refuse_if_full("maps", there, 1, MOST_MAPS)


def last_rank(room: Room) -> str:
    return between(max((map.rank for map in room.where(ProcessMap)), default=None), None)
