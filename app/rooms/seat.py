"""One open connection of one member of a room, on whichever transport."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from app.rooms.connection import TOO_SLOW
from app.rooms.dispatch import Answer
from app.rooms.frames import bye_json
from app.rooms.kernel import Who
from app.rooms.outbox import Outbox, Packet

Transport = Literal["socket", "stream", "poll"]


@dataclass(eq=False)
class Seat:
    """One open connection of one member: who they are now, and what waits to be sent."""

    member_id: str
    who: Who
    wake: Callable[[], None]
    session: str = ""
    transport: Transport = "socket"
    heard_at: float = 0.0
    """When this member last asked for something by HTTP; a stream alone cannot tell whether anybody listens."""
    is_silent: bool = False
    outbox: Outbox = field(default_factory=Outbox)
    answers: list[Answer] = field(default_factory=list)
    reads_anew: bool = False
    """Rights changed or something was erased: only a snapshot tells."""
    is_out: bool = False
    """No member any more: hears what was stored of theirs, then goodbye."""
    closed: tuple[int, int | None] | None = None

    def put(self, packet: Packet) -> None:
        if self.closed is None:
            self.outbox.put(packet)
            if self.outbox.is_full:
                self.outbox.clear()
                self.close(TOO_SLOW)
            self.wake()

    def close(self, code: int, retry_ms: int | None = None) -> None:
        """Say why, then end. What already waits is sent before it."""
        if self.closed is None:
            self.outbox.put(Packet(bye_json(code, retry_ms), counts=False))
            self.closed = (code, retry_ms)
            self.wake()
