"""Paper: the place somebody is at comes out whole, light and without anything to press, whatever the screen was."""

from collections.abc import Iterator

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives, House
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE
from tests.support.cases import SEPSIS, Play, play

GROUND = "() => getComputedStyle(document.documentElement).colorScheme"


@pytest.fixture(scope="module")
def sepsis(house: House) -> Iterator[Play]:
    room = play(house.url, house.coach_cookie, SEPSIS)
    yield room
    room.close()


async def test_a_board_on_paper_says_of_every_card_whose_it_is_its_theme_and_its_evidence(
    arrive: Arrives, sepsis: Play
) -> None:
    anne = await arrive("Anne", sepsis.people["anne"], theme="dark")
    await anne.has_everything()
    paper = await prints(anne)
    for card in sepsis.case["board"]["cards"]:
        words = paper.get_by_role("listitem").filter(has_text=card["text"]).first
        await expect(words).to_be_visible()
        for evidence in card.get("evidence", []):
            await expect(words).to_contain_text(evidence["text"])
            await expect(words).to_contain_text(evidence["source"])
    for theme in sepsis.case["board"]["themes"]:
        await expect(paper.get_by_text(theme["title"]).first).to_be_visible()
    await expect(paper.get_by_text(t("board.by_phone", name="Tom"))).to_have_count(2)
    await expect(paper).to_contain_text(sepsis.case["room"]["name"])
    await expect(anne.page.locator("#app")).to_be_hidden()
    assert await paper.locator("button, a, input, select").count() == 0
    assert await anne.page.evaluate(GROUND) == "light"
    assert await pages(anne) == 1
    await anne.page.emulate_media(media="null")
    await anne.page.evaluate("dispatchEvent(new Event('afterprint'))")
    await expect(paper).to_have_count(0)
    await expect(anne.main).to_be_visible()


async def test_roadmap_themes_and_aims_come_out_on_one_page_each_from_a_phone_too(
    arrive: Arrives, sepsis: Play
) -> None:
    maya = await arrive("Maya", sepsis.people["maya"], PHONE, at="roadmap", theme="dark")
    await maya.has_everything()
    for place, words in (
        ("roadmap", "roadmap.where_we_are"),
        ("themes", "board.themes"),
        ("aim/global", "roadmap.aim.specific"),
    ):
        await maya.go(place)
        await expect(maya.heading).to_be_visible()
        assert await pages(maya) == 1, place
        paper = await prints(maya)
        await expect(paper.get_by_text(t(words), exact=True).first).to_be_visible()
        await maya.page.emulate_media(media="null")
        await maya.page.evaluate("dispatchEvent(new Event('afterprint'))")


async def prints(screen: Screen) -> Locator:
    """The paper as it lies in the printer."""
    await screen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await screen.page.emulate_media(media="print")
    return screen.page.get_by_role("article").first


async def pages(screen: Screen) -> int:
    """How many sheets the browser's own printing takes."""
    pdf = await screen.page.pdf(prefer_css_page_size=True, print_background=True)
    return pdf.count(b"/Type /Page\n")
