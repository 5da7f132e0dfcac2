"""Decisions: written by coach or recorder, read back, and corrected in the open."""

from app.meetings.messages.close import (
    AddDecision,
    DecisionAdded,
    DecisionEdited,
    DecisionRemoved,
    DecisionRestored,
    DecisionSet,
    EditDecision,
    RemoveDecision,
    RestoreDecision,
    SetDecision,
)
from app.meetings.rows.close import Decision
from app.meetings.rules.recording import from_now, refuse_if_stale, removed, restored
from app.rooms.kernel import Ask, Change, Refusal, Room


def add_decision(room: Room, command: AddDecision, ask: Ask) -> Change:
    decision = ask.new(
        Decision,
        id=room.free(Decision, command.decision_id),
        text=command.text,
        author_id=ask.who.member_id,
        method=command.method,
        dissent=command.dissent or None,
        review_on=command.review_on,
        **from_now(room),
    )
    return Change(DecisionAdded(decision_id=decision.id, method=decision.method), puts=(decision,))


def edit_decision(room: Room, command: EditDecision, ask: Ask) -> Change:
    """What the room heard stays beside what it says now, whoever wrote it first."""
    decision = room.get(Decision, command.decision_id)
    if command.text == decision.text:
        return Change(DecisionEdited(decision_id=decision.id, rev=decision.rev))
    refuse_if_stale(decision, command.base_rev)
    first = decision.original or decision.text
    is_first = command.text == first
    edited = decision.but(
        text=command.text,
        rev=decision.rev + 1,
        corrected_by=None if is_first else ask.who.member_id,
        original=None if is_first else first,
    )
    return Change(DecisionEdited(decision_id=decision.id, rev=edited.rev), puts=(edited,))


def set_decision(room: Room, command: SetDecision, ask: Ask) -> Change:
    decision = room.get(Decision, command.decision_id)
    said = command.said("method", "dissent", "review_on", never_null=("method",))
    if said.get("dissent"):
        if decision.redacted_at is not None:
            raise Refusal("removed", kind=Decision.noun)
    elif "dissent" in said:
        said["dissent"] = None
    return Change(DecisionSet(decision_id=decision.id), puts=decision.but(**said).unless(decision))


def remove_decision(room: Room, command: RemoveDecision, ask: Ask) -> Change:
    decision = room.get(Decision, command.decision_id, removed=True)
    return removed(decision, ask, lambda id: DecisionRemoved(decision_id=id))


def restore_decision(room: Room, command: RestoreDecision, ask: Ask) -> Change:
    decision = room.get(Decision, command.decision_id, removed=True)
    return restored(decision, ask, lambda id: DecisionRestored(decision_id=id))
