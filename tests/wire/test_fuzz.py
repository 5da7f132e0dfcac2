"""P13: whatever comes, nobody else notices, nothing breaks, and the answer says what is wrong."""

import asyncio
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok

from tests.support.client import Client
from tests.support.company import Company, Somebody, a_company
from tests.support.scale import by_scale, tell
from tests.wire.bodies import Bodies, rows_of

CONNECTIONS = by_scale(quick=10, short=50, full=1000)
EXAMPLES = by_scale(quick=2, short=8, full=60)
"""Calls of each route."""
FRAMES = 10
"""Of one connection: with the tenth bad message it ends."""
AT_ONCE = 10
ENDS = {None, 1000, 1005, 1006, 1009, 4400, 4429}
"""How a connection may end that sends such things; None: it did not."""
ODD: list[Any] = [
    None, True, False, 0, -1, 3.5, 1e308, "", "3", "yes", "null", "\u0000", "\u202etxt.exe", "<b>",
    "x" * 5000, [], {}, [[]], {"type": "do"}, ["a"] * 50, "2026-11-26", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
RAW = [
    "", "[", "{", "null", "7", '"do"', "[[[[", "[1,2", "{}", "[]", "[null]", '{"type":"do"}', "NaN", '"\\ud800"',
    "[" * 3000, '{"a":' * 2000, '{"type":"presence","view":"board","cursor":[2,2]}', '{"type":"ping","t":"now"}',
    '{"type":"do","id":7,"command":{}}',
]  # fmt: skip


class Chance:
    """Frames that almost fit, and some that do not at all; the same ones for the same seed."""

    def __init__(self, seed: int, protocol: dict[str, Any], known: dict[str, str]) -> None:
        self._random = random.Random(seed)
        self._bodies = Bodies(protocol, known)
        self._names = [name for name, rule in protocol["commands"].items() if not rule["internal"]]

    def frame(self) -> str:
        if self._random.random() < 0.3:
            return self._random.choice(RAW)
        message: dict[str, Any] = {"type": "do", "id": str(uuid4()), "command": self._command()}
        if self._random.random() < 0.2:
            message[self._random.choice(("type", "id", "command", "more"))] = self._random.choice(ODD)
        return json.dumps(message if self._random.random() < 0.8 else [message, self._random.choice(ODD)])

    def _command(self) -> dict[str, Any]:
        command = self._bodies.command(self._random.choice(self._names))
        for _ in range(self._random.randint(1, 3)):
            command[self._random.choice([*command, "unknown"])] = self._random.choice(ODD)
        return command


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with a_company(tmp_path, commands_per_minute="1000000") as company:
        yield company


@pytest.fixture
def protocol(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = company.call("GET", "/api/protocol.json").json()
    return found


async def sends(who: Somebody, chance: Chance) -> int | None:
    """One connection of somebody whose browser has gone mad; gives the code it ended with."""
    client: Client = who.client()
    async with client.visit():
        for _ in range(FRAMES):
            await client.say(chance.frame())
        if client.closed_with is None:
            await client.say(json.dumps({"type": "ping", "t": 1}))
    return client.closed_with


async def test_P13_fuzzed_frames_break_nothing_and_disturb_nobody(company: Company, protocol: dict[str, Any]) -> None:
    tom, mad = company.join(name="Tom").client(), [company.join(name="Mad") for _ in range(AT_ONCE)]
    known = rows_of(company, company.coach)
    async with tom.visit():
        for first in range(0, CONNECTIONS, AT_ONCE):
            chances = [Chance(first + n, protocol, known) for n in range(AT_ONCE)]
            codes = await asyncio.gather(*map(sends, mad, chances))
            assert set(codes) <= ENDS
        assert (await tom.do({"type": "rooms.set_me", "name": "Tom still"}))["type"] == "ack"
        assert tom.connections == 1
    log = company.server.log()
    assert "Traceback" not in log
    assert "rule_broke" not in log
    tell(f"P13: {CONNECTIONS * FRAMES} fuzzed frames over {CONNECTIONS} connections, nobody else noticed")


MARKUP = '<img src=x onerror=alert(1)> \u202ereversed\u202c & "quoted"'


async def test_P13_markup_and_reversed_text_come_back_as_the_text_they_are(company: Company) -> None:
    board = company.lens_board()
    column = board["columns"][0]["key"]
    card = {"card_id": str(uuid4()), "board_id": board["id"], "column": column, "text": MARKUP}
    nina = company.join().client()
    async with nina.visit():
        assert (await nina.do({"type": "board.add_card", **card}))["type"] == "ack"
        assert nina.rows["card"][card["card_id"]]["text"] == MARKUP


LONG_ANSWERS = {"/api/rooms/{room_id}/events": {"Accept": "application/json"}}
"""A stream would not end by itself."""


def test_P13_no_call_is_answered_with_a_defect_of_ours(company: Company) -> None:
    """Every route with bodies, addresses and queries that nobody thought of, as a coach in a room."""
    schema = schemathesis.openapi.from_url(f"{company.server.url}/api/openapi.json")
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried += 1

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        def answers(case: Any) -> None:
            cookie = company.coach.cookie if case.path != "/api/session" else company.join().cookie
            if "room_id" in (case.path_parameters or {}):
                case.path_parameters["room_id"] = company.room_id
            if case.path == "/api/rooms/{room_id}/events":
                case.query = {**(case.query or {}), "wait": 0}
            headers = {"Origin": company.server.url, "Cookie": cookie, **LONG_ANSWERS.get(case.path, {})}
            response = case.call(headers=headers, timeout=30)
            assert response.status_code < 500, (case.method, case.path, response.status_code, response.text[:300])
            assert "Traceback" not in response.text

        answers()
    assert tried > 15
    tell(f"P13: {tried} routes, {EXAMPLES} odd calls each, none answered with a defect")
    assert "Traceback" not in company.server.log()
