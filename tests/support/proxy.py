"""A proxy between browsers and a server that misbehaves as real ones do: see `Faults`.

It understands as much HTTP/1.1 as it needs to know where a response ends and which request asks for an upgrade.
"""

import asyncio
import random
import socket
import struct
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

PIECE = 64 * 1024
REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
RST = struct.pack("ii", 1, 0)
GONE = (ConnectionError, asyncio.IncompleteReadError, TimeoutError)


@dataclass
class Faults:
    """What goes wrong. May be changed while the proxy runs; what has been forwarded stays forwarded."""

    latency: float = 0.0
    """Seconds that each piece takes, each way."""
    jitter: float = 0.0
    """Seconds by which that varies either way. Pieces of a connection keep their order."""
    reset_every: float | None = None
    """Seconds after which all connections are reset, again and again."""
    idle_cut: float | None = None
    """Seconds without a byte after which a connection is closed."""
    blocks_upgrades: bool = False
    holds_responses: bool = False
    """Each response comes in one piece when it has ended; one that never ends never comes."""
    blackhole: bool = False
    """Everything is swallowed and nobody is told."""


class Proxy:
    """Listens on a port of its own while the block runs: `async with Proxy(server.port, Faults(…)) as proxy`."""

    def __init__(self, port: int, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()
        self.connections: set[Connection] = set()
        self.opened = 0
        """Connections that were ever made."""
        self.upgrades_refused = 0
        self.resets = 0
        self.to_port = port
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._was_reset = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=PIECE)
        self.port = self._listener.sockets[0].getsockname()[1]
        self._resetting = asyncio.create_task(self._reset_again())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._resetting.cancel()
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(self._resetting, *self._tasks, return_exceptions=True)

    def reset(self) -> None:
        """Cut every connection, as a router does that forgets them."""
        self.resets += 1
        for connection in set(self.connections):
            connection.reset()
        self._was_reset.set()

    async def until_reset(self, times: int) -> None:
        """Until everybody was cut off so often."""
        while self.resets < times:
            self._was_reset.clear()
            await self._was_reset.wait()

    async def _reset_again(self) -> None:
        while True:
            await asyncio.sleep(self.faults.reset_every or 0.1)
            if self.faults.reset_every is not None:
                self.reset()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.opened += 1
        with suppress(*GONE, asyncio.CancelledError):
            await Connection(self, reader, writer).run()
        self._tasks.discard(task)


class Connection:
    """One browser's connection and ours to the server behind it."""

    def __init__(self, proxy: Proxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._proxy = proxy
        self._from_browser, self._to_browser = reader, writer
        self._methods: deque[bytes] = deque()
        """Of requests whose response has not come."""
        self._moved = asyncio.get_running_loop().time()
        self._writers = [writer]

    async def run(self) -> None:
        self._proxy.connections.add(self)
        try:
            self._from_server, self._to_server = await asyncio.open_connection("127.0.0.1", self._proxy.to_port)
            self._writers.append(self._to_server)
            up, down = Slowly(self._proxy, self._to_server), Slowly(self._proxy, self._to_browser)
            await _until_one_ends(
                self._requests(up), self._responses(down), up.run(), down.run(), self._cut_when_idle()
            )
        finally:
            self._proxy.connections.discard(self)
            for writer in self._writers:
                writer.close()

    def reset(self) -> None:
        for writer in self._writers:
            with suppress(OSError):
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST)
            writer.transport.abort()

    async def _requests(self, up: "Slowly") -> None:
        while True:
            head = await self._from_browser.readuntil(b"\r\n\r\n")
            self._see()
            is_upgrade = b"\r\nupgrade: websocket" in head.lower()
            if is_upgrade and self._proxy.faults.blocks_upgrades:
                self._proxy.upgrades_refused += 1
                self._to_browser.write(REFUSED)
                await self._to_browser.drain()
                return
            self._methods.append(head.split(b" ", 1)[0])
            await up.put(head)
            if is_upgrade:
                await self._raw(self._from_browser, up)
                return
            await self._body(self._from_browser, head, up)

    async def _responses(self, down: "Slowly") -> None:
        with suppress(*GONE):
            await self._each_response(down)
        await down.empty()

    async def _each_response(self, down: "Slowly") -> None:
        while True:
            head = await self._from_server.readuntil(b"\r\n\r\n")
            self._see()
            status = head.split(b" ", 2)[1]
            if status == b"101":
                await down.put(head)
                await self._raw(self._from_server, down)
                return
            method = self._methods.popleft()
            held = Held() if self._proxy.faults.holds_responses else None
            out = held or down
            await out.put(head)
            if method != b"HEAD" and status not in (b"204", b"304"):
                await self._body(self._from_server, head, out)
            if held is not None:
                await down.put(b"".join(held.pieces))

    async def _body(self, reader: asyncio.StreamReader, head: bytes, out: "Slowly | Held") -> None:
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        if fields.get(b"transfer-encoding") == b"chunked":
            size = None
            while size != 0:
                line = await reader.readuntil(b"\r\n")
                size = int(line, 16)
                await out.put(line)
                await self._exactly(reader, size + 2, out)
        else:
            await self._exactly(reader, int(fields.get(b"content-length", b"0")), out)

    async def _exactly(self, reader: asyncio.StreamReader, size: int, out: "Slowly | Held") -> None:
        while size > 0:
            piece = await reader.read(min(size, PIECE))
            if not piece:
                raise ConnectionResetError
            self._see()
            size -= len(piece)
            await out.put(piece)

    async def _raw(self, reader: asyncio.StreamReader, out: "Slowly") -> None:
        while piece := await reader.read(PIECE):
            self._see()
            await out.put(piece)

    def _see(self) -> None:
        self._moved = asyncio.get_running_loop().time()

    async def _cut_when_idle(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            most = self._proxy.faults.idle_cut
            left = 0.1 if most is None else self._moved + most - loop.time()
            if left <= 0:
                return
            await asyncio.sleep(left)


class Slowly:
    """Pieces on their way in one direction, each as late as the faults say when it sets out."""

    def __init__(self, proxy: Proxy, writer: asyncio.StreamWriter) -> None:
        self._proxy = proxy
        self._writer = writer
        self._pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=256)
        self._last = 0.0

    async def put(self, piece: bytes) -> None:
        faults = self._proxy.faults
        late = faults.latency + random.uniform(-faults.jitter, faults.jitter)
        self._last = max(self._last, asyncio.get_running_loop().time() + late)
        await self._pieces.put((self._last, piece))

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, piece = await self._pieces.get()
            await asyncio.sleep(due - loop.time())
            if not self._proxy.faults.blackhole:
                self._writer.write(piece)
                await self._writer.drain()
            self._pieces.task_done()

    async def empty(self) -> None:
        """Until all that set out has arrived."""
        await self._pieces.join()


class Held:
    """A response that waits for its end."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    async def put(self, piece: bytes) -> None:
        self.pieces.append(piece)


async def _until_one_ends(*sides: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(side) for side in sides]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
