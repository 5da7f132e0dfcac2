"""Somebody's tab: the protocol over a real connection of any kind, and HTTP with the same cookie.

It keeps what has not been answered and sends it again under the same id, as docs/protocol.md asks of clients.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self
from uuid import uuid4

import httpx
from websockets.exceptions import InvalidHandshake

from tests.support.lines import LINES, PATIENCE, Line, Transport
from tests.support.replica import ClientReplica

ENDS = frozenset({4400, 4401, 4403, 4404, 4409})
"""Close codes after which coming again would change nothing."""
SILENCE = 21.0
"""Seconds after which a line without a frame is given up: `at` comes every 20 s."""
FIRST_WAIT, LONGEST_WAIT = 0.05, 0.5


class Client(ClientReplica):
    """One tab of one member. `stay` holds a connection whatever happens; `visit` is one connection."""

    def __init__(
        self, url: str, room_id: str, cookie: str, *, keeps_frames: bool = False, transport: Transport = "socket"
    ) -> None:
        super().__init__()
        self.transport = transport
        self.url = url
        self.room_id = room_id
        self.cookie = cookie
        self.pending: dict[str, dict[str, Any]] = {}
        """What has no final answer yet, in the order it was sent: command id → `do`."""
        self.final: dict[str, dict[str, Any]] = {}
        self.failures: list[dict[str, Any]] = []
        self.is_live = False
        self.closed_with: int | None = None
        """Close code of the last connection."""
        self.connections = 0
        self._keeps_frames = keeps_frames
        self._news = asyncio.Event()
        self._line: Line | None = None
        self._heard_at = 0.0
        self._acked_ahead: list[dict[str, Any]] = []
        """Acks that came before their delta, as they do by POST."""
        self._resending: set[asyncio.TimerHandle | asyncio.Task[None]] = set()

    # Coming and going

    @asynccontextmanager
    async def stay(self) -> AsyncIterator[Self]:
        """In the room until the block ends: a lost connection is made again, from where it was."""
        task = asyncio.create_task(self._return_always())
        try:
            await self._until_live(task)
            yield self
        finally:
            await self._end(task)

    @asynccontextmanager
    async def visit(self, **how: Any) -> AsyncIterator[Self]:
        """One connection, whether the room lets us in or says `bye`."""
        self.closed_with, self.bye = None, None
        task = asyncio.create_task(self._once(**how))
        try:
            await self._until_live(task)
            yield self
        finally:
            await self._end(task)

    async def closed(self) -> int | None:
        """Until this connection has ended; gives its code."""
        await self.until(lambda: self._line is None)
        return self.closed_with

    async def live(self) -> None:
        """Until connected, with everything that was missed."""
        await self.until(lambda: self.is_live)

    async def returned(self, times: int) -> None:
        """Until connected again for the so-manieth time."""
        await self.until(lambda: self.connections > times and self.is_live)

    async def reaches(self, seq: int) -> None:
        """Until all that one may see of the log up to here has come."""
        await self.until(lambda: self.seq is not None and self.seq >= seq)

    async def _until_live(self, task: asyncio.Task[None]) -> None:
        await self.until(lambda: self.is_live or self.closed_with is not None or task.done())
        if task.done():
            task.result()

    async def _end(self, task: asyncio.Task[None]) -> None:
        for waiting in self._resending:
            waiting.cancel()
        if self._line is not None:
            await self._line.close()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _return_always(self) -> None:
        wait = FIRST_WAIT
        while self.closed_with not in ENDS:
            with suppress(OSError, InvalidHandshake, TimeoutError):
                await self._once()
                wait = FIRST_WAIT
            await asyncio.sleep(random.uniform(0, wait))
            wait = min(2 * wait, LONGEST_WAIT)

    async def _once(self, **how: Any) -> None:
        line = LINES[self.transport](self.url, self.room_id, self.cookie, self._took)

        async def opened() -> None:
            self.connections += 1
            for message in list(self.pending.values()):
                await line.say(json.dumps(message))

        self._line, self.closed_with = line, None
        self._heard_at = asyncio.get_running_loop().time()
        watching = asyncio.create_task(self._leave_when_silent(line))
        try:
            await line.hold(self._resume, opened, **how)
        finally:
            watching.cancel()
            self._line, self.is_live, self.closed_with = None, False, line.code
            self._news.set()

    async def _leave_when_silent(self, line: Line) -> None:
        """A line on which nothing comes is none, whatever the operating system says."""
        loop = asyncio.get_running_loop()
        while True:
            left = self._heard_at + SILENCE - loop.time()
            if left <= 0:
                break
            await asyncio.sleep(left)
        await line.close()

    def _took(self, frame: str) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        self.take(frame)
        if not self._keeps_frames:
            self.frames.clear()
            self.deltas.clear()
        ahead, self._acked_ahead = self._acked_ahead, []
        for ack in ahead:
            self._ack(ack)
        self._news.set()

    def _resume(self) -> dict[str, str]:
        return {} if self.seq is None else {"since": str(self.seq), "epoch": str(self.epoch)}

    # Saying something

    async def send(self, command: dict[str, Any], id: str | None = None) -> str:
        """Give a command on its way; it is sent again until it has a final answer."""
        id = id or str(uuid4())
        self.pending[id] = {"type": "do", "id": id, "command": command}
        await self._say_again(id)
        return id

    async def do(self, command: dict[str, Any], id: str | None = None) -> dict[str, Any]:
        """Send a command and wait for its `ack` or `refused`."""
        return await self.answer(await self.send(command, id))

    async def answer(self, id: str) -> dict[str, Any]:
        await self.until(lambda: id in self.final)
        return self.final[id]

    async def hears(self, id: str, *, times: int) -> None:
        """Until so many answers to this id have come."""
        await self.until(lambda: len(self.answers_to(id)) >= times)

    def answers_to(self, id: str) -> list[dict[str, Any]]:
        """Every answer that came, the same ones too."""
        return [answer for answer in self.answers if answer["id"] == id]

    async def say(self, text: str | bytes) -> None:
        """Any frame at all."""
        if self._line is not None:
            await self._line.say(text)

    async def until(self, is_so: Callable[[], object]) -> None:
        """Until frames that came have made this true."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    async def _say_again(self, id: str) -> None:
        message = self.pending.get(id)
        if message is not None:
            await self.say(json.dumps(message))

    # Hearing something

    def _ack(self, message: dict[str, Any]) -> None:
        """C2: what was acked counts once all up to there has come."""
        if self.transport != "socket" and (self.seq is None or message["seq"] > self.seq):
            self._acked_ahead.append(message)
        else:
            self._refused(message)

    def _refused(self, message: dict[str, Any]) -> None:
        self.answers.append(message)
        self.pending.pop(message["id"], None)
        self.final[message["id"]] = message

    def _failed(self, message: dict[str, Any]) -> None:
        self.failures.append(message)

        def send_again() -> None:
            self._resending.discard(timer)
            task = asyncio.create_task(self._say_again(message["id"]))
            self._resending.add(task)
            task.add_done_callback(self._resending.discard)

        timer = asyncio.get_running_loop().call_later(message["retry_ms"] / 1000, send_again)
        self._resending.add(timer)

    def _at(self, message: dict[str, Any]) -> None:
        super()._at(message)
        self.is_live = True

    # The same person without a socket

    async def http(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """A call as this browser makes it; `path` below the room."""
        async with http_client(self.url, self.cookie) as browser:
            return await browser.request(method, f"/api/rooms/{self.room_id}{path}", json=body, headers=headers)

    async def post(self, command: dict[str, Any], id: str | None = None) -> httpx.Response:
        """One command over HTTP."""
        return await self.http("POST", "/commands", {"type": "do", "id": id or str(uuid4()), "command": command})


def http_client(url: str, cookie: str = "") -> httpx.AsyncClient:
    """A browser of its own, without the machine's proxies."""
    headers = {"Origin": url} | ({"Cookie": cookie} if cookie else {})
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE, trust_env=False, verify=False)
