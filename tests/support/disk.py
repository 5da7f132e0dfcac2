"""A disk that can be full: a real one of 2 MB where root may make it, and a limit on file sizes anywhere."""

import os
import resource
import subprocess
from pathlib import Path
from typing import Protocol

SIZE = 2 * 1024 * 1024


class Disk(Protocol):
    """Where a server keeps its data."""

    def fill(self, pid: int) -> None: ...

    def make_room(self, pid: int) -> None: ...

    def close(self) -> None: ...


class SmallDisk:
    """A file system in memory. Filled by a file beside the data, which is taken away again."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._filling = folder / "filling"
        _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))

    def fill(self, pid: int) -> None:
        with self._filling.open("wb", buffering=0) as file:
            for size in (65536, 4096, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self, pid: int) -> None:
        self._filling.unlink()

    def close(self) -> None:
        _run("umount", "--lazy", str(self._folder))


class SmallFiles:
    """No file of the server's may grow: what a quota does, and what needs no rights."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)

    def fill(self, pid: int) -> None:
        self._limit(pid, 4096)

    def make_room(self, pid: int) -> None:
        self._limit(pid, resource.RLIM_INFINITY)

    def close(self) -> None:
        """Nothing is left of it."""

    def _limit(self, pid: int, size: int) -> None:
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size if size >= 0 else hard, hard))


def disks() -> list[type[SmallDisk] | type[SmallFiles]]:
    """What can be made here."""
    return [SmallFiles, *([SmallDisk] if os.geteuid() == 0 else [])]


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
