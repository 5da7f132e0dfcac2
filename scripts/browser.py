"""Makes sure that tests have a real browser: found, or installed with apt where we may, or one sentence."""

import os
import shutil
import subprocess

from scripts.telling import step, stop
from tests.support.chromium import find_chromium

MISSING = (
    "Tests need Chromium: please install it (on Debian: apt-get install chromium), "
    "or name it with CHROMIUM=/path/to/chromium."
)
PACKAGES = ("chromium", "fonts-liberation")


def make_sure_of_a_browser() -> str:
    return find_chromium() or _install() or stop(MISSING)


def _install() -> str | None:
    apt = shutil.which("apt-get")
    if os.environ.get("CHROMIUM") or apt is None or os.geteuid() != 0:
        return None
    with step("Installing Chromium for the tests; this takes about half a minute"):
        _quietly(apt, "update")
        _quietly(apt, "install", "-y", "--no-install-recommends", *PACKAGES)
    return find_chromium()


def _quietly(*command: str) -> None:
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        stop(f"{done.stderr.strip()}\n{MISSING}")


if __name__ == "__main__":
    make_sure_of_a_browser()
