"""Lanes are added, named, put in order, taken away and put back."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.process_map.rows import Place
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Title

MOST_LANES, MOST_STEPS = 24, 400


class AddLane(Command):
    """Below the others."""

    type: Literal["process_map.add_lane"]
    map_id: Id
    lane_id: Id
    name: Title


class LaneAdded(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_lane"
    type: Literal["process_map.lane_added"] = "process_map.lane_added"
    lane_id: Id


class RenameLane(Command):
    type: Literal["process_map.rename_lane"]
    lane_id: Id
    name: Title


class LaneRenamed(Fact):
    undone_by: ClassVar[str | None] = "process_map.rename_lane"
    type: Literal["process_map.lane_renamed"] = "process_map.lane_renamed"
    lane_id: Id


class MoveLane(Command):
    """Directly below another one, or to the top."""

    type: Literal["process_map.move_lane"]
    lane_id: Id
    after: Id | None


class LaneMoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.move_lane"
    type: Literal["process_map.lane_moved"] = "process_map.lane_moved"
    lane_id: Id


class RemoveLane(Command):
    """Its steps go to another lane, which has to be named where there are any."""

    type: Literal["process_map.remove_lane"]
    lane_id: Id
    to_lane_id: Id | None


class LaneRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_lane"
    type: Literal["process_map.lane_removed"] = "process_map.lane_removed"
    lane_id: Id


class RestoreLane(Command):
    """And these steps to where they stood in it, as far as they are still there."""

    type: Literal["process_map.restore_lane"]
    lane_id: Id
    places: Annotated[tuple[Place, ...], Field(max_length=MOST_STEPS)] = ()


class LaneRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_lane"
    type: Literal["process_map.lane_restored"] = "process_map.lane_restored"
    lane_id: Id
