"""An hour of a case: four people at real screens, everybody else at a socket; who says what is in the case."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from playwright.async_api import expect

from tests.e2e.doors import Doors
from tests.e2e.screen import Screen
from tests.e2e.words import method, t
from tests.support.browser import DESKTOP, PHONE, TABLET, Opens
from tests.support.cases import CYSTIC_FIBROSIS, SEPSIS, Cast, Command, Line, Play
from tests.support.client import Client

DEVICES = {"coach": DESKTOP, "second": DESKTOP, "tablet": TABLET, "phone": PHONE}
AT_SCREENS = {
    SEPSIS: {"coach": "anne", "second": "ralph", "tablet": "maya", "phone": "sam"},
    CYSTIC_FIBROSIS: {"coach": "steve", "second": "chin", "tablet": "lou", "phone": "martin"},
}


class Hour:
    """Everybody of a case in one room."""

    def __init__(self, play: Play, screens: dict[str, Screen], sockets: dict[str, Client], cast: Cast) -> None:
        self.play = play
        self.screens = screens
        self.sockets = sockets
        self.cast = cast
        self.method = method(play.case["room"]["method"])
        names = AT_SCREENS[next(name for name, keys in AT_SCREENS.items() if keys["coach"] == cast.coach)]
        self.coach, self.second, self.tablet, self.phone = (screens[names[device]] for device in DEVICES)

    async def say(self, lines: Iterator[Line]) -> None:
        """One after the other, each by whom the case names."""
        for who, command in lines:
            await self.says(who, command)

    async def say_at_once(self, lines: Iterator[Line]) -> None:
        """Everybody what is theirs, all at the same time."""
        of_each = groupby(sorted(lines, key=itemgetter(0)), key=itemgetter(0))
        await asyncio.gather(*[self.say(iter(list(theirs))) for _, theirs in of_each])

    async def says(self, who: str, command: Command) -> None:
        if who in self.sockets:
            answer = await self.sockets[who].do(command)
            assert answer["type"] == "ack", (command, answer)
            return
        _, _, what = command["type"].partition(".")
        await getattr(self, f"_{what}")(self.screens[who], **{k: v for k, v in command.items() if k != "type"})

    def somebody(self) -> Client:
        """A socket that hears what members hear."""
        return next(iter(self.sockets.values()))

    async def id_of(self, kind: str, field: str, words: str) -> str:
        """Of a row that was made at a screen."""
        found: list[str] = []

        def is_there() -> bool:
            rows = self.somebody().rows.get(kind, {}).values()
            found.extend(row["id"] for row in rows if row[field] == words)
            return bool(found)

        await self.somebody().until(is_there)
        return found[0]

    # What is said by pressing. The names are those of the commands.

    async def _set_me(self, screen: Screen, name: str, voice: str, microsystem: str = "") -> None:
        await screen.choose(t("rooms.me_title"))
        await screen.dialog.get_by_label(t("rooms.my_first_name"), exact=True).fill(name)
        for choice in (self.voice(voice), microsystem):
            if choice:
                await screen.dialog.get_by_role("radio", name=choice, exact=True).check()
        await screen.dialog.get_by_role("button", name=t("rooms.save"), exact=True).click()
        await expect(screen.dialog).to_have_count(0)

    async def _assign_role(self, screen: Screen, role: str, member_id: str) -> None:
        await screen.members.give_role(self.name_of(member_id), role)

    async def _add_card(
        self, screen: Screen, card_id: str, column: str, text: str, kind: str = "", **_known: Any
    ) -> None:
        await screen.go("board")
        await screen.board.write(self.column(column), text)
        if kind:
            await screen.board.say(text, kind=kind)
        number = next(number for number, id in self.cast.cards.items() if id == card_id)
        self.cast.cards[number] = await self.id_of("card", "text", text)

    async def _add_theme(self, screen: Screen, title: str, **_ids: str) -> None:
        await screen.go("themes")
        await screen.themes.make(title)
        self.cast.themes[title] = await self.id_of("theme", "title", title)

    async def _move_card(self, screen: Screen, card_id: str, theme_id: str) -> None:
        await screen.go("themes")
        card = self.somebody().rows["card"][card_id]
        await screen.board.move(card["text"], theme=self.somebody().rows["theme"][theme_id]["title"])

    async def _choose_theme(self, screen: Screen, theme_id: str, reason: str) -> None:
        await screen.go("themes")
        await screen.themes.choose(self.somebody().rows["theme"][theme_id]["title"], reason)

    async def _set_aim(self, screen: Screen, kind: str, slots: dict[str, Any], **_id: str) -> None:
        await screen.go(f"aim/{kind}")
        await expect(screen.heading).to_have_text(t(f"roadmap.aim_title.{kind}"))
        await screen.aims.write(slots)
        await screen.all_saved()

    async def _propose_aim(self, screen: Screen, **_id: str) -> None:
        await screen.aims.button("propose").click()

    async def _agree_aim(self, screen: Screen, **_id: str) -> None:
        await screen.go("aim/global")
        await screen.aims.button("agree").click()

    async def _set_step(self, screen: Screen, step_id: str, state: str) -> None:
        await screen.go(f"step/{step_id}")
        key = next(key for (_, key), id in self.cast.steps.items() if id == step_id)
        step = next(step for stage in self.method.stages for step in stage.steps if step.key == key)
        await expect(screen.heading).to_have_text(step.question)
        await screen.page.get_by_role("radio", name=t(f"roadmap.state.{state}"), exact=True).check()

    # Names of things

    def text(self, number: int) -> str:
        """The words of a card of the case."""
        words: str = self.play.case["board"]["cards"][number - 1]["text"]
        return words

    def column(self, key: str) -> str:
        return next(lens.title for lens in self.method.lenses if lens.key == key)

    def voice(self, key: str) -> str:
        return next(voice.title for voice in self.method.voices if voice.key == key)

    def name_of(self, member_id: str) -> str:
        name: str = self.somebody().rows["member"][member_id]["name"]
        return name


@asynccontextmanager
async def an_hour(name: str, play: Play, coach_cookie: str, person: Opens) -> AsyncIterator[Hour]:
    """Everybody has come in: four at their screens, the others at sockets, and who has no device is entered."""
    keys = AT_SCREENS[name]
    screens = {key: Screen(await person(key, DEVICES[device]), play.url, play.room_id) for device, key in keys.items()}
    for screen in screens.values():
        await screen.will_lose_its_line()
    await asyncio.to_thread(play.everybody_joins, but=screens)
    async with AsyncExitStack() as everybody:
        sockets = {key: who.client() for key, who in play.people.items() if key != keys["coach"]}
        for client in sockets.values():
            await everybody.enter_async_context(client.stay())
        coach = screens[keys["coach"]]
        await sign_in(coach, coach_cookie)
        await asyncio.gather(*[join(play, key, screen) for key, screen in screens.items() if screen is not coach])
        await enter_who_has_no_device(play, coach)
        know_everybody(play)
        await likes_large_text(screens[keys["tablet"]])
        yield Hour(play, screens, sockets, play.cast())


async def sign_in(screen: Screen, cookie: str) -> None:
    """The coach's browser made the room."""
    name, _, value = cookie.partition("=")
    await screen.person.context.add_cookies([{"name": name, "value": value, "url": screen.url}])
    await screen.open("board")


async def join(play: Play, key: str, screen: Screen) -> None:
    """By the link that a coach has sent, in two fields."""
    person = next(person for person in play.case["people"] if person["key"] == key)
    link = await asyncio.to_thread(play.invite, person["part"])
    voices = {voice.key: voice.title for voice in method().voices}
    await Doors(screen.person, play.url).join(link["url"], person["name"], voices[person["voice"]])
    await screen.is_here()
    await screen.button(t("rooms.got_it")).click()
    await screen.go("board")


async def enter_who_has_no_device(play: Play, coach: Screen) -> None:
    for person in play.case["people"]:
        if person.get("without_device"):
            await coach.button(t("rooms.add_person")).click()
            await coach.dialog.get_by_label(t("rooms.first_name"), exact=True).fill(person["name"])
            voice = next(voice.title for voice in method().voices if voice.key == person["voice"])
            await coach.dialog.get_by_role("radio", name=voice, exact=True).check()
            await coach.dialog.get_by_role("button", name=t("rooms.add_person_do"), exact=True).click()
            await expect(coach.dialog).to_have_count(0)
            await coach.all_saved()


def know_everybody(play: Play) -> None:
    """Who came in at a screen has an id that only the room knows."""
    ids = {member["name"]: member["id"] for member in play.snapshot()["rows"]["member"]}
    for person in play.case["people"]:
        play.members.setdefault(person["key"], ids.get(person["name"], ""))


async def likes_large_text(screen: Screen) -> None:
    await screen.choose(t("rooms.looks"))
    await screen.dialog.get_by_role("radio", name=t("rooms.text_larger"), exact=True).check()
    await screen.close_dialog()
