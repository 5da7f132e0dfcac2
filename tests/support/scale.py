"""How much a test with a long figure does: little in `make quick`, in full in `make soak`."""

import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    seeds: int
    kills: int
    kills_of_postgres: int
    seconds_without_signal: int
    seconds_idle: int


SCALES = {
    "quick": Scale(seeds=4, kills=1, kills_of_postgres=1, seconds_without_signal=0, seconds_idle=0),
    "short": Scale(seeds=20, kills=3, kills_of_postgres=2, seconds_without_signal=0, seconds_idle=0),
    "full": Scale(seeds=200, kills=50, kills_of_postgres=20, seconds_without_signal=90, seconds_idle=40),
}
CHOSEN = os.environ.get("TEST_SCALE", "short")

SEEDS = SCALES[CHOSEN].seeds
KILLS = SCALES[CHOSEN].kills
KILLS_OF_POSTGRES = SCALES[CHOSEN].kills_of_postgres
SECONDS_WITHOUT_SIGNAL = SCALES[CHOSEN].seconds_without_signal
SECONDS_IDLE = SCALES[CHOSEN].seconds_idle


def by_scale(*, quick: int, short: int, full: int) -> int:
    """A figure that one test alone needs."""
    return {"quick": quick, "short": short, "full": full}[CHOSEN]


def tell(figure: str) -> None:
    """A figure for whoever runs the long tests: seen with `pytest -s`, kept beside a failure."""
    sys.stdout.write(f"\n{figure}\n")
