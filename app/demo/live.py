"""The people of the case live through their hour before one's eyes: they come, are seen writing, move and agree.

What they say goes by the same calls as ever; an open socket each keeps them here and shows where they work.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from app.demo.case import (
    Cast,
    Command,
    Line,
    aims,
    cards,
    choice,
    decisions,
    introduction,
    promises,
    roles,
    series,
    steps,
    themes,
)
from app.demo.ideas import being_tested, in_silence, lettered, together
from app.demo.play import Guest, Play

MINUTES = 60
WRITES_FOR = 1.5
"""Minutes that somebody is seen writing before a card is there."""

Part = Callable[[Cast], Iterator[Line]]
AGENDA: tuple[tuple[Part, float, float], ...] = (
    (introduction, 0, 1),
    (series, 1, 1),
    (roles, 2, 3),
    (cards, 6, 29),
    (themes, 31, 39),
    (choice, 41, 41),
    (aims, 43, 45),
    (being_tested, 45.5, 46),
    (in_silence, 46.5, 49.5),
    (together, 50, 51),
    (lettered, 51, 51.9),
    (decisions, 52, 52),
    (steps, 53, 58),
    (promises, 55, 57),
)
"""What is said between which minutes."""
PLACES = ((4, "board"), (30, "themes"), (42.5, "roadmap"), (46, "ideas"))
"""When the coach brings everybody where."""
ARRIVAL = 4
"""Minutes within which all have come."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does: says a command, or is seen writing on a board."""

    minute: float
    who: str
    command: Command | None = None
    writes_on: str | None = None

    @property
    def view(self) -> str:
        is_idea = self.command is not None and self.command["type"].startswith("ideas.")
        return "ideas" if is_idea else "board"


class Tab:
    """The open connection of one person."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        self._line: ClientConnection | None = None

    async def stay(self) -> None:
        """Here until cancelled, also after a cut."""
        url = self._guest.url.replace("http", "ws", 1) + f"/api/rooms/{self._guest.room_id}/live"
        headers = {"Cookie": self._guest.cookie, "Origin": self._guest.url}
        lines = connect(url, subprotocols=[Subprotocol("bigroom.v1")], additional_headers=headers, proxy=None)
        async for line in lines:
            self._line = line
            with contextlib.suppress(ConnectionClosed):
                async for _ in line:
                    pass

    async def is_at(self, view: str, editing: str | None) -> None:
        if self._line is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._line.send(json.dumps({"type": "presence", "view": view, "editing": editing}))


def hour(cast: Cast) -> list[Act]:
    """Everything that is done, in its order."""
    acts = [Act(minute, cast.coach, {"type": "rooms.bring_everyone", "view": view}) for minute, view in PLACES]
    for part, begin, end in AGENDA:
        lines = list(part(cast))
        for number, (who, command) in enumerate(lines):
            minute = begin + (end - begin) * number / len(lines)
            acts.append(Act(minute, who, command))
            if command["type"] == "board.add_card":
                acts.append(Act(minute - WRITES_FOR, who, writes_on=cast.board_id))
    return sorted(acts, key=lambda act: act.minute)


async def live(room: Play, speed: float, told: Callable[[float], None] = lambda minute: None) -> None:
    """The whole hour, `speed` times as fast as a clock; `told` hears each minute of it that something happens."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    cast = room.cast()
    tabs = {key: Tab(guest) for key, guest in room.people.items()}

    async def until(minute: float) -> None:
        await asyncio.sleep(began + minute * 60 / speed - loop.time())

    async def comes(number: int, tab: Tab) -> None:
        await until(ARRIVAL * number / len(tabs))
        await tab.stay()

    async with asyncio.TaskGroup() as everybody:
        here = [everybody.create_task(comes(number, tab)) for number, tab in enumerate(tabs.values())]
        for act in hour(cast):
            await until(act.minute)
            if act.command is not None:
                await asyncio.to_thread(room.say, iter([(act.who, act.command)]))
            await tabs[act.who].is_at(act.view, act.writes_on)
            told(act.minute)
        await until(MINUTES)
        told(MINUTES)
        for task in here:
            task.cancel()
