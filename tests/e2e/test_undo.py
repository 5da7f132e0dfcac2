"""Undo takes back what I did last, and never what somebody else did."""

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.words import t
from tests.support.company import Company

FORM = "We print the screening form twice"
QUEUE = "Blood samples queue for a porter"


async def test_what_i_did_is_taken_back_by_key_and_by_menu(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    amir = await arrive("Amir", room.join(name="Amir"))
    await nina.board.write("Value", FORM)
    await nina.board.stop_writing("Value")
    await nina.board.move(FORM, column="Vision")
    await amir.board.shows("Vision", [FORM])
    await nina.page.keyboard.press("Control+z")
    await amir.board.shows("Value", [FORM])
    await nina.button(t("rooms.more")).click()
    undo = nina.button(t("rooms.undo_what", what=t("board.undoes_add_card")))
    await undo.click()
    await expect(amir.board.cards("Value")).to_have_count(0)


async def test_what_somebody_has_changed_since_stays_theirs(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    amir = await arrive("Amir", room.join(name="Amir"))
    await nina.board.write("Value", QUEUE)
    await nina.board.stop_writing("Value")
    await nina.board.move(QUEUE, column="Vision")
    await amir.board.shows("Vision", [QUEUE])
    await amir.board.move(QUEUE, column="inVolve")
    await nina.board.shows("inVolve", [QUEUE])
    await nina.page.keyboard.press("Control+z")
    changed = t("rooms.undo_changed", what=t("board.undoes_move_card"))
    await expect(nina.page.get_by_text(changed)).to_be_visible()
    await amir.board.shows("inVolve", [QUEUE])
