"""P3: a retry does nothing twice, and one broken command harms no other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from app.rooms.clock import Clock
from app.rooms.dispatch import Acked, Answer, Refused, Request
from app.rooms.writer import News, Writer
from tests.contract.conftest import WITH_BELL
from tests.contract.world import World, a_world, same_rows
from tests.faults.agreement import read
from tests.support.company import Company, Somebody, a_company
from tests.support.houses import House

pytestmark = pytest.mark.faults

SOCKETS = 5


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with a_company(tmp_path_factory.mktemp("server")) as company:
        yield company


@pytest_asyncio.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(House(database_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world


def a_card(company: Company, text: str = "The porter waits") -> dict[str, Any]:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    return {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": text}


async def sent_twenty_times(somebody: Somebody, id: str, command: dict[str, Any]) -> set[int]:
    """Three times on each of five sockets and five times by POST, all at once; the seqs that were acked."""
    tabs = [somebody.client() for _ in range(SOCKETS)]
    async with AsyncExitStack() as open_tabs:
        for tab in tabs:
            await open_tabs.enter_async_context(tab.visit())
        posts = [asyncio.create_task(tabs[0].post(command, id)) for _ in range(5)]
        for _ in range(3):
            await asyncio.gather(*(tab.send(command, id) for tab in tabs))
        for tab in tabs:
            await tab.hears(id, times=3)
        answers = [answer for tab in tabs for answer in tab.answers_to(id)]
        answers += [(await post).raise_for_status().json() for post in posts]
    assert len(answers) == 20
    assert {answer["type"] for answer in answers} == {"ack"}
    return {answer["seq"] for answer in answers}


async def test_P3_one_id_sent_twenty_times_is_one_entry(company: Company) -> None:
    maya, id, command = company.join(), str(uuid4()), a_card(company)
    seqs = await sent_twenty_times(maya, id, command)
    company.server.kill()
    await asyncio.to_thread(company.server.start)
    seqs |= await sent_twenty_times(maya, id, {**command, "text": "Said otherwise"})
    assert len(seqs) == 1
    _, log = read(company.server.sqlite_url, company.room_id)
    assert [entry.seq for entry in log if entry.command_id == id] == list(seqs)
    (card,) = company.snapshot(maya)["rows"]["card"]
    assert card["text"] == "The porter waits"


async def test_P3_an_id_is_its_members_alone(company: Company) -> None:
    maya, dina, id, command = company.join(), company.join(), str(uuid4()), a_card(company)
    assert company.do(command, maya, id) > 0
    tab = dina.client()
    async with tab.visit():
        answer = await tab.do(command, id)
    assert (answer["type"], answer["code"]) == ("refused", "id_taken")
    posted = await dina.client().post(command, id)
    assert (posted.status_code, posted.json()["code"]) == (409, "id_taken")


async def test_P3_a_refusal_is_not_remembered(company: Company) -> None:
    maya, id = company.join(), str(uuid4())
    card = a_card(company)
    move = {"type": "board.remove_card", "card_id": card["card_id"]}
    tab = maya.client()
    async with tab.visit():
        assert (await tab.do(move, id))["code"] == "not_found"
        assert (await tab.do(card))["type"] == "ack"
        tab.final.clear()
        assert (await tab.do(move, id))["type"] == "ack"


async def test_P3_one_broken_promise_in_a_group_harms_no_other(world: World) -> None:
    """Ten commands in one group, the fourth against a CHECK: nine are stored, and there is no gap."""
    coach, seen = world.people[0], await world.join("member")
    await seen.come()
    before = world.room.replica.seq
    bells = [str(uuid4()) for _ in range(10)]
    commands = [
        WITH_BELL.parse({"type": "bell.hang_bell", "bell_id": bell, "loudness": 11 if n == 3 else 5})
        for n, bell in enumerate(bells)
    ]
    answers: list[Answer] = []
    requests = [Request(world.room_id, str(uuid4()), command, coach.member_id, answers.append) for command in commands]
    await in_one_group(world, requests)
    assert [type(answer) for answer in answers] == [Acked] * 3 + [Refused] + [Acked] * 6
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["not_possible"]
    assert [answer.seq for answer in answers if isinstance(answer, Acked)] == [*range(before + 1, before + 10)]
    await world.do(coach, type="rooms.rename_room", name="Another name")
    await world.settle()
    assert [entry.seq for entry in world.log()] == [*range(1, before + 11)]
    assert same_rows(world.room.replica, world.stored())
    assert set(seen.client.rows["bell"]) == set(bells) - {bells[3]}


async def in_one_group(world: World, requests: list[Request]) -> None:
    """By a writer as another process has it: what waits before its thread starts is one group."""
    heard: list[News] = []
    writer = Writer(world.database, WITH_BELL, Clock(), heard.append, keys=world.engine.keys)
    for request in requests:
        writer.put(request)
    writer.start()
    await asyncio.to_thread(writer.stop)
    for news in heard:
        for request, answer in news.answers:
            request.answer(answer)
