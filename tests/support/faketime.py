"""A clock that is set forward and back while a server runs: libfaketime, without its wrapper, which orphans servers."""

import glob
import os
import subprocess
import tempfile
from pathlib import Path

PLACES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
MISSING = "Tests need libfaketime: install it, or name it with LIBFAKETIME=/path/to/libfaketime.so.1."


class WallClock:
    """What `set` says is what the processes with this environment read; the monotonic clock stays as it is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "faketime"
        self.set(hours=0)

    def set(self, *, hours: int) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{hours:+d}h\n")
        fresh.replace(self._file)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": find_libfaketime(),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }


def find_libfaketime() -> str:
    """Named, installed, or unpacked from Debian's package, which needs no rights."""
    found = _found(os.environ.get("LIBFAKETIME", ""), *PLACES) or _unpacked()
    if found is None:
        raise RuntimeError(MISSING)
    return found


def _unpacked() -> str | None:
    folder = Path(tempfile.gettempdir()) / f"bigroom-libfaketime-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    inside = str(folder / "usr/lib/*/faketime/libfaketime.so.1")
    if not _found(inside):
        for command in (["apt-get", "download", "libfaketime"], ["sh", "-c", "dpkg -x libfaketime*.deb ."]):
            subprocess.run(command, cwd=folder, check=False, capture_output=True)
    return _found(inside)


def _found(*places: str) -> str | None:
    return next((file for place in places for file in sorted(glob.glob(place))), None)
