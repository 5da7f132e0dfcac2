"""An idea is added, worded, described, moved, taken away and put back."""

from typing import Any

from app.ideas.messages import (
    AddIdea,
    EditIdea,
    IdeaAdded,
    IdeaEdited,
    IdeaMoved,
    IdeaReleased,
    IdeaRemoved,
    IdeaRestored,
    IdeaSet,
    MoveIdea,
    ReleaseIdea,
    RemoveIdea,
    RestoreIdea,
    SetIdea,
)
from app.ideas.rows import Idea, IdeaStep
from app.ideas.rules.captures import capture_for, capture_of, counted, last_rank, refuse_after
from app.ideas.rules.merging import drop_asked
from app.ideas.rules.words import refuse_hidden_origin, refuse_unless_own, spoken_for
from app.roadmap.rows import Aim
from app.rooms.capture import refuse_if_over, written_in
from app.rooms.hush import is_held, looked_at
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import placed
from app.rooms.voices import OF_PATIENTS, by_whom, voice_of

SAID_BY_ANYBODY = ("concept", "card_id", "theme_id", "aim_id", "outside_control", "impact", "effort")
SAID_BY_OWNER = ("from_patient", "proxy_for")
MAY_GO = ("raw", "clarified")
"""What nobody has decided about."""


def add_idea(room: Room, command: AddIdea, ask: Ask) -> Change:
    capture = capture_for(room, command.capture_id, ask)
    is_looked_at = is_held(room, ask.who)
    if is_looked_at and capture is not None and capture.is_nameless:
        # Held it would say whose it is, and let through nobody would have looked at it first.
        raise Refusal("held")
    proxy_for = spoken_for(room, command.proxy_for, ask.who.member_id, ask)
    _refuse_unless_there(room, command)
    idea = ask.new(
        Idea,
        id=room.free(Idea, command.idea_id),
        text=command.text,
        note=command.note or None,
        rank=last_rank(room),
        concept=command.concept,
        card_id=command.card_id,
        theme_id=command.theme_id,
        aim_id=command.aim_id,
        **by_whom(room, capture, proxy_for, command.from_patient, ask),
        **written_in(room, capture, proxy_for, ask),
        held=is_looked_at,
    )
    return Change(IdeaAdded(idea_id=idea.id), puts=(idea, *counted(room, idea)))


def edit_idea(room: Room, command: EditIdea, ask: Ask) -> Change:
    idea = _own(room, command.idea_id, command.capture_id, ask)
    if idea.redacted_at is not None:
        raise Refusal("removed", kind=Idea.noun)
    said = {"text": command.text, **command.said("note")}
    said = {name: words or None for name, words in said.items()}
    if all(getattr(idea, name) == words for name, words in said.items()):
        return Change(IdeaEdited(idea_id=idea.id, rev=idea.rev))
    if command.base_rev > idea.rev:
        raise Refusal("bad_command", field="base_rev", reason="too_new")
    if command.base_rev < idea.rev:
        raise Refusal("words_changed", kind=Idea.noun)
    edited = idea.but(**said, rev=idea.rev + 1, **_corrected(idea, command.text, ask))
    return Change(IdeaEdited(idea_id=idea.id, rev=edited.rev), puts=(edited,))


def set_idea(room: Room, command: SetIdea, ask: Ask) -> Change:
    """Whoever contributes says more about any idea; whose it is belongs to those whose words it holds."""
    idea = room.get(Idea, command.idea_id)
    refuse_if_over(idea, command.capture_id)
    changes = command.said(*SAID_BY_ANYBODY, never_null=("outside_control",))
    _refuse_unless_there(room, command)
    if command.said(*SAID_BY_OWNER):
        refuse_unless_own(idea, ask)
        changes |= _whose(room, idea, command, ask)
    return Change(IdeaSet(idea_id=idea.id), puts=idea.but(**changes).unless(idea))


def move_idea(room: Room, command: MoveIdea, ask: Ask) -> Change:
    idea = room.get(Idea, command.idea_id)
    fact = IdeaMoved(idea_id=idea.id)
    if command.after == idea.id:
        return Change(fact)
    # It may have been taken away while somebody was dragging; where it stood is still a place.
    low = None if command.after is None else room.get(Idea, command.after, removed=True).rank
    others = (other.rank for other in room.where(Idea) if other.id != idea.id)
    return Change(fact, puts=idea.but(rank=placed(idea.rank, low, others)).unless(idea))


def remove_idea(room: Room, command: RemoveIdea, ask: Ask) -> Change:
    """Taken away like a slip that was written twice. What the room has voted on is abandoned instead, and stays."""
    idea = room.get(Idea, command.idea_id, removed=True)
    refuse_if_over(idea, command.capture_id)
    refuse_unless_own(idea, ask)
    fact = IdeaRemoved(idea_id=idea.id)
    if idea.removed_at is not None:
        return Change(fact)
    voted = any(step.ballot_id is not None for step in room.where(IdeaStep, idea_id=idea.id))
    if voted or idea.state not in MAY_GO or room.where(Idea, merged_into=idea.id):
        raise Refusal("idea_stays", state=idea.state)
    removed = idea.but(removed_at=ask.at)
    return Change(fact, puts=(removed, *counted(room, removed), *drop_asked(room, idea, ask)))


def restore_idea(room: Room, command: RestoreIdea, ask: Ask) -> Change:
    idea = room.get(Idea, command.idea_id, removed=True)
    refuse_unless_own(idea, ask)
    restored = idea.but(removed_at=None)
    return Change(IdeaRestored(idea_id=idea.id), puts=(*restored.unless(idea), *counted(room, restored)))


def release_idea(room: Room, command: ReleaseIdea, ask: Ask) -> Change:
    idea = room.get(Idea, command.idea_id)
    fact = IdeaReleased(idea_id=idea.id)
    if not idea.held:
        return Change(fact)
    return Change(fact, puts=(idea.but(held=False), *looked_at(room, idea.owner_id, ask)))


def _own(room: Room, idea_id: str, capture_id: str | None, ask: Ask) -> Idea:
    """An idea whose words whoever asks may change now."""
    idea = room.get(Idea, idea_id)
    refuse_if_over(idea, capture_id)
    refuse_unless_own(idea, ask)
    capture = capture_of(room, idea)
    if capture is not None:
        refuse_after(capture, ask)
    return idea


def _refuse_unless_there(room: Room, command: AddIdea | SetIdea) -> None:
    refuse_hidden_origin(room, command.card_id, command.theme_id)
    if command.aim_id is not None:
        room.get(Aim, command.aim_id)


def _corrected(idea: Idea, text: str, ask: Ask) -> dict[str, Any]:
    """Somebody else's words are marked and the first ones kept, until their own people write again."""
    is_own = idea.is_words_of(ask.who)
    if text == idea.text:
        return {}
    return {
        "corrected_by": None if is_own else ask.who.member_id,
        "original": None if is_own else idea.original or idea.text,
    }


def _whose(room: Room, idea: Idea, command: SetIdea, ask: Ask) -> dict[str, Any]:
    """Who the idea speaks for, and whether a patient does; null goes by the voice, as on a new one."""
    said = command.said(*SAID_BY_OWNER)
    if idea.author_id is None:
        if command.proxy_for is not None:
            raise Refusal("bad_command", field="proxy_for", reason="nameless")
        return {"from_patient": bool(command.from_patient)} if "from_patient" in said else {}
    proxy_for = idea.proxy_for
    if "proxy_for" in said and command.proxy_for != proxy_for:
        proxy_for = spoken_for(room, command.proxy_for, idea.author_id, ask)
    voice = voice_of(room, proxy_for or idea.author_id) if proxy_for != idea.proxy_for else idea.voice
    is_said = command.from_patient is not None
    goes_by_voice = not is_said and ("from_patient" in said or proxy_for != idea.proxy_for)
    from_patient = voice in OF_PATIENTS if goes_by_voice else command.from_patient if is_said else idea.from_patient
    return {"proxy_for": proxy_for, "voice": voice, "from_patient": from_patient}
