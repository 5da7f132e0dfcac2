"""P5, P18 on real servers: what is said without a name is looked for everywhere, and papers end with a restore."""

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from tests.support.company import Company, Somebody, a_full_house
from tests.support.houses import House
from tests.support.searching import AT_DEBUG, Search, searching

PEOPLE = 5
EVERYWHERE = {"tab of a coach", "tab of a wall", "table rooms_log", "table board_card", "copy room.json", "backup"}


def an_open_score(company: Company) -> tuple[str, list[Somebody]]:
    """Five people are asked how good it was."""
    meeting, people = str(uuid4()), [company.join("member", f"Person {n}") for n in range(PEOPLE)]
    company.do({"type": "meetings.add_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.start_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.open_score", "meeting_id": meeting}, company.coach)
    return meeting, people


async def test_P5_what_is_on_a_paper_is_nowhere_and_whose_it_was_stays_nowhere(house: House, tmp_path: Path) -> None:
    """Also without a name: who asks what a word means."""
    with a_full_house(tmp_path, replace(house, runs_in=AT_DEBUG)) as company:
        meeting, people = await asyncio.to_thread(an_open_score, company)
        words = [f"Word {uuid4().hex[:12]}" for _ in people]
        async with searching(company, people) as search:
            for person, word in zip(people, words, strict=True):
                give = {"type": "meetings.give_score", "meeting_id": meeting, "score": 8, "keep": word}
                await search.client(person).do({**give, "score": 3, "keep": f"{word}, at first"})
                await search.client(person).do(give)
            asked = {"question_id": str(uuid4()), "word": f"What is {uuid4().hex[:12]}"}
            await search.client(people[0]).do({"type": "meetings.ask_what", **asked})
            said = {person.member_id: [meeting, word] for person, word in zip(people, words, strict=True)}
            said[people[0].member_id] += asked.values()
            assert await search.readers_of(words) == []
            assert await search.links(said) == []
            assert await search.newly_named() == []
            assert await finds_what_is_there(search, company, people[0]) >= EVERYWHERE
            coach = search.client(company.coach)
            await coach.do({"type": "meetings.reveal_scores", "meeting_id": meeting})
            assert {row["text"] for row in coach.rows["score_word"].values()} == set(words)
            assert await search.links(said) == []


async def finds_what_is_there(search: Search, company: Company, writer: Somebody) -> set[str]:
    """Where the search finds a card and its writer, who has signed it."""
    board, words = await asyncio.to_thread(company.lens_board), f"Card {uuid4().hex[:12]}"
    card = {"card_id": str(uuid4()), "board_id": board["id"], "column": board["columns"][0]["key"], "text": words}
    await search.client(writer).do({"type": "board.add_card", **card})
    assert await search.readers_of([words])
    assert any("rooms_log" in found for found in await search.newly_named())
    return {found.partition(":")[0] for found in await search.links({writer.member_id: [words]})}


async def test_a_score_that_was_open_when_the_backup_was_made_is_void_after_the_restore(
    company: Company, tmp_path: Path
) -> None:
    meeting, people = an_open_score(company)
    for person in people:
        company.do({"type": "meetings.give_score", "meeting_id": meeting, "score": 3}, person)
    backup = tmp_path / "all.backup"
    company.server.run("backup", str(backup))
    await asyncio.to_thread(company.server.stop)
    await asyncio.to_thread(company.server.run, "restore", "--replace", str(backup))
    await asyncio.to_thread(company.server.start)
    tab = company.coach.client()
    async with tab.stay():
        await tab.until(lambda: tab.rows["score"][meeting]["state"] == "void")
        again = {"type": "meetings.open_score", "meeting_id": meeting}
        assert (await tab.do(again))["type"] == "ack"
        give = {"type": "meetings.give_score", "meeting_id": meeting, "score": 8}
        assert await asyncio.to_thread(company.do, give, people[0])
