"""`make run`: from a fresh clone to a serving Bigroom. The server itself migrates and prints its address."""

import os

from scripts.environment import make_environment, tool
from scripts.frontend import build_frontend
from scripts.stamps import ROOT
from scripts.telling import say


def main() -> None:
    make_environment("run")
    build_frontend()
    say("· Starting Bigroom …")
    os.chdir(ROOT)
    os.execv(tool("bigroom"), ["bigroom", "serve"])


if __name__ == "__main__":
    main()
