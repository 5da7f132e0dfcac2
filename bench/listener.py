"""Many WebSocket clients in one process that parse no JSON: they look for markers in the bytes that come."""

import asyncio
import base64
import os
import re
import time
from collections.abc import Callable

MARK = re.compile(rb"mark(\d{9})!")
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


def marked(n: int, size: int) -> str:
    """A text of this size with one marker in it."""
    return f"mark{n:09d}!".ljust(size, ".")


class Listener(asyncio.Protocol):
    """One connection: upgrades, then reports each marker with the moment at which it came."""

    def __init__(self, request: bytes, ready: bytes) -> None:
        self._request = request
        self.heard: Callable[[int, float], None] = lambda n, at: None
        self._ready = ready
        self._before = b""
        self._is_open = False
        self.bytes = 0
        self.lost: Callable[[str], None] = lambda why: None
        self._why = "the line broke"
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
        at = seen.find(b"\r\n\r\n") + 4 if not self._is_open else 0
        self._is_open = self._is_open or at > 3
        if self._is_open:
            at = self._frames(seen, at, now)
        self._before = seen[at:]

    def _frames(self, seen: bytes, at: int, now: float) -> int:
        """Every whole frame from here; where the first unfinished one begins."""
        while len(seen) >= at + 2:
            size, head = seen[at + 1] & 0x7F, 2
            if size == 126:
                size, head = int.from_bytes(seen[at + 2 : at + 4]), 4
            elif size == 127:
                size, head = int.from_bytes(seen[at + 2 : at + 10]), 10
            end = at + head + size
            if end > len(seen):
                break
            self._frame(seen[at] & 0x0F, seen, at + head, end, now)
            at = end
        return at

    def _frame(self, opcode: int, seen: bytes, start: int, end: int, now: float) -> None:
        if opcode == PING and self._transport is not None:
            self._transport.write(_frame(seen[start:end], PONG))
            return
        if opcode == CLOSE and end >= start + 2:
            code, words = int.from_bytes(seen[start : start + 2]), seen[start + 2 : end].decode(errors="replace")
            self._why = f"{code} {words}".strip()
        if not self.is_ready.done() and seen.find(self._ready, start, end) >= 0:
            self.is_ready.set_result(None)
        for number in MARK.findall(seen, start, end):
            self.heard(int(number), now)

    def connection_lost(self, reason: Exception | None) -> None:
        if not self.is_ready.done():
            self.is_ready.set_exception(reason or ConnectionError(f"closed before it was ready: {self._why}"))
        self.lost(str(reason) if reason else self._why)

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


def _frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """A masked frame. The mask is zero: the payload stays as it is."""
    size, first = len(payload), 0x80 | opcode
    head = bytes((first, 0x80 | size)) if size < 126 else bytes((first, 0xFE)) + size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload
