"""A room of a served house that votes again and again: one ballot a round, on the same cards."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.support.client import Client
from tests.support.company import Company, Somebody

CARDS = 14
LEADS, HELPS = 0, 1
"""The two coaches' places among the tabs: each at a process of its own."""


@dataclass
class Booth:
    """The tabs of two coaches and of those who vote, and what is voted on."""

    company: Company
    coaches: list[Client]
    voters: list[Client]
    people: list[Somebody]
    cards: list[str]

    async def drafts(self, **fields: Any) -> str:
        """A ballot on all cards, known to everybody."""
        id = str(uuid4())
        body = {"type": "votes.draft_ballot", "ballot_id": id, "question": "Which first?", "of": "cards", **fields}
        assert (await self.coaches[LEADS].do({**body, "of_ids": self.cards}))["type"] == "ack"
        return id

    async def opens(self, ballot_id: str) -> None:
        answer = await self.leads("open_ballot", ballot_id)
        assert answer["type"] == "ack"
        await self.all_reach(answer["seq"])

    async def leads(self, what: str, ballot_id: str, **fields: Any) -> dict[str, Any]:
        return await self.coaches[LEADS].do({"type": f"votes.{what}", "ballot_id": ballot_id, **fields})

    async def all_reach(self, seq: int) -> None:
        for client in (*self.coaches, *self.voters):
            await client.reaches(seq)

    async def shows(self, ballot_id: str) -> dict[str, Any] | None:
        """What came out of a closed ballot, then put aside; None where nobody had voted."""
        answer = await self.leads("reveal_ballot", ballot_id)
        assert answer["type"] == "ack"
        tally = self.coaches[LEADS].rows.get("tally", {}).get(ballot_id)
        await self.leads("void_ballot", ballot_id, reason="Another round")
        return tally

    def options(self, ballot_id: str) -> list[str]:
        rows = self.coaches[LEADS].rows["option"].values()
        return [row["id"] for row in sorted(rows, key=lambda row: row["rank"]) if row["ballot_id"] == ballot_id]

    def on_paper(self, client: Client, ballot_id: str) -> dict[str, int]:
        """What this person's own screen says they have put."""
        paper = client.rows.get("paper", {}).get(ballot_id)
        votes: dict[str, int] = json.loads(paper["body"])["votes"] if paper and paper["body"] else {}
        return votes


def vote(ballot_id: str, option_id: str, votes: int = 1) -> dict[str, Any]:
    return {"type": "votes.set_votes", "ballot_id": ballot_id, "option_id": option_id, "votes": votes}


def points_of(tally: dict[str, Any] | None) -> int:
    return 0 if tally is None else sum(line["points"] for line in tally["lines"])


@asynccontextmanager
async def a_booth(company: Company, voters: int) -> AsyncIterator[Booth]:
    """So many people at a tab each, at one process after the other, and a second coach."""
    helper = await asyncio.to_thread(company.join, "coach", "Ralph")
    helper = dataclasses.replace(helper, url=company.servers[-1].url)
    people = [await asyncio.to_thread(company.join, "member", f"Person {n}") for n in range(voters)]
    cards = await asyncio.to_thread(_some_cards, company)
    async with AsyncExitStack() as tabs:
        coaches = [await tabs.enter_async_context(one.client().stay()) for one in (company.coach, helper)]
        clients = [await tabs.enter_async_context(one.client().stay()) for one in people]
        yield Booth(company, coaches, clients, people, cards)


def _some_cards(company: Company) -> list[str]:
    board, cards = company.lens_board(), [str(uuid4()) for _ in range(CARDS)]
    common = {"type": "board.add_card", "board_id": board["id"], "column": board["columns"][0]["key"]}
    for n, id in enumerate(cards):
        company.do({**common, "card_id": id, "text": f"Card {n}"}, company.coach)
    return cards
