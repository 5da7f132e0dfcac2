"""A case at its own time: its people at screens and sockets, its series, roles and agenda, and what clocks show."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.e2e.conftest import remembered
from tests.e2e.screen import Screen
from tests.e2e.wall import FULL_HD
from tests.e2e.words import t
from tests.support.browser import DESKTOP, PHONE, TABLET, Device, Opens
from tests.support.cases import Command, Play, first_coach
from tests.support.client import Client
from tests.support.company import Somebody
from tests.support.fast import FastTime
from tests.support.server import Server

LONDON = timedelta(hours=1)
"""Ahead of UTC on these days; on the 25th the clocks go back."""
THURSDAY, TUESDAY = datetime(2026, 10, 22, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)
DEVICES: dict[str, Device] = {"anne": DESKTOP, "ralph": DESKTOP, "leroy": DESKTOP, "maya": TABLET, "sam": PHONE}
LATE = ("mei", "rosa")
OPENS = {"board": "board", "actions": "actions", "record": "record", "next": "record", "evaluate": "score"}
"""Where an item brings the room, by its tool or its step."""


class Hour:
    """Everybody of the case, each where they sit."""

    def __init__(self, world: FastTime, server: Server, play: Play, day: datetime = THURSDAY) -> None:
        self.world, self.server, self.play, self.day = world, server, play, day
        self.screens: dict[str, Screen] = {}
        self.wall: Screen | None = None
        self.sockets: dict[str, Client] = {}
        self.more = AsyncExitStack()
        """Those who come later."""
        self.items: list[str] = []

    async def until(self, time: str) -> None:
        """The time of the case, in London: "12:31" or "12:31:20"."""
        hours, minutes, seconds = (*map(int, time.split(":")), 0)[:3]
        await self._until(self.day + timedelta(hours=hours, minutes=minutes, seconds=seconds) - LONDON)

    async def until_over(self, by: timedelta) -> None:
        """The item that is on has taken so much longer than it had. What comes late here stays late."""
        await self._until(datetime.fromisoformat(self.now_on()["ends_at"]) + by)

    async def _until(self, wanted: datetime) -> None:
        # The time of the case, not a wait for something.
        await asyncio.sleep(max(0.0, self.world.seconds((wanted - self.world.now()).total_seconds())))

    async def says(self, key: str, **command: Any) -> None:
        """At a socket, or as the tab of somebody at a screen would."""
        type = command.pop("type_")
        answer = await self.sockets[key].do({"type": type, **command})
        assert answer["type"] == "ack", (key, type, answer)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """As members see them."""
        return list(self.somebody.rows.get(kind, {}).values())

    @property
    def everywhere(self) -> list[Screen]:
        return [*self.screens.values(), *([self.wall] if self.wall else [])]

    @property
    def somebody(self) -> Client:
        """At a socket, who hears what members hear."""
        return next(iter(self.sockets.values()))

    @property
    def meeting(self) -> dict[str, Any]:
        return next(row for row in self.rows("meeting") if row["state"] == "live")

    def agenda(self) -> list[dict[str, Any]]:
        items = [item for item in self.rows("item") if item["meeting_id"] == self.meeting["id"]]
        return sorted((item for item in items if not item["removed_at"]), key=lambda item: (item["rank"], item["id"]))

    def now_on(self) -> dict[str, Any]:
        return next(item for item in self.agenda() if item["state"] == "now")

    async def has_begun(self) -> None:
        await self.somebody.until(lambda: any(row["state"] == "live" for row in self.rows("meeting")))
        self.items = [item["id"] for item in self.agenda()]

    async def item_is_on(self, number: int) -> None:
        """On every screen."""
        title = self.play.case["agenda"][number - 1]["title"]
        for screen in self.everywhere:
            await expect(hour_bar(screen).get_by_text(title, exact=True).first).to_be_visible()

    async def next(self, key: str = "ralph") -> None:
        await self.screens[key].button(t("meetings.hour.next_item")).click()

    async def ends(self, key: str) -> None:
        await self.screens[key].button(t("meetings.hour.end")).click()
        await self.screens[key].dialog.get_by_role("button", name=t("meetings.hour.end"), exact=True).click()


@contextmanager
def a_room_in(world: FastTime, case: str, folder: Path) -> Iterator[tuple[Server, Play]]:
    """A server of that world, and the room that the first coach of the case has just made."""
    server = Server(folder / "server", commands_per_minute="100000")
    world.run(server)
    server.start()
    try:
        with closing(Play(server.url, first_coach(server.url, server.setup_token), case)) as play:
            yield server, play
    finally:
        server.close()


def everybody_is_a_member(play: Play) -> None:
    play.everybody_joins()
    play.join({"key": "wall", "name": "Seminar room", "part": "wall"}, play.invite("wall")["token"])
    joe, adding = str(uuid4()), {"type": "rooms.add_person", "name": "Joe", "voice": "carer"}
    play.members["joe"] = joe
    play.say(iter([(play.first, {**adding, "member_id": joe})]))
    it_meets(play, THURSDAY)


def it_meets(play: Play, day: datetime) -> None:
    """From this day on, with the roles and the agenda of the case."""
    series = play.case["room"]["series"]
    meets = {"every_weeks": series["every_weeks"], "start": series["start"], "minutes": series["minutes"]}
    setting = {"type": "meetings.set_series", "starts_on": day.date().isoformat(), **meets}
    play.say(iter((play.first, line) for line in (*roles(play), setting)))
    play.say(iter((play.first, line) for line in agenda(play)))


def roles(play: Play) -> list[Command]:
    return [
        {"type": "rooms.assign_role", "role": role, "member_id": play.members[key]}
        for role, key in play.case["roles"].items()
    ]


def agenda(play: Play) -> list[Command]:
    """The items of the case in place of the template's."""
    rows = play.snapshot()["rows"]
    meeting = min(rows["meeting"], key=lambda meeting: meeting["starts_at"])
    standing = [item["id"] for item in rows["item"] if item["meeting_id"] == meeting["id"]]
    removing = [{"type": "meetings.remove_item", "item_id": id, "even_protected": True} for id in standing]
    adding: list[Command] = []
    after = None
    for item in play.case["agenda"]:
        lead = item["lead"]
        led = {"lead": "member", "lead_id": play.members[lead]} if lead in play.members else {"lead": lead}
        about = {"tool": item["tool"]} if "tool" in item else {}
        opens = OPENS.get(item.get("tool") or item["meeting_step"])
        about |= {"opens": opens} if opens else {}
        about |= {"is_story": True} if item["title"].startswith("Patient story") else {}
        what = {name: item[name] for name in ("title", "minutes", "meeting_step")}
        id = str(uuid4())
        adding.append({"type": "meetings.add_item", "item_id": id, "meeting_id": meeting["id"], **what, **led, **about})
        adding[-1]["after"] = after
        after = id
    return [*adding, *removing]


@asynccontextmanager
async def at_their_places(hour: Hour, person: Opens) -> AsyncIterator[Hour]:
    play = hour.play
    for key, device in DEVICES.items():
        hour.screens[key] = await at_a_screen(hour.world, play, person, key, device)
    hour.wall = await at_a_screen(hour.world, play, person, "wall", FULL_HD)
    for screen in hour.everywhere:
        await screen.will_lose_its_line()
    others = {key: who for key, who in play.people.items() if key not in ("wall", *LATE)}
    async with AsyncExitStack() as sockets:
        for key, who in others.items():
            hour.sockets[key] = await sockets.enter_async_context(socket_of(who).stay())
        await sockets.enter_async_context(hour.more)
        yield hour


def socket_of(who: Any) -> Client:
    assert isinstance(who, Somebody)
    return who.client()


async def at_a_screen(world: FastTime, play: Play, person: Opens, key: str, device: Device) -> Screen:
    someone = await person(key.capitalize(), device)
    await someone.context.add_init_script(world.script())
    who = play.people[key]
    assert isinstance(who, Somebody)
    await remembered(someone, who)
    screen = Screen(someone, play.url, play.room_id)
    await screen.page.goto(f"{play.url}/rooms/{play.room_id}")
    await expect(screen.heading).to_be_visible()
    return screen


def hour_bar(screen: Screen) -> Locator:
    """On a wall it is the foot."""
    named = screen.page.get_by_role("region", name=t("rooms.this_hour"), exact=True)
    return named.or_(screen.page.get_by_role("contentinfo"))


def clock(screen: Screen) -> Locator:
    return hour_bar(screen).get_by_role("timer")
