"""A real `bigroom serve` on a free port with a data folder of its own: started, killed, started again."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
READY_TRIES = 2400
SETUP_TOKEN = "set-up-this-room-for-the-test"


class Server:
    """One server process. What it keeps is in `folder` (and the database, when another one is named)."""

    def __init__(self, folder: Path, database: str | None = None, **settings: str) -> None:
        self.folder = folder
        self.program = Path(sys.executable).with_name("bigroom")
        self.port = free_port()
        self.setup_token = SETUP_TOKEN
        self.runs_in: tuple[str, ...] = ()
        """Words before the command, such as a shell's that has limited it."""
        self.machine: dict[str, str] = {}
        """What the machine's environment says besides."""
        self._process: subprocess.Popen[bytes] | None = None
        self._settings = {
            "BIGROOM_HOST": "127.0.0.1",
            "BIGROOM_PORT": str(self.port),
            "BIGROOM_DATA": str(folder / "data"),
            "BIGROOM_SETUP_TOKEN": self.setup_token,
            **({"BIGROOM_DATABASE": database} if database else {}),
            **{f"BIGROOM_{name.upper()}": value for name, value in settings.items()},
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sqlite_url(self) -> str:
        """URL of the database that a server keeps when no other is named."""
        return f"sqlite:///{self.folder / 'data' / 'bigroom.sqlite3'}"

    @property
    def database_url(self) -> str:
        """As SQLAlchemy reads it."""
        return self._settings.get("BIGROOM_DATABASE", self.sqlite_url)

    @property
    def bus_url(self) -> str:
        """Over which this process hears of others."""
        return self._settings.get("BIGROOM_BUS", "memory://")

    @property
    def pid(self) -> int:
        return self._running().pid

    def start(self) -> None:
        """Start, and come back when it serves."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.runs_in, str(self.program), "serve"],
                cwd=ROOT,
                env=self._environment() | self.machine,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """kill -9: nothing is said, flushed or closed."""
        process = self._running()
        process.kill()
        process.wait()
        self._process = None

    def stop(self) -> int:
        """As an operator stops it; gives the exit code."""
        process = self._running()
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
        self._process = None
        return code

    def close(self) -> None:
        """After a test: make sure that nothing is left running."""
        if self._process is not None:
            self.kill()

    def run(self, *arguments: str) -> str:
        """What another `bigroom` command on the same data prints: `server.run("coaches", "list")`."""
        done = self._command(arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def is_told(self, *arguments: str) -> str:
        """What the command says when it cannot."""
        done = self._command(arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def says(self, *arguments: str) -> tuple[int, str]:
        """Exit code and what is printed, whichever it is."""
        done = self._command(arguments)
        return done.returncode, done.stdout + done.stderr

    def _command(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.program), *arguments],
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def figure(self, name: str) -> float:
        """What the process says of itself at /metrics."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=5) as answer:
            lines = answer.read().decode().splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))

    def log(self) -> str:
        return self._log_file.read_text(errors="replace") if self._log_file.exists() else ""

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("BIGROOM_")}
        return inherited | self._settings | {"PYTHONUNBUFFERED": "1"}

    def _wait_until_ready(self) -> None:
        process = self._running()
        for _ in range(READY_TRIES):
            if self._is_ready():
                return
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError(f"The server ended while starting:\n{self.log()}")
        raise RuntimeError(f"The server did not become ready:\n{self.log()}")

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("The server is not running.")
        return self._process

    @property
    def _log_file(self) -> Path:
        return self.folder / "server.log"
