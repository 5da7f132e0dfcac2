"""Short plain lines for the person at the terminal, and one sentence when something cannot go on."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


def say(line: str) -> None:
    print(line, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with one sentence that says what to do. A traceback would help nobody here."""
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    raise SystemExit(1)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell what begins, and how long it took when that was long enough to wonder."""
    say(f"· {title} …")
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    if took >= 1:
        say(f"  done in {took:.0f} s")
