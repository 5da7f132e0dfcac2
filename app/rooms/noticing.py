"""What each process notices of its live rooms and the server then says to them: who is here, and how full boxes are."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from app.rooms.attending import SETTLED, Attending
from app.rooms.clock import Clock
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Command
from app.rooms.messages import CountPapers, VoidBox
from app.rooms.neighbours import Neighbours
from app.rooms.paper import Box, Paper
from app.rooms.registry import Registry

Say = Callable[[str, Iterable[Command]], None]
"""Gives a room the server's own commands, of which one process is heard: what another has said is refused."""


class ReadPapers(Protocol):
    """The papers of a box that say something, as SQL has them."""

    async def __call__(self, room_id: str, box: Box, keys: dict[str, bytes]) -> list[Paper]: ...


class Noticing:
    """Who is here in the live rooms of this process, and what lies in their boxes."""

    def __init__(
        self,
        rooms: Mapping[str, LiveRoom],
        neighbours: Neighbours,
        registry: Registry,
        clock: Clock,
        say: Say,
        papers: ReadPapers,
    ) -> None:
        self._rooms = rooms
        self._neighbours = neighbours
        self._countings = registry.countings
        self._clock = clock
        self._say = say
        self._papers = papers
        self._attending: dict[str, Attending] = {}

    def came(self, room: LiveRoom, member_id: str) -> None:
        """Somebody sat down."""
        if self._counts_who_is_here(room):
            room_id = room.replica.id
            attending = self._attending.setdefault(room_id, Attending())
            self._say(room_id, attending.come(room.replica, member_id, self._clock.now()))

    def left(self, room: LiveRoom) -> None:
        """The room leaves this process: nobody will look again."""
        room_id = room.replica.id
        attending = self._attending.pop(room_id, Attending())
        if self._neighbours.is_up:
            self._say(room_id, attending.leave(room.replica, set(room.here.spots), self._clock.now()))

    def look_who_is_here(self, now: datetime | None = None) -> None:
        """Attendance of every live room, as of now. While other processes cannot be heard nobody counts as gone."""
        for room_id, room in self._rooms.items() if self._neighbours.is_up else ():
            attending = self._attending.setdefault(room_id, Attending())
            settled = timedelta(0) if self._counts_who_is_here(room) else SETTLED
            here = set(room.here.spots)
            self._say(room_id, attending.look(room.replica, here, now or self._clock.now(), settled))

    async def count_papers(self) -> None:
        """Say of every open box what lies in it; of one without its key, that it is lost."""
        for room_id, room in list(self._rooms.items()):
            for box in room.open_boxes():
                if box.id not in room.replica.keys:
                    self._say(room_id, [self._lost(box)])
                    continue
                papers = await self._papers(room_id, box, dict(room.replica.keys))
                told = self._told_of(room, box, papers)
                self._say(room_id, [told] if told else [])

    def _counts_who_is_here(self, room: LiveRoom) -> bool:
        """A vote, say, in which everybody who is here has a part, however lately they came."""
        countings = self._countings
        return any(countings[type(box)].counts_who_is_here(box) for box in room.open_boxes() if type(box) in countings)

    def _told_of(self, room: LiveRoom, box: Box, papers: list[Paper]) -> Command | None:
        counting = self._countings.get(type(box))
        if counting is not None:
            return counting.told(room.replica, box, papers, self._clock.now())
        if len(papers) == box.given:
            return None
        return CountPapers(kind=box.noun, row_id=box.id, given=len(papers))

    def _lost(self, box: Box) -> Command:
        counting = self._countings.get(type(box))
        return VoidBox(kind=box.noun, row_id=box.id) if counting is None else counting.lost(box)
