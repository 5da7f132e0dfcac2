"""The screen in the seminar room: it welcomes, it follows, it shows what fits; nobody presses anything on it."""

import re
from asyncio import gather
from collections.abc import Awaitable, Callable
from typing import Literal

from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.fitting import misfits
from tests.e2e.wall import FULL_HD, PRESSED, Wall
from tests.e2e.words import PSEUDO, in_pseudo, t
from tests.support.browser import NARROWEST, Opens
from tests.support.company import Company

LONG = "The ward thought resus had given the second dose and resus thought the ward would, so that nobody had"
PLACES = ("roadmap", "board", "board/value", "themes", "aim/global")
CALM = {"reduced_motion": "reduce"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

Look = Callable[[Wall, str], Awaitable[None]]


async def test_a_wall_welcomes_whoever_arrives_and_then_follows_the_coach(
    arrive: Arrives, person: Opens, room: Company
) -> None:
    given.cards(room, room.coach, "value", "Somebody said the word sepsis")
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    await expect(wall.heading).to_have_text("Sepsis")
    letters = room.call("GET", f"/api/rooms/{room.room_id}/code", cookie=room.coach.cookie).json()["code"]
    await expect(wall.page.get_by_text(f"{letters[:4]} {letters[4:]}", exact=True)).to_be_visible()
    nina, anne = await gather(arrive("Nina", room.join(name="Nina")), arrive("Anne", room.coach))
    here = wall.page.get_by_text(f"{t('rooms.people_here', count=2)}. Anne, Nina", exact=True)
    await expect(here).to_be_attached()
    await anne.go("board")
    await anne.button(t("rooms.bring_everyone")).click()
    await expect(wall.heading).to_have_text(t("board.title"))
    await expect(wall.cards("Value")).to_have_text(re.compile("Somebody said the word sepsis"))
    await nina.board.write("Vision", "Every patient knows within the hour")
    await expect(wall.cards("Vision")).to_have_count(1)
    await anne.go("board/value")
    await anne.button(t("rooms.bring_everyone")).click()
    await expect(wall.list("Vision")).to_have_count(0)
    await expect(wall.cards("Value")).to_have_count(1)
    assert await wall.page.locator(PRESSED).count() == 0
    await wall.turn()
    await expect(wall.heading).to_have_text("Sepsis")
    await wall.turn()
    await expect(wall.cards("Value")).to_have_count(1)


async def test_a_wall_shows_what_fits_counts_the_rest_and_turns_back_by_a_key(person: Opens, room: Company) -> None:
    texts = [f"{number}: {LONG}" for number in range(1, 13)]
    given.cards(room, room.coach, "value", *texts)
    room.do({"type": "rooms.bring_everyone", "view": "board"}, room.coach)
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    await wall.turn()
    await expect(wall.cards("Value").last).to_contain_text("12:")
    shown = await wall.cards("Value").count()
    assert 2 <= shown < 12
    await expect(wall.list("Value")).to_contain_text(
        t("board.wall_some", **{"from": 13 - shown, "to": 12, "all": 12, "count": shown})
    )
    for at in range(shown):
        box = await wall.cards("Value").nth(at).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= FULL_HD.height
    await wall.page.keyboard.press("PageUp")
    await expect(wall.cards("Value").last).to_contain_text(f"{12 - shown}:")
    await wall.page.keyboard.press("PageDown")
    await expect(wall.cards("Value").last).to_contain_text("12:")


async def test_no_letter_on_a_wall_is_too_small_to_be_read_from_the_back(person: Opens, room: Company) -> None:
    given.cards(room, room.coach, "value", LONG)
    wall = await Wall.hangs(await person("Wall", FULL_HD, **CALM), room)
    await _every_screen(wall, room, _is_large)


async def test_a_wall_keeps_nobody_out_in_light_and_dark(person: Opens, room: Company) -> None:
    given.cards(room, room.coach, "value", LONG)
    wall = await Wall.hangs(await person("Wall", FULL_HD, **CALM), room)
    await _every_screen(wall, room, _keeps_nobody_out)


async def test_a_wall_on_a_small_screen_in_a_longer_language_fits(person: Opens, room: Company) -> None:
    given.cards(room, room.coach, "value", LONG)
    with in_pseudo():
        wall = await Wall.hangs(await person("Wall", NARROWEST, **CALM), room, PSEUDO)
        await _every_screen(wall, room, _fits)


async def _every_screen(wall: Wall, room: Company, look: Look) -> None:
    await look(wall, "welcome")
    await wall.turn()
    for place in PLACES:
        before = await wall.heading.inner_text()
        room.do({"type": "rooms.bring_everyone", "view": place}, room.coach)
        if place != "roadmap":
            await expect(wall.heading).not_to_have_text(before)
        await look(wall, place)


async def _is_large(wall: Wall, screen: str) -> None:
    small = await wall.page.evaluate(
        """() => [...document.querySelectorAll('main *, footer *')]
          .filter(element => element.checkVisibility() && !element.closest('svg, .sr')
            && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
            && parseFloat(getComputedStyle(element).fontSize) < 25)
          .map(element => element.textContent)"""
    )
    assert small == [], screen


async def _keeps_nobody_out(wall: Wall, screen: str) -> None:
    for scheme in SCHEMES:
        await wall.page.emulate_media(color_scheme=scheme)
        assert await wall.person.barriers() == [], f"{screen}, {scheme}"


async def _fits(wall: Wall, screen: str) -> None:
    assert await misfits(wall.page) == [], screen
