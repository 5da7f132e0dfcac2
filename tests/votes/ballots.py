"""A room on paper with ideas to choose from, and people who vote on them."""

from typing import Any

from app.ideas.rows import Idea, IdeaStep
from app.rooms.kernel import Change
from app.rooms.paper import Paper
from app.rooms.values import id_from
from app.votes.rows import Ballot, Choice, Option, Tally, Turnout
from app.votes.rules import told
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, ROSA, TOM, Rehearsal

BALLOT, NEXT = id_from("ballot"), id_from("next ballot")
OF_OPTIONS = ("withdraw_option",)
VOTERS = (MAYA, TOM, ROSA)
JOE = id_from("joe")


class Voting(Rehearsal):
    """Anne leads; Maya (a patient), Tom and Rosa vote; Paul is the sponsor."""

    def __init__(self, ideas: int = 14, **draft: Any) -> None:
        super().__init__()
        self.comes(MAYA, "Maya", voice="patient")
        self.comes(TOM, "Tom", voice="nurse")
        self.comes(ROSA, "Rosa", voice="nurse")
        self.joins(PAUL, part="sponsor", name="Paul")
        self.ideas = [self.idea(f"Idea {n}") for n in range(1, ideas + 1)]
        if ideas:
            self.drafts(**draft)

    def comes(self, id: str, name: str, **fields: Any) -> None:
        """Joins, and is here from now on."""
        self.joins(id, name=name, **fields)
        self.here(id)

    def here(self, id: str) -> None:
        self.say(ANNE, "rooms.set_attendance", member_id=id, is_here=True)

    def calls(self, id: str = JOE, name: str = "Joe") -> None:
        """Is on the telephone."""
        self.say(ANNE, "rooms.add_person", member_id=id, name=name, voice="carer")
        self.here(id)

    def idea(self, text: str, by: str = TOM) -> str:
        id = id_from("idea", text)
        self.say(by, "ideas.add_idea", idea_id=id, text=text)
        return id

    def drafts(self, ballot_id: str = BALLOT, **fields: Any) -> Change:
        body = {"question": "Which ideas shall we test first?", "of": "ideas", **fields}
        return self.say(ANNE, "votes.draft_ballot", ballot_id=ballot_id, **body)

    def does(self, what: str, by: str | None = ANNE, **fields: Any) -> Change:
        return self.say(by, f"votes.{what}", **{"ballot_id": BALLOT, **fields})

    def no(self, what: str, by: str | None = ANNE, **fields: Any) -> tuple[str, dict[str, Any]]:
        ballot = {} if what in OF_OPTIONS else {"ballot_id": BALLOT}
        return self.refused(by, f"votes.{what}", **{**ballot, **fields})

    def does_to_option(self, letter: str, **fields: Any) -> None:
        self.say(ANNE, "votes.withdraw_option", option_id=self.option(letter).id, **fields)

    def opens(self, **fields: Any) -> None:
        self.does("open_ballot", **fields)

    def puts(self, by: str, *letters: str, ballot_id: str = BALLOT, votes: int = 1, **fields: Any) -> None:
        for letter in letters:
            option_id = self.option(letter, ballot_id).id
            self.does("set_votes", by, ballot_id=ballot_id, option_id=option_id, votes=votes, **fields)

    def cannot_put(self, by: str, letter: str, votes: int = 1, **fields: Any) -> tuple[str, dict[str, Any]]:
        return self.no("set_votes", by, option_id=self.option(letter).id, votes=votes, **fields)

    def shows(self, ballot_id: str = BALLOT) -> Tally:
        self.does("close_ballot", ballot_id=ballot_id)
        self.does("reveal_ballot", ballot_id=ballot_id)
        return self.row(Tally, ballot_id)

    def ballot(self, id: str = BALLOT) -> Ballot:
        return self.row(Ballot, id)

    def option(self, letter: str, ballot_id: str = BALLOT) -> Option:
        (found,) = (row for row in self.replica.where(Option, ballot_id=ballot_id) if row.letter == letter)
        return found

    def options(self, *letters: str, ballot_id: str = BALLOT) -> list[str]:
        return [self.option(letter, ballot_id).id for letter in letters]

    def choices(self, ballot_id: str = BALLOT) -> dict[str, Choice]:
        """Member → what is on their paper, which nobody else ever reads."""
        papers = [paper for paper in self.replica.where(Paper, box_id=ballot_id) if not paper.is_empty]
        return {choice.by: choice for choice in (Choice.model_validate_json(paper.body) for paper in papers)}

    def has(self, member_id: str, ballot_id: str = BALLOT) -> dict[str, int]:
        """Letter → votes of this member."""
        letters = {row.id: row.letter for row in self.replica.where(Option, ballot_id=ballot_id)}
        choice = self.choices(ballot_id).get(member_id)
        return {letters[id]: n for id, n in choice.votes.items()} if choice else {}

    def turnout(self, ballot_id: str = BALLOT) -> Turnout:
        """As the server counts it a moment later."""
        command = told(self.replica, self.ballot(ballot_id), self.replica.where(Paper, box_id=ballot_id), self.at)
        if command is not None:
            self.say(None, command.wire_type(), **command.model_dump(exclude={"type"}))
        return self.row(Turnout, ballot_id)

    def state(self, letter_or_id: str) -> str:
        id = self.option(letter_or_id).of_id if len(letter_or_id) < 3 else letter_or_id
        return self.row(Idea, id).state

    def steps(self, idea_id: str) -> list[IdeaStep]:
        return sorted(self.replica.where(IdeaStep, idea_id=idea_id), key=lambda step: step.created_at)


def totals(tally: Tally) -> dict[str, int | None]:
    return {line.letter: line.points for line in tally.lines}


def places(tally: Tally) -> list[int]:
    return [line.place for line in tally.lines]
