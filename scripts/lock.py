"""Writes both lock files from pyproject.toml, with hashes for every platform and without hosts."""

import shutil
import subprocess

from scripts.environment import LOCKS, tool
from scripts.stamps import ROOT
from scripts.telling import say, step, stop

OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def main() -> None:
    uv = shutil.which("uv") or shutil.which(tool("uv"))
    if uv is None:
        stop("Lock files are written by uv: please install it once with .venv/bin/pip install uv.")
    with step("Choosing versions"):
        # What runs is chosen first; the tools for work then bow to it.
        _compile(uv, "--group=build", f"--output-file={LOCKS['run']}")
        _compile(
            uv,
            "--group=build",
            "--group=dev",
            f"--constraint={LOCKS['run']}",
            f"--output-file={LOCKS['dev']}",
        )
    say("Written: requirements.lock and requirements-dev.lock.")


def _compile(uv: str, *options: str) -> None:
    done = subprocess.run([uv, "pip", "compile", *OPTIONS, *options, "pyproject.toml"], cwd=ROOT, check=False)
    if done.returncode:
        stop("The lock files could not be written; uv says why above.")


if __name__ == "__main__":
    main()
