"""Anybody moves a card: with the keyboard, by "Move to…", or by dragging. Everybody sees where it went."""

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.networks import over_every_network
from tests.e2e.screen import Screen
from tests.e2e.words import shortened, t
from tests.support.company import Company

FORM = "We print the screening form twice"
QUEUE = "Blood samples queue for a porter"
NIGHT = "Night pharmacy is never in the room"


@pytest_asyncio.fixture(loop_scope="session")
async def nina(arrive: Arrives, room: Company) -> Screen:
    """Three cards under inVolve, none of them hers."""
    given.cards(room, room.coach, "involve", FORM, QUEUE, NIGHT)
    return await arrive("Nina", room.join(name="Nina"))


async def test_alt_and_arrows_move_a_card_and_say_where_it_is(nina: Screen) -> None:
    await nina.board.handle(QUEUE).focus()
    await nina.page.keyboard.press("Alt+ArrowUp")
    await nina.is_told(t("board.moved", list="inVolve", at=1, count=3))
    await nina.board.shows("inVolve", [QUEUE, FORM, NIGHT])
    await nina.page.keyboard.press("Alt+ArrowRight")
    await nina.is_told(t("board.moved", list="Visualisation", at=1, count=1))
    await expect(nina.board.handle(QUEUE)).to_be_focused()
    await nina.page.keyboard.press("Alt+ArrowDown")
    await nina.is_told(t("board.moved_no_further"))
    await nina.board.shows("Visualisation", [QUEUE])


@over_every_network
async def test_others_see_the_card_move_and_who_moved_it(arrive: Arrives, nina: Screen, room: Company) -> None:
    amir = await arrive("Amir", room.join(name="Amir"))
    await nina.board.move(FORM, column="eVidence")
    await nina.is_told(t("board.moved", list="eVidence", at=1, count=1))
    await expect(amir.board.card(FORM).get_by_text(t("board.moved_by", name="Nina"))).to_be_visible()
    await amir.board.shows("inVolve", [QUEUE, NIGHT])
    await amir.board.shows("eVidence", [FORM])
    await nina.board.move(FORM, column="inVolve", after=t("board.after", text=shortened(QUEUE)))
    await amir.board.shows("inVolve", [QUEUE, FORM, NIGHT])


async def test_a_card_is_dragged_to_another_column_and_back_by_undo(nina: Screen) -> None:
    # A card can be dragged once what drags it has come.
    await nina.has_everything()
    await nina.board.card(QUEUE).drag_to(nina.board.column("Value"))
    await nina.board.shows("Value", [QUEUE])
    await nina.board.shows("inVolve", [FORM, NIGHT])
    await nina.button(t("rooms.undo")).click()
    await nina.board.shows("inVolve", [FORM, QUEUE, NIGHT])
