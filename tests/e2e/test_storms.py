"""The line goes, the server dies, the page is loaded again: nothing typed is lost, and that is to be seen."""

from asyncio import gather
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.networks import over_every_network
from tests.e2e.words import t
from tests.support.browser import PHONE
from tests.support.company import Company, a_company

HEARD = "I wanted somebody to say the word sepsis out loud"
WAITED = "Waiting without being looked at was the frightening part"
ASKED = "Has the doctor seen my blood result?"


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Company]:
    """A room on a server of its own, to be killed."""
    with a_company(tmp_path / "mortal") as company:
        yield company


@over_every_network
async def test_without_a_line_writing_waits_visibly_and_goes_when_it_is_back(arrive: Arrives, mortal: Company) -> None:
    given.cards(mortal, mortal.coach, "value", HEARD)
    nina, sam = await gather(arrive("Nina", mortal.join(name="Nina")), arrive("Sam", mortal.join(name="Sam"), PHONE))
    for screen in (nina, sam):
        await screen.will_lose_its_line()
    mortal.server.kill()
    await expect(sam.page.get_by_text(t("rooms.offline_title"), exact=True)).to_be_visible()
    await sam.board.write("Value", WAITED, ASKED)
    await sam.board.move(HEARD, column="Vision")
    await expect(sam.bar.get_by_text(t("rooms.waiting", count=3), exact=True)).to_be_visible()
    await expect(sam.board.card(WAITED).get_by_text(t("board.waiting_to_go"))).to_be_visible()
    await expect(sam.page.get_by_text(t("rooms.offline_waiting", count=3))).to_be_visible()
    mortal.server.start()
    await sam.all_saved()
    await sam.is_told(t("rooms.back_online"))
    for screen in (sam, nina):
        await screen.board.shows("Value", [WAITED, ASKED])
        await screen.board.shows("Vision", [HEARD])


@over_every_network
async def test_what_waits_survives_a_page_that_is_loaded_again(arrive: Arrives, mortal: Company) -> None:
    sam = await arrive("Sam", mortal.join(name="Sam"))
    await sam.will_lose_its_line()
    mortal.server.kill()
    await sam.board.write("Value", WAITED)
    field = sam.board.field("Value")
    await field.press_sequentially(ASKED)
    await expect(sam.bar.get_by_text(t("rooms.waiting", count=1), exact=True)).to_be_visible()
    mortal.server.start()
    await sam.page.reload()
    await sam.is_here()
    await sam.board.shows("Value", [WAITED])
    await sam.board.begin("Value")
    await expect(field).to_have_value(ASKED)


async def test_a_draft_survives_a_reload_in_every_kind_of_field(arrive: Arrives, room: Company) -> None:
    nina = room.join(name="Nina")
    given.cards(room, nina, "value", HEARD)
    screen = await arrive("Nina", nina)
    await (await screen.board.begin("Vision")).press_sequentially(ASKED)
    dialog = await screen.board.open(HEARD)
    await dialog.get_by_label(t("board.words"), exact=True).fill(WAITED)
    await screen.page.reload()
    await screen.is_here()
    dialog = await screen.board.open(HEARD)
    await expect(dialog.get_by_label(t("board.words"), exact=True)).to_have_value(WAITED)
    await screen.board.close()
    await screen.board.begin("Vision")
    await expect(screen.board.field("Vision")).to_have_value(ASKED)
    await screen.go("aim/global")
    await screen.aims.gap("process").press_sequentially("giving the first dose")
    await screen.page.reload()
    await expect(screen.aims.gap("process")).to_have_value("giving the first dose")


async def test_a_change_to_a_card_that_is_gone_says_why_and_keeps_the_words(arrive: Arrives, mortal: Company) -> None:
    maya = mortal.join(name="Maya", voice="patient")
    (card,) = given.cards(mortal, maya, "value", HEARD)
    screen = await arrive("Maya", maya)
    await screen.will_lose_its_line()
    await screen.person.context.set_offline(True)
    await screen.board.change_words(HEARD, WAITED)
    mortal.do({"type": "board.remove_card", "card_id": card}, mortal.coach)
    await screen.person.context.set_offline(False)
    await expect(screen.refusal).to_contain_text(t("refused.removed").split(". ")[0])
    await expect(screen.main.get_by_text(WAITED).first).to_be_visible()


@over_every_network
async def test_two_who_wrote_at_once_see_both_texts_until_it_is_settled(arrive: Arrives, room: Company) -> None:
    maya = room.join(name="Maya", voice="patient")
    given.cards(room, maya, "value", HEARD)
    screen, anne = await gather(arrive("Maya", maya), arrive("Anne", room.coach))
    await screen.will_lose_its_line()
    await screen.person.context.set_offline(True)
    await screen.board.change_words(HEARD, WAITED)
    await anne.board.change_words(HEARD, ASKED)
    await screen.person.context.set_offline(False)
    kept = anne.page.get_by_role("region", name=t("board.kept_texts"), exact=True)
    await expect(kept.get_by_text(t("board.wrote_too", name="Maya"))).to_be_visible()
    await kept.get_by_role("button", name=t("board.use_this"), exact=True).click()
    await anne.board.shows("Value", [WAITED])
    await screen.board.shows("Value", [WAITED])
    await expect(kept).to_have_count(0)


async def test_P8_a_page_of_another_build_offers_to_be_loaded_again(arrive: Arrives, mortal: Company) -> None:
    sam = await arrive("Sam", mortal.join(name="Sam"))
    await sam.will_lose_its_line()
    await sam.page.evaluate("document.querySelector('meta[name=build]').content = '0123456789ab'")
    await (await sam.board.begin("Value")).press_sequentially(ASKED)
    mortal.server.kill()
    mortal.server.start()
    await expect(sam.page.get_by_text(t("rooms.improved"))).to_be_visible()
    await sam.button(t("rooms.load_again")).click()
    await sam.is_here()
    await expect(sam.page.get_by_text(t("rooms.improved"))).to_have_count(0)
    await sam.board.begin("Value")
    await expect(sam.board.field("Value")).to_have_value(ASKED)
