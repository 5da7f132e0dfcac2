"""The three ways to hold a room open, as docs/protocol.md describes them: socket, stream, long poll."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

Transport = Literal["socket", "stream", "poll"]
TRANSPORTS: tuple[Transport, ...] = ("socket", "stream", "poll")
SUBPROTOCOL = "bigroom.v1"
PATIENCE = 60.0
"""Seconds after which a test that waits for something is told that it does not come."""
CODES = {401: 4401, 403: 4403, 404: 4404, 429: 4429, 503: 1012}
"""What a status before the first frame would have been on a socket."""
LOST = 1006
HERE = {"type": "presence", "view": "now"}

Took = Callable[[str], None]


class Line(ABC):
    """One connection of one tab."""

    def __init__(self, url: str, room_id: str, cookie: str, took: Took) -> None:
        self.url = url
        self.room_id = room_id
        self.cookie = cookie
        self.took = took
        self.code: int | None = None
        """How it ended."""

    @abstractmethod
    async def hold(self, resume: Callable[[], dict[str, str]], opened: Callable[[], Any], **how: Any) -> None:
        """Connect and take frames until it ends."""

    @abstractmethod
    async def say(self, text: str | bytes) -> None:
        """One message on its way."""

    @abstractmethod
    async def close(self) -> None:
        """Leave by oneself."""


class SocketLine(Line):
    """A WebSocket."""

    _socket: ClientConnection | None = None

    async def hold(self, resume: Callable[[], dict[str, str]], opened: Callable[[], Any], **how: Any) -> None:
        options: dict[str, Any] = {
            "subprotocols": [Subprotocol(SUBPROTOCOL)],
            "origin": Origin(self.url),
            "additional_headers": {"Cookie": self.cookie} if self.cookie else {},
            **how,
        }
        address = httpx.URL(f"{self.url.replace('http', 'ws', 1)}/api/rooms/{self.room_id}/live", params=resume())
        async with connect(
            str(address),
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=PATIENCE,
            proxy=None,
            **options,
        ) as socket:
            self._socket = socket
            try:
                with suppress(ConnectionClosed):
                    await opened()
                    async for frame in socket:
                        assert isinstance(frame, str)
                        self.took(frame)
            finally:
                self.code = socket.close_code

    async def say(self, text: str | bytes) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(text)

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()


class HttpLine(Line):
    """Frames come by GET, what is said goes by POST, one after the other."""

    def __init__(self, url: str, room_id: str, cookie: str, took: Took) -> None:
        super().__init__(url, room_id, cookie, took)
        headers = {"Origin": url} | ({"Cookie": cookie} if cookie else {})
        self._http = httpx.AsyncClient(
            base_url=f"{url}/api/rooms/{room_id}", headers=headers, timeout=PATIENCE, trust_env=False
        )
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._getting: asyncio.Task[None] | None = None

    async def hold(self, resume: Callable[[], dict[str, str]], opened: Callable[[], Any], **how: Any) -> None:
        self._getting = asyncio.create_task(self._get(resume))
        posting = asyncio.create_task(self._post())
        try:
            await opened()
            await asyncio.wait({self._getting})
            if not self._getting.cancelled():
                with suppress(httpx.TransportError):
                    self._getting.result()
        finally:
            self.code = self.code or LOST
            for task in (posting, self._getting):
                task.cancel()
            await asyncio.gather(posting, self._getting, return_exceptions=True)
            await self._http.aclose()

    async def say(self, text: str | bytes) -> None:
        self._said.put_nowait(text if isinstance(text, str) else text.decode("latin-1"))

    async def close(self) -> None:
        if self._getting is not None:
            self._getting.cancel()

    @abstractmethod
    async def _get(self, resume: Callable[[], dict[str, str]]) -> None: ...

    def _hear(self, frame: str) -> None:
        self.took(frame)
        for message in json.loads(frame):
            if message["type"] == "bye":
                self.code = message["code"]
            if message["type"] == "at":
                # A stream cannot tell the server that somebody reads it: saying where one is does.
                self._said.put_nowait(json.dumps(HERE))

    def _refused(self, answer: httpx.Response) -> None:
        self.code = CODES[answer.status_code]
        params = answer.json()["params"]
        self.took(json.dumps([{"type": "bye", "code": self.code, "retry_ms": params.get("retry_ms")}]))

    async def _post(self) -> None:
        """What fails on the way is sent again by whoever holds the line, when it is made anew."""
        while True:
            message = json.loads(await self._said.get())
            path = "/commands" if message["type"] == "do" else "/presence"
            with suppress(httpx.TransportError):
                answer = await self._http.post(path, json=message)
                if message["type"] == "do":
                    self.took(json.dumps([_as_message(message["id"], answer)]))


class StreamLine(HttpLine):
    """Server-sent events, read as a fetch reads them."""

    async def _get(self, resume: Callable[[], dict[str, str]]) -> None:
        headers = {"Accept": "text/event-stream"}
        async with self._http.stream("GET", "/events", params=resume(), headers=headers) as answer:
            if answer.status_code != 200:
                await answer.aread()
                self._refused(answer)
                return
            waiting = b""
            async for piece in answer.aiter_bytes():
                *events, waiting = (waiting + piece).split(b"\n\n")
                for event in events:
                    self._event(event.decode())

    def _event(self, event: str) -> None:
        for line in event.split("\n"):
            if line.startswith("data: "):
                self._hear(line.removeprefix("data: "))


class PollLine(HttpLine):
    """One frame a call."""

    async def _get(self, resume: Callable[[], dict[str, str]]) -> None:
        headers = {"Accept": "application/json"}
        while self.code is None:
            answer = await self._http.get("/events", params=resume(), headers=headers)
            if answer.status_code != 200:
                self._refused(answer)
                return
            self._hear(answer.text)


LINES: dict[Transport, type[Line]] = {"socket": SocketLine, "stream": StreamLine, "poll": PollLine}


def _as_message(id: str, answer: httpx.Response) -> dict[str, Any]:
    """What a POST was told, as the message that a socket would have brought."""
    body: dict[str, Any] = answer.json()
    if answer.status_code == 200:
        return body
    params = body.get("params", {})
    if answer.status_code in (429, 503):
        return {"type": "failed", "id": id, "code": body["code"], "retry_ms": params.get("retry_ms", 1000)}
    return {"type": "refused", "id": id, "code": body["code"], "params": params, "text": body["text"]}
