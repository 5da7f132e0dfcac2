"""uvicorn as Bigroom needs it: it ends without losing a word, and it hangs up on who takes nothing any more."""

import asyncio
import contextlib
import resource
import signal
import socket
from collections.abc import Iterator
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.rooms.engine import Engine

DRAIN = 3.0
"""Seconds in which clients take their `bye` before a restart."""
DESCRIPTORS = 65_536
"""So many files and lines may be open where the machine allows it."""
SPARE_DESCRIPTORS = 40
UNTAKEN_MS = 30_000
"""Milliseconds after which the kernel gives up a line on which nothing is taken, whoever wrote to it."""


class Http(HttpToolsProtocol):
    """Tells the app how to hang up: closing politely would wait for a client that reads nothing."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # A copy of this goes into every scope of the connection, and to its WebSocket.
        self.app_state = {**self.app_state, "hang_up": transport.abort}
        option = getattr(socket, "TCP_USER_TIMEOUT", None)
        line = transport.get_extra_info("socket")
        if option is not None and line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
            line.setsockopt(socket.IPPROTO_TCP, option, UNTAKEN_MS)


class WebSockets(WebSocketsSansIOProtocol):
    """One that does not answer its ping is gone at once, whatever waits for it."""

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()


class Server(uvicorn.Server):
    """Ends in its own way: what was received is stored, everybody is told to come back, then the door closes."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app
        self._draining: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn would raise the signal again at the end, and the exit code would not be 0.
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain())
        else:
            self.force_exit = self.should_exit = True

    async def _drain(self) -> None:
        for server in self.servers:
            server.close()
        engine: Engine = self._app.state.engine
        await engine.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN):
                await engine.everybody_left()
        self.should_exit = True


def most_connections() -> int:
    """As many as descriptors allow, with some left for the database and for saying 503 to whoever comes next."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        # What a shell gives by default is for programs that open a few files.
        wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
        soft = max(soft, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(soft - SPARE_DESCRIPTORS, 8)


def uvicorn_settings(host: str, port: int) -> dict[str, Any]:
    """How both ways to serve speak HTTP."""
    return {
        "host": host,
        "port": port,
        "http": Http,
        "ws": WebSockets,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 11.0,
        "ws_ping_timeout": 11.0,
        "ws_max_size": 1024 * 1024,
        "timeout_keep_alive": 75,
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "log_level": "warning",
        "timeout_graceful_shutdown": 5,
        "limit_concurrency": most_connections(),
    }
