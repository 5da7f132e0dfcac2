"""What people ask of the roadmap and of the aim, and what then has happened."""

from typing import ClassVar, Literal

from app.roadmap.rows import AimKind, Slots, StepState
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Note


class SetStep(Command):
    """Say how far the team is with a step. An absent note stays as it is; null empties it."""

    type: Literal["roadmap.set_step"]
    step_id: Id
    state: StepState
    note: Note | None = None


class StepSet(Fact):
    undone_by: ClassVar[str | None] = "roadmap.set_step"
    type: Literal["roadmap.step_set"] = "roadmap.step_set"
    step_id: Id
    state: StepState


class SetAim(Command):
    """Write the slots of an aim. A new id begins one; changing an agreed aim makes it a draft again."""

    type: Literal["roadmap.set_aim"]
    aim_id: Id
    kind: AimKind
    slots: Slots


class AimSet(Fact):
    type: Literal["roadmap.aim_set"] = "roadmap.aim_set"
    aim_id: Id
    kind: AimKind


class ProposeAim(Command):
    type: Literal["roadmap.propose_aim"]
    aim_id: Id


class AimProposed(Fact):
    type: Literal["roadmap.aim_proposed"] = "roadmap.aim_proposed"
    aim_id: Id


class AgreeAim(Command):
    """Record that the room agreed. Every slot is filled by then."""

    type: Literal["roadmap.agree_aim"]
    aim_id: Id


class AimAgreed(Fact):
    type: Literal["roadmap.aim_agreed"] = "roadmap.aim_agreed"
    aim_id: Id
