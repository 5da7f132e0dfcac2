"""The newest entries of a room's log, for those who come back and say how far they were."""

from collections import deque
from collections.abc import Iterable
from itertools import takewhile

from app.rooms.kernel import Who
from app.rooms.log import EVERYBODY, Entry
from app.rooms.seeing import delta_json, glimpses
from app.rooms.writer import TAIL

RESUME_BYTES = 1024 * 1024


class Tail:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: deque[Entry] = deque(entries, maxlen=TAIL)
        self.stored: dict[str, int] = {entry.command_id: entry.seq for entry in self._entries}
        """Command id → its seq, of what was stored lately."""

    def append(self, entry: Entry) -> None:
        if entry.epoch is not None:
            self.clear()
        self._entries.append(entry)
        self.stored[entry.command_id] = entry.seq
        if len(self.stored) > 2 * TAIL:
            self.stored = {kept.command_id: kept.seq for kept in self._entries}

    def clear(self) -> None:
        """Another epoch: nobody resumes from before it."""
        self._entries.clear()

    def missed(self, who: Who, member_id: str, since: int, seq: int, *, has_private: bool) -> list[str] | None:
        """Deltas since then; None where only a snapshot tells: too far behind, other rights, papers of one's own."""
        if since < seq and (not self._entries or self._entries[0].seq > since + 1):
            return None
        missed = [*takewhile(lambda entry: entry.seq > since, reversed(self._entries))][::-1]
        if has_private and any(entry.receipt and not entry.puts and not entry.private for entry in missed):
            # Papers that were given before the room was here: whose, the log does not say.
            return None
        if any(EVERYBODY in entry.resets or member_id in entry.resets for entry in missed):
            return None
        bodies = [body for body in (_body(entry, who) for entry in missed) if body is not None]
        return bodies if sum(map(len, bodies)) <= RESUME_BYTES else None


def _body(entry: Entry, who: Who) -> str | None:
    return delta_json(entry, glimpses(entry, (None,) * len(entry.puts), who), entry.private, who)
