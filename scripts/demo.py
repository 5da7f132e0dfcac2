"""`make demo`: from a fresh clone to two practice rooms with people in them."""

import os
import sys

from scripts.environment import make_environment, tool
from scripts.frontend import build_frontend
from scripts.stamps import ROOT
from scripts.telling import say


def main() -> None:
    make_environment("run")
    build_frontend()
    say("· Starting the demo …")
    os.chdir(ROOT)
    os.execv(tool("bigroom"), ["bigroom", "demo", *sys.argv[1:]])


if __name__ == "__main__":
    main()
