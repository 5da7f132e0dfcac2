"""Actions: who does what by when, and what becomes of it."""

from typing import Any

from app.meetings.messages.close import (
    ActionAdded,
    ActionAnswered,
    ActionEdited,
    ActionRemoved,
    ActionRestored,
    ActionSet,
    AddAction,
    AnswerAction,
    EditAction,
    RemoveAction,
    RestoreAction,
    SetAction,
)
from app.meetings.rows.close import Action
from app.meetings.rows.series import Meeting
from app.meetings.rules.agenda import refuse_unless_planned
from app.meetings.rules.recording import (
    from_now,
    next_meeting,
    refuse_if_stale,
    refuse_unless_recording,
    removed,
    restored,
)
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rows import active_member

WATCH_ONLY = frozenset({"observer", "wall"})
"""Parts that take no part."""


def add_action(room: Room, command: AddAction, ask: Ask) -> Change:
    action = ask.new(
        Action,
        id=room.free(Action, command.action_id),
        text=command.text,
        author_id=ask.who.member_id,
        member_id=_doer(room, command.member_id),
        **from_now(room),
        **(_due(room, command) or _due_next(room, ask)),
        sponsor_ask=command.sponsor_ask,
    )
    return Change(ActionAdded(action_id=action.id, member_id=action.member_id), puts=(action,))


def edit_action(room: Room, command: EditAction, ask: Ask) -> Change:
    action = room.get(Action, command.action_id)
    if not action.is_words_of(ask.who):
        _refuse_unless_doer(action, ask)
    if command.text == action.text:
        return Change(ActionEdited(action_id=action.id, rev=action.rev))
    refuse_if_stale(action, command.base_rev)
    edited = action.but(text=command.text, rev=action.rev + 1)
    return Change(ActionEdited(action_id=action.id, rev=edited.rev), puts=(edited,))


def set_action(room: Room, command: SetAction, ask: Ask) -> Change:
    action = room.get(Action, command.action_id)
    _refuse_unless_doer(action, ask)
    changes: dict[str, Any] = command.said(
        "member_id", "state", "sponsor_ask", never_null=("member_id", "state", "sponsor_ask")
    )
    if changes.get("member_id", action.member_id) != action.member_id:
        changes["member_id"] = _doer(room, changes["member_id"])
    if "due_meeting_id" in command.model_fields_set or "due_on" in command.model_fields_set:
        changes |= _due(room, command) or _due_next(room, ask)
    if "state" in changes:
        changes["settled_at"] = None if command.state == "open" else action.settled_at or ask.at
    changed = action.but(**changes)
    fact = ActionSet(action_id=action.id, member_id=changed.member_id, state=changed.state)
    return Change(fact, puts=changed.unless(action))


def answer_action(room: Room, command: AnswerAction, ask: Ask) -> Change:
    """By a sponsor, to what was asked of the sponsor."""
    action = room.get(Action, command.action_id)
    fact = ActionAnswered(action_id=action.id, will_unblock=command.will_unblock)
    if not command.will_unblock:
        return Change(fact, puts=action.but(answered_by=None, answered_at=None, answered_for=None).unless(action))
    if not action.sponsor_ask:
        raise Refusal("nothing_asked")
    is_again = action.answered_by == ask.who.member_id
    answered = action.but(
        answered_by=ask.who.member_id,
        answered_at=action.answered_at if is_again else ask.at,
        answered_for=command.answered_for,
    )
    return Change(fact, puts=answered.unless(action))


def remove_action(room: Room, command: RemoveAction, ask: Ask) -> Change:
    action = room.get(Action, command.action_id, removed=True)
    return removed(action, ask, lambda id: ActionRemoved(action_id=id))


def restore_action(room: Room, command: RestoreAction, ask: Ask) -> Change:
    action = room.get(Action, command.action_id, removed=True)
    return restored(action, ask, lambda id: ActionRestored(action_id=id))


def _refuse_unless_doer(action: Action, ask: Ask) -> None:
    """Whose action it is may change it; so may coach and recorder."""
    if ask.who.member_id != action.member_id:
        refuse_unless_recording(ask)


def _doer(room: Room, member_id: str) -> str:
    """Anybody who takes part, here or not, with a device or without."""
    member = active_member(room, member_id)
    if member.part in WATCH_ONLY:
        raise Refusal("takes_no_part")
    return member.id


def _due(room: Room, command: AddAction | SetAction) -> dict[str, str | None]:
    """By when the command says; nothing where it names neither meeting nor day."""
    if command.due_meeting_id and command.due_on:
        raise Refusal("bad_command", field="due_on", reason="two_dues")
    if command.due_meeting_id:
        meeting = room.get(Meeting, command.due_meeting_id)
        refuse_unless_planned(meeting)
        return {"due_meeting_id": meeting.id, "due_on": None}
    return {"due_meeting_id": None, "due_on": command.due_on} if command.due_on else {}


def _due_next(room: Room, ask: Ask) -> dict[str, str | None]:
    meeting = next_meeting(room, ask.at)
    return {"due_meeting_id": meeting.id if meeting else None, "due_on": None}
