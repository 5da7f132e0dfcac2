"""Steps that somebody has in a table already come onto a map all at once."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.process_map.messages.lanes import MOST_LANES, MOST_STEPS
from app.process_map.rows import Count, Kind, Percent, Shadowed, Share, Time, ValueClass
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Note, Title, Value, Word

Place = Annotated[int, Field(ge=0, lt=MOST_STEPS, strict=True)]


class Onward(Value):
    """Where a step leads: by its place in the list."""

    to: Place
    label: Word | None = None
    share: Share | None = None


class StepToImport(Value):
    text: Title
    kind: Kind = "activity"
    lane: Annotated[int, Field(ge=0, lt=MOST_LANES, strict=True)] | None = None
    """By its place in the list of lanes; None: the first of the map."""
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
    hot: bool = False
    next: Annotated[tuple[Onward, ...], Field(max_length=MOST_STEPS)] = ()


class ImportSteps(Command):
    """What was understood of a table: right of all that is there. Lanes that the map has by this name are taken.

    `first_id` begins the ids of what is made: its last three digits give way to the place of a step, or of a lane, in
    its list. So whoever imports knows all of them and can take them back.
    """

    type: Literal["process_map.import_steps"]
    map_id: Id
    first_id: Id | None = None
    lanes: Annotated[tuple[Title, ...], Field(max_length=MOST_LANES)] = ()
    steps: Annotated[tuple[StepToImport, ...], Field(min_length=1, max_length=MOST_STEPS)]


class StepsImported(Fact):
    undone_by: ClassVar[str | None] = "process_map.remove_steps"
    type: Literal["process_map.steps_imported"] = "process_map.steps_imported"
    map_id: Id
    count: int
