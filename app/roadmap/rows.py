"""Steps of the roadmap as this room has them, and aims as one-sentence forms."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator
from pydantic import Field as Limits
from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.kernel import Row, Who, in_room
from app.rooms.values import NOTE, Id, Note, Value, When, no_longer_than, one_of

StepState = Literal["not_started", "doing", "done"]
AimKind = Literal["global", "specific"]
AimState = Literal["draft", "proposed", "agreed"]
STEP_STATES: tuple[StepState, ...] = ("not_started", "doing", "done")


def _said(slots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(slot for slot in slots if slot)


Benefits = Annotated[tuple[Note, ...], Limits(max_length=4), AfterValidator(_said)]
Reasons = Annotated[tuple[Note, ...], Limits(max_length=8), AfterValidator(_said)]


class GlobalSlots(Value):
    """We aim to improve {process} in {place}. It begins with {start} and ends with {end}.
    We expect {benefits}. It matters now because {reasons}. An empty slot is still to be written."""

    process: Note = ""
    place: Note = ""
    start: Note = ""
    end: Note = ""
    benefits: Benefits = ()
    reasons: Reasons = ()


class SpecificSlots(Value):
    """We will {direction} {measure} from {baseline} to {target} for {population} by {by}."""

    direction: Literal["increase", "decrease", ""] = ""
    measure: Note = ""
    baseline: Note = ""
    target: Note = ""
    population: Note = ""
    by: Note = ""


Slots = GlobalSlots | SpecificSlots


class Step(Row):
    """One step of the room's method. Several are under way at once; none is ever locked."""

    noun = "step"
    indexes: ClassVar[tuple[str, ...]] = ("stage",)
    words: ClassVar[tuple[str, ...]] = ("note",)
    people: ClassVar[tuple[str, ...]] = ("changed_by",)

    stage: str
    key: str
    state: StepState = Field(default="not_started", sa_type=Text)
    note: Note | None = None
    changed_at: When | None = Field(default=None, sa_type=MomentText)
    changed_by: Id | None = None

    def is_words_of(self, who: Who) -> bool:
        return who.member_id is not None and who.member_id == self.changed_by


class Aim(Row):
    """A global or a specific aim. Anybody writes and proposes it; the coach records that the room agreed."""

    noun = "aim"
    words: ClassVar[tuple[str, ...]] = ("slots",)

    kind: AimKind = Field(sa_type=Text)
    slots: Slots | None = Field(default=None, sa_type=JsonText)
    state: AimState = Field(default="draft", sa_type=Text)
    agreed_at: When | None = Field(default=None, sa_type=MomentText)

    def redacted(self, at: datetime) -> Self:
        """Nobody has agreed to a sentence that is no longer there."""
        return super().redacted(at).but(state="draft", agreed_at=None)


class StepTable(Step, table=True):
    __tablename__ = "roadmap_step"
    __table_args__ = in_room(
        one_of("state", *STEP_STATES),
        no_longer_than("note", NOTE),
        UniqueConstraint("room_id", "stage", "key"),
    )
    room_id: Id


class AimTable(Aim, table=True):
    __tablename__ = "roadmap_aim"
    __table_args__ = in_room(one_of("kind", "global", "specific"), one_of("state", "draft", "proposed", "agreed"))
    room_id: Id
