"""A map is begun, described, tidied up, taken away and put back."""

from typing import ClassVar, Literal

from app.process_map.rows import Count, Time, Unit
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Title


class AddMap(Command):
    """An empty map with one lane: the patient's, called as who draws it says."""

    type: Literal["process_map.add_map"]
    map_id: Id
    title: Title
    unit: Unit = "minutes"
    lane: Title = "Patient"


class MapAdded(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_map"
    type: Literal["process_map.map_added"] = "process_map.map_added"
    map_id: Id


class SetMap(Command):
    """Its name, what its totals are shown in, and what gives the takt. Absent = unchanged, null = nothing said."""

    type: Literal["process_map.set_map"]
    map_id: Id
    title: Title | None = None
    unit: Unit | None = None
    demand: Count | None = None
    available: Time | None = None


class MapSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_map"
    type: Literal["process_map.map_set"] = "process_map.map_set"
    map_id: Id


class TidyMap(Command):
    """Every step into its column. What somebody has placed on purpose stays, unless `all`."""

    type: Literal["process_map.tidy_map"]
    map_id: Id
    all: bool = False


class MapTidied(Fact):
    undone_by: ClassVar[str | None] = "process_map.move_steps"
    type: Literal["process_map.map_tidied"] = "process_map.map_tidied"
    map_id: Id


class RemoveMap(Command):
    type: Literal["process_map.remove_map"]
    map_id: Id


class MapRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_map"
    type: Literal["process_map.map_removed"] = "process_map.map_removed"
    map_id: Id


class RestoreMap(Command):
    type: Literal["process_map.restore_map"]
    map_id: Id


class MapRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_map"
    type: Literal["process_map.map_restored"] = "process_map.map_restored"
    map_id: Id
