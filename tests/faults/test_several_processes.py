"""Two processes on one database: what people at either of them can rely on, with and without Redis between them."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.agreement import all_agree
from tests.faults.test_kill import UNHURRIED
from tests.faults.writing import everybody_of
from tests.support.client import Client, http_client
from tests.support.company import Company, Somebody, a_full_house
from tests.support.houses import House
from tests.support.lines import PATIENCE
from tests.support.postgres import Postgres
from tests.support.redis import Redis
from tests.support.scale import by_scale, tell

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

ROUNDS = by_scale(quick=5, short=20, full=200)


@pytest.fixture(scope="module")
def with_redis(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, redis: Redis) -> Iterator[Company]:
    house = House(postgres.database(), redis.url, processes=2)
    with a_full_house(tmp_path_factory.mktemp("with-redis"), house, **UNHURRIED) as company:
        yield company


@pytest.fixture(scope="module")
def with_nothing(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Iterator[Company]:
    """Two processes that nobody tells anything: only the polling is left."""
    house = House(postgres.database(), processes=2)
    with a_full_house(tmp_path_factory.mktemp("with-nothing"), house, **UNHURRIED) as company:
        yield company


@pytest.fixture
def company(with_redis: Company) -> Iterator[Company]:
    """A room of the test's own."""
    with another_room(with_redis) as company:
        yield company


@pytest.fixture
def without_redis(with_nothing: Company) -> Iterator[Company]:
    with another_room(with_nothing) as company:
        yield company


@pytest.fixture(params=["with hints", "by polling alone"])
def either(request: pytest.FixtureRequest) -> Company:
    name = "company" if request.param == "with hints" else "without_redis"
    company: Company = request.getfixturevalue(name)
    return company


@contextmanager
def another_room(company: Company) -> Iterator[Company]:
    room = Company(company.server, company.coach.cookie, servers=company.servers)
    yield room
    room.close()


def at(somebody: Somebody, company: Company, process: int) -> Somebody:
    """The same person, as if the proxy had led them to this process."""
    return dataclasses.replace(somebody, url=company.servers[process].url)


def a_card(company: Company, text: str = "The porter waits") -> dict[str, str]:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    return {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": text}


@asynccontextmanager
async def tabs_of(*people: Somebody) -> AsyncIterator[list[Client]]:
    async with AsyncExitStack() as open_tabs:
        yield [await open_tabs.enter_async_context(somebody.client(keeps_frames=True).visit()) for somebody in people]


async def until_it_says(company: Company, figure: str, value: float, process: int) -> None:
    """Until this process has noticed by itself."""
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(company.servers[process].figure, figure) != value:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_P2_what_is_written_at_one_process_is_seen_at_the_other(either: Company) -> None:
    maya, ralph = at(either.join(), either, 0), at(either.join(), either, 1)
    command = a_card(either)
    async with tabs_of(maya, ralph) as (hers, his):
        assert (await hers.do(command))["type"] == "ack"
        await his.until(lambda: command["card_id"] in his.rows.get("card", {}))


async def test_who_joined_at_one_process_is_let_in_at_the_other_at_once(without_redis: Company) -> None:
    other = at(without_redis.coach, without_redis, 1)
    async with tabs_of(other):
        for _ in range(5):
            newcomer = at(without_redis.join(), without_redis, 1)
            async with tabs_of(newcomer) as (tab,):
                assert tab.is_live
            assert (await newcomer.client().http("GET", "/snapshot")).status_code == 200


async def test_R1_nobody_is_taken_back_to_what_another_process_knows(without_redis: Company) -> None:
    """Their line breaks, and the proxy leads them to a process that has not heard yet."""
    maya, ralph = at(without_redis.join(), without_redis, 0), at(without_redis.join(), without_redis, 1)
    async with tabs_of(ralph):
        for n in range(5):
            tab = at(maya, without_redis, 0).client()
            async with tab.visit():
                seq = (await tab.do({"type": "rooms.set_me", "name": f"Maya {n}"}))["seq"]
            tab.url = without_redis.servers[1].url
            async with tab.visit():
                assert tab.seq is not None
                assert tab.seq >= seq
                assert tab.rows["member"][maya.member_id]["name"] == f"Maya {n}"


async def test_P15_words_taken_out_at_one_process_leave_the_screens_at_the_other(either: Company) -> None:
    maya, ralph = at(either.join(), either, 0), at(either.join(), either, 1)
    command = a_card(either, "A name of somebody")
    async with tabs_of(maya, ralph) as (hers, his):
        await hers.do(command)
        await his.until(lambda: command["card_id"] in his.rows.get("card", {}))
        await asyncio.to_thread(
            either.do, {"type": "rooms.redact", "kind": "card", "row_id": command["card_id"]}, either.coach
        )
        await his.until(lambda: his.rows["card"][command["card_id"]]["text"] is None)


async def test_P10_who_is_taken_out_at_one_process_is_out_at_the_other(either: Company) -> None:
    ralph = at(either.join(), either, 1)
    async with tabs_of(ralph) as (tab,):
        await asyncio.to_thread(
            either.do,
            {"type": "rooms.remove_member", "member_id": ralph.member_id, "close_door": False},
            either.coach,
        )
        assert await tab.closed() == 4403


async def test_P10_who_signs_out_at_one_process_is_out_at_the_other(either: Company) -> None:
    ralph = either.join()
    async with tabs_of(at(ralph, either, 0), at(ralph, either, 1)) as tabs:
        async with http_client(either.servers[0].url, ralph.cookie) as browser:
            (await browser.delete("/api/session")).raise_for_status()
        assert [await tab.closed() for tab in tabs] == [4401, 4401]


async def test_N3_a_person_at_two_processes_is_one_and_is_gone_after_the_last(company: Company) -> None:
    maya, ralph = company.join(), company.join()
    async with tabs_of(at(ralph, company, 0)) as (his,):
        async with tabs_of(at(maya, company, 0)):
            await his.until(lambda: maya.member_id in his.presence)
            async with tabs_of(at(maya, company, 1)) as (second,):
                await second.until(lambda: {maya.member_id, ralph.member_id} <= second.presence.keys())
            writing = a_card(company)
        async with tabs_of(at(maya, company, 1)) as (hers,):
            await hers.do(writing)
            await hers.say(json.dumps({"type": "presence", "view": "board", "editing": writing["card_id"]}))
            await his.until(
                lambda: his.presence.get(maya.member_id, {}).get("editing") == writing["card_id"],
            )
        await his.until(lambda: maya.member_id not in his.presence)


async def test_N3_who_was_at_a_process_that_died_is_not_here_any_more(company: Company) -> None:
    maya, ralph = company.join(), company.join()
    async with tabs_of(at(ralph, company, 0)) as (his,), tabs_of(at(maya, company, 1)):
        await his.until(lambda: maya.member_id in his.presence)
        company.servers[1].kill()
        await his.until(lambda: maya.member_id not in his.presence)
    await asyncio.to_thread(company.servers[1].start)


async def test_P4_the_last_use_of_a_link_is_one_whichever_processes_are_asked(company: Company) -> None:
    async def comes(process: int, token: str) -> int:
        async with http_client(company.servers[process].url) as browser:
            answer = await browser.post("/api/join", json={"token": token, "name": "Nina"})
        return answer.status_code

    for _ in range(ROUNDS):
        token = company.invite("member", max_uses=1)["token"]
        answers = await asyncio.gather(*(comes(n % 2, token) for n in range(4)))
        assert sorted(answers) == [200, 404, 404, 404]
    tell(f"P4: the last use of a link from 4 tabs at 2 processes, {ROUNDS} rounds: exactly one each")


async def test_P4_a_room_keeps_its_last_coach_when_both_step_down_at_once(company: Company) -> None:
    one, other = company.coach, at(company.join("coach"), company, 1)

    async def leaves(somebody: Somebody) -> int:
        stepping_down = {"type": "rooms.set_part", "member_id": somebody.member_id, "part": "member"}
        return (await somebody.client().post(stepping_down)).status_code

    for _ in range(ROUNDS):
        answers = await asyncio.gather(leaves(one), leaves(other))
        assert sorted(answers) == [200, 409]
        demoted, coach = (one, other) if answers[0] == 200 else (other, one)
        raising = {"type": "rooms.set_part", "member_id": demoted.member_id, "part": "coach"}
        (await coach.client().post(raising)).raise_for_status()


async def test_P3_one_id_at_both_processes_at_once_is_one_entry(company: Company) -> None:
    maya = company.join()
    before = company.snapshot(company.coach)["seq"]
    for _ in range(ROUNDS):
        id, command = str(uuid4()), a_card(company)
        answers = await asyncio.gather(*(at(maya, company, n % 2).client().post(command, id) for n in range(6)))
        assert len({answer.raise_for_status().json()["seq"] for answer in answers}) == 1
    assert company.snapshot(company.coach)["seq"] == before + ROUNDS


async def test_P11_wrong_phrases_count_at_both_processes(company: Company) -> None:
    answers: list[int] = []
    for n in range(12):
        async with http_client(company.servers[n % 2].url) as browser:
            answer = await browser.post("/api/join", json={"way_back": "amber basil cedar dolphin"})
        answers.append(answer.status_code)
    assert answers == [404] * 10 + [429] * 2


async def test_while_redis_is_away_the_room_goes_on_and_it_is_found_again(
    tmp_path: Path, postgres_url: str, mortal_redis: Redis
) -> None:
    """Killed and started again, then hanging with its lines open."""
    house = House(postgres_url, mortal_redis.url, processes=2)
    with a_full_house(tmp_path, house, **UNHURRIED) as company:
        everybody = everybody_of(company, parts=("member",) * 9)
        async with everybody.here():
            async with everybody.writing(seed=3):
                for away, back in ((mortal_redis.kill, mortal_redis.start), (mortal_redis.pause, mortal_redis.go_on)):
                    await everybody.acked(20)
                    away()
                    for process in (0, 1):
                        await until_it_says(company, "bigroom_bus_up", 0, process)
                        async with http_client(company.servers[process].url) as watcher:
                            assert (await watcher.get("/readyz")).status_code == 200
                    await everybody.acked(50)
                    await asyncio.to_thread(back)
                    for process in (0, 1):
                        await until_it_says(company, "bigroom_bus_up", 1, process)
            await all_agree(everybody, company, house)
        assert [client.connections for client in everybody.clients] == [1] * len(everybody.clients)
        for server in company.servers:
            assert (server.log().count("bus_lost"), server.log().count("bus_is_back")) == (2, 2)
            assert "Traceback" not in server.log()
