"""P3 and P4 of a secret ballot on real servers: whoever presses at the same moment, what was acked counts, once."""

import asyncio
import dataclasses
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.faults.test_kill import UNHURRIED
from tests.faults.voting import HELPS, Booth, a_booth, points_of, vote
from tests.support.client import Client
from tests.support.company import a_full_house
from tests.support.houses import House
from tests.support.scale import by_scale, tell

pytestmark = pytest.mark.faults

ROUNDS = by_scale(quick=1, short=2, full=200)
VOTERS = 25
EACH = 4


@pytest_asyncio.fixture
async def booth(tmp_path: Path, house: House) -> AsyncIterator[Booth]:
    with a_full_house(tmp_path, house, **UNHURRIED) as company:
        async with a_booth(company, VOTERS) as booth:
            yield booth


@pytest.mark.parametrize("house", ["sqlite", pytest.param("two processes", marks=pytest.mark.postgres)], indirect=True)
async def test_P4_whatever_is_pressed_at_the_same_moment_what_was_acked_counts_once(booth: Booth) -> None:
    races: list[Callable[[Booth, random.Random], Awaitable[str]]] = [
        the_last_vote_from_four_tabs,
        a_close_among_a_hundred_votes,
        two_coaches_draft_and_open_at_once,
        a_pause_among_a_hundred_votes,
        one_id_twenty_times,
    ]
    for race in races:
        said: Counter[str] = Counter()
        for n in range(ROUNDS):
            said[await race(booth, random.Random(n))] += 1
        processes = len(booth.company.servers)
        tell(f"P4: {race.__name__}, {ROUNDS} rounds on {processes} process(es): {dict(said)}")


async def the_last_vote_from_four_tabs(booth: Booth, chance: random.Random) -> str:
    maya = booth.people[chance.randrange(VOTERS)]
    ballot_id = await booth.drafts(preset="one")
    await booth.opens(ballot_id)
    urls = [server.url for server in booth.company.servers]
    async with AsyncExitStack() as tabs:
        clients = [
            await tabs.enter_async_context(dataclasses.replace(maya, url=urls[n % len(urls)]).client().visit())
            for n in range(4)
        ]
        chosen = chance.sample(booth.options(ballot_id), 4)
        sent = await asyncio.gather(*(tab.send(vote(ballot_id, id)) for tab, id in zip(clients, chosen, strict=True)))
        answers = [await tab.answer(id) for tab, id in zip(clients, sent, strict=True)]
    assert sorted(answer.get("code", "ack") for answer in answers) == [
        "ack",
        "votes_spent",
        "votes_spent",
        "votes_spent",
    ]
    assert (await booth.leads("close_ballot", ballot_id))["type"] == "ack"
    tally = await booth.shows(ballot_id)
    assert tally is not None
    assert (tally["ballots"], tally["spent"]) == (1, 1)
    return "one ack"


async def a_close_among_a_hundred_votes(booth: Booth, chance: random.Random) -> str:
    ballot_id = await booth.drafts()
    await booth.opens(ballot_id)
    acked, closing = await asyncio.gather(
        all_vote(booth, ballot_id, chance), presses_among_them(booth, chance, "close_ballot", ballot_id)
    )
    assert closing["type"] == "ack"
    tally = await booth.shows(ballot_id)
    assert (0 if tally is None else tally["spent"]) == acked
    assert tally is None or tally["withheld"] or points_of(tally) == acked
    return "all counted" if acked == VOTERS * EACH else "some came too late" if acked else "all came too late"


async def two_coaches_draft_and_open_at_once(booth: Booth, chance: random.Random) -> str:
    ids = [str(uuid4()), str(uuid4())]
    body = {"type": "votes.draft_ballot", "question": "Which first?", "of": "cards", "of_ids": booth.cards}
    drafted = await asyncio.gather(
        *(coach.do({**body, "ballot_id": id}) for coach, id in zip(booth.coaches, ids, strict=True))
    )
    assert sorted(answer.get("code", "ack") for answer in drafted) == ["ack", "ballot_live"]
    (ballot_id,) = (id for id, answer in zip(ids, drafted, strict=True) if answer["type"] == "ack")
    await booth.all_reach(max(answer.get("seq", 0) for answer in drafted))
    opening = {"type": "votes.open_ballot", "ballot_id": ballot_id}
    opened = await asyncio.gather(*(coach.do(opening) for coach in booth.coaches))
    assert {answer["type"] for answer in opened} == {"ack"}
    for coach in booth.coaches:
        await coach.reaches(min(answer["seq"] for answer in opened))
        live = [row["id"] for row in coach.rows["ballot"].values() if row["state"] not in ("decided", "void")]
        assert live == [ballot_id]
    assert len({coach.rows["ballot"][ballot_id]["opened_at"] for coach in booth.coaches}) == 1
    await booth.leads("void_ballot", ballot_id, reason="Another round")
    return "one ballot"


async def a_pause_among_a_hundred_votes(booth: Booth, chance: random.Random) -> str:
    """Votes on the card that is mended come back; nobody has more or fewer than there are, and all add up."""
    ballot_id = await booth.drafts()
    await booth.opens(ballot_id)
    acked, paused = await asyncio.gather(
        all_vote(booth, ballot_id, chance), presses_among_them(booth, chance, "pause_ballot", ballot_id)
    )
    assert paused["type"] == "ack"
    await booth.all_reach(paused["seq"])
    before = [booth.on_paper(client, ballot_id) for client in booth.voters]
    assert sum(sum(votes.values()) for votes in before) == acked
    mended = chance.choice(booth.options(ballot_id))
    await mends(booth.coaches[HELPS], mended)
    await booth.opens(ballot_id)
    after = [booth.on_paper(client, ballot_id) for client in booth.voters]
    assert after == [{id: n for id, n in votes.items() if id != mended} for votes in before]
    closing = await booth.leads("close_ballot", ballot_id)
    await booth.all_reach(closing["seq"])
    tally = await booth.shows(ballot_id)
    assert (0 if tally is None else tally["spent"]) == sum(sum(votes.values()) for votes in after)
    return "some came back" if after != before else "none had to come back"


async def one_id_twenty_times(booth: Booth, chance: random.Random) -> str:
    """Three times on each of five tabs and five times by POST, at all processes."""
    maya = booth.people[chance.randrange(VOTERS)]
    ballot_id = await booth.drafts(preset="thirds_stacked")
    await booth.opens(ballot_id)
    id, command = str(uuid4()), vote(ballot_id, chance.choice(booth.options(ballot_id)), votes=2)
    urls = [server.url for server in booth.company.servers]
    async with AsyncExitStack() as opened:
        tabs = [
            await opened.enter_async_context(dataclasses.replace(maya, url=urls[n % len(urls)]).client().visit())
            for n in range(5)
        ]
        posts = [asyncio.create_task(tab.post(command, id)) for tab in tabs]
        for _ in range(3):
            await asyncio.gather(*(tab.send(command, id) for tab in tabs))
        for tab in tabs:
            await tab.hears(id, times=3)
        answers = [answer for tab in tabs for answer in tab.answers_to(id)]
        answers += [(await post).raise_for_status().json() for post in posts]
    assert len(answers) == 20
    assert len({(answer["type"], answer["seq"]) for answer in answers}) == 1
    await booth.leads("close_ballot", ballot_id)
    tally = await booth.shows(ballot_id)
    assert tally is not None
    assert (tally["ballots"], tally["spent"]) == (1, 2)
    return "one effect"


async def all_vote(booth: Booth, ballot_id: str, chance: random.Random) -> int:
    """Everybody puts all their votes, each as the one before is answered; gives how many were acked."""
    options = booth.options(ballot_id)

    async def votes(client: Client) -> list[str]:
        answers = [await client.do(vote(ballot_id, id)) for id in chance.sample(options, EACH)]
        return [answer.get("code", "ack") for answer in answers]

    codes = Counter(code for mine in await asyncio.gather(*map(votes, booth.voters)) for code in mine)
    assert codes.keys() <= {"ack", "ballot_closed", "ballot_paused"}
    return codes["ack"]


async def presses_among_them(booth: Booth, chance: random.Random, what: str, ballot_id: str) -> dict[str, Any]:
    """A coach presses as one of the hundred answers comes, any of them."""
    client, number = chance.choice(booth.voters), chance.randint(1, EACH)
    before = len(client.final)
    await client.until(lambda: len(client.final) >= before + number)
    return await booth.leads(what, ballot_id)


async def mends(coach: Client, option_id: str) -> None:
    card = coach.rows["card"][coach.rows["option"][option_id]["of_id"]]
    edit = {"type": "board.edit_card", "card_id": card["id"], "text": str(uuid4()), "base_rev": card["rev"]}
    assert (await coach.do(edit))["type"] == "ack"
