"""Somebody goes along with a patient, and what they saw fills the waits of the map."""

from typing import ClassVar, Literal

from app.meetings.rows.series import Day
from app.process_map.rows import Feeling, Minutes
from app.rooms.kernel import Command, Fact
from app.rooms.values import CardWords, Id, Note, Title


class AddShadowing(Command):
    """One patient on one day, who has agreed to it. The server gives them a letter."""

    type: Literal["process_map.add_shadowing"]
    shadowing_id: Id
    map_id: Id
    consent: bool
    day: Day
    note: Note | None = None


class ShadowingAdded(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_shadowing"
    type: Literal["process_map.shadowing_added"] = "process_map.shadowing_added"
    shadowing_id: Id


class SetShadowing(Command):
    """Absent = unchanged, null = nothing said."""

    type: Literal["process_map.set_shadowing"]
    shadowing_id: Id
    day: Day | None = None
    note: Note | None = None


class ShadowingSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_shadowing"
    type: Literal["process_map.shadowing_set"] = "process_map.shadowing_set"
    shadowing_id: Id


class RemoveShadowing(Command):
    type: Literal["process_map.remove_shadowing"]
    shadowing_id: Id


class ShadowingRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_shadowing"
    type: Literal["process_map.shadowing_removed"] = "process_map.shadowing_removed"
    shadowing_id: Id


class RestoreShadowing(Command):
    type: Literal["process_map.restore_shadowing"]
    shadowing_id: Id


class ShadowingRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_shadowing"
    type: Literal["process_map.shadowing_restored"] = "process_map.shadowing_restored"
    shadowing_id: Id


class AddTouchpoint(Command):
    """What happened, so many minutes after they set out; how long they waited before it, and how long it took."""

    type: Literal["process_map.add_touchpoint"]
    touchpoint_id: Id
    shadowing_id: Id
    what: CardWords
    at: Minutes
    step_id: Id | None = None
    waited: Minutes | None = None
    minutes: Minutes | None = None
    place: Title | None = None
    who: Title | None = None
    feeling: Feeling | None = None
    quote: CardWords | None = None


class TouchpointAdded(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_touchpoint"
    type: Literal["process_map.touchpoint_added"] = "process_map.touchpoint_added"
    touchpoint_id: Id


class SetTouchpoint(Command):
    """Absent = unchanged, null = nothing said."""

    type: Literal["process_map.set_touchpoint"]
    touchpoint_id: Id
    what: CardWords | None = None
    at: Minutes | None = None
    step_id: Id | None = None
    waited: Minutes | None = None
    minutes: Minutes | None = None
    place: Title | None = None
    who: Title | None = None
    feeling: Feeling | None = None
    quote: CardWords | None = None


class TouchpointSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_touchpoint"
    type: Literal["process_map.touchpoint_set"] = "process_map.touchpoint_set"
    touchpoint_id: Id


class RemoveTouchpoint(Command):
    type: Literal["process_map.remove_touchpoint"]
    touchpoint_id: Id


class TouchpointRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_touchpoint"
    type: Literal["process_map.touchpoint_removed"] = "process_map.touchpoint_removed"
    touchpoint_id: Id


class RestoreTouchpoint(Command):
    type: Literal["process_map.restore_touchpoint"]
    touchpoint_id: Id


class TouchpointRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_touchpoint"
    type: Literal["process_map.touchpoint_restored"] = "process_map.touchpoint_restored"
    touchpoint_id: Id


class FillWaits(Command):
    """Every step at which somebody was shadowed gets what was seen: the medians, how many, and the range."""

    type: Literal["process_map.fill_waits"]
    map_id: Id


class WaitsFilled(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_steps"
    type: Literal["process_map.waits_filled"] = "process_map.waits_filled"
    map_id: Id
    count: int
