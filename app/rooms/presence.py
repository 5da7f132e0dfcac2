"""Who is here and where they work. Memory only: it is nobody's record."""

from dataclasses import dataclass, field
from typing import Any

from app.rooms.frames import Presence
from app.rooms.log import dumps


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one connection is."""

    view: str | None = None
    cursor: tuple[float, float] | None = None
    editing: str | None = None


@dataclass
class Here:
    """The members of one room who are connected; of several tabs the latest word counts."""

    spots: dict[str, Spot] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    _lines: dict[str, int] = field(default_factory=dict)
    """Connections that are known to work."""
    _called: dict[str, float] = field(default_factory=dict)
    """Those who come by single calls, and when the latest began: between two they are still here."""

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
            del self._called[member_id]
            self._leave(member_id)
        return gone

    def _arrive(self, member_id: str) -> None:
        if member_id not in self.spots:
            self.spots[member_id] = Spot()
            self.changed.add(member_id)

    def _leave(self, member_id: str) -> None:
        if member_id not in self._lines and member_id not in self._called:
            del self.spots[member_id]
            self.changed.add(member_id)

    def said(self, member_id: str, word: Presence) -> None:
        if member_id in self.spots:
            self.spots[member_id] = Spot(word.view, word.cursor, word.editing)
            self.changed.add(member_id)


def presence_json(spots: dict[str, Spot | None], place: str | None, unseen: set[str]) -> str:
    """Presence as one viewer may know it: where people work, never where they browse."""
    members: dict[str, Any] = {}
    for member_id, spot in spots.items():
        if spot is None:
            members[member_id] = None
            continue
        editing = spot.editing if spot.editing not in unseen else None
        works_here = editing is not None or (spot.view == place and spot.editing is None)
        members[member_id] = {
            "view": spot.view if works_here else None,
            "cursor": spot.cursor if works_here else None,
            "editing": editing,
        }
    return dumps({"type": "presence", "members": members})
