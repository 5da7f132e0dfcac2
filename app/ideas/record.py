"""What a room's printed record tells of its change ideas: each list, and what became of every idea."""

from collections.abc import Iterable
from typing import Any

from app.ideas.rows import Idea, IdeaState, IdeaStep
from app.rooms.kernel import Section, Standing
from app.rooms.rows import Member
from app.words import catalogue

SHELVES: dict[str, tuple[IdeaState, ...]] = {
    "ideas.shelf_list": ("raw", "clarified", "on_ballot"),
    "ideas.shelf_chosen": ("selected",),
    "ideas.shelf_tested": ("testing", "adapted", "adopted"),
    "ideas.shelf_later": ("not_now", "abandoned"),
}


def ideas(room: Standing) -> Iterable[Section]:
    everything = sorted((idea for idea in room.where(Idea) if idea.is_shown), key=lambda idea: (idea.rank, idea.id))
    if everything:
        yield Section("rooms.place_ideas")
    for title, states in SHELVES.items():
        lines = tuple(_told(room, idea) for idea in everything if idea.state in states)
        if lines:
            yield Section(title, lines, level=3)


def _told(room: Standing, idea: Idea) -> str:
    words = idea.text if idea.text is not None else catalogue()["board.record_gone"]
    names = [_name(room, id) for id in (idea.proposer, *idea.credited) if id is not None]
    who = ", ".join(names) or _say("no_name")
    steps = (_step(step) for step in room.where(IdeaStep, idea_id=idea.id))
    return " · ".join((f"{idea.letter}: {words}" if idea.letter else words, who, *steps))


def _step(step: IdeaStep) -> str:
    said = _say("unclear_again") if step.state == "raw" else _say(f"state_{step.state}")
    if step.points is not None:
        said += f", {_say('round_points', round=step.round or 1, count=step.points)}"
    return f"{said} ({step.reason})" if step.reason else said


def _name(room: Standing, id: str) -> str:
    return next((member.name for member in room.where(Member) if member.id == id), "")


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"ideas.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"ideas.{code}", code)).format(**params)
