"""The line breaks, the server dies, the page is loaded again: nothing that was typed is lost."""

from pathlib import Path

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.words import t
from tests.support.company import Company, a_company

CUT = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|WebSocket|Failed to load resource"


async def test_cards_written_offline_wait_in_sight_and_go_by_themselves(arrive: Arrives, room: Company) -> None:
    sam = await arrive("Sam", room.join(name="Sam", voice="doctor"))
    nina = await arrive("Nina", room.join(name="Nina"))
    sam.person.expect_errors(CUT)
    await sam.board.begin("Value")
    await sam.person.context.set_offline(True)
    # Chromium leaves an open WebSocket open when a context goes offline: the page hears of it by this event.
    await sam.page.evaluate("dispatchEvent(new Event('offline'))")
    await sam.board.write("Value", "The phone had no signal", "And it did not matter")
    await nina.board.write("Value", "Meanwhile somebody else wrote")
    await sam.person.context.set_offline(False)
    await sam.page.evaluate("dispatchEvent(new Event('online'))")
    await sam.all_saved()
    for screen in (sam, nina):
        for text in ("The phone had no signal", "And it did not matter", "Meanwhile somebody else wrote"):
            await expect(screen.board.handle(text)).to_be_visible()


async def test_a_killed_server_loses_nothing_and_says_so_meanwhile(arrive: Arrives, tmp_path: Path) -> None:
    with a_company(tmp_path / "server") as room:
        maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
        nina = await arrive("Nina", room.join(name="Nina"))
        for screen in (maya, nina):
            screen.person.expect_errors(CUT)
        await maya.board.write("Value", "Before the server died")
        await expect(nina.board.handle("Before the server died")).to_be_visible()
        room.server.kill()
        await expect(maya.page.get_by_text(t("rooms.offline_title"))).to_be_visible()
        await maya.board.write("Value", "While it was dead")
        await expect(maya.board.card("While it was dead")).to_contain_text(t("board.waiting_to_go"))
        await nina.board.begin("inVolve")
        await nina.board.field("inVolve").fill("Half a sentence")
        room.server.start()
        await maya.all_saved()
        await nina.board.shows("Value", ["Before the server died", "While it was dead"])
        await expect(nina.board.field("inVolve")).to_have_value("Half a sentence")


async def test_a_reload_keeps_the_card_that_waits_and_the_half_sentence(arrive: Arrives, tmp_path: Path) -> None:
    with a_company(tmp_path / "server") as room:
        maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
        maya.person.expect_errors(CUT)
        await maya.board.begin("Value")
        room.server.kill()
        await maya.board.write("Value", "Not yet saved")
        await maya.board.field("Value").fill("And half a")
        room.server.start()
        await maya.page.reload()
        await maya.is_here()
        await maya.all_saved()
        await maya.board.shows("Value", ["Not yet saved"])
        if not await maya.board.field("Value").is_visible():
            await maya.board.begin("Value")
        await expect(maya.board.field("Value")).to_have_value("And half a")


async def test_text_size_and_colours_are_remembered(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    await maya.choose(t("rooms.looks"))
    await maya.dialog.get_by_role("radio", name=t("rooms.text_larger"), exact=True).check()
    await maya.dialog.get_by_role("radio", name=t("rooms.theme_dark"), exact=True).check()
    await maya.close_dialog()
    looks = (
        "({ size: getComputedStyle(document.documentElement).fontSize, theme: document.documentElement.dataset.theme })"
    )
    before = await maya.page.evaluate(looks)
    await maya.page.reload()
    await maya.is_here()
    assert await maya.page.evaluate(looks) == before
    assert before["theme"] == "dark"
    assert float(before["size"].removesuffix("px")) > 16
