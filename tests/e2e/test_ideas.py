"""Three people think of ideas in silence, two of them find that they had the same one, and all get their letters."""

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE
from tests.support.company import Company

TROLLEY = "Put first doses on a red trolley"
CUPBOARD = "Push the cupboard to the patient"
TEACH = "Rehearse sepsis with new doctors"


async def thinks(somebody: Screen, text: str) -> None:
    field = somebody.page.get_by_label(t("ideas.what_could_we_try"))
    await field.fill(text)
    await field.press("Enter")
    await expect(somebody.main.get_by_text(text, exact=True)).to_be_visible()


async def sees(somebody: Screen, *texts: str) -> None:
    for text in texts:
        await expect(somebody.main.get_by_text(text, exact=True)).to_be_visible()


async def test_ideas_are_thought_of_in_silence_put_together_by_their_authors_and_lettered(
    arrive: Arrives, room: Company
) -> None:
    anne = await arrive("Anne", room.coach)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), PHONE)
    nina = await arrive("Nina", room.join(name="Nina"))
    for somebody in (anne, maya, nina):
        await somebody.go("ideas")
        await expect(somebody.heading).to_have_text(t("rooms.place_ideas"))

    await anne.button(t("ideas.think_in_silence")).click()
    await anne.dialog.get_by_role("button", name=t("board.begin_silence"), exact=True).click()
    await expect(maya.page.get_by_text(t("ideas.appears_named", name="Maya"), exact=True)).to_be_visible()
    for somebody, text in ((maya, TROLLEY), (nina, CUPBOARD), (anne, TEACH)):
        await thinks(somebody, text)
    for somebody in (anne, maya, nina):
        await expect(somebody.page.get_by_text(t("ideas.face_down", count=3))).to_be_visible()
        assert await somebody.person.barriers() == []
    await expect(anne.page.get_by_text(TROLLEY)).to_have_count(0)
    await anne.button(t("ideas.show_them_all")).click()
    for somebody in (anne, maya, nina):
        await sees(somebody, TROLLEY, CUPBOARD, TEACH)
        await somebody.is_told(t("ideas.here_they_are", count=3))

    # Nina asks by keys alone: her own yes is said by asking.
    await nina.button(t("ideas.open_of", what=TROLLEY)).press("Enter")
    await nina.dialog.get_by_label(t("ideas.same_as")).select_option(label=CUPBOARD)
    await nina.dialog.get_by_role("button", name=t("ideas.ask_them"), exact=True).press("Enter")
    await expect(nina.dialog.get_by_text(t("ideas.is_asked"))).to_be_visible()
    await nina.page.keyboard.press("Escape")
    await expect(nina.button(t("ideas.open_of", what=TROLLEY))).to_be_focused()
    await expect(maya.page.get_by_text(t("ideas.yes_is_missing", names=t("ideas.you")))).to_be_visible()
    assert await maya.person.barriers() == []
    await maya.button(t("ideas.yes_same")).click()
    for somebody in (anne, maya, nina):
        await expect(somebody.main.get_by_text(t("ideas.together_with", names="Nina"))).to_be_visible()
        await expect(somebody.main.get_by_text(CUPBOARD, exact=True)).to_have_count(0)

    await maya.button(t("ideas.open_of", what=TROLLEY)).click()
    assert await maya.person.barriers() == []
    await maya.dialog.get_by_role("button", name=t("ideas.make_two"), exact=True).click()
    await maya.close_dialog()
    await sees(nina, TROLLEY, CUPBOARD)
    await anne.button(t("ideas.give_letters")).click()
    for somebody in (anne, maya, nina):
        for letter in "ABC":
            await expect(somebody.main.get_by_text(letter, exact=True)).to_be_visible()
