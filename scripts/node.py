"""Finds node (`NODE=`, then the PATH), installs the frontend's packages, runs its npm scripts."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scripts.stamps import ROOT, fingerprint, is_fresh, renew
from scripts.telling import step, stop

FRONTEND = ROOT / "frontend"
OLDEST = (20, 19)
WANTED = "Bigroom needs node 20.19 or newer: please install it, or name it with NODE=/path/to/node."


@cache
def node_environment() -> Mapping[str, str]:
    """The environment in which npm and what it starts find the right node."""
    node = _find_node()
    folder = str(Path(node).parent)
    return {**os.environ, "PATH": folder + os.pathsep + os.environ.get("PATH", "")}


def install_packages() -> None:
    files = [FRONTEND / "package.json", FRONTEND / "package-lock.json", FRONTEND / ".npmrc"]
    stamp = FRONTEND / "node_modules" / ".stamp"
    mark = fingerprint(files, _version(_find_node()) or "")
    if is_fresh(stamp, mark):
        return
    with step("Installing frontend packages; the first time takes a minute or two"):
        if npm("ci", "--no-audit", "--no-fund", "--loglevel=error"):
            stop("Frontend packages could not be installed; npm says why above. Is the network there?")
    renew(stamp, mark)


def npm(*arguments: str) -> int:
    """Run npm in the frontend; gives its exit code."""
    command = [_npm(), *arguments]
    return subprocess.run(command, cwd=FRONTEND, env=dict(node_environment()), check=False).returncode


def npm_command(*arguments: str) -> list[str]:
    return [_npm(), "--silent", *arguments]


def _npm() -> str:
    found = shutil.which("npm", path=node_environment()["PATH"])
    if found is None:
        stop("npm is missing beside node: please install it too.")
    return found


@cache
def _find_node() -> str:
    named = os.environ.get("NODE")
    found = shutil.which(named) if named else shutil.which("node")
    if found is None and named and Path(named).is_dir():
        found = shutil.which("node", path=named) or shutil.which("node", path=str(Path(named) / "bin"))
    version = _version(found) if found else None
    if found is None or version is None or _numbers(version) < OLDEST:
        stop(WANTED)
    return found


def _version(node: str) -> str | None:
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else None


def _numbers(version: str) -> tuple[int, int]:
    found = re.match(r"v(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


if __name__ == "__main__":
    install_packages()
