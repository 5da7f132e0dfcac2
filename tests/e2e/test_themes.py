"""Themes are made, filled, renamed and chosen."""

from asyncio import gather

from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.words import t
from tests.support.company import Company

CUPBOARD = "The antibiotic cupboard is 60 metres from resus"
SHADOWED = "Shadowed four patients to the first dose"
ALERT = "Alert fires for 1 in 9 admissions"
REASON = "Every part of the pathway can do something about it"


async def test_themes_are_made_filled_and_renamed_together(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "visualisation", CUPBOARD, SHADOWED)
    given.cards(room, room.coach, "evidence", ALERT)
    amir, nina = await gather(
        arrive("Amir", room.join(name="Amir"), at="themes"),
        arrive("Nina", room.join(name="Nina"), at="themes"),
    )
    await amir.themes.make("First dose", "Recognise")
    await expect(nina.themes.theme("Recognise")).to_be_visible()
    await nina.board.move(CUPBOARD, theme="First dose")
    await amir.board.shows("First dose", [CUPBOARD])
    await amir.board.handle(ALERT).focus()
    await amir.page.keyboard.press("Alt+ArrowRight")
    await amir.is_told(t("board.moved", list="First dose", at=2, count=2))
    await amir.page.keyboard.press("Alt+ArrowRight")
    await nina.board.shows("Recognise", [ALERT])
    await nina.themes.rename("First dose", "First dose within the hour")
    await amir.board.shows("First dose within the hour", [CUPBOARD])
    await amir.board.shows(t("board.no_theme"), [SHADOWED])


async def test_several_cards_go_under_a_theme_at_once(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "visualisation", CUPBOARD, SHADOWED)
    given.theme(room, room.coach, "First dose")
    amir = await arrive("Amir", room.join(name="Amir"), at="themes")
    await amir.button(t("board.pick_several")).click()
    for text in (CUPBOARD, SHADOWED):
        await amir.page.get_by_role("checkbox", name=t("board.pick", text=text), exact=True).check()
    picked = amir.page.get_by_role("group", name=t("board.put_picked"), exact=True)
    await picked.get_by_role("button", name="First dose", exact=True).click()
    await amir.board.shows("First dose", [CUPBOARD, SHADOWED])
    await amir.is_told(t("board.put_together", count=2, theme="First dose"))


async def test_the_coach_chooses_a_theme_with_the_reason(arrive: Arrives, room: Company) -> None:
    (card,) = given.cards(room, room.coach, "visualisation", CUPBOARD)
    first, _ = given.theme(room, room.coach, "First dose"), given.theme(room, room.coach, "Recognise")
    room.do({"type": "board.move_card", "card_id": card, "theme_id": first}, room.coach)
    anne, nina = await gather(
        arrive("Anne", room.coach, at="themes"), arrive("Nina", room.join(name="Nina"), at="themes")
    )
    await expect(nina.themes.theme("First dose")).to_be_visible()
    await expect(nina.themes.choose_button("First dose")).to_have_count(0)
    dialog = await anne.themes.give_reason("First dose", "")
    await expect(dialog.get_by_role("note")).to_contain_text(t("board.reason_missing").split(". ")[1])
    await anne.close_dialog()
    await anne.themes.choose("First dose", REASON)
    await expect(nina.themes.theme("First dose")).to_contain_text(REASON)
    await nina.go("board")
    await expect(nina.board.card(CUPBOARD)).to_contain_text("★")
    await nina.page.get_by_role("button", name=t("board.chosen") + "First dose 1", exact=True).click()
    await nina.board.shows("Visualisation", [CUPBOARD])
