"""A map is begun, described, tidied up, taken away and put back."""

from typing import ClassVar, Literal

from app.process_map.rows import Count, Time, Unit
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Title

Draft = Literal["current", "ideal"]


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


class CopyMap(Command):
    """The next version: all lanes, steps and arrows as they are, to be changed. Also of a map that is agreed."""

    type: Literal["process_map.copy_map"]
    map_id: Id
    new_id: Id
    title: Title
    state: Draft


class MapCopied(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_map"
    type: Literal["process_map.map_copied"] = "process_map.map_copied"
    map_id: Id
    new_id: Id


class AgreeMap(Command):
    """This is how it is: from now on it stays as it is, and what is drawn next is a copy."""

    type: Literal["process_map.agree_map"]
    map_id: Id


class MapAgreed(Fact):
    type: Literal["process_map.map_agreed"] = "process_map.map_agreed"
    map_id: Id


class SetMap(Command):
    """Its name, what its totals are shown in, what gives the takt, and which map it is compared with.

    Absent = unchanged, null = nothing said, or compared with none.
    """

    type: Literal["process_map.set_map"]
    map_id: Id
    title: Title | None = None
    unit: Unit | None = None
    demand: Count | None = None
    available: Time | None = None
    version_of: Id | None = None


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
