"""How much one member may send: buckets that refill, without a timer."""

from collections import deque
from dataclasses import dataclass


@dataclass
class Bucket:
    """Holds `size` and refills `per_second`. Times are monotonic seconds, given by the caller."""

    size: float
    per_second: float
    left: float = -1.0
    seen: float = 0.0

    def take(self, now: float) -> bool:
        if self.left < 0:
            self.left = self.size
        else:
            self.left = min(self.size, self.left + (now - self.seen) * self.per_second)
        self.seen = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def wait_ms(self) -> int:
        """Until the next one fits."""
        return max(1, int((1 - self.left) / self.per_second * 1000) + 1)


class Recent:
    """How often something happened within the last minute."""

    def __init__(self, most: int, seconds: float = 60.0) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def happened(self, now: float) -> bool:
        """Count once more; True when it is too often now."""
        self._times.append(now)
        while self._times[0] <= now - self._seconds:
            self._times.popleft()
        return len(self._times) >= self._most
