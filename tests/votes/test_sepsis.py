"""The ballot of the sepsis room from the first vote to what is tested, exactly; and the clinic's choice of a theme."""

from typing import Any

from app.board.rows import Board, Theme
from app.ideas.rows import Idea
from app.rooms.values import id_from
from app.votes.rows import Ballot, Tally
from tests.rooms.rehearsal import ANNE, Rehearsal
from tests.support.cases import CYSTIC_FIBROSIS, SEPSIS, case
from tests.votes.ballots import BALLOT, NEXT, Voting, places, totals

STICKER = id_from("idea", "Red sepsis sticker on the notes")


class Sepsis(Voting):
    """18 people, 14 ideas with their letters, and the sticker that is in test already."""

    def __init__(self) -> None:
        Rehearsal.__init__(self)
        self.case = case(SEPSIS)
        self.people = {"anne": ANNE}
        for who in self.case["people"]:
            if who["key"] not in ("anne", "rosa"):
                self.arrives(who)
        self.say(ANNE, "rooms.set_attendance", member_id=self.people["kate"], is_here=False)
        self.holds("recorder", self.people["tom"])
        self.idea("Red sepsis sticker on the notes", self.people["amir"])
        for state in ("clarified", "testing"):
            self.say(ANNE, *_becomes(state), idea_id=STICKER, **({"state": state} if state == "testing" else {}))
        for letter, text, who in self.case["ideas"]:
            self.proposes(letter, text, who)
        self.say(ANNE, "ideas.set_letters")

    def arrives(self, who: dict[str, Any]) -> None:
        id = self.people[who["key"]] = id_from(who["key"])
        if who.get("without_device"):
            self.calls(id, who["name"])
        else:
            self.joins(id, part=who["part"], name=who["name"], voice=who["voice"])
            self.here(id)

    def proposes(self, letter: str, text: str, who: str) -> None:
        joe = who == "joe"
        proxy = {"proxy_for": self.people["joe"]} if joe else {}
        by = self.people["tom" if joe else who]
        self.say(by, "ideas.add_idea", idea_id=id_from("idea", letter), text=text, **proxy)

    def votes(self, of_round: dict[str, Any], ballot_id: str) -> None:
        for who, letters in of_round["ballots"].items():
            if who == "rosa" and who not in self.people:
                (rosa,) = (one for one in self.case["people"] if one["key"] == "rosa")
                self.arrives(rosa)
            by, fields = self.people[who], dict[str, Any]()
            if who == "joe":
                by, fields = self.people["tom"], {"for_member": self.people["joe"]}
            self.puts(by, *letters, ballot_id=ballot_id, **fields)


def _becomes(state: str) -> tuple[str]:
    return ("ideas.clarify_idea",) if state == "clarified" else ("ideas.set_state",)


def test_the_sepsis_ballot_from_14_ideas_to_three_that_are_tested() -> None:
    room = Sepsis()
    one, two = room.case["ballot"]["round_1"], room.case["ballot"]["round_2"]

    room.drafts(question=room.case["ballot"]["question"], seconds=90)
    assert (room.ballot().votes_each, room.ballot().per_item, room.ballot().mode) == (one["votes_each"], 1, "secret")
    room.opens()
    assert room.turnout().of == 14
    room.votes(one, BALLOT)
    assert (room.turnout().finished, room.turnout().of) == (15, 15)
    first = room.shows()
    assert totals(first) == one["totals"]
    assert places(first) == [1, 2, 2, 4, 4, 6, 7, 8, 9, 9, 11, 11, 13, 13]
    assert (first.electorate, first.ballots, first.spent, first.by_proxy, first.abstained) == (15, 15, 60, 1, 0)
    kept = [line.letter for line in first.lines if line.place <= one["keep"]]
    assert kept == one["survivors"]
    assert first.from_patients == tuple(room.options("F", "M"))
    assert room.no("next_round", next_id=NEXT, kept=room.options(*"ABCD"))[0] == "tie_needs_reason"

    room.does("next_round", next_id=NEXT, kept=room.options(*kept))
    assert (room.ballot(NEXT).round, room.ballot(NEXT).votes_each) == (2, two["votes_each"])
    assert [room.state(letter) for letter in "AEFN"] == ["on_ballot", "on_ballot", "not_now", "not_now"]
    room.opens(ballot_id=NEXT)
    room.does("abstain", room.people["mei"], ballot_id=NEXT)
    room.votes(two, NEXT)
    assert room.turnout(NEXT).finished == 15
    second = room.shows(NEXT)
    assert totals(second) == two["totals"]
    assert (second.ballots, second.electorate, second.abstained, second.spent) == (14, 15, 1, 14)

    # Rule 28: none of those kept is from a patient or carer; the highest that was is Maya's.
    keeping = room.options(*two["selected"], ballot_id=NEXT)
    assert not set(second.from_patients) & set(keeping)
    assert second.from_patients[0] == room.option("F").id
    assert room.no("decide_ballot", ballot_id=NEXT, kept=room.options("A", ballot_id=NEXT)) == ("only_one", {})
    room.does("decide_ballot", ballot_id=NEXT, kept=keeping)

    states = {letter: room.state(letter) for letter in one["totals"]}
    assert {letter for letter, state in states.items() if state == "selected"} == set(two["selected"])
    assert {letter for letter, state in states.items() if state == "not_now"} == set(two["not_now"])
    assert room.state(STICKER) == "testing"
    assert [(step.state, step.round, step.points, step.place) for step in room.steps(room.option("D").of_id)] == [
        ("on_ballot", 1, None, None),
        ("on_ballot", 1, 6, 4),
        ("not_now", 2, 1, 4),
    ]
    assert not any(room.row(Idea, room.option(letter).of_id).locked_by for letter in states)


def test_the_clinic_chooses_its_theme() -> None:
    told = case(CYSTIC_FIBROSIS)
    room = Voting(0)
    people = {}
    for who in told["people"]:
        if who["part"] == "member":
            people[who["key"]] = id_from(who["key"])
            room.comes(people[who["key"]], who["name"], voice=who["voice"])
    (board,) = (row for row in room.replica.where(Board) if row.step_key is None)
    themes = {theme["title"]: id_from("theme", theme["title"]) for theme in told["board"]["themes"]}
    for title, id in themes.items():
        room.say(ANNE, "board.add_theme", theme_id=id, board_id=board.id, title=title)
    room.drafts(question=told["ballot"]["question"], of="themes")
    assert room.ballot().votes_each == 1
    room.opens()
    letters = {title: letter for title, letter in zip(themes, "ABC", strict=True)}
    for who, titles in told["ballot"]["round_1"]["ballots"].items():
        room.puts(people[who], *(letters[title] for title in titles))
    tally = room.shows()
    wanted = told["ballot"]["round_1"]["totals"]
    assert totals(tally) == {letters[title]: points for title, points in wanted.items()}
    chosen = letters[told["board"]["chosen_theme"]]
    assert room.no("decide_ballot", kept=room.options("A", "C"), reason="Both")[0] == "one_theme"
    # Rule 19: one theme is what the method asks for, so nobody asks again.
    room.does("decide_ballot", kept=room.options(chosen), reason=told["chosen_theme_reason"])
    theme = room.row(Theme, themes[told["board"]["chosen_theme"]])
    assert theme.chosen_at is not None
    assert theme.reason == told["chosen_theme_reason"]
    assert room.row(Ballot, BALLOT).state == "decided"
    assert room.row(Tally, BALLOT).ballots == 6
