"""Nobody is kept out: axe on every screen in both themes, the narrowest phone, large text, another language."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Arrives, House
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import DESKTOP, NARROWEST, Device, Opens
from tests.support.cases import Play, play
from tests.support.company import Company

LOW = Device(640, 400)
PAGES = ("/", "/signin", "/setup#token=not-the-one", "/join#token=not-the-one", "/back", "/home")
PLACES = ("roadmap", "board", "board/value", "themes", "aim/global", "aim/specific", "people")


@pytest.fixture(scope="module")
def sepsis(house: House) -> Iterator[Play]:
    """The sepsis room with everything in it: nineteen people, long names, a very long card."""
    room = play(house.url, house.coach_cookie, "sepsis")
    yield room
    room.close()


def step_place(room: Play) -> str:
    step = next(step for step in room.snapshot()["rows"]["step"] if step["key"] == "fishbone")
    return f"step/{step['id']}"


async def scrolls_sideways(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_the_pages_before_the_room_keep_nobody_out(theme: str, person: Opens, house: House) -> None:
    somebody = await person("Dina", DESKTOP, theme)
    somebody.expect_errors("40[0-9]")
    for path in PAGES:
        await somebody.page.goto("about:blank")
        await somebody.page.goto(house.url + path)
        await expect(somebody.page.get_by_role("heading", level=1)).to_be_visible()
        assert await somebody.barriers() == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_no_place_of_a_full_room_keeps_anybody_out(theme: str, arrive: Arrives, sepsis: Play) -> None:
    anne = await arrive("Anne", sepsis.people["anne"], theme=theme)
    for place in (*PLACES, step_place(sepsis)):
        await anne.open(place)
        assert await anne.person.barriers() == [], place


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_no_place_of_an_empty_room_keeps_anybody_out(theme: str, arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach, theme=theme)
    for place in PLACES:
        await anne.open(place)
        assert await anne.person.barriers() == [], place


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_no_dialog_keeps_anybody_out(theme: str, arrive: Arrives, sepsis: Play) -> None:
    anne = await arrive("Anne", sepsis.people["anne"], theme=theme)
    await anne.board.open("Patients ask: has the doctor seen my blood result?")
    assert await anne.person.barriers() == [], "card"
    await anne.board.close()
    await anne.button(t("rooms.invite")).click()
    await expect(anne.dialog).to_be_visible()
    assert await anne.person.barriers() == [], "invite"
    await anne.close_dialog()
    await anne.members.open("Nina")
    assert await anne.person.barriers() == [], "person"
    await anne.close_dialog()
    await anne.button(t("board.as_a_list")).click()
    assert await anne.person.barriers() == [], "list"
    await anne.button(t("rooms.more")).click()
    assert await anne.person.barriers() == [], "menu"


@pytest.mark.parametrize("device", [NARROWEST, LOW], ids=["320x640", "640x400"])
async def test_nothing_scrolls_sideways(device: Device, arrive: Arrives, person: Opens, sepsis: Play) -> None:
    maya = await arrive("Maya", sepsis.people["maya"], device)
    for place in (*PLACES, step_place(sepsis)):
        await maya.open(place)
        assert not await scrolls_sideways(maya.page), place
    visitor = await person("Visitor", device)
    visitor.expect_errors("40[0-9]")
    for path in PAGES:
        await visitor.page.goto("about:blank")
        await visitor.page.goto(sepsis.url + path)
        await expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
        assert not await scrolls_sideways(visitor.page), path


async def test_a_longer_language_fits_and_leaves_no_sentence_out(arrive: Arrives, sepsis: Play) -> None:
    for device in (DESKTOP, NARROWEST):
        anne = await arrive("Anne", sepsis.people["anne"], device)
        for place in PLACES:
            await anne.page.goto(f"{sepsis.url}/rooms/{sepsis.room_id}?lang=pseudo#{place}")
            await expect(anne.heading).to_be_visible()
            await expect(anne.heading).to_contain_text("[")
            assert not await scrolls_sideways(anne.page), place


async def test_join_write_move_and_cluster_by_keyboard_only(person: Opens, room: Company) -> None:
    visitor = await person("Maya")
    page = visitor.page
    await page.goto(room.invite("member")["url"])
    await expect(page.get_by_label(t("people.your_first_name"), exact=True)).to_be_visible()
    await tab_to(page, t("people.your_first_name"))
    await page.keyboard.type("Maya")
    await page.keyboard.press("Enter")
    maya = Screen(visitor, room.server.url, room.room_id)
    await maya.is_here()
    await maya.go("board")
    await expect(maya.board.column("Value")).to_be_visible()
    await maya.board.opener("Value").focus()
    await page.keyboard.press("Enter")
    await expect(maya.board.field("Value")).to_be_focused()
    await page.keyboard.type("Nobody looked at me")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await maya.board.handle("Nobody looked at me").focus()
    await page.keyboard.press("Alt+ArrowRight")
    await maya.board.shows("inVolve", ["Nobody looked at me"])
    await expect(maya.board.handle("Nobody looked at me")).to_be_focused()
    await maya.is_told(t("board.moved", list="inVolve", at=1, count=1))
    await maya.go("themes")
    field = page.get_by_label(t("board.new_theme"), exact=True)
    await field.focus()
    await page.keyboard.type("Tell the patient")
    await page.keyboard.press("Enter")
    await maya.board.handle("Nobody looked at me").focus()
    await page.keyboard.press("Alt+ArrowRight")
    await expect(maya.themes.theme("Tell the patient")).to_contain_text("Nobody looked at me")


async def tab_to(page: Page, label: str) -> None:
    """By the tab key alone, as far as it takes."""
    field = page.get_by_label(label, exact=True)
    for _ in range(40):
        if await field.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"no way to {label} by the tab key")
