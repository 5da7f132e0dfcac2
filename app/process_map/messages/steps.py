"""Steps are added, worded, described, moved, taken away and put back, and so are the arrows between them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.process_map.messages.lanes import MOST_LANES, MOST_STEPS
from app.process_map.rows import Cards, Count, Kind, Percent, Place, Shadowed, Share, Spot, Time, ValueClass
from app.process_map.rows.steps import Pixel
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Note, Title, Value, Word

Several = Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_STEPS)]
Places = Annotated[tuple[Place, ...], Field(min_length=1, max_length=MOST_STEPS)]


class AddStep(Command):
    """Somewhere on the map; or behind another step, `after`; or on an arrow, `into`, which then leads to it.

    `edge_id` is the arrow that this makes: from `after` to the step, or from the step to where `into` led. Without `x`
    and `y` the server finds a free place.
    """

    type: Literal["process_map.add_step"]
    map_id: Id
    step_id: Id
    lane_id: Id
    kind: Kind
    text: Title
    x: Pixel | None = None
    y: Pixel | None = None
    after: Id | None = None
    into: Id | None = None
    edge_id: Id | None = None
    process: Time | None = None
    wait: Time | None = None


class StepAdded(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_steps"
    type: Literal["process_map.step_added"] = "process_map.step_added"
    step_id: Id


class EditStep(Command):
    """Change the words. Whoever saw others than those that stand is told, and keeps theirs in hand."""

    type: Literal["process_map.edit_step"]
    step_id: Id
    text: Title
    base_rev: int = Field(ge=0)


class StepEdited(Fact):
    undone_by: ClassVar[str | None] = "process_map.edit_step"
    type: Literal["process_map.step_edited"] = "process_map.step_edited"
    step_id: Id
    rev: int


class SetStep(Command):
    """What is said about a step. Absent = unchanged, null = nothing said."""

    type: Literal["process_map.set_step"]
    step_id: Id
    kind: Kind | None = None
    lane_id: Id | None = None
    note: Note | None = None
    process: Time | None = None
    wait: Time | None = None
    complete: Percent | None = None
    volume: Count | None = None
    staff: Title | None = None
    value: ValueClass | None = None
    shadowed: Shadowed | None = None
    low: Time | None = None
    high: Time | None = None
    hot: bool | None = None
    card_ids: Cards | None = None


class StepSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_step"
    type: Literal["process_map.step_set"] = "process_map.step_set"
    step_id: Id


class StepSaid(Value):
    """What is said about one of several. Absent = unchanged, null = nothing said."""

    step_id: Id
    kind: Kind | None = None
    process: Time | None = None
    wait: Time | None = None
    complete: Percent | None = None
    volume: Count | None = None
    value: ValueClass | None = None
    shadowed: Shadowed | None = None
    low: Time | None = None
    high: Time | None = None
    hot: bool | None = None


class SetSteps(Command):
    """Of several steps at once: these all help the patient. Those that were taken away meanwhile stay so."""

    type: Literal["process_map.set_steps"]
    map_id: Id
    steps: Annotated[tuple[StepSaid, ...], Field(min_length=1, max_length=MOST_STEPS)]


class StepsSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_steps"
    type: Literal["process_map.steps_set"] = "process_map.steps_set"
    map_id: Id
    count: int


class MoveSteps(Command):
    """Where steps are put down, all at once. Those that were taken away meanwhile stay so."""

    type: Literal["process_map.move_steps"]
    map_id: Id
    places: Places


class MoveInto(Command):
    """On an arrow: what led to the step leads on past it, and the step leads on to where the arrow led.

    `edge_id` is the arrow that this makes where nothing led out of the step. Without `spot` the server finds a place.
    """

    type: Literal["process_map.move_into"]
    step_id: Id
    into: Id
    edge_id: Id | None = None
    spot: Spot | None = None


class MovedInto(Fact):
    undone_by: ClassVar[str | None] = "process_map.redirect"
    type: Literal["process_map.moved_into"] = "process_map.moved_into"
    step_id: Id


class Way(Value):
    """Where an arrow leads; None: nowhere, it goes."""

    edge_id: Id
    to_id: Id | None


class Redirect(Command):
    """Arrows lead elsewhere, all at once, and steps stand elsewhere with it. Arrows that were taken away come back."""

    type: Literal["process_map.redirect"]
    map_id: Id
    ways: Annotated[tuple[Way, ...], Field(min_length=1, max_length=MOST_STEPS)]
    places: Annotated[tuple[Place, ...], Field(max_length=MOST_STEPS)] = ()


class Redirected(Fact):
    undone_by: ClassVar[str | None] = "process_map.redirect"
    type: Literal["process_map.redirected"] = "process_map.redirected"
    map_id: Id
    count: int


class StepsMoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.move_steps"
    type: Literal["process_map.steps_moved"] = "process_map.steps_moved"
    map_id: Id
    count: int


class RemoveSteps(Command):
    """Their arrows go with them. Where one led in and one led out, these become one.

    And these lanes, where nothing is left in them.
    """

    type: Literal["process_map.remove_steps"]
    step_ids: Several
    lane_ids: Annotated[tuple[Id, ...], Field(max_length=MOST_LANES)] = ()


class StepsRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_steps"
    type: Literal["process_map.steps_removed"] = "process_map.steps_removed"
    map_id: Id
    count: int


class RestoreSteps(Command):
    """With the arrows, and the lane, that went with them."""

    type: Literal["process_map.restore_steps"]
    step_ids: Several


class StepsRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_steps"
    type: Literal["process_map.steps_restored"] = "process_map.steps_restored"
    map_id: Id
    count: int


class Connect(Command):
    """An arrow from one step to another one of the same map."""

    type: Literal["process_map.connect"]
    edge_id: Id
    from_id: Id
    to_id: Id
    label: Word | None = None
    share: Share | None = None


class Connected(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_edge"
    type: Literal["process_map.connected"] = "process_map.connected"
    edge_id: Id


class SetEdge(Command):
    """What is answered there, and for which part of the patients. Absent = unchanged, null = nothing said."""

    type: Literal["process_map.set_edge"]
    edge_id: Id
    label: Word | None = None
    share: Share | None = None


class EdgeSet(Fact):
    undone_by: ClassVar[str | None] = "process_map.set_edge"
    type: Literal["process_map.edge_set"] = "process_map.edge_set"
    edge_id: Id


class RemoveEdge(Command):
    type: Literal["process_map.remove_edge"]
    edge_id: Id


class EdgeRemoved(Fact):
    undone_by: ClassVar[str | None] = "process_map.restore_edge"
    type: Literal["process_map.edge_removed"] = "process_map.edge_removed"
    edge_id: Id


class RestoreEdge(Command):
    type: Literal["process_map.restore_edge"]
    edge_id: Id


class EdgeRestored(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_edge"
    type: Literal["process_map.edge_restored"] = "process_map.edge_restored"
    edge_id: Id
