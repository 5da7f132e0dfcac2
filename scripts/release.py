"""`make release`: what others install, into dist/. The same commit gives the same bytes on every machine."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from app import __version__
from scripts.environment import LOCKS, make_environment, tool
from scripts.frontend import build_frontend
from scripts.stamps import ROOT
from scripts.telling import say, step, stop

RELEASE = ROOT / "dist"


def main() -> None:
    make_environment("dev")
    build_frontend()
    made_at = _made_at()
    shutil.rmtree(RELEASE, ignore_errors=True)
    with step("Building the packages"):
        build_packages(ROOT, RELEASE, made_at)
    _list_parts(made_at)
    shutil.copy(LOCKS["run"], RELEASE)
    _write_sums()
    for file in sorted(RELEASE.iterdir()):
        say(f"{file.stat().st_size / 1000:8.0f} kB  {file.relative_to(ROOT)}")


def build_packages(source: Path, target: Path, made_at: datetime) -> None:
    """Wheel and sdist of the project in `source`, whose pages are built."""
    done = subprocess.run(
        [tool("python"), "-m", "hatchling", "build", "-d", str(target)],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(int(made_at.timestamp()))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        stop(f"{done.stderr}\nThe packages could not be built; the lines above say why.")


def _made_at() -> datetime:
    """The moment that goes into all files: `SOURCE_DATE_EPOCH`, or when the commit was made."""
    named = os.environ.get("SOURCE_DATE_EPOCH") or _committed_at()
    return datetime.fromtimestamp(int(named), UTC)


def _committed_at() -> str:
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        stop("Without git the moment of the release has to be named: SOURCE_DATE_EPOCH=… make release.")
    return done.stdout


def _list_parts(made_at: datetime) -> None:
    """Written in the environment, which has the library for it and knows what is installed."""
    listing = [tool("python"), "-m", "scripts.parts", made_at.isoformat()]
    done = subprocess.run(listing, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        stop("The list of parts could not be written; the lines above say why.")
    (RELEASE / f"bigroom-{__version__}.cdx.json").write_bytes(done.stdout)


def _write_sums() -> None:
    """For `sha256sum --check SHA256SUMS`."""
    files = sorted(RELEASE.iterdir())
    lines = [f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (RELEASE / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
