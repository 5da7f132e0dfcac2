"""T: the room over a socket, a stream and long polls: the same frames, the same order, the same goodbye."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.support.client import Client, http_client
from tests.support.company import Company, Somebody
from tests.support.lines import TRANSPORTS, Transport

every_transport = pytest.mark.parametrize("transport", TRANSPORTS)
by_http = pytest.mark.parametrize("transport", ["stream", "poll"])
ACCEPT = {"stream": "text/event-stream", "poll": "application/json"}


def a_card(company: Company, text: str = "Nobody said the word sepsis") -> dict[str, Any]:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    return {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": text}


async def get(somebody: Somebody, accept: str, path: str = "/events", **headers: str) -> httpx.Response:
    return await somebody.client().http("GET", path, None, Accept=accept, **headers)


async def poll(somebody: Somebody, **words: Any) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={word}" for name, word in words.items())
    answer = (await get(somebody, "application/json", f"/events?{query}")).raise_for_status()
    told: list[dict[str, Any]] = answer.json()
    return told


@every_transport
async def test_T1_a_card_is_on_every_screen_and_acked_behind_its_delta(transport: Transport, company: Company) -> None:
    nina, tom = company.join().client(transport), company.join(name="Tom").client(transport)
    async with nina.visit(), tom.visit():
        adding = a_card(company)
        told = await nina.do(adding)
        assert told["type"] == "ack"
        assert nina.rows["card"][adding["card_id"]]["text"] == adding["text"]
        await tom.reaches(told["seq"])
        assert tom.rows["card"] == nina.rows["card"]


@every_transport
async def test_T1_the_order_is_hello_snapshot_at_presence(transport: Transport, company: Company) -> None:
    nina = company.join().client(transport, keeps_frames=True)
    async with nina.visit():
        await nina.until(lambda: nina.presence)
    types = [message["type"] for frame in nina.frames for message in json.loads(frame)]
    assert types[:4] == ["hello", "snapshot", "at", "presence"]


@by_http
async def test_T2_before_the_first_frame_a_status_says_what_bye_would(transport: Transport, company: Company) -> None:
    nobody = Client(company.server.url, company.room_id, "bigroom=nobody", transport=transport)
    async with nobody.visit():
        assert await nobody.closed() == 4401


@by_http
@pytest.mark.parametrize("room", ["", str(uuid4()), "not-a-room"])
async def test_T2_a_room_one_is_not_in_and_no_room_at_all_are_the_same_404(
    room: str, transport: Transport, company: Company, other_room: Company
) -> None:
    nina = company.join()
    async with http_client(company.server.url, nina.cookie) as browser:
        asking = [f"/api/rooms/{other}/events" for other in (room or other_room.room_id, str(uuid4()))]
        answers = [await browser.get(path, headers={"Accept": ACCEPT[transport]}) for path in asking]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_T3_a_stream_says_at_once_that_nobody_is_to_hold_it_back(company: Company) -> None:
    nina = company.join()
    async with (
        http_client(company.server.url, nina.cookie) as browser,
        browser.stream("GET", f"/api/rooms/{company.room_id}/events") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        assert "no-transform" in answer.headers["cache-control"]
        assert "content-length" not in answer.headers


async def test_T5_a_poll_answers_at_once_when_something_was_missed_and_waits_when_not(company: Company) -> None:
    nina = company.join()
    first = await poll(nina)
    at = next(message for message in first if message["type"] == "at")
    hello = first[0]
    nothing = await poll(nina, since=at["seq"], epoch=hello["epoch"], wait=0)
    assert [message["type"] for message in nothing] == ["hello", "at", "presence"]
    company.do(a_card(company), company.coach)
    missed = await poll(nina, since=at["seq"], epoch=hello["epoch"])
    assert [message["type"] for message in missed] == ["hello", "delta", "at", "presence"]
