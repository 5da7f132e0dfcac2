"""The two servers under measurement, each with one room of so many people, on a core of its own."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import psutil  # type: ignore[import-untyped]

from bench.listener import Listener, marked, upgrade
from tests.support.company import Company, set_up
from tests.support.ports import free_port
from tests.support.server import Server

CORES = sorted(os.sched_getaffinity(0))
SERVERS_CORE, OUR_CORE = CORES[0], CORES[-1]
CARD = 200
"""Characters of the card's words that are edited."""
UNLIMITED = {"commands_per_minute": "100000000", "connections_per_member": "100000"}


class Measured(ABC):
    """A server process and the listeners connected to it."""

    name = ""

    def __init__(self, people: int) -> None:
        self.people = people
        self.listeners: list[Listener] = []
        self.process: psutil.Process

    def listen(self, heard: Callable[[int, float], None]) -> None:
        """From now on each change that reaches somebody is told here, with its moment."""
        for listener in self.listeners:
            listener.heard = heard

    async def join(self) -> tuple[float, float, float]:
        """Everybody connects at once: (seconds, CPU seconds, bytes of memory) for all of them."""
        self.pin()
        before, cpu, began = self.process.memory_info().rss, self.cpu(), time.perf_counter()
        loop = asyncio.get_running_loop()
        for n in range(self.people):
            _, listener = await loop.create_connection(partial(self.listener, n), "127.0.0.1", self.port())
            self.listeners.append(listener)
        await asyncio.gather(*(listener.is_ready for listener in self.listeners))
        took = time.perf_counter() - began
        return took, self.cpu() - cpu, self.process.memory_info().rss - before

    def pin(self) -> None:
        """The server on one core, we on the other. Each of its threads: it inherited ours, and they do not follow."""
        for thread in self.process.threads():
            os.sched_setaffinity(thread.id, {SERVERS_CORE})

    def cpu(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    @abstractmethod
    def port(self) -> int: ...

    @abstractmethod
    def listener(self, n: int) -> Listener: ...

    @abstractmethod
    def say(self, n: int) -> None:
        """The n-th change, by the first of the people."""

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()


class Bigroom(Measured):
    """The real server: SQLite with fsync, sessions, permissions, rules and the log."""

    name = "bigroom"

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self._server = Server(Path(tempfile.mkdtemp(prefix="bigroom-bench-")), **UNLIMITED)
        self._server.start()
        self._room = Company(self._server, set_up(self._server))
        self._members = [self._room.join(name=f"Person {n}") for n in range(people)]
        self._card = str(uuid4())
        board = self._room.lens_board()
        adding = {"card_id": self._card, "board_id": board["id"], "column": "value", "text": marked(0, CARD)}
        self._room.do({"type": "board.add_card", **adding}, self._members[0])
        self._rev = 0
        self.process = psutil.Process(self._server.pid)

    def port(self) -> int:
        return self._server.port

    def listener(self, n: int) -> Listener:
        path = f"/api/rooms/{self._room.room_id}/live"
        request = upgrade(self.port(), path, cookie=self._members[n].cookie, subprotocol="bigroom.v1")
        return Listener(request, b'"type":"at"')

    def say(self, n: int) -> None:
        edit = {"type": "board.edit_card", "card_id": self._card, "text": marked(n, CARD), "base_rev": self._rev}
        self._rev += 1
        self.listeners[0].send(json.dumps({"type": "do", "id": str(uuid4()), "command": edit}))

    def close(self) -> None:
        super().close()
        self._room.close()
        self._server.close()
        shutil.rmtree(self._server.folder)


class Plain(Measured):
    """A broadcast that keeps nothing; its messages are as long as Bigroom's deltas."""

    name = "plain broadcast"
    SIZE = 900

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self._port = free_port()
        self._server = subprocess.Popen([sys.executable, "-m", "bench.plain", str(self._port)])
        self._wait()
        self.process = psutil.Process(self._server.pid)

    def port(self) -> int:
        return self._port

    def listener(self, n: int) -> Listener:
        return Listener(upgrade(self._port, "/live"), b"here")

    def say(self, n: int) -> None:
        self.listeners[0].send(marked(n, self.SIZE))

    def close(self) -> None:
        super().close()
        self._server.terminate()
        self._server.wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{self._port}/", trust_env=False)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the plain broadcast did not start")
