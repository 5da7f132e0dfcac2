"""How somebody likes to see the room is theirs, and is remembered."""

from asyncio import gather

from playwright.async_api import Page, expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import TABLET, Opens
from tests.support.company import Company

DARK = "() => getComputedStyle(document.body).backgroundColor"
LETTER = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"


async def test_text_size_and_colours_are_remembered_and_nobody_elses(arrive: Arrives, room: Company) -> None:
    maya, nina = await gather(
        arrive("Maya", room.join(name="Maya"), TABLET), arrive("Nina", room.join(name="Nina"), TABLET)
    )
    usual, light = await maya.page.evaluate(LETTER), await maya.page.evaluate(DARK)
    await likes(maya, "text_larger", "theme_dark")
    large, dark = await maya.page.evaluate(LETTER), await maya.page.evaluate(DARK)
    assert large > 1.3 * usual
    assert dark != light
    await maya.page.reload()
    await maya.is_here()
    assert (await maya.page.evaluate(LETTER), await maya.page.evaluate(DARK)) == (large, dark)
    assert (await nina.page.evaluate(LETTER), await nina.page.evaluate(DARK)) == (usual, light)


async def test_they_hold_on_every_page_of_this_device(person: Opens, room: Company) -> None:
    dina = await person("Dina")
    page: Page = dina.page
    await page.goto(room.server.url)
    usual = await page.evaluate(LETTER)
    await page.get_by_role("button", name=t("rooms.looks"), exact=True).click()
    await page.get_by_role("radio", name=t("rooms.text_larger"), exact=True).check()
    await page.get_by_role("button", name=t("rooms.close"), exact=True).click()
    await page.goto(room.invite("member")["url"])
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await page.evaluate(LETTER) > usual


async def likes(screen: Screen, *choices: str) -> None:
    await screen.choose(t("rooms.looks"))
    for choice in choices:
        await screen.dialog.get_by_role("radio", name=t(f"rooms.{choice}"), exact=True).check()
    await screen.close_dialog()
