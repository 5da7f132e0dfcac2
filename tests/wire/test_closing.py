"""How a connection ends, and what bad input gets: a bye with its code, and nobody else notices."""

import json
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from websockets.typing import Subprotocol

from app.rooms.frames import FRAME_LIMIT
from app.rooms.values import id_from
from tests.support.client import Client
from tests.support.company import Company


def closed(client: Client) -> int | None:
    return None if client.bye is None else int(client.bye["code"])


async def test_H5_without_the_protocol_the_socket_opens_and_says_4409(company: Company) -> None:
    nina = company.join().client()
    async with nina.visit(subprotocols=[Subprotocol("something.else")]):
        await nina.until(lambda: nina.bye)
    assert closed(nina) == 4409


async def test_H5_without_a_session_it_says_4401(company: Company) -> None:
    nobody = Client(company.server.url, company.room_id, "bigroom=nobody")
    async with nobody.visit():
        await nobody.until(lambda: nobody.bye)
    assert closed(nobody) == 4401


async def test_H5_signing_out_ends_every_socket_of_that_browser_and_no_other(company: Company) -> None:
    nina, tom = company.join(), company.join(name="Tom").client()
    tabs = [nina.client(), nina.client()]
    async with tabs[0].visit(), tabs[1].visit(), tom.visit():
        company.call("DELETE", "/api/session", cookie=nina.cookie)
        for tab in tabs:
            assert await tab.closed() == 4401
        assert (await tom.do({"type": "rooms.set_me", "name": "Tom still here"}))["type"] == "ack"
    async with tabs[0].visit():
        assert await tabs[0].closed() == 4401


@pytest.mark.parametrize("room", ["", id_from("no room"), "not-a-room"])
async def test_H5_a_room_one_is_not_in_and_no_room_at_all_say_the_same(
    room: str, company: Company, other_room: Company
) -> None:
    nina = company.join()
    stranger = Client(company.server.url, room or other_room.room_id, nina.cookie)
    async with stranger.visit():
        await stranger.until(lambda: stranger.bye)
    assert closed(stranger) == 4404


@pytest.mark.parametrize(
    "frame", ["{", "[[", '"' + "x" * FRAME_LIMIT + '"', b"\x00\x01"], ids=["json", "list", "large", "binary"]
)
async def test_C7_what_cannot_be_read_ends_one_connection_and_no_other(frame: str | bytes, company: Company) -> None:
    nina, tom = company.join().client(), company.join(name="Tom").client()
    async with nina.visit(), tom.visit():
        await nina.say(frame)
        await nina.until(lambda: nina.bye)
        told = await tom.do({"type": "rooms.set_me", "name": "Tom still here"})
    assert closed(nina) == 4400
    assert told["type"] == "ack"


async def test_C7_ten_bad_messages_end_the_connection_and_the_first_nine_are_answered(company: Company) -> None:
    nina = company.join().client()
    async with nina.visit():
        for n in range(10):
            await nina.say(json.dumps({"type": "do", "id": f"3f2504e0-4f89-41d3-9a0c-0305e82c33{n:02}", "command": {}}))
        await nina.until(lambda: nina.bye)
    assert closed(nina) == 4400
    assert [answer["code"] for answer in nina.answers] == ["unknown_command"] * 9


async def test_C7_each_wrong_field_is_named_with_its_limit(company: Company) -> None:
    nina = company.join().client()
    board = company.lens_board()["id"]
    card = {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board, "column": "value", "text": "words"}
    wrong: dict[str, tuple[dict[str, Any], str]] = {
        "text": ({"text": "x" * 281}, "string_too_long"),
        "card_id": ({"card_id": "7"}, "string_pattern_mismatch"),
        "colour": ({"colour": "red"}, "extra_forbidden"),
        "column": ({"column": None}, "string_type"),
    }
    async with nina.visit():
        for field, (change, reason) in wrong.items():
            told = await nina.do({**card, **change})
            assert (told["code"], told["params"]["field"], told["params"]["reason"]) == ("bad_command", field, reason)
            assert told["text"]


async def test_C9_too_many_fail_and_say_when_and_then_all_are_stored(company: Company) -> None:
    tom = company.join(name="Tom").client()
    async with tom.visit():
        sent = [await tom.send({"type": "rooms.set_me", "name": f"Tom {n}"}) for n in range(130)]
        for id in sent:
            assert (await tom.answer(id))["type"] == "ack"
    assert {failure["code"] for failure in tom.failures} == {"too_many"}
    assert all(failure["retry_ms"] > 0 for failure in tom.failures)


async def test_markup_and_bidi_text_come_back_as_text(company: Company) -> None:
    maya = company.join(name="Maya", voice="patient").client()
    words, card = "<img src=x onerror=alert(1)> \u202eback\u202c & ☂ 名前", str(uuid4())
    async with maya.visit():
        board = company.lens_board()["id"]
        adding = {"type": "board.add_card", "card_id": card, "board_id": board, "column": "value", "text": words}
        assert (await maya.do(adding))["type"] == "ack"
        assert maya.rows["card"][card]["text"] == words


async def test_too_many_tabs_of_one_person_are_told_so(company: Company) -> None:
    nina = company.join()
    tabs = [nina.client() for _ in range(13)]
    async with AsyncExitStack() as open_tabs:
        for tab in tabs:
            await open_tabs.enter_async_context(tab.visit())
        await tabs[12].until(lambda: tabs[12].bye)
    assert closed(tabs[12]) == 4429
    assert closed(tabs[11]) is None
