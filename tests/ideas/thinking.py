"""The sepsis room on paper, with a few change ideas in it."""

from typing import Any

from app.ideas.rows import Idea, IdeaStep, Merge
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, ROSA, TOM, Rehearsal

JOE = id_from("joe")
TROLLEY, CUPBOARD, STICKER = (id_from("idea", name) for name in ("trolley", "cupboard", "sticker"))
CAPTURE, MERGE = id_from("idea capture"), id_from("merge")
RECORDING = ("not_allowed", {"needs": "ideas.record"})


class Thinking(Rehearsal):
    """Maya is a patient; Tom, the recorder, and Rosa are nurses; Joe, a carer, is on the telephone; Paul sponsors."""

    def __init__(self) -> None:
        super().__init__()
        self.joins(MAYA, voice="patient")
        self.joins(TOM, voice="nurse")
        self.joins(ROSA, voice="nurse")
        self.joins(PAUL, "sponsor", voice="manager")
        self.say(ANNE, "rooms.add_person", member_id=JOE, name="Joe", voice="carer")
        self.holds("recorder", TOM)

    def has(self, by: str, id: str, text: str = "A red trolley with first doses", **fields: Any) -> Idea:
        self.say(by, "ideas.add_idea", idea_id=id, text=text, **fields)
        return self.idea(id)

    def idea(self, id: str) -> Idea:
        return self.row(Idea, id)

    def merge(self, id: str = MERGE) -> Merge:
        return self.row(Merge, id)

    def asks(self, by: str, into: str, *ids: str, id: str = MERGE) -> Merge:
        self.say(by, "ideas.ask_merge", merge_id=id, into_id=into, idea_ids=list(ids))
        return self.merge(id)

    def answers(self, by: str, agrees: bool = True, id: str = MERGE, **fields: Any) -> Merge:
        self.say(by, "ideas.answer_merge", merge_id=id, agrees=agrees, **fields)
        return self.merge(id)

    def becomes(self, id: str, *states: str) -> Idea:
        for state in states:
            self.say(ANNE, "ideas.set_state", idea_id=id, state=state)
        return self.idea(id)

    def life(self, id: str) -> list[str]:
        """What an idea has been, one after the other."""
        return [step.state for step in self.replica.where(IdeaStep, idea_id=id)]
