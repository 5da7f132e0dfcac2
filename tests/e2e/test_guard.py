"""Before something is sent that may tell who a patient is, its writer is asked once. Nobody is kept from writing."""

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.words import t
from tests.support.company import Company

TOLD = "Mrs K, 943 476 5919, waited four hours"
KINDER = "A patient waited four hours"


async def test_words_with_an_nhs_number_wait_until_their_writer_has_looked(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    maya = await arrive("Maya", room.join(name="Maya"))
    field = await nina.board.begin("Value")
    await field.fill(TOLD)
    await field.press("Enter")
    await expect(nina.board.column("Value").get_by_text(t("rooms.guard_asks")).first).to_be_visible()
    await expect(field).to_have_value(TOLD)
    await field.fill(KINDER)
    await expect(nina.board.column("Value").get_by_text(t("rooms.guard_asks"))).to_have_count(0)
    await field.press("Enter")
    await expect(maya.board.card(KINDER)).to_be_visible()
    await maya.board.shows("Value", [KINDER])
    assert await nina.person.barriers() == []


async def test_they_go_as_they_are_when_the_writer_says_so(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    field = await nina.board.begin("Value")
    await field.fill(TOLD)
    await field.press("Enter")
    assert await nina.person.barriers() == []
    await nina.button(t("rooms.guard_send")).click()
    await nina.board.shows("Value", [TOLD])
    await expect(field).to_have_value("")
