"""`make test`, `quick`, `soak` and `bench`: which tests run, in which order, and how long each took."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from scripts import checks
from scripts.browser import make_sure_of_a_browser
from scripts.environment import make_environment, tool
from scripts.frontend import build_frontend
from scripts.node import install_packages, npm
from scripts.stamps import ROOT
from scripts.telling import say, stop

SLOW = "e2e or postgres or serves or faults"
AT_ONCE = ("--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")
"""A test for each processor; whoever is done takes over from the others. Faults and browsers want the machine alone."""


def test() -> None:
    make_environment("dev")
    chromium = make_sure_of_a_browser()
    _part("Checks", checks.main)
    _part("The server's tests", lambda: _pytest("-m", "not e2e and not faults", *AT_ONCE))
    _part("Kills, cuts and full disks", lambda: _pytest("-m", "faults"))
    _part("The browser's tests", _vitest)
    build_frontend()
    _part("People in real browsers", lambda: _pytest("-m", "e2e", chromium=chromium))
    say("\nAll tests pass.")


def quick() -> None:
    make_environment("dev")
    install_packages()
    _part("The server's quick tests", lambda: _pytest("-m", f"not ({SLOW})", scale="quick"))
    _part("The browser's tests", _vitest)


def soak() -> None:
    make_environment("dev")
    chromium = make_sure_of_a_browser()
    build_frontend()
    _part("The long figures", lambda: _pytest(chromium=chromium, scale="full"))


def bench() -> None:
    make_environment("dev")
    build_frontend()
    subprocess.run([tool("python"), "-m", "bench.run"], cwd=ROOT, check=True)
    subprocess.run([tool("python"), "-m", "bench.first_load"], cwd=ROOT, check=True)


def _part(title: str, run: Callable[[], None]) -> None:
    say(f"\n{title}")
    began = time.monotonic()
    run()
    say(f"  {title}: {time.monotonic() - began:.0f} s")


def _pytest(*arguments: str, chromium: str = "", scale: str = "short") -> None:
    environment = {**os.environ, "TEST_SCALE": scale}
    if chromium:
        environment["CHROMIUM"] = chromium
    command = [tool("python"), "-m", "pytest", "--quiet", *arguments]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        stop("Some tests do not pass; the lines above say which.")


def _vitest() -> None:
    if npm("run", "--silent", "test"):
        stop("Some of the browser's tests do not pass; the lines above say which.")


KINDS = {"test": test, "quick": quick, "soak": soak, "bench": bench}

if __name__ == "__main__":
    KINDS[sys.argv[1]]()
