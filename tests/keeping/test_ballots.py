"""P5 of a ballot on real servers: who chose what is nowhere while it is open and after, and ends with a restore."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.client import Client
from tests.support.company import Company, Somebody, a_full_house
from tests.support.houses import House
from tests.support.searching import AT_DEBUG, Search, searching

PEOPLE = 6
IDEAS = 5


def a_ballot(company: Company, **fields: Any) -> tuple[str, list[Somebody]]:
    """Six people vote on five ideas, two votes each."""
    people = [company.join("member", f"Person {n}") for n in range(PEOPLE)]
    for n in range(IDEAS):
        idea = {"type": "ideas.add_idea", "idea_id": str(uuid4()), "text": f"Idea {n}"}
        company.do(idea, company.coach)
    ballot_id = str(uuid4())
    draft = {"type": "votes.draft_ballot", "ballot_id": ballot_id, "question": "Which first?", "of": "ideas", **fields}
    company.do(draft, company.coach)
    company.do({"type": "votes.set_ballot", "ballot_id": ballot_id, "votes_each": 2}, company.coach)
    company.do({"type": "votes.open_ballot", "ballot_id": ballot_id}, company.coach)
    return ballot_id, people


async def test_P5_who_chose_what_is_nowhere_while_a_ballot_is_open_and_after(house: House, tmp_path: Path) -> None:
    with a_full_house(tmp_path, replace(house, runs_in=AT_DEBUG)) as company:
        ballot_id, people = await asyncio.to_thread(a_ballot, company)
        async with searching(company, people) as search:
            coach = search.client(company.coach)
            options = sorted(coach.rows["option"], key=lambda id: coach.rows["option"][id]["rank"])
            chosen = {person.member_id: [options[n % IDEAS], options[-1]] for n, person in enumerate(people)}
            await everybody_votes(search, people, ballot_id, chosen)
            told = {member_id: [*ids, *of_all(house, ballot_id)] for member_id, ids in chosen.items()}
            assert await search.links(told) == []
            assert await search.newly_named() == []
            await leads(coach, "pause_ballot", ballot_id)
            mended = coach.rows["option"][options[0]]["of_id"]
            edit = {"type": "ideas.edit_idea", "idea_id": mended, "text": "Clearer now", "base_rev": 0}
            assert (await coach.do(edit))["type"] == "ack"
            await leads(coach, "open_ballot", ballot_id)
            await leads(coach, "close_ballot", ballot_id)
            assert await search.links(told) == []
            await leads(coach, "reveal_ballot", ballot_id)
            assert {line["points"] for line in coach.rows["tally"][ballot_id]["lines"]} == {0, 1, 6}
            kept = [line["option_id"] for line in coach.rows["tally"][ballot_id]["lines"]][:1]
            await leads(coach, "decide_ballot", ballot_id, kept=kept, confirmed=True)
            assert await search.links(told) == []
            assert await search.newly_named() == []
            assert await finds_dots(search, company, people) != []


def of_all(house: House, ballot_id: str) -> list[str]:
    """Beside a name the ballot itself would tell who votes. But two processes store in one transaction what several
    people do, and who the server has noticed to be here."""
    return [ballot_id] if house.processes == 1 else []


async def everybody_votes(search: Search, people: list[Somebody], ballot_id: str, chosen: dict[str, list[str]]) -> None:
    """With a change of mind, an abstention that is taken back, and a finish."""
    for person in people:
        client, (first, second) = search.client(person), chosen[person.member_id]
        await does(client, "set_votes", ballot_id, option_id=second, votes=1)
        await does(client, "abstain", ballot_id, abstaining=True)
        await does(client, "set_votes", ballot_id, option_id=first, votes=1)
        if first != second:
            await does(client, "set_votes", ballot_id, option_id=second, votes=1)
        await does(client, "finish", ballot_id, finished=True)


async def finds_dots(search: Search, company: Company, people: list[Somebody]) -> list[str]:
    """On an open ballot the search finds who chose what: it would have found it on the other one."""
    ballot_id = str(uuid4())
    coach, maya = search.client(company.coach), search.client(people[0])
    draft = {"type": "votes.draft_ballot", "question": "And which of these?", "of": "ideas", "mode": "open"}
    ideas = list(coach.rows["idea"])
    assert (await coach.do({**draft, "ballot_id": ballot_id, "of_ids": ideas}))["type"] == "ack"
    await leads(coach, "open_ballot", ballot_id)
    await maya.until(lambda: maya.rows["ballot"].get(ballot_id, {}).get("state") == "open")
    option = next(row["id"] for row in coach.rows["option"].values() if row["ballot_id"] == ballot_id)
    await does(maya, "set_votes", ballot_id, option_id=option, votes=1)
    return await search.links({people[0].member_id: [option]})


async def leads(coach: Client, what: str, ballot_id: str, **fields: Any) -> None:
    await does(coach, what, ballot_id, **fields)


async def does(client: Client, what: str, ballot_id: str, **fields: Any) -> None:
    answer = await client.do({"type": f"votes.{what}", "ballot_id": ballot_id, **fields})
    assert answer["type"] == "ack", answer


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_ballot_that_was_open_when_the_backup_was_made_is_void_after_the_restore(
    company: Company, tmp_path: Path
) -> None:
    ballot_id, people = await asyncio.to_thread(a_ballot, company)
    option = next(row["id"] for row in company.snapshot(company.coach)["rows"]["option"])
    company.do({"type": "votes.set_votes", "ballot_id": ballot_id, "option_id": option, "votes": 1}, people[0])
    backup = tmp_path / "all.backup"
    company.server.run("backup", str(backup))
    await asyncio.to_thread(company.server.stop)
    await asyncio.to_thread(company.server.run, "restore", "--replace", str(backup))
    await asyncio.to_thread(company.server.start)
    tab = company.coach.client()
    async with tab.stay():
        await tab.until(lambda: tab.rows["ballot"][ballot_id]["state"] == "void")
        assert tab.rows["ballot"][ballot_id]["void_why"] == "lost"
        assert {row["state"] for row in tab.rows["idea"].values()} == {"raw"}
        assert {row["locked_by"] for row in tab.rows["idea"].values()} == {None}
