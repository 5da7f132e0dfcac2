"""What people ask of actions, decisions and the parking lot, and what then has happened."""

from typing import ClassVar, Literal

from pydantic import Field

from app.meetings.rows.close import ActionState, DecisionMethod, ParkedState
from app.meetings.rows.series import Day
from app.rooms.kernel import Command, Fact
from app.rooms.values import CardWords, Id, Note, Title


class AddAction(Command):
    """One person does one thing. Due at the next meeting, unless it says at which meeting or on which day."""

    type: Literal["meetings.add_action"]
    action_id: Id
    text: CardWords
    member_id: Id
    due_meeting_id: Id | None = None
    due_on: Day | None = None
    sponsor_ask: bool = False


class ActionAdded(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_action"
    type: Literal["meetings.action_added"] = "meetings.action_added"
    action_id: Id
    member_id: Id


class EditAction(Command):
    """Change the words. `base_rev` is the rev that the writer saw; a stale edit is refused, and nothing is lost."""

    type: Literal["meetings.edit_action"]
    action_id: Id
    text: CardWords
    base_rev: int = Field(ge=0)


class ActionEdited(Fact):
    undone_by: ClassVar[str | None] = "meetings.edit_action"
    type: Literal["meetings.action_edited"] = "meetings.action_edited"
    action_id: Id
    rev: int


class SetAction(Command):
    """Who does it, by when, how it stands. Absent = unchanged; both dues null = by the next meeting."""

    type: Literal["meetings.set_action"]
    action_id: Id
    member_id: Id | None = None
    due_meeting_id: Id | None = None
    due_on: Day | None = None
    state: ActionState | None = None
    sponsor_ask: bool | None = None


class ActionSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_action"
    type: Literal["meetings.action_set"] = "meetings.action_set"
    action_id: Id
    member_id: Id
    state: ActionState


class AnswerAction(Command):
    """A sponsor says "I will unblock it", by a day or without one; or takes that back."""

    type: Literal["meetings.answer_action"]
    action_id: Id
    will_unblock: bool
    answered_for: Day | None = None


class ActionAnswered(Fact):
    undone_by: ClassVar[str | None] = "meetings.answer_action"
    type: Literal["meetings.action_answered"] = "meetings.action_answered"
    action_id: Id
    will_unblock: bool


class RemoveAction(Command):
    """Written down by mistake: it is not there any more. A promise that is given up is dropped instead."""

    type: Literal["meetings.remove_action"]
    action_id: Id


class ActionRemoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.restore_action"
    type: Literal["meetings.action_removed"] = "meetings.action_removed"
    action_id: Id


class RestoreAction(Command):
    type: Literal["meetings.restore_action"]
    action_id: Id


class ActionRestored(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_action"
    type: Literal["meetings.action_restored"] = "meetings.action_restored"
    action_id: Id


class AddDecision(Command):
    """What the room has decided, how, what somebody could not agree to, and when it is looked at again."""

    type: Literal["meetings.add_decision"]
    decision_id: Id
    text: CardWords
    method: DecisionMethod
    dissent: Note | None = None
    review_on: Day | None = None


class DecisionAdded(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_decision"
    type: Literal["meetings.decision_added"] = "meetings.decision_added"
    decision_id: Id
    method: DecisionMethod


class EditDecision(Command):
    """Correct the words: the first ones are kept beside them. A stale correction is refused."""

    type: Literal["meetings.edit_decision"]
    decision_id: Id
    text: CardWords
    base_rev: int = Field(ge=0)


class DecisionEdited(Fact):
    undone_by: ClassVar[str | None] = "meetings.edit_decision"
    type: Literal["meetings.decision_edited"] = "meetings.decision_edited"
    decision_id: Id
    rev: int


class SetDecision(Command):
    """What is said about a decision. Absent = unchanged, null = nothing said."""

    type: Literal["meetings.set_decision"]
    decision_id: Id
    method: DecisionMethod | None = None
    dissent: Note | None = None
    review_on: Day | None = None


class DecisionSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_decision"
    type: Literal["meetings.decision_set"] = "meetings.decision_set"
    decision_id: Id


class RemoveDecision(Command):
    type: Literal["meetings.remove_decision"]
    decision_id: Id


class DecisionRemoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.restore_decision"
    type: Literal["meetings.decision_removed"] = "meetings.decision_removed"
    decision_id: Id


class RestoreDecision(Command):
    type: Literal["meetings.restore_decision"]
    decision_id: Id


class DecisionRestored(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_decision"
    type: Literal["meetings.decision_restored"] = "meetings.decision_restored"
    decision_id: Id


class AddParked(Command):
    """Not now, but not forgotten: a thought in words, or a card of the wall. One of both."""

    type: Literal["meetings.add_parked"]
    parked_id: Id
    text: Title | None = None
    card_id: Id | None = None


class ParkedAdded(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_parked"
    type: Literal["meetings.parked_added"] = "meetings.parked_added"
    parked_id: Id


class EditParked(Command):
    type: Literal["meetings.edit_parked"]
    parked_id: Id
    text: Title
    base_rev: int = Field(ge=0)


class ParkedEdited(Fact):
    undone_by: ClassVar[str | None] = "meetings.edit_parked"
    type: Literal["meetings.parked_edited"] = "meetings.parked_edited"
    parked_id: Id
    rev: int


class SetParked(Command):
    """Drop it, or take it back from the dropped ones."""

    type: Literal["meetings.set_parked"]
    parked_id: Id
    state: Literal["parked", "dropped"]


class ParkedSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_parked"
    type: Literal["meetings.parked_set"] = "meetings.parked_set"
    parked_id: Id
    state: ParkedState


class ScheduleParked(Command):
    """Onto the agenda of the next meeting, or of the one that is named."""

    type: Literal["meetings.schedule_parked"]
    parked_id: Id
    meeting_id: Id | None = None


class ParkedScheduled(Fact):
    type: Literal["meetings.parked_scheduled"] = "meetings.parked_scheduled"
    parked_id: Id
    meeting_id: Id
    item_id: Id


class RemoveParked(Command):
    type: Literal["meetings.remove_parked"]
    parked_id: Id


class ParkedRemoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.restore_parked"
    type: Literal["meetings.parked_removed"] = "meetings.parked_removed"
    parked_id: Id


class RestoreParked(Command):
    type: Literal["meetings.restore_parked"]
    parked_id: Id


class ParkedRestored(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_parked"
    type: Literal["meetings.parked_restored"] = "meetings.parked_restored"
    parked_id: Id
