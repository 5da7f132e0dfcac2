"""What waits to be sent to one connection: bounded, joined into one frame a send, never awaited."""

WAITING_LIMIT = 1024 * 1024
"""Bytes that may wait behind the frame in flight before a client counts as too slow."""


class Packet:
    """One or more ready messages, joined by commas; the same object goes to everybody who sees the same."""

    __slots__ = ("_frame", "body", "counts", "is_news", "reaches")

    def __init__(self, body: str, *, counts: bool = True, is_news: bool = True, reaches: str | None = None) -> None:
        self.body = body
        self.counts = counts
        """Whether it counts as waiting. Parts of a snapshot do not: a large room is nobody's slowness."""
        self.is_news = is_news
        """Whether a long poll ends for it. Who is where, and that all is as it was, can wait."""
        self.reaches = reaches
        """The resume point of one who has this packet, where it moves it."""
        self._frame: str | None = None

    @property
    def frame(self) -> str:
        """The JSON array that goes over the wire, made once however many receive it."""
        if self._frame is None:
            self._frame = f"[{self.body}]"
        return self._frame


class Outbox:
    """Packets in order. `take` empties it into one frame."""

    def __init__(self) -> None:
        self._packets: list[Packet] = []
        self.waiting = 0
        self.is_full = False
        self.reached: str | None = None
        """The resume point after all that was taken so far, as `<epoch>.<seq>`."""

    def __bool__(self) -> bool:
        return bool(self._packets)

    def __len__(self) -> int:
        return len(self._packets)

    @property
    def has_news(self) -> bool:
        return any(packet.is_news for packet in self._packets)

    def put(self, packet: Packet) -> None:
        self._packets.append(packet)
        if packet.counts:
            self.waiting += len(packet.body)
            self.is_full = self.is_full or self.waiting > WAITING_LIMIT

    def take(self) -> str:
        """Everything that waits, as one frame."""
        packets, self._packets, self.waiting = self._packets, [], 0
        self.reached = next((packet.reaches for packet in reversed(packets) if packet.reaches), self.reached)
        if len(packets) == 1:
            return packets[0].frame
        return "[" + ",".join(packet.body for packet in packets) + "]"

    def clear(self) -> None:
        """What a client that reads too slowly will get by resuming instead."""
        self._packets.clear()
        self.waiting = 0
