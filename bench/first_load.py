"""JavaScript that a browser needs before a room shows, compressed as the server does. `python -m bench.first_load`."""

import gzip
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "frontend" / "dist"
SCRIPT = re.compile(r'<script type="module"[^>]* src="/assets/([^"]+)"')
IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([^"'`]+\.js)["'`]""")
"""Imports that a script cannot begin without; those that it asks for in brackets come when they are needed."""
SCREENS = {
    "the room": ("Room",),
    "the room with its roadmap": ("Room", "Overview"),
    "the room with its board": ("Room", "BoardView"),
}
"""Chunks besides the page's own script."""


@dataclass(frozen=True)
class Load:
    """What one screen needs."""

    screen: str
    files: tuple[Path, ...]

    @property
    def zipped(self) -> int:
        """Bytes over the line."""
        return sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in self.files)

    @property
    def plain(self) -> int:
        return sum(file.stat().st_size for file in self.files)


def first_loads(built: Path = BUILT) -> list[Load]:
    """The room by itself, and with each view that is often the first one."""
    return [Load(screen, tuple(_needed(built, chunks))) for screen, chunks in SCREENS.items()]


def _needed(built: Path, chunks: Iterable[str]) -> list[Path]:
    """The page's script and these chunks, with everything that they import."""
    assets = built / "assets"
    entries = SCRIPT.findall((built / "index.html").read_text(encoding="utf-8"))
    waiting = [*(assets / name for name in entries), *(_chunk(assets, chunk) for chunk in chunks)]
    found: dict[Path, None] = {}
    while waiting:
        file = waiting.pop()
        if file not in found:
            found[file] = None
            waiting += [assets / name for name in IMPORTED.findall(file.read_text(encoding="utf-8"))]
    return sorted(found)


def _chunk(assets: Path, name: str) -> Path:
    (file,) = assets.glob(f"{name}-????????.js")
    return file


def table(loads: Iterable[Load]) -> str:
    lines = ["| first load of JavaScript | files | kB gzip | kB |", "|---|---|---|---|"]
    for load in loads:
        lines.append(f"| {load.screen} | {len(load.files)} | {load.zipped / 1000:.1f} | {load.plain / 1000:.1f} |")
    return "\n".join(lines)


def main() -> None:
    if not (BUILT / "index.html").exists():
        raise SystemExit("The pages are not built yet: `make run` builds them.")
    sys.stdout.write(table(first_loads()) + "\n")


if __name__ == "__main__":
    main()
