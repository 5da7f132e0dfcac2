"""The open connections of a room's members, each on whichever transport."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Literal

from app.rooms.connection import TOO_SLOW
from app.rooms.dispatch import Answer
from app.rooms.frames import bye_json
from app.rooms.kernel import Who
from app.rooms.outbox import Outbox, Packet
from app.rooms.presence import Word

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
    said: Word | None = None
    """Where this tab last said that they are; null for one that has not, or that says so by HTTP."""
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


class Seats:
    """All seats of one room on this process, and whose they are."""

    def __init__(self) -> None:
        self._all: set[Seat] = set()
        self._of_member: dict[str, set[Seat]] = {}

    def __iter__(self) -> Iterator[Seat]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, seat: Seat) -> bool:
        return seat in self._all

    def add(self, seat: Seat) -> None:
        self._all.add(seat)
        self._of_member.setdefault(seat.member_id, set()).add(seat)

    def remove(self, seat: Seat) -> None:
        self._all.remove(seat)
        of_member = self._of_member[seat.member_id]
        of_member.remove(seat)
        if not of_member:
            del self._of_member[seat.member_id]

    def of(self, member_id: str) -> Collection[Seat]:
        return self._of_member.get(member_id, ())

    def connections(self, member_id: str) -> int:
        """Open connections of one member, those left out of which nobody knows whether anybody listens."""
        return sum(not seat.is_silent for seat in self.of(member_id))
