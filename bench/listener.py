"""Many WebSocket clients in one process that parse nothing: they look for markers in the bytes that come."""

import asyncio
import base64
import os
import re
import time
from collections.abc import Callable

MARK = re.compile(rb"mark(\d{9})!")
LONGEST = len(b"mark123456789!")


def marked(n: int, size: int) -> str:
    """A text of this size with one marker in it."""
    return f"mark{n:09d}!".ljust(size, ".")


class Listener(asyncio.Protocol):
    """One connection: upgrades, then reports each marker with the moment at which it came."""

    def __init__(self, request: bytes, heard: Callable[[int, float], None], ready: bytes) -> None:
        self._request = request
        self._heard = heard
        self._ready = ready
        self._before = b""
        self.bytes = 0
        self.is_ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.bytes += len(data)
        seen = self._before + data
        if not self.is_ready.done() and self._ready in seen:
            self.is_ready.set_result(None)
        end = 0
        for found in MARK.finditer(seen):
            self._heard(int(found[1]), now)
            end = found.end()
        # A marker, or the word we wait for, may be cut in two.
        self._before = seen[max(end, len(seen) - LONGEST - len(self._ready)) :]

    def connection_lost(self, reason: Exception | None) -> None:
        if not self.is_ready.done():
            self.is_ready.set_exception(reason or ConnectionError("closed before it was ready"))

    def send(self, text: str) -> None:
        assert self._transport is not None
        self._transport.write(_frame(text.encode()))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def upgrade(port: int, path: str, *, cookie: str = "", subprotocol: str = "") -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Origin: http://127.0.0.1:{port}",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *([f"Cookie: {cookie}"] if cookie else []),
        *([f"Sec-WebSocket-Protocol: {subprotocol}"] if subprotocol else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _frame(payload: bytes) -> bytes:
    """A masked text frame. The mask is zero: the payload stays as it is."""
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload
