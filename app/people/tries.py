"""How often somebody may guess. Only what can be guessed is counted: never links."""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Protocol

WINDOW = 60.0


class Counted(Protocol):
    """A count that several processes share."""

    async def take(self, address: str) -> float | None: ...

    async def give_back(self, address: str) -> None: ...


class Tries:
    """Counts one kind of guess in the last minute: in this process, and where there are several in all of them.

    What is too much for one process is so for all, so a flood of guesses never reaches the shared count.
    """

    def __init__(self, here: "TriesHere", everywhere: Counted | None = None) -> None:
        self._here = here
        self._everywhere = everywhere

    async def take(self, address: str) -> float | None:
        """Count one guess. None: go on. A number: not now, and how many seconds to wait."""
        wait = self._here.take(address)
        if wait is None and self._everywhere is not None:
            return await self._everywhere.take(address)
        return wait

    async def give_back(self, address: str) -> None:
        """The last guess was right after all, so it was none."""
        self._here.give_back(address)
        if self._everywhere is not None:
            await self._everywhere.give_back(address)


class TriesHere:
    """A sliding minute in this process: so many an address, so many in all."""

    def __init__(self, an_address: int, in_all: int | None = None, clock: Callable[[], float] = monotonic) -> None:
        self._an_address = an_address
        self._in_all = in_all
        self._clock = clock
        self._everybody: deque[float] = deque()
        self._by: dict[str, deque[float]] = {}

    def take(self, address: str) -> float | None:
        now = self._clock()
        self._forget_before(now - WINDOW)
        mine = self._by.get(address, deque())
        for tries, limit in ((mine, self._an_address), (self._everybody, self._in_all)):
            if limit is not None and len(tries) >= limit:
                return tries[0] + WINDOW - now
        self._by.setdefault(address, mine).append(now)
        self._everybody.append(now)
        return None

    def give_back(self, address: str) -> None:
        for tries in (self._by.get(address), self._everybody):
            if tries:
                tries.pop()

    def _forget_before(self, moment: float) -> None:
        while self._everybody and self._everybody[0] <= moment:
            self._everybody.popleft()
        for address, tries in list(self._by.items()):
            while tries and tries[0] <= moment:
                tries.popleft()
            if not tries:
                del self._by[address]
