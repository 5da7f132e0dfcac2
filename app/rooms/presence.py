"""Who is here and where they work. Memory only: it is nobody's record."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from app.rooms.log import dumps


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one connection is."""

    view: str | None = None
    cursor: tuple[float, float] | None = None
    editing: str | None = None

    def as_shown(self, place: str | None, unseen: set[str]) -> "Spot":
        """As others may know it: where people work, never where they browse, and nothing of rows they cannot see."""
        editing = self.editing if self.editing not in unseen else None
        works_here = editing is not None or self.view == place
        return Spot(self.view, self.cursor, editing) if works_here else Spot()

    def still(self) -> "Spot":
        return replace(self, cursor=None)


NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class Word:
    """The latest that one process knows of a member who is connected to it. Among several the later one counts."""

    spot: Spot = NOWHERE
    said_at: int = 0
    """Milliseconds since the epoch; 0 for one who came and has said nothing yet."""


@dataclass
class Here:
    """The members of one room who are connected, to any process; of several tabs the latest word counts.

    `spots` says who is here, over all processes. What other processes tell is forgotten when they fall silent.
    """

    spots: dict[str, Spot] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    mine: dict[str, Word] = field(default_factory=dict)
    """Those who are connected to this process."""
    untold: set[str] = field(default_factory=set)
    """Of those, whom other processes have not heard about yet."""
    _lines: dict[str, int] = field(default_factory=dict)
    """Connections that are known to work."""
    _called: dict[str, float] = field(default_factory=dict)
    """Those who come by single calls, and when the latest began: between two they are still here."""
    elsewhere: dict[str, dict[str, Word]] = field(default_factory=dict)
    """Process → those who are connected to it."""
    _heard: dict[str, float] = field(default_factory=dict)
    """Process → when it last told us anything."""

    def is_here(self, member_id: str) -> bool:
        """Whether this member is connected to any process, as far as is known."""
        return member_id in self.spots

    def came(self, member_id: str) -> None:
        self._lines[member_id] = self._lines.get(member_id, 0) + 1
        self._arrive(member_id)

    def went(self, member_id: str) -> None:
        self._lines[member_id] -= 1
        if self._lines[member_id] == 0:
            del self._lines[member_id]
            self._leave(member_id)

    def called(self, member_id: str, now: float) -> None:
        self._called[member_id] = now
        self._arrive(member_id)

    def forget_callers(self, before: float) -> list[str]:
        """Those whose latest call was before this moment; gives who they were."""
        gone = [member_id for member_id, at in self._called.items() if at < before]
        for member_id in gone:
            self.forget_caller(member_id)
        return gone

    def said(self, member_id: str, spot: Spot, at: int) -> None:
        if member_id in self.mine:
            self._tell(member_id, Word(spot, at))

    def told(self, process: str, words: dict[str, Word | None], now: float, *, whole: bool) -> None:
        """What another process says of those connected to it: all of them, or those who moved."""
        known = self.elsewhere.setdefault(process, {})
        self._heard[process] = now
        gone = {member_id for member_id, word in words.items() if word is None}
        if whole:
            gone |= known.keys() - words.keys()
        for member_id in gone:
            known.pop(member_id, None)
        known.update({member_id: word for member_id, word in words.items() if word is not None})
        for member_id in gone | words.keys():
            self._look_again(member_id)

    def forget_processes(self, before: float) -> None:
        """Processes that were last heard before this moment have died or cannot be heard."""
        for process in [process for process, at in self._heard.items() if at < before]:
            del self._heard[process]
            for member_id in self.elsewhere.pop(process):
                self._look_again(member_id)

    def forget_caller(self, member_id: str) -> None:
        """This one does not call again."""
        if self._called.pop(member_id, None) is not None:
            self._leave(member_id)

    def _arrive(self, member_id: str) -> None:
        if member_id not in self.mine:
            self._tell(member_id, Word())

    def _leave(self, member_id: str) -> None:
        if member_id not in self._lines and member_id not in self._called:
            del self.mine[member_id]
            self.untold.add(member_id)
            self._look_again(member_id)

    def _tell(self, member_id: str, word: Word) -> None:
        self.mine[member_id] = word
        self.untold.add(member_id)
        self._look_again(member_id)

    def _look_again(self, member_id: str) -> None:
        words = [of[member_id] for of in (self.mine, *self.elsewhere.values()) if member_id in of]
        before = self.spots.get(member_id)
        if words:
            self.spots[member_id] = max(words, key=lambda word: word.said_at).spot
        else:
            self.spots.pop(member_id, None)
        if self.spots.get(member_id) != before:
            self.changed.add(member_id)


def presence_json(spots: Mapping[str, Spot | None]) -> str:
    return dumps({"type": "presence", "members": {id: spot and asdict(spot) for id, spot in spots.items()}})
