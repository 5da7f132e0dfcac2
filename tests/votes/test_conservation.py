"""Rules 2, 3, 24 and 25, in whatever order people press, with lines that drop."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.board.rows import Board
from app.rooms.kernel import Refusal
from tests.contract.conftest import WITH_BELL
from tests.contract.test_capture import gathered, new
from tests.contract.world import Person, World, a_world
from tests.support.houses import House
from tests.support.scale import by_scale, tell

ORDERS = by_scale(quick=2, short=5, full=500)
PRESSES = 60
CARDS = 7
VOTERS = 5
SETTINGS: tuple[dict[str, Any], ...] = (
    {"preset": "thirds"},
    {"preset": "thirds_stacked"},
    {"preset": "half_stacked"},
    {"preset": "ranked"},
    {"preset": "team_size", "mode": "open"},
)


class Told:
    """What everybody has been told they have put: kept apart from the server, from acks alone."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.votes: dict[str, dict[str, int]] = {}
        self.abstaining: set[str] = set()

    def of(self, person: Person) -> dict[str, int]:
        return self.votes.get(person.member_id, {})

    def left(self, person: Person) -> int:
        return self.budget - sum(self.of(person).values())

    def sets(self, person: Person, option_id: str, votes: int) -> None:
        now = {**self.of(person), option_id: votes}
        self.votes[person.member_id] = {id: n for id, n in now.items() if n}
        self.abstaining.discard(person.member_id)

    def abstains(self, person: Person, abstaining: bool) -> None:
        if abstaining:
            self.votes[person.member_id] = {}
            self.abstaining.add(person.member_id)
        else:
            self.abstaining.discard(person.member_id)

    def comes_back(self, option_id: str) -> None:
        for mine in self.votes.values():
            mine.pop(option_id, None)


class Order:
    """One ballot, pressed at random."""

    def __init__(self, world: World, people: list[Person], cards: list[str], seed: int) -> None:
        self.world = world
        self.people = people
        self.coach = world.people[0]
        self.cards = cards
        self.chance = random.Random(seed)
        self.ballot_id = new()
        self.settings = SETTINGS[seed % len(SETTINGS)]
        self.refusals: Counter[str] = Counter()

    async def runs(self) -> None:
        draft = {"type": "votes.draft_ballot", "ballot_id": self.ballot_id, "question": "Which first?", "of": "cards"}
        await self.world.do(self.coach, **draft, of_ids=self.cards, **self.settings)
        await self.leads("open_ballot")
        ballot = self.ballot
        self.told = Told(sum(ballot["weights"]) if ballot["weights"] else ballot["votes_each"])
        for _ in range(PRESSES):
            person = self.chance.choice(self.people)
            await self.presses(person)
            if self.chance.random() < 0.2:
                await self.loses_the_line(person)
            if self.chance.random() < 0.05:
                await self.interrupts()
        await self.ends()

    async def presses(self, person: Person) -> None:
        body = self.a_press()
        what = body["type"]
        no = await self.refusal_of(person, body)
        if no is not None:
            # What is left is said, and is right; and nothing has changed.
            self.refusals[no.code] += 1
            assert no.params.get("left", self.told.left(person)) == self.told.left(person)
        elif what == "votes.set_votes":
            self.told.sets(person, body["option_id"], body["votes"])
        elif what == "votes.abstain":
            self.told.abstains(person, body["abstaining"])
        assert 0 <= self.told.left(person) <= self.told.budget
        await self.sees_their_own(person)

    async def refusal_of(self, person: Person, body: dict[str, Any]) -> Refusal | None:
        try:
            await self.world.do(person, ballot_id=self.ballot_id, **body)
        except Refusal as no:
            return no
        return None

    def a_press(self) -> dict[str, Any]:
        what = self.chance.random()
        if what < 0.85:
            votes = self.chance.choice([0, 1, 1, 1, 2, 3, 5])
            return {"type": "votes.set_votes", "option_id": self.chance.choice(self.options), "votes": votes}
        if what < 0.93:
            return {"type": "votes.abstain", "abstaining": self.chance.random() < 0.7}
        return {"type": "votes.finish", "finished": self.chance.random() < 0.7}

    async def loses_the_line(self, person: Person) -> None:
        if person.seat is None:
            await person.come()
            await self.sees_their_own(person)
        else:
            person.go()

    async def interrupts(self) -> None:
        """The coach closes too early; or pauses and mends a card, whose votes come back."""
        if self.chance.random() < 0.4:
            await self.leads("close_ballot")
            await self.leads("reopen_ballot")
            return
        await self.leads("pause_ballot")
        option_id = self.chance.choice(self.options)
        card = self.coach.client.rows["card"][self.coach.client.rows["option"][option_id]["of_id"]]
        body = {"card_id": card["id"], "text": f"Mended {self.chance.random()}", "base_rev": card["rev"]}
        await self.world.do(self.coach, type="board.edit_card", **body)
        await self.leads("open_ballot")
        self.told.comes_back(option_id)

    async def ends(self) -> None:
        await self.leads("close_ballot")
        for person in self.people:
            if person.seat is None:
                await person.come()
            await self.sees_their_own(person)
        await self.leads("reveal_ballot")
        points: Counter[str] = Counter()
        for votes in self.told.votes.values():
            points.update(votes)
        tally = self.coach.client.rows.get("tally", {}).get(self.ballot_id)
        if not points:
            assert (tally, self.ballot["state"]) == (None, "void")
            return
        assert tally is not None
        assert tally["spent"] == points.total()
        assert (tally["ballots"], tally["abstained"]) == (
            sum(map(bool, self.told.votes.values())),
            len(self.told.abstaining),
        )
        if not tally["withheld"]:
            assert {line["option_id"]: line["points"] for line in tally["lines"] if line["points"]} == points
        await self.world.do(self.coach, type="votes.void_ballot", ballot_id=self.ballot_id, reason="The next one")

    async def sees_their_own(self, person: Person) -> None:
        """Rule 24: after every answer and every return the screen has what the server has."""
        await self.world.settle()
        if person.seat is None:
            return
        rows = person.client.rows
        if self.ballot["mode"] == "open":
            mine = [row["votes"] for row in rows.get("dots", {}).values() if self.is_theirs(row, person)]
            shown = mine[0] if mine else {}
        else:
            paper = rows.get("paper", {}).get(self.ballot_id)
            shown = json.loads(paper["body"])["votes"] if paper else {}
        assert shown == self.told.of(person)

    def is_theirs(self, row: dict[str, Any], person: Person) -> bool:
        return bool(row["ballot_id"] == self.ballot_id and row["member_id"] == person.member_id)

    async def leads(self, what: str) -> None:
        await self.world.do(self.coach, type=f"votes.{what}", ballot_id=self.ballot_id)
        await self.world.settle()

    @property
    def ballot(self) -> dict[str, Any]:
        ballot: dict[str, Any] = self.coach.client.rows["ballot"][self.ballot_id]
        return ballot

    @property
    def options(self) -> list[str]:
        return [row["id"] for row in self.coach.client.rows["option"].values() if row["ballot_id"] == self.ballot_id]


@pytest.mark.parametrize("house", ["sqlite", pytest.param("two processes", marks=pytest.mark.postgres)], indirect=True)
async def test_rule_25_spent_and_left_are_what_each_has_whatever_they_press(house: House, tmp_path: Path) -> None:
    refusals: Counter[str] = Counter()
    orders = ORDERS if house.processes == 1 else max(1, ORDERS // 4)
    async with a_world(house, WITH_BELL, tmp_path, commands_per_minute=100_000) as world:
        await world.begin()
        people = await gathered(world, VOTERS)
        cards = await some_cards(world)
        for seed in range(orders):
            order = Order(world, people, cards, seed)
            await order.runs()
            refusals += order.refusals
    tell(f"rule 25: {orders} orders of {PRESSES} presses by {VOTERS} people on {house.processes}: {dict(refusals)}")


async def some_cards(world: World) -> list[str]:
    board, cards = world.room.replica.where(Board)[0], [new() for _ in range(CARDS)]
    common = {"type": "board.add_card", "board_id": board.id, "column": board.columns[0].key}
    for n, id in enumerate(cards):
        await world.do(world.people[0], **common, card_id=id, text=f"Card {n}")
    await world.settle()
    return cards
