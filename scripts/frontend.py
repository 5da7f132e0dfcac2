"""Builds the browser's side into frontend/dist, when anything it is made from has changed."""

from pathlib import Path

from scripts.node import FRONTEND, install_packages, npm
from scripts.stamps import fingerprint, is_fresh, renew
from scripts.telling import step, stop

ASIDE = {"node_modules", "dist", "coverage"}


def build_frontend() -> None:
    install_packages()
    stamp = FRONTEND / "node_modules" / ".built"
    mark = fingerprint(_sources())
    if is_fresh(stamp, mark) and (FRONTEND / "dist" / "index.html").is_file():
        return
    with step("Building the browser's side"):
        if npm("run", "--silent", "build", "--", "--logLevel=warn"):
            stop("The browser's side could not be built; the lines above say why.")
    renew(stamp, mark)


def _sources() -> list[Path]:
    return [path for path in FRONTEND.iterdir() if path.name not in ASIDE]


if __name__ == "__main__":
    build_frontend()
