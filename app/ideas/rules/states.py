"""What becomes of an idea. Each change is a step of its life, and no step is ever taken away."""

from collections.abc import Mapping

from app.ideas.messages import Becomes, ClarifyIdea, IdeaClarified, SetState, StateSet
from app.ideas.rows import Idea, IdeaState, advanced
from app.ideas.rules.words import refuse_unless_shown
from app.rooms.kernel import Ask, Change, Refusal, Room

COMES_FROM: Mapping[Becomes, frozenset[IdeaState]] = {
    # Brought back: it can go on a ballot again.
    "clarified": frozenset({"selected", "not_now", "abandoned", "testing"}),
    "testing": frozenset({"clarified", "selected", "adapted", "adopted"}),
    "adapted": frozenset({"testing"}),
    "adopted": frozenset({"testing", "adapted"}),
    "abandoned": frozenset({"raw", "clarified", "selected", "not_now", "testing", "adapted", "adopted"}),
}
"""What an idea has to be before somebody says what it has become; the ballot has ways of its own."""


def clarify_idea(room: Room, command: ClarifyIdea, ask: Ask) -> Change:
    idea = room.get(Idea, command.idea_id)
    refuse_unless_shown(idea)
    fact = IdeaClarified(idea_id=idea.id, clear=command.clear)
    before, after = ("raw", "clarified") if command.clear else ("clarified", "raw")
    if idea.state == after:
        return Change(fact)
    if idea.state != before:
        raise Refusal("idea_elsewhere", state=idea.state)
    return Change(fact, puts=advanced(idea, "clarified" if command.clear else "raw", ask))


def set_state(room: Room, command: SetState, ask: Ask) -> Change:
    idea = room.get(Idea, command.idea_id)
    refuse_unless_shown(idea)
    fact = StateSet(idea_id=idea.id, state=command.state)
    if idea.state == command.state:
        return Change(fact)
    if idea.state not in COMES_FROM[command.state]:
        raise Refusal("idea_elsewhere", state=idea.state)
    return Change(fact, puts=advanced(idea, command.state, ask, reason=command.reason))
