"""The two ways to give a command, socket and POST, answered alike."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from tests.support.company import Somebody

Way = Literal["socket", "post"]
WAYS: tuple[Way, ...] = ("socket", "post")
STATUS = {"ack": 200, "not_allowed": 403, "not_found": 404, "bad_command": 422, "unknown_command": 422}
"""Every other refusal is 409."""


@dataclass(frozen=True)
class Told:
    """An answer: `ack`, or the code of a refusal with its parameters."""

    code: str
    params: dict[str, Any]
    text: str = ""


Ask = Callable[[dict[str, Any]], Awaitable[Told]]


@asynccontextmanager
async def asking(somebody: Somebody, way: Way) -> AsyncIterator[Ask]:
    """Gives this person's commands this way."""
    tab = somebody.client()

    async def on_the_socket(command: dict[str, Any]) -> Told:
        answer = await tab.do(command)
        if answer["type"] == "ack":
            return Told("ack", {})
        return Told(answer["code"], answer["params"], answer["text"])

    async def by_post(command: dict[str, Any]) -> Told:
        answer = await tab.post(command)
        body = answer.json()
        told = Told("ack", {}) if body.get("type") == "ack" else Told(body["code"], body["params"], body["text"])
        assert answer.status_code == STATUS.get(told.code, 409), body
        return told

    if way == "post":
        yield by_post
    else:
        async with tab.visit():
            yield on_the_socket
