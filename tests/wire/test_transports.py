"""T: the room over a socket, a stream and long polls: the same frames, the same order, the same goodbye."""

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.rooms.values import id_from
from tests.support.client import Client, http_client
from tests.support.company import Company, Somebody
from tests.support.lines import TRANSPORTS, Transport
from tests.support.server import Server

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


@pytest.fixture(scope="module")
def company(server: Server, coachs_cookie: str) -> Iterator[Company]:
    """A room of their own: in the one that all share, somebody may have begun to write in silence."""
    mine = Company(server, coachs_cookie)
    yield mine
    mine.close()


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
@pytest.mark.parametrize("room", ["", id_from("no room"), "not-a-room"])
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


@every_transport
async def test_V4_other_rights_are_told_at_once_by_a_snapshot(transport: Transport, company: Company) -> None:
    nina = company.join()
    tab = nina.client(transport)
    async with tab.visit():
        assert "invitation" not in tab.rows
        company.do({"type": "rooms.set_part", "member_id": nina.member_id, "part": "coach"}, company.coach)
        await tab.until(lambda: "invitation" in tab.rows)
        company.do({"type": "rooms.set_part", "member_id": nina.member_id, "part": "observer"}, company.coach)
        await tab.until(lambda: "invitation" not in tab.rows)
        refused = await tab.do({"type": "rooms.rename_room", "name": "Not any more"})
        assert (refused["code"], refused["params"]) == ("not_allowed", {"needs": "rooms.manage"})


@every_transport
async def test_V6_who_is_removed_hears_4403_and_again_when_they_come_back(
    transport: Transport, company: Company
) -> None:
    nina = company.join()
    tab, again = nina.client(transport), nina.client(transport)
    async with tab.visit():
        company.do({"type": "rooms.remove_member", "member_id": nina.member_id}, company.coach)
        assert await tab.closed() == 4403
    async with again.visit():
        assert await again.closed() == 4403
    assert not again.rows


@every_transport
async def test_H5_signing_out_ends_it_with_4401(transport: Transport, company: Company) -> None:
    nina = company.join()
    tab = nina.client(transport)
    async with tab.visit():
        company.call("DELETE", "/api/session", cookie=nina.cookie)
        assert await tab.closed() == 4401


@every_transport
async def test_R5_words_taken_out_leave_every_screen_and_a_new_epoch_begins(
    transport: Transport, company: Company
) -> None:
    nina = company.join()
    tab, adding = nina.client(transport, keeps_frames=True), a_card(company, "A name that must go")
    async with tab.visit():
        await tab.do(adding)
        before, since = tab.epoch, tab.seq
        company.do({"type": "rooms.redact", "kind": "card", "row_id": adding["card_id"]}, company.coach)
        await tab.until(lambda: tab.rows["card"][adding["card_id"]]["text"] is None)
        assert tab.epoch != before
    late = nina.client(transport, keeps_frames=True)
    late.epoch, late.seq = before, since
    async with late.visit():
        assert late.rows["card"][adding["card_id"]]["text"] is None
    assert "A name that must go" not in "".join(late.frames)


@every_transport
async def test_P3_one_id_sent_again_over_any_transport_is_one_entry(transport: Transport, company: Company) -> None:
    nina, id = company.join(), str(uuid4())
    tab, other = nina.client(transport), nina.client()
    command = a_card(company)
    async with tab.visit(), other.visit():
        first = await tab.do(command, id)
        again, elsewhere = await tab.do(command, id), await other.do(command, id)
    assert first["type"] == "ack"
    assert [again["seq"], elsewhere["seq"]] == [first["seq"]] * 2


@by_http
async def test_T7_what_the_sender_sees_nothing_of_is_reached_too(transport: Transport, company: Company) -> None:
    """A name that is hers already: acked, and no delta follows that would end the saving."""
    nina = company.join()
    tab = nina.client(transport)
    async with tab.visit():
        board = next(one for one in company.snapshot(company.coach)["rows"]["board"] if one["audience"] == "coaches")
        card = {**a_card(company), "board_id": board["id"], "column": board["columns"][0]["key"]}
        seq = company.do(card, company.coach)
        told = await tab.do({"type": "rooms.set_me", "name": "Nina"})
        assert told["seq"] >= seq


@by_http
async def test_N1_presence_by_post_is_seen_where_the_room_is(transport: Transport, company: Company) -> None:
    nina, tom = company.join(), company.join(name="Tom").client()
    tab = nina.client(transport)
    company.do({"type": "rooms.bring_everyone", "view": "board"}, company.coach)
    async with tab.visit(), tom.visit():
        await tom.until(lambda: nina.member_id in tom.presence)
        await tab.say(json.dumps({"type": "presence", "view": "board", "cursor": [0.25, 0.5]}))
        await tom.until(lambda: tom.presence[nina.member_id]["cursor"] == [0.25, 0.5])


async def test_N3_who_polls_is_here_between_two_polls(company: Company) -> None:
    nina, tom = company.join(), company.join(name="Tom").client(keeps_frames=True)
    async with tom.visit():
        for _ in range(3):
            await poll(nina, wait=0)
        await tom.until(lambda: nina.member_id in tom.presence)
        company.do({"type": "rooms.set_me", "name": "Anne"}, company.coach)
        await poll(nina, wait=0)
    assert f'"{nina.member_id}":null' not in "".join(tom.frames)


async def test_T3_the_id_of_an_event_is_where_it_ends_and_wins_over_the_query(company: Company) -> None:
    nina = company.join()
    tab = nina.client()
    async with tab.visit():
        point = f"{tab.epoch}.{tab.seq}"
    seq = company.do(a_card(company), company.coach)
    headers = {"Accept": "text/event-stream", "Last-Event-ID": point}
    async with (
        http_client(company.server.url, nina.cookie) as browser,
        browser.stream("GET", f"/api/rooms/{company.room_id}/events?since=0", headers=headers) as answer,
    ):
        event = b""
        async for piece in answer.aiter_bytes():
            event += piece
            if b"data: " in event and event.endswith(b"\n\n"):
                break
    id, data = event.partition(b"id: ")[2].decode().split("\n")[:2]
    assert id == f"{tab.epoch}.{seq}"
    types = [message["type"] for message in json.loads(data.removeprefix("data: "))]
    assert types[:4] == ["hello", "delta", "at", "presence"]
    assert set(types[4:]) <= {"presence"}  # of her tab, which has just gone


async def test_T8_every_open_stream_counts_as_a_connection(company: Company) -> None:
    nina = company.join()
    async with AsyncExitStack() as tabs:
        for n in range(12):
            await tabs.enter_async_context(nina.client(TRANSPORTS[n % 2]).visit())
        answer = await get(nina, "text/event-stream")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert answer.json()["params"]["retry_ms"] > 0


async def test_an_operator_sees_how_people_are_connected(company: Company) -> None:
    async with company.join().client("stream").visit():
        figures = company.call("GET", "/metrics").text
    assert 'bigroom_connections{transport="stream"} 1.0' in figures
    assert 'bigroom_connections{transport="poll"}' in figures
