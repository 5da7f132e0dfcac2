"""`make check`: everything that can be wrong without running the program, two at a time, told together."""

import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.environment import make_environment, tool
from scripts.node import FRONTEND, install_packages, node_environment, npm_command
from scripts.stamps import ROOT
from scripts.telling import say, stop

PYTHON_FOLDERS = ("app", "tests", "scripts", "migrations", "bench")


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    folder: Path = ROOT
    environment: Mapping[str, str] | None = None


def all_checks() -> list[Check]:
    folders = [folder for folder in PYTHON_FOLDERS if (ROOT / folder).is_dir()]
    python = tool("python")
    return [
        Check("mypy --strict", [tool("mypy")]),
        Check("svelte-check, eslint, prettier", npm_command("run", "check"), FRONTEND, node_environment()),
        Check("ruff format", [tool("ruff"), "format", "--check", "--quiet", *folders]),
        Check("ruff", [tool("ruff"), "check", "--quiet", *folders]),
        Check("import contracts", [python, "-m", "scripts.contracts"]),
        Check("wire types are current", [python, "-m", "scripts.wire", "--check"]),
    ]


def main() -> None:
    make_environment("dev")
    install_packages()
    with ThreadPoolExecutor(max_workers=2) as pool:
        broken = [name for name, is_good in pool.map(_run, all_checks()) if not is_good]
    if broken:
        stop(f"Not yet right: {', '.join(broken)}.")


def _run(check: Check) -> tuple[str, bool]:
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=check.folder,
        env=dict(check.environment) if check.environment else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    took = time.monotonic() - began
    is_good = done.returncode == 0
    say(f"{'✓' if is_good else '✗'} {check.name} ({took:.0f} s)" + ("" if is_good else f"\n{done.stdout.rstrip()}"))
    return check.name, is_good


if __name__ == "__main__":
    main()
