"""The other processes that serve the same rooms: what we tell them, and what they tell us."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import structlog

from app.rooms.bus import EVERYWHERE, Bus, Message
from app.rooms.hub import LiveRoom
from app.rooms.presence import Here, Spot, Word

log = structlog.get_logger()

LOST = 8.0
"""Seconds after which a process that says nothing is gone, and the people with it."""
Follow = Callable[[str, Callable[[], None]], None]
"""Has a room's log read, and says when that is done."""


class Neighbours:
    """Speaks for this process on the bus. Who is in a room is told when it changes, and whole every few seconds."""

    def __init__(
        self,
        bus: Bus,
        rooms: dict[str, LiveRoom],
        now: Callable[[], float],
        follow: Follow,
        session_ended: Callable[[str], None],
    ) -> None:
        self.hints = 0
        """Hints heard, for the metrics."""
        self._reading: dict[str, int] = {}
        """Rooms whose log is being read because of a hint → the highest seq that was hinted."""
        self._bus = bus
        self._rooms = rooms
        self._now = now
        self._follow = follow
        self._session_ended = session_ended
        self._me = uuid4().hex

    @property
    def is_up(self) -> bool:
        return self._bus.is_up

    def start(self) -> None:
        self._bus.start(self._heard, self._joined)

    async def stop(self) -> None:
        """Our people are on their way to the others: nobody waits until we count as lost."""
        for room in self._rooms.values():
            self._say_words(room.replica.id, {}, whole=True)
        await self._bus.stop()

    # What we tell

    def enter(self, room: LiveRoom) -> None:
        if self._bus.is_shared:
            room.presence.tells = self
            self._bus.follow(room.replica.id)

    def leave(self, room_id: str) -> None:
        self._bus.leave(room_id)

    def moved(self, room_id: str, seq: int) -> None:
        """A hint: whoever has this room open reads the log."""
        self._bus.say(room_id, {"type": "moved", "seq": seq})

    def ended(self, session: str) -> None:
        self._bus.say(EVERYWHERE, {"type": "ended", "session": session})

    def words(self, room_id: str, here: Here) -> None:
        """Who came, went or moved here."""
        untold, here.untold = here.untold, set()
        if untold:
            self._say_words(room_id, {member_id: here.mine.get(member_id) for member_id in untold}, whole=False)

    def called(self, room_id: str, member_id: str, spot: Spot | None) -> None:
        """Somebody whose stream is on another process asked us: they are there, and perhaps say where."""
        body = None if spot is None else [spot.view, spot.cursor, spot.editing]
        self._bus.say(room_id, {"type": "called", "from": self._me, "member": member_id, "spot": body})

    def tell_whole(self) -> None:
        """Everybody here, so that a lost message costs seconds and a dead process is missed."""
        for room in self._rooms.values() if self._bus.is_shared else ():
            if room.here.mine:
                self._say_words(room.replica.id, room.here.mine, whole=True)

    def miss_lost(self) -> None:
        for room in self._rooms.values():
            room.presence.told_elsewhere(lambda here: here.forget_processes(self._now() - LOST))

    def _say_words(self, room_id: str, words: Mapping[str, Word | None], *, whole: bool) -> None:
        bodies = {member_id: _body(word) for member_id, word in words.items()}
        self._bus.say(room_id, {"type": "here", "from": self._me, "whole": whole, "words": bodies})

    # What we are told

    def _joined(self, topic: str) -> None:
        """We hear a room from now on: who is there on other processes, and what have we not heard?"""
        room = self._rooms.get(topic)
        if room is not None:
            self._bus.say(topic, {"type": "who", "from": self._me})
            self._say_words(topic, room.here.mine, whole=True)

    def _heard(self, topic: str, message: Message) -> None:
        if message.get("from") == self._me:
            return
        try:
            self._act(self._rooms.get(topic), topic, message)
        except (KeyError, TypeError, ValueError):
            # Another version, perhaps. Presence is nobody's record, and the log is read anyway.
            log.warning("bus_not_understood", topic=topic, type=str(message.get("type"))[:32])

    def _act(self, room: LiveRoom | None, topic: str, message: Message) -> None:
        match message["type"], room:
            case "ended", _:
                self._session_ended(str(message["session"]))
            case "moved", LiveRoom():
                self.hints += 1
                self._hinted(topic, int(message["seq"]))
            case "who", LiveRoom() as room:
                self._say_words(topic, room.here.mine, whole=True)
            case "here", LiveRoom() as room:
                words = {member_id: _word(body) for member_id, body in message["words"].items()}
                process, now, whole = str(message["from"]), self._now(), bool(message["whole"])
                room.presence.told_elsewhere(lambda here: here.told(process, words, now, whole=whole))
            case "called", LiveRoom() as room:
                room.presence.called_elsewhere(str(message["member"]), _spot(message["spot"]))

    def _hinted(self, room_id: str, seq: int) -> None:
        """Another process is at `seq`. While the log is being read, more hints ask for one more reading only."""
        room = self._rooms.get(room_id)
        if room is None or seq <= room.replica.seq:
            return
        is_reading = room_id in self._reading
        self._reading[room_id] = max(seq, self._reading.get(room_id, 0))
        if not is_reading:
            self._read_because_of_a_hint(room_id, seq)

    def _read_because_of_a_hint(self, room_id: str, seq: int) -> None:
        def done() -> None:
            highest = self._reading.pop(room_id)
            if highest > seq:
                self._hinted(room_id, highest)

        self._follow(room_id, done)


def _body(word: Word | None) -> list[Any] | None:
    return None if word is None else [word.said_at, word.spot.view, word.spot.cursor, word.spot.editing]


def _word(body: list[Any] | None) -> Word | None:
    if body is None:
        return None
    said_at, *spot = body
    return Word(_spot(spot) or Spot(), int(said_at))


def _spot(body: list[Any] | None) -> Spot | None:
    if body is None:
        return None
    view, cursor, editing = body
    return Spot(view, (float(cursor[0]), float(cursor[1])) if cursor else None, editing)
