"""A live room on the event loop: its replica, its open connections, and one frame a flush for each of them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace

from app.rooms.clock import Clock
from app.rooms.connection import REMOVED, RESTART, Allowance
from app.rooms.dispatch import Acked, Answer
from app.rooms.frames import answer_json
from app.rooms.kernel import Row, Who
from app.rooms.live_presence import TICK_MS, LivePresence
from app.rooms.log import EVERYBODY, Entry, wire_json
from app.rooms.outbox import Packet
from app.rooms.paper import Box, Paper
from app.rooms.presence import Here
from app.rooms.private import Private
from app.rooms.registry import Registry
from app.rooms.room import Replica
from app.rooms.rows import Member, person
from app.rooms.seat import Seat, Seats
from app.rooms.seeing import hello_json, resume_point
from app.rooms.snapshots import Snapshots
from app.rooms.tail import Tail
from app.rooms.unsent import Telling, Unsent
from app.rooms.writer import Changes, apply
from app.settings import Settings

REST = 3
"""A room flushes again not sooner than this many times what its last flush cost."""

BACK_IN_MS = 50
"""Until somebody who has become another member comes back."""


class LiveRoom:
    """One room while somebody is in it. Everything here runs on the loop and awaits nothing."""

    def __init__(self, replica: Replica, tail: Iterable[Entry], registry: Registry, clock: Clock, build: str) -> None:
        self.replica = replica
        self.here = Here()
        self.seats = Seats()
        self.presence = LivePresence(replica, self.here, self.seats, registry, clock)
        self.empty_since = asyncio.get_running_loop().time()
        self.allowances: dict[str, Allowance] = {}
        self.private = Private()
        self._tail = Tail(tail)
        self._registry = registry
        self._clock = clock
        self._build = build
        self._loop = asyncio.get_running_loop()
        self._unsent: list[Unsent] = []
        self._answering: set[Seat] = set()
        self._reaching: dict[str, int] = {}
        """Members whose command was acked by POST → the seq that their streams and polls are to reach."""
        self._snapshots: Snapshots | None = None
        self._flush: asyncio.Handle | None = None
        self._rest_until = 0.0

    @property
    def stored(self) -> dict[str, int]:
        """Command id → its seq, of what was stored lately."""
        return self._tail.stored

    # What the writer stored

    def change(self, changes: Changes) -> None:
        """New entries, in order; or the whole room anew."""
        self._snapshots = None
        if changes.anew is not None:
            self._begin_anew(changes.anew)
        if changes.keys is not None:
            # Under old and new ones alike: a box may have been opened, filled and closed in these entries.
            self.replica.keys |= changes.keys
            self.private.rekey()
        entries = [entry for entry in changes.entries if entry.seq > self.replica.seq]
        if changes.private is not None:
            entries = self._with_private(entries, changes.private)
        for entry in entries:
            self._apply(entry)
            if not changes.is_ours and entry.by is not None:
                self.reach(entry.by, entry.seq)
        if changes.keys is not None:
            self._take_keys(changes.keys)
        self._soon()

    def _with_private(self, entries: list[Entry], rows: Iterable[Row]) -> list[Entry]:
        """The log does not say whose unlogged rows another process changed: those that differ from ours.

        They go with the last entry that came. A row that is gone only a snapshot tells.
        """
        changed, losers = self.private.renew(rows, self.replica)
        for seat in self.seats:
            if seat.member_id in losers:
                seat.reads_anew = True
        return [*entries[:-1], replace(entries[-1], private=tuple(changed))] if entries else entries

    def _begin_anew(self, replica: Replica) -> None:
        self.replica = self.presence.replica = replica
        self.private.rekey()
        self._tail.clear()
        self._unsent.clear()
        for seat in self.seats:
            self._look_again(seat)
            seat.reads_anew = True

    def _take_keys(self, keys: dict[str, bytes]) -> None:
        """A capture began or ended: what people own by an alias is another."""
        self.replica.keys = keys
        self.private.rekey()
        for seat in self.seats:
            self._look_again(seat)
        # Also what may be known of those who write.
        self.presence.tell_all_anew()

    def _apply(self, entry: Entry) -> None:
        before = tuple(self.replica.find(type(put.row), put.row.id) for put in entry.puts)
        apply(self.replica, entry)
        self._tail.append(entry)
        self._unsent.append(Unsent(entry, before))
        for was, put in zip(before, entry.puts, strict=True):
            if isinstance(put.row, Member) and (not isinstance(was, Member) or was.state != put.row.state):
                self.presence.tell_anew(put.row.id)
                if put.row.state == "removed":
                    self.here.forget_caller(put.row.id)
        for row in entry.private:
            self.private.put(row, self.replica)
        self.private.burn(id for kind, id in entry.drops if kind is Paper)
        if entry.epoch is not None:
            for seat in self.seats:
                seat.reads_anew = True
        for seat in self._reset_by(entry):
            self._look_again(seat)

    def _reset_by(self, entry: Entry) -> Iterable[Seat]:
        if EVERYBODY in entry.resets:
            return self.seats
        return [seat for member_id in entry.resets for seat in self.seats.of(member_id)]

    def _look_again(self, seat: Seat) -> None:
        """Who this is may have changed: a removed one is told so, other rights need another view of the room."""
        who = self._registry.who(self.replica, seat.member_id)
        if who is None:
            seat.is_out = True
        elif who.permissions != seat.who.permissions:
            seat.reads_anew = True
        seat.who = who or seat.who

    def _say_goodbye(self, seat: Seat) -> None:
        """Removed, or somebody else from now on: then this browser comes back as that one at once."""
        is_another = person(self.replica, seat.member_id) != seat.member_id
        seat.close(*((RESTART, BACK_IN_MS) if is_another else (REMOVED,)))

    def answer(self, seat: Seat, answer: Answer) -> None:
        """Tell a seat the answer to its command; an ack comes in the frame of its delta."""
        if isinstance(answer, Acked):
            seat.answers.append(answer)
            self._answering.add(seat)
            self._soon()
        else:
            seat.put(Packet(answer_json(answer)))

    # Fan-out

    def _soon(self) -> None:
        if self._flush is None:
            rest = self._rest_until - self._loop.time()
            self._flush = self._loop.call_later(rest, self.flush) if rest > 0 else self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Send every stored change to everybody who may see it: one packet a class of viewers."""
        if self._flush is not None:
            self._flush.cancel()
            self._flush = None
        waits = self._unsent or self._answering or self._reaching
        if not waits and not any(seat.is_out or seat.reads_anew for seat in self.seats):
            return
        began = self._loop.time()
        unsent, self._unsent = self._unsent, []
        answering, self._answering = self._answering, set()
        reaching, self._reaching = self._reaching, {}
        telling = Telling(unsent, self.replica.epoch)
        for seat in self.seats:
            if seat.closed is None:
                seen = self._send_changes(seat, telling)
                if seat in answering:
                    self._send_answers(seat, seen)
                if seat.transport != "socket" and reaching.get(seat.member_id, 0) not in (0, *seen):
                    seat.put(self._at())
                if seat.is_out:
                    self._say_goodbye(seat)
        now = self._loop.time()
        self._rest_until = now + REST * (now - began)

    def _send_changes(self, seat: Seat, telling: Telling) -> frozenset[int]:
        """What a flush tells one seat of the room; gives the seqs of which it sees something."""
        if seat.is_out:
            return frozenset()
        if seat.reads_anew:
            self._send_snapshot(seat)
            return frozenset()
        packet, seen = telling.to(seat.who)
        if packet is not None:
            seat.put(packet)
        return seen

    def _send_answers(self, seat: Seat, seen: frozenset[int]) -> None:
        """Acks follow the delta they are about; where the sender sees nothing of it, `at` says how far we are."""
        answers, seat.answers = seat.answers, []
        bodies = [answer_json(answer) for answer in answers]
        if any(isinstance(answer, Acked) and answer.seq not in seen for answer in answers):
            bodies.insert(0, self.at_json())
        seat.put(Packet(",".join(bodies)))

    def reach(self, member_id: str, seq: int) -> None:
        """A command came by POST and was acked: streams and polls of its sender come as far, whatever they see."""
        if self.seats.of(member_id):
            self._reaching[member_id] = max(seq, self._reaching.get(member_id, 0))
            self._soon()

    def at_json(self) -> str:
        return f'{{"type":"at","seq":{self.replica.seq},"tick_ms":{TICK_MS}}}'

    def _at(self, *, is_news: bool = True) -> Packet:
        return Packet(self.at_json(), is_news=is_news, reaches=resume_point(self.replica.epoch, self.replica.seq))

    def tell_at(self) -> None:
        """Everybody hears how far the room is, whether or not they saw the changes."""
        self.flush()
        packet = self._at(is_news=False)
        for seat in self.seats:
            seat.put(packet)

    # Coming and going

    def sit(self, seat: Seat, since: int | None, epoch: str | None) -> None:
        """hello → what is missing → at → who is here. The seat gets everything after this by flushes."""
        self.flush()
        self._look_again(seat)
        if seat.is_out:
            # Removed while their own rows were read.
            self._say_goodbye(seat)
            return
        hello = hello_json(
            seat.member_id, self.replica.epoch, self.replica.seq, self._clock.millis(), self._build, TICK_MS
        )
        seat.put(Packet(hello, is_news=False))
        missed = self._missed(seat, since, epoch)
        if missed is None:
            self._send_snapshot(seat)
        elif missed:
            seat.put(Packet(",".join(missed), counts=False))
        seat.put(self._at(is_news=since != self.replica.seq))
        self.seats.add(seat)
        self.presence.came(seat)

    def stand_up(self, seat: Seat) -> None:
        if seat not in self.seats:
            return
        self.seats.remove(seat)
        self.empty_since = self._loop.time()
        self._answering.discard(seat)
        self.presence.went(seat)
        self._forget_private(seat.member_id)

    def miss_silent(self) -> None:
        """Those who came by HTTP and have not been heard for a while are not here any more."""
        for member_id in self.presence.miss_silent():
            self._forget_private(member_id)

    def _forget_private(self, member_id: str) -> None:
        if not self.seats.of(member_id) and member_id not in self.here.mine:
            self.private.forget(member_id)

    def close_sessions(self, is_ended: Callable[[str], bool], code: int) -> None:
        for seat in list(self.seats):
            if is_ended(seat.session):
                seat.close(code)

    def allowance(self, member_id: str, settings: Settings) -> Allowance:
        if member_id not in self.allowances:
            self.allowances[member_id] = Allowance(settings)
        return self.allowances[member_id]

    def _missed(self, seat: Seat, since: int | None, epoch: str | None) -> list[str] | None:
        """Deltas since then; None where only a snapshot tells."""
        if since is None or epoch != self.replica.epoch or since > self.replica.seq:
            return None
        has_private = any(True for _ in self._private_of(seat.member_id))
        return self._tail.missed(seat.who, seat.member_id, since, self.replica.seq, has_private=has_private)

    def snapshot(self, who: Who) -> list[Packet]:
        """The room as `who` sees it now."""
        if self._snapshots is None:
            self._snapshots = Snapshots(self.replica)
        return self._snapshots.seen_by(who, self._private_of(who.member_id))

    def seen_by(self, who: Who) -> list[tuple[str, str]]:
        """(noun, JSON) of every row that `who` may see, their own unlogged ones too."""
        rows = (*self.replica.all(), *self._private_of(who.member_id))
        seen = (row.seen_by(who) for row in rows)
        return [(row.noun, wire_json(row)) for row in seen if row is not None]

    def open_boxes(self) -> list[Box]:
        return [box for kind in self._registry.boxes for box in self.replica.where(kind) if box.is_open]

    def _private_of(self, member_id: str | None) -> Iterable[Row]:
        return self.private.of(member_id, self.replica)

    def _send_snapshot(self, seat: Seat) -> None:
        seat.reads_anew = False
        for packet in self.snapshot(seat.who):
            seat.put(packet)
