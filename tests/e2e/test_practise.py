"""Practising: alone with made-up people, without an account, and nothing of it is anywhere afterwards."""

from playwright.async_api import Page, Request, expect

from tests.e2e.board import Board
from tests.e2e.conftest import House
from tests.e2e.words import t
from tests.support.browser import LOST_LINE, PHONE, Opens

KEPT = "() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean)"
MINE = "Nobody looked at me for an hour"
AFRAID = "I did not dare to ring the bell"


async def test_somebody_practises_writing_moving_grouping_and_silence_without_a_mouse_an_account_or_a_line(
    person: Opens, house: House
) -> None:
    maya = await person("Maya")
    page, keys = maya.page, maya.page.keyboard
    asked: list[str] = []
    page.on("request", lambda request: asked.append(_path(request)))
    await page.goto(f"{house.url}/practise")
    await shows(page, "write")
    await page.wait_for_load_state("networkidle")
    # From here on it needs nobody.
    maya.expect_errors(LOST_LINE)
    await maya.context.set_offline(True)
    await keys.press("n")
    board = Board(page)
    await expect(board.field("Value")).to_be_focused()
    await keys.type(MINE)
    await keys.press("Enter")
    await keys.press("Escape")
    await expect(board.handle(MINE)).to_be_visible()
    await shows(page, "move")
    await board.handle(MINE).focus()
    await keys.press("Alt+ArrowRight")
    await expect(board.column("inVolve").get_by_text(MINE)).to_be_visible()
    await shows(page, "theme")
    await expect(page.get_by_role("button", name=t("practise.theme_name")).first).to_be_visible()
    await board.move(MINE, theme=t("practise.theme_name"))
    await shows(page, "silence")
    await expect(page.get_by_role("heading", level=2, name=t("board.everyone_writes"), exact=True)).to_be_visible()
    field = await board.begin("Value")
    await field.fill(AFRAID)
    await page.get_by_role("button", name=t("board.pin_face_down"), exact=True).click()
    await shows(page, "done")
    await expect(page.get_by_text(t("board.heard", count=4)).first).to_be_visible()
    await expect(board.card(AFRAID)).to_be_visible()
    await expect(board.card(t("practise.card_8"))).to_be_visible()
    await expect(page.get_by_text(t("practise.band"), exact=True)).to_be_visible()
    api = {path for path in asked if path.startswith("/api/")}
    assert api == {"/api/methods/flow_roadmap/1"}
    assert await page.evaluate(KEPT) == []
    await page.get_by_role("button", name=t("practise.again"), exact=True).click()
    await shows(page, "write")
    await expect(board.handle(MINE)).to_have_count(0)


async def test_made_up_people_write_while_somebody_looks_on_and_every_step_can_be_passed_over(
    person: Opens, house: House
) -> None:
    joe = await person("Joe", PHONE)
    await joe.page.goto(f"{house.url}/practise")
    board = Board(joe.page)
    await expect(board.handle(t("practise.card_1"))).to_be_visible()
    for step in ("write", "move", "theme", "silence"):
        await shows(joe.page, step)
        await joe.page.get_by_role("button", name=t("practise.skip"), exact=True).click()
    await shows(joe.page, "done")
    await expect(board.handle(t("practise.card_6"))).to_be_visible()
    await joe.page.get_by_role("link", name=t("practise.leave"), exact=True).first.click()
    await expect(joe.page.get_by_role("heading", level=1)).to_have_text(t("people.one_good_hour"))


async def shows(page: Page, step: str) -> None:
    await expect(page.get_by_role("heading", level=2, name=t(f"practise.{step}"), exact=True)).to_be_visible()


def _path(request: Request) -> str:
    return "/" + request.url.split("/", 3)[3]
