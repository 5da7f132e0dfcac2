"""P13: every field has a limit, and whatever is wrong is named in an answer; nobody else notices."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from app.words import catalogue
from tests.support.client import Client, http_client
from tests.support.company import Company
from tests.support.scale import SECONDS_IDLE
from tests.wire.bodies import Bodies, Schema

LIMITED = {"maxLength", "pattern", "enum", "const", "format"}
MOST_AT_ONCE = 100
"""Commands that one person gives in these tests: fewer than the bucket holds."""


def texts_of(schema: Schema, defs: dict[str, Schema], path: tuple[str, ...] = ()) -> Iterator[tuple[Any, Schema]]:
    """Every text in a command, with the way to it."""
    if "$ref" in schema:
        yield from texts_of(defs[schema["$ref"].rpartition("/")[2]], defs, path)
    for choice in schema.get("anyOf", ()):
        yield from texts_of(choice, defs, path)
    for name, field in schema.get("properties", {}).items():
        yield from texts_of(field, defs, (*path, name))
    if "items" in schema:
        yield from texts_of(schema["items"], defs, (*path, "[]"))
    if schema.get("type") == "string":
        yield path, schema


def commands_of(protocol: dict[str, Any]) -> dict[str, Schema]:
    return {name: rule["schema"] for name, rule in protocol["commands"].items() if not rule["internal"]}


def test_P13_every_text_of_every_command_has_a_limit(protocol: dict[str, Any]) -> None:
    found = [
        (name, path, text)
        for name, schema in commands_of(protocol).items()
        for path, text in texts_of(schema, schema.get("$defs", {}))
    ]
    assert len(found) > 40
    assert [(name, path) for name, path, text in found if not LIMITED & text.keys()] == []


def top_texts(protocol: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(command, field, limit) of each text field that is written freely."""
    return [
        (name, path[0], text["maxLength"])
        for name, schema in commands_of(protocol).items()
        for path, text in texts_of(schema, schema.get("$defs", {}))
        if len(path) == 1 and "maxLength" in text and "pattern" not in text
    ]


async def test_P13_a_text_that_is_one_too_long_is_told_its_limit(company: Company, protocol: dict[str, Any]) -> None:
    """In code points: the sign of the test takes three bytes."""
    fields, bodies = top_texts(protocol), Bodies(protocol, {})
    assert len(fields) > 10
    for first in range(0, len(fields), MOST_AT_ONCE // 2):
        nina = company.join().client()
        for name, field, limit in fields[first : first + MOST_AT_ONCE // 2]:
            told = (await nina.post({**bodies.command(name), field: "☂" * (limit + 1)})).json()
            assert (told["code"], told["params"]) == (
                "bad_command",
                {"field": field, "reason": "string_too_long", "limit": limit},
            )
            assert str(limit) in told["text"]
            fits = (await nina.post({**bodies.command(name), field: "☂" * limit})).json()
            assert fits.get("code") != "bad_command", (name, field, fits)


async def test_P13_a_field_that_is_missing_wrong_or_unknown_is_named(
    company: Company, protocol: dict[str, Any]
) -> None:
    bodies, wrong = Bodies(protocol, {}), list[tuple[str, dict[str, Any]]]()
    for name, schema in commands_of(protocol).items():
        whole = bodies.command(name)
        wrong.append(("colour", {**whole, "colour": "red"}))
        for field in schema["properties"].keys() - {"type"}:
            wrong.append((field, {**whole, field: {"not": "this"}}))
            if field in schema.get("required", ()):
                wrong.append((field, {key: value for key, value in whole.items() if key != field}))
    for first in range(0, len(wrong), MOST_AT_ONCE):
        nina = company.join().client()
        for field, body in wrong[first : first + MOST_AT_ONCE]:
            answer = await nina.post(body)
            told = answer.json()
            assert (answer.status_code, told["code"]) == (422, "bad_command"), body
            assert told["params"]["field"].split(".")[0] == field, (told, body)
            assert told["params"]["reason"]
            assert told["text"] != "bad_command"


async def test_P13_a_command_that_does_not_exist_is_told_so_on_both_ways(company: Company) -> None:
    nina = company.join().client()
    async with nina.visit():
        for command in ({"type": "rooms.make_tea"}, {"type": "rooms"}, {"type": 7}, {}):
            told = await nina.do(command)
            assert (told["type"], told["code"]) == ("refused", "unknown_command")
            answer = await nina.post(command)
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown_command")
            assert answer.json()["text"] == told["text"] != "unknown_command"


def test_P13_every_refusal_and_failure_has_a_sentence(protocol: dict[str, Any]) -> None:
    missing = {code for code in (*protocol["refusals"], *protocol["failures"]) if f"refused.{code}" not in catalogue()}
    assert missing == set()


BODIES: list[tuple[bytes, str, int, str]] = [
    (b"{", "application/json", 422, "bad_command"),
    (b"[]", "application/json", 422, "bad_command"),
    (b"null", "application/json", 422, "bad_command"),
    (b"\xff\xfe", "application/json", 422, "bad_command"),
    (b'{"type":"do"}', "text/plain", 415, "json_only"),
    (b"type=do", "application/x-www-form-urlencoded", 415, "json_only"),
    (b'{"type":"do"}', "", 415, "json_only"),
    (b'"' + b"x" * 65536 + b'"', "application/json", 413, "too_large"),
    (b"[" * 60000, "application/json", 400, "bad_request"),
]


@pytest.mark.parametrize(("content", "kind", "status", "code"), BODIES)
async def test_P13_a_body_that_is_no_command_is_told_why(
    content: bytes, kind: str, status: int, code: str, company: Company
) -> None:
    async with http_client(company.server.url, company.coach.cookie) as browser:
        path = f"/api/rooms/{company.room_id}/commands"
        answer = await browser.post(path, content=content, headers={"Content-Type": kind})
    told = answer.json()
    assert (answer.status_code, told["code"], told["status"]) == (status, code, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["text"] != code


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/nothing", 404), ("PATCH", "/api/rooms", 405), ("GET", "/api/methods/none/1", 404)],
)
async def test_P13_a_call_that_does_not_exist_is_a_problem_too(
    method: str, path: str, status: int, company: Company
) -> None:
    async with http_client(company.server.url, company.coach.cookie) as browser:
        answer = await browser.request(method, path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


async def test_P13_a_frame_that_is_far_too_large_ends_that_connection_alone(company: Company) -> None:
    nina, tom = company.join().client(), company.join().client()
    async with nina.visit(), tom.visit():
        await nina.say('"' + "x" * (2 * 1024 * 1024) + '"')
        assert await nina.closed() in (1009, 4400)
        assert (await tom.do({"type": "rooms.set_me", "name": "Tom"}))["type"] == "ack"


def some_names(count: int) -> list[dict[str, Any]]:
    return [
        {"type": "do", "id": str(uuid4()), "command": {"type": "rooms.set_me", "name": f"Nina {n}"}}
        for n in range(count)
    ]


async def test_C9_over_the_limit_by_post_it_is_429_and_retries_of_what_is_stored_are_free(company: Company) -> None:
    person = company.join()
    nina, stored = person.client(), str(uuid4())
    rename = {"type": "rooms.set_me", "name": "Nina"}
    async with nina.visit():
        assert (await nina.do(rename, stored))["type"] == "ack"
        await nina.say(json.dumps(some_names(200)))
        await nina.until(lambda: any(failure["code"] == "too_many" for failure in nina.failures))
        answer = await nina.post(rename)
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
        assert answer.json()["params"]["retry_ms"] > 0
        assert int(answer.headers["retry-after"]) > 0
        assert (await nina.post(rename, stored)).status_code == 200
        await nina.say(json.dumps({"type": "do", "id": stored, "command": rename}))
        await nina.hears(stored, times=2)
        assert {answer["type"] for answer in nina.answers_to(stored)} == {"ack"}
        assert nina.connections == 1


async def test_C9_flooding_ends_the_connection_and_no_other(company: Company) -> None:
    flood, tom = company.join().client(), company.join().client()
    async with flood.visit(), tom.visit():
        for _ in range(4):
            await flood.say(json.dumps(some_names(100)))
        assert await flood.closed() == 4429
        assert flood.bye is not None
        assert flood.bye["retry_ms"] > 0
        assert len(flood.failures) == 239
        assert (await tom.do({"type": "rooms.set_me", "name": "Tom"}))["type"] == "ack"
        assert tom.connections == 1


async def test_N1_too_much_presence_is_dropped_and_harms_nobody(company: Company) -> None:
    nina, tom = company.join().client(), company.join().client()
    async with nina.visit(), tom.visit():
        for n in range(300):
            await nina.say(json.dumps({"type": "presence", "view": "roadmap", "cursor": [n / 300, 0.5]}))
        assert (await nina.do({"type": "rooms.set_me", "name": "Nina"}))["type"] == "ack"
        assert (await tom.do({"type": "rooms.set_me", "name": "Tom"}))["type"] == "ack"
        assert (nina.connections, tom.connections) == (1, 1)


async def test_P11_links_that_open_nothing_are_answered_alike(company: Company) -> None:
    used, revoked = company.invite("member", max_uses=1), company.invite("member")
    expired = company.invite("member", expires_at="2020-01-01T00:00:00.000Z")
    company.call("POST", "/api/join", {"token": used["token"], "name": "Maya"})
    path = f"/api/rooms/{company.room_id}/invitations/{revoked['invitation_id']}"
    company.call("DELETE", path, cookie=company.coach.cookie)
    wrong = ("wrong", "A" * 22, used["token"], revoked["token"], expired["token"])
    answers = [company.ask("POST", "/api/join", {"token": token, "name": "Mallory"}) for token in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert answers[0].json()["code"] == "link_not_found"


@pytest.mark.soak
async def test_H4_who_says_nothing_for_long_is_still_there(company: Company) -> None:
    """Longer than a server ping and its pong may take; nothing but these crosses the line."""
    nina: Client = company.join().client()
    async with nina.visit():
        try:
            async with asyncio.timeout(SECONDS_IDLE):
                code = await nina.closed()
        except TimeoutError:
            code = None
        assert code is None
        assert (await nina.do({"type": "rooms.set_me", "name": "Nina"}))["type"] == "ack"
        assert nina.connections == 1
