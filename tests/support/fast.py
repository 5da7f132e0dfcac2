"""A world in which an hour takes three minutes: the server's clocks and the browsers' run so many times as fast.

Nothing of the product knows. The server reads its clocks through libfaketime, also the monotonic one, so that pings,
deadlines and patience keep their proportions; a page gets faster clocks and timers before its first script.
"""

import time
from datetime import datetime, timedelta

from tests.support.faketime import find_libfaketime
from tests.support.server import Server

PAGE = """([factor, began, real]) => {
  const [date, now] = [Date, Date.now.bind(Date)]
  const [perf, wait, repeat] = [performance.now.bind(performance), setTimeout, setInterval]
  const fast = () => began + (now() - real) * factor
  globalThis.Date = class extends date {
    constructor(...given) { given.length ? super(...given) : super(fast()) }
    static now() { return fast() }
  }
  performance.now = () => perf() * factor
  globalThis.setTimeout = (act, ms, ...given) => wait(act, (ms ?? 0) / factor, ...given)
  globalThis.setInterval = (act, ms, ...given) => repeat(act, (ms ?? 0) / factor, ...given)
}"""


class FastTime:
    """It is `began` now, and a second of ours is `factor` seconds there."""

    def __init__(self, began: datetime, factor: int) -> None:
        self.factor = factor
        self._began, self._real = began, time.time()

    def now(self) -> datetime:
        return self._began + timedelta(seconds=(time.time() - self._real) * self.factor)

    def skip(self, time: timedelta) -> None:
        """What was started before stays behind: servers and pages have to be started anew."""
        self._began += time

    def seconds(self, there: float) -> float:
        """What so many seconds of theirs take here."""
        return there / self.factor

    def run(self, server: Server) -> None:
        """From its next start on, this server lives there."""
        server.machine = {
            "LD_PRELOAD": find_libfaketime(),
            "FAKETIME": f"@{self.now().timestamp():.3f} x{self.factor}",
            "FAKETIME_FMT": "%s",
        }

    def script(self) -> str:
        """What a page runs before anything of ours."""
        given = [self.factor, self._began.timestamp() * 1000, self._real * 1000]
        return f"({PAGE})({given})"
