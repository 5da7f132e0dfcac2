"""Everything can be done by somebody who has no mouse: the whole way in, and every move."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import Opens
from tests.support.company import Company

THOUGHT = "Nobody looked at me"
MOST_STEPS = 120
IN_DIALOG_OR_NOWHERE = "[document.body, ...document.querySelectorAll('dialog *')].includes(document.activeElement)"


async def test_join_write_move_and_theme_by_keyboard_only(person: Opens, room: Company) -> None:
    visitor = await person("Maya")
    page, keys = visitor.page, visitor.page.keyboard
    await page.goto(room.invite("member")["url"])
    await expect(page.get_by_role("radio").first).to_be_attached()
    await reach(page, page.get_by_label(t("people.your_first_name"), exact=True))
    await keys.type("Maya")
    await reach(page, page.get_by_role("button", name=t("people.let_me_in"), exact=True))
    await keys.press("Enter")
    maya = Screen(visitor, room.server.url, room.room_id)
    await maya.is_here()

    await reach(page, page.get_by_role("navigation").get_by_role("link", name="Build a Big Room"))
    await keys.press("Enter")
    await reach(page, maya.board.opener("Value"))
    await keys.press("Enter")
    await expect(maya.board.field("Value")).to_be_focused()
    await keys.type(THOUGHT)
    await keys.press("Enter")
    await keys.type("And nobody told my family")
    await keys.press("Enter")
    await keys.press("Escape")
    await expect(maya.board.opener("Value")).to_be_focused()

    await reach(page, maya.board.handle(THOUGHT))
    await keys.press("Alt+ArrowDown")
    await maya.board.shows("Value", ["And nobody told my family", THOUGHT])
    await keys.press("Alt+ArrowRight")
    await maya.board.shows("inVolve", [THOUGHT])
    await keys.press("Enter")
    await expect(maya.dialog).to_be_visible()
    await reach(page, maya.dialog.get_by_label(t("board.column"), exact=True))
    await keys.type("Vision")
    await reach(page, maya.dialog.get_by_role("button", name=t("board.move"), exact=True))
    await keys.press("Enter")
    await maya.board.shows("Vision", [THOUGHT])
    await expect(maya.board.handle(THOUGHT)).to_be_focused()

    await reach(page, page.get_by_role("link", name=t("board.group"), exact=True))
    await keys.press("Enter")
    await reach(page, page.get_by_label(t("board.new_theme"), exact=True))
    await keys.type("Tell the patient")
    await keys.press("Enter")
    await reach(page, maya.board.handle(THOUGHT))
    await keys.press("Alt+ArrowRight")
    await maya.board.shows("Tell the patient", [THOUGHT])
    await maya.is_told(t("board.moved", list="Tell the patient", at=1, count=1))


async def test_a_dialog_keeps_the_focus_and_gives_it_back(person: Opens, room: Company) -> None:
    visitor = await person("Maya")
    page, keys = visitor.page, visitor.page.keyboard
    await page.goto(room.invite("member")["url"])
    await page.get_by_label(t("people.your_first_name"), exact=True).fill("Maya")
    await keys.press("Enter")
    maya = Screen(visitor, room.server.url, room.room_id)
    await maya.is_here()
    await maya.go("board")
    await maya.board.write("Value", THOUGHT)
    await reach(page, maya.board.handle(THOUGHT))
    await keys.press("Enter")
    await expect(maya.dialog).to_be_visible()
    for _ in range(60):
        await keys.press("Tab")
        assert not await page.evaluate(
            "document.activeElement.closest('main, header') !== null && !document.activeElement.closest('dialog')"
        )
    await keys.press("Escape")
    await expect(maya.dialog).to_have_count(0)
    await expect(maya.board.handle(THOUGHT)).to_be_focused()


async def test_the_first_step_of_the_tab_key_leads_past_everything_to_the_wall(person: Opens, room: Company) -> None:
    visitor = await person("Maya")
    page, keys = visitor.page, visitor.page.keyboard
    await page.goto(room.invite("member")["url"])
    await page.get_by_label(t("people.your_first_name"), exact=True).fill("Maya")
    await keys.press("Enter")
    maya = Screen(visitor, room.server.url, room.room_id)
    await maya.is_here()
    await page.reload()
    await maya.is_here()
    await keys.press("Tab")
    await expect(page.get_by_role("link", name=t("rooms.skip_to_wall"), exact=True)).to_be_focused()
    await keys.press("Enter")
    await expect(maya.main).to_be_focused()


async def reach(page: Page, wanted: Locator) -> None:
    """By the tab key alone, round the page if need be."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    pytest.fail(f"no way to {wanted} by the tab key")
