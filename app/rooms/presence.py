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
    _tabs: dict[str, int] = field(default_factory=dict)

    def came(self, member_id: str) -> None:
        self._tabs[member_id] = self._tabs.get(member_id, 0) + 1
        if member_id not in self.spots:
            self.spots[member_id] = Spot()
            self.changed.add(member_id)

    def went(self, member_id: str) -> None:
        self._tabs[member_id] -= 1
        if self._tabs[member_id] == 0:
            del self._tabs[member_id]
            del self.spots[member_id]
            self.changed.add(member_id)

    def tabs(self, member_id: str) -> int:
        return self._tabs.get(member_id, 0)

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
