"""How much a test with a long figure does: short in `make test`, in full in `make soak`."""

import os

IN_FULL = os.environ.get("TEST_SCALE") == "full"

SEEDS = 200 if IN_FULL else 20
KILLS = 50 if IN_FULL else 3
KILLS_OF_POSTGRES = 20 if IN_FULL else 2
