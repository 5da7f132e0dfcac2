"""Lanes: who does something, or where. One at least is always there."""

from app.process_map.messages import (
    AddLane,
    LaneAdded,
    LaneMoved,
    LaneRemoved,
    LaneRenamed,
    LaneRestored,
    MoveLane,
    RemoveLane,
    RenameLane,
    RestoreLane,
)
from app.process_map.rows import Lane, MapStep
from app.process_map.rules.layout import box, free_place, height
from app.process_map.rules.moving import put_down
from app.process_map.rules.whole import changeable, live, on, refuse_lanes_beyond
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between, placed


def add_lane(room: Room, command: AddLane, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    refuse_lanes_beyond(room, map.id, 1)
    last = max((lane.rank for lane in room.where(Lane, map_id=map.id)), default=None)
    lane = ask.new(
        Lane, id=room.free(Lane, command.lane_id), map_id=map.id, name=command.name, rank=between(last, None)
    )
    return Change(LaneAdded(lane_id=lane.id), puts=(lane,))


def rename_lane(room: Room, command: RenameLane, ask: Ask) -> Change:
    lane = _changeable(room, command.lane_id)
    # A lane whose name was taken out still holds its steps: a new name makes it whole again.
    renamed = lane.but(name=command.name, redacted_at=None)
    return Change(LaneRenamed(lane_id=lane.id), puts=renamed.unless(lane))


def move_lane(room: Room, command: MoveLane, ask: Ask) -> Change:
    lane = _changeable(room, command.lane_id)
    fact = LaneMoved(lane_id=lane.id)
    if command.after == lane.id:
        return Change(fact)
    map = changeable(room, lane.map_id)
    # It may have been taken away while somebody was dragging; where it stood is still a place.
    low = None if command.after is None else on(room, map, Lane, command.after, removed=True).rank
    others = (other.rank for other in room.where(Lane, map_id=map.id) if other.id != lane.id)
    return Change(fact, puts=lane.but(rank=placed(lane.rank, low, others)).unless(lane))


def remove_lane(room: Room, command: RemoveLane, ask: Ask) -> Change:
    lane = _changeable(room, command.lane_id, removed=True)
    fact = LaneRemoved(lane_id=lane.id)
    if lane.removed_at is not None:
        return Change(fact)
    others = [other for other in live(room, lane.map_id, Lane) if other.id != lane.id]
    if not others:
        raise Refusal("last_lane")
    steps = [step for step in live(room, lane.map_id, MapStep) if step.lane_id == lane.id]
    moved: tuple[MapStep, ...] = ()
    if steps:
        if command.to_lane_id is None or command.to_lane_id == lane.id:
            raise Refusal("lane_has_steps", steps=len(steps))
        moved = into_lane(room, _changeable(room, command.to_lane_id), lane.map_id, steps)
    return Change(fact, puts=(lane.but(removed_at=ask.at), *moved))


def restore_lane(room: Room, command: RestoreLane, ask: Ask) -> Change:
    lane = _changeable(room, command.lane_id, removed=True)
    if lane.removed_at is not None:
        refuse_lanes_beyond(room, lane.map_id, 1)
    if any(place.lane_id != lane.id for place in command.places):
        raise Refusal("not_found", kind=Lane.noun)
    moved = put_down(room, changeable(room, lane.map_id), command.places)
    return Change(LaneRestored(lane_id=lane.id), puts=(*lane.but(removed_at=None).unless(lane), *moved))


def into_lane(room: Room, lane: Lane, map_id: str, steps: list[MapStep]) -> tuple[MapStep, ...]:
    """These steps in this lane, each where it finds room."""
    if lane.map_id != map_id:
        raise Refusal("not_found", kind=Lane.noun)
    taken = [box(step) for step in live(room, map_id, MapStep) if step.lane_id == lane.id]
    moved: list[MapStep] = []
    for step in sorted(steps, key=lambda step: (step.x, step.y, step.id)):
        x, y = free_place(taken, step.x, height=height(step))
        moved.append(step.but(lane_id=lane.id, x=x, y=y))
        taken.append(box(moved[-1]))
    return tuple(moved)


def _changeable(room: Room, lane_id: str, *, removed: bool = False) -> Lane:
    lane = room.get(Lane, lane_id, removed=removed)
    changeable(room, lane.map_id)
    return lane
