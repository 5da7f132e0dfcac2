"""Who is here in a live room, by its seats and by what other processes tell; and telling everybody of it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from app.rooms.clock import Clock
from app.rooms.frames import Presence
from app.rooms.outbox import Packet
from app.rooms.presence import Here, Spot, Word
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.seat import Seat, Seats
from app.rooms.whereabouts import ViewerClass, Whereabouts, class_of

TICK_MS = 50
"""How long presence waits for company, in a room of usual size."""
LONGEST_TICK_MS = 400
PRESENCE_MS_A_SEAT = 1
"""Telling everybody of everybody grows with the square of the people: large rooms hear of it less often."""
SILENT = 22.0
"""Seconds after which one who comes by HTTP and says nothing is not shown as here. A socket has its pings."""


class Elsewhere(Protocol):
    """How a room tells other processes who is here."""

    def words(self, room_id: str, here: Here) -> None: ...

    def called(self, room_id: str, member_id: str, spot: Spot | None) -> None: ...


class LivePresence:
    """One room's. Everybody is told in a moment, of all who came, went or moved until then."""

    def __init__(self, replica: Replica, here: Here, seats: Seats, registry: Registry, clock: Clock) -> None:
        self.replica = replica
        """The room's own, for what of it a viewer may see."""
        self.tells: Elsewhere | None = None
        self._here = here
        self._seats = seats
        self._clock = clock
        self._whereabouts = Whereabouts(registry)
        self._loop = asyncio.get_running_loop()
        self._telling: asyncio.TimerHandle | None = None

    # Coming and going

    def came(self, seat: Seat) -> None:
        """Somebody sat down: they hear who is here, and soon the others of them."""
        seat.heard_at = self._loop.time()
        if seat.transport == "poll":
            self._here.called(seat.member_id, seat.heard_at)
        else:
            self._here.came(seat.member_id)
        self.heard(seat.member_id)
        seat.put(self._whereabouts.all(self.replica, self._here, seat.who))
        self._soon()

    def went(self, seat: Seat) -> None:
        if seat.transport != "poll" and not seat.is_silent:
            self._here.went(seat.member_id)
        if seat.said is not None and seat.said == self._here.mine.get(seat.member_id):
            # They closed the tab in which they were: they are where another of theirs is.
            said = (other.said for other in self._seats.of(seat.member_id) if other.said is not None)
            last = max(said, key=lambda word: word.said_at, default=Word())
            self._here.said(seat.member_id, last.spot, last.said_at)
        self._soon()

    def heard(self, member_id: str) -> None:
        """A member asked for something by HTTP: whoever does is here, also behind a stream that cannot answer."""
        seats = self._seats.of(member_id)
        if self.tells is not None and not seats:
            self.tells.called(self.replica.id, member_id, None)
        for seat in seats:
            seat.heard_at = self._loop.time()
            if seat.is_silent:
                seat.is_silent = False
                self._here.came(member_id)
                self._soon()

    def miss_silent(self) -> list[str]:
        """Those who came by HTTP and have not been heard for a while are not here any more; they may come back.

        Gives those who came by single calls, and have not called again.
        """
        now = self._loop.time()
        for seat in self._seats:
            if seat.transport == "stream" and not seat.is_silent and now - seat.heard_at > SILENT:
                seat.is_silent = True
                self._here.went(seat.member_id)
        gone = self._here.forget_callers(now - SILENT)
        self._soon_if_changed()
        return gone

    # Where they are

    def said(self, member_id: str, word: Presence, seat: Seat | None = None) -> None:
        """`seat`: the tab that says so, where that is known."""
        spot, at = Spot(word.view, word.cursor, word.editing), self._clock.millis()
        if seat is not None:
            seat.said = Word(spot, at)
        if member_id in self._here.mine:
            self._here.said(member_id, spot, at)
            self._soon()
        elif self.tells is not None:
            self.tells.called(self.replica.id, member_id, spot)

    def called_elsewhere(self, member_id: str, spot: Spot | None) -> None:
        """Another process was asked by somebody whose connection may be here."""
        if member_id not in self._here.mine:
            return
        for seat in self._seats.of(member_id):
            seat.heard_at = self._loop.time()
        if spot is not None:
            self._here.said(member_id, spot, self._clock.millis())
            self._soon()

    def told_elsewhere(self, change: Callable[[Here], None]) -> None:
        """What is known of other processes' people has changed."""
        change(self._here)
        self._soon_if_changed()

    # Telling

    def tell_anew(self, member_id: str) -> None:
        """Who has come in from the door, or whom another process told us of before the log did, is here for all."""
        if member_id in self._here.spots:
            self._here.changed.add(member_id)
            self._soon()

    def tell_all_anew(self) -> None:
        """What may be known of where people are is another from now on."""
        self._here.changed |= self._here.spots.keys()
        self._soon()

    def tell(self) -> None:
        """Send everybody what has changed since the last time."""
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        if self.tells is not None:
            self.tells.words(self.replica.id, self._here)
        changed, self._here.changed = self._here.changed, set()
        if not changed:
            return
        packets: dict[ViewerClass, Packet | None] = {}
        for seat in self._seats:
            key = class_of(seat.who)
            if key not in packets:
                packets[key] = self._whereabouts.news(self.replica, self._here, seat.who, changed)
            packet = packets[key]
            if packet is not None:
                seat.put(packet)

    def _soon(self) -> None:
        if self._telling is None:
            wait = min(max(TICK_MS, len(self._seats) * PRESENCE_MS_A_SEAT), LONGEST_TICK_MS)
            self._telling = self._loop.call_later(wait / 1000, self.tell)

    def _soon_if_changed(self) -> None:
        if self._here.changed:
            self._soon()
