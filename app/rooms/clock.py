"""The server's clock: wall time at the start plus monotonic time since, so that it never goes back."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time of rooms. A jump of the machine's clock while we run does not reach it."""

    def __init__(self) -> None:
        self.start = datetime.now(UTC)
        self._monotonic = time.monotonic()

    def now(self) -> datetime:
        """UTC, in whole milliseconds."""
        now = self.start + timedelta(seconds=time.monotonic() - self._monotonic)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def millis(self) -> int:
        """Milliseconds since the epoch: `now` on the wire."""
        return int(self.now().timestamp() * 1000)
