"""Makes `.venv` and installs exactly what the lock file names: `environment run` or `environment dev`."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

from scripts.stamps import ROOT, fingerprint, is_fresh, renew
from scripts.telling import step, stop

Kind = Literal["run", "dev"]

VENV = ROOT / ".venv"
LOCKS: dict[Kind, Path] = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
PIP = ("--disable-pip-version-check", "-qq")


def tool(name: str) -> str:
    """Path of a program in the environment: `tool("python")`."""
    return str(VENV / "bin" / name)


def make_environment(kind: Kind) -> None:
    if not _works(Path(tool("python"))):
        _make_venv()
    mark = fingerprint([LOCKS[kind], ROOT / "pyproject.toml"], sys.version)
    stamp = VENV / f".stamp-{kind}"
    if is_fresh(stamp, mark) or (kind == "run" and _has_all_for_work()):
        return
    with step(f"Installing Python packages ({LOCKS[kind].name}); the first time takes a minute or two"):
        _pip("--require-hashes", "--requirement", str(LOCKS[kind]))
        _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    renew(stamp, mark)


def _has_all_for_work() -> bool:
    """The environment for work holds everything that running needs."""
    mark = fingerprint([LOCKS["dev"], ROOT / "pyproject.toml"], sys.version)
    return is_fresh(VENV / ".stamp-dev", mark)


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        stop(
            "This Python cannot make an environment yet: please install its venv package "
            f"(on Debian or Ubuntu: apt-get install python{version}-venv)."
        )
    with step("Making the Python environment in .venv"):
        done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode:
        stop("The environment in .venv could not be made; the lines above say why.")


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [tool("python"), "-m", "pip", "install", *PIP, *arguments],
        env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
        check=False,
    )
    if done.returncode:
        stop("Python packages could not be installed; pip says why above. Is the network there?")


if __name__ == "__main__":
    make_environment("dev" if "dev" in sys.argv[1:] else "run")
