"""Cards: one field and Enter, seen by everybody, changed by those whose words they are."""

from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.networks import over_every_network
from tests.e2e.words import t
from tests.support.browser import TABLET
from tests.support.company import Company

HEARD = "I wanted somebody to say the word sepsis out loud"
WAITED = "Waiting without being looked at was the frightening part"
ASKED = "Has the doctor seen my blood result?"


@over_every_network
async def test_a_card_written_by_one_is_seen_by_the_other(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), TABLET)
    nina = await arrive("Nina", room.join(name="Nina"))
    await maya.board.write("Value", HEARD)
    await expect(nina.board.card(HEARD)).to_contain_text(HEARD)
    await expect(nina.board.card(HEARD)).to_contain_text("Maya")


async def test_enter_keeps_the_field_for_the_next_card(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    await maya.board.begin("Value")
    for text in (HEARD, WAITED, ASKED):
        await maya.page.keyboard.type(text)
        await maya.page.keyboard.press("Enter")
        await expect(maya.board.field("Value")).to_be_focused()
        await expect(maya.board.field("Value")).to_have_value("")
    await maya.board.shows("Value", [HEARD, WAITED, ASKED])


async def test_only_ones_own_words_can_be_changed_and_the_card_says_why(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    nina = await arrive("Nina", room.join(name="Nina"))
    await maya.board.write("Value", HEARD)
    dialog = await nina.board.open(HEARD)
    await expect(dialog.get_by_label(t("board.words"), exact=True)).to_have_count(0)
    await expect(dialog.get_by_text(t("board.only_author_edits"))).to_be_visible()
    await maya.board.change_words(HEARD, WAITED)
    await expect(dialog).to_contain_text(WAITED)


async def test_the_recorder_corrects_and_the_first_words_stay_one_press_away(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    tom = room.join(name="Tom")
    room.assign("recorder", tom)
    recorder = await arrive("Tom", tom)
    await maya.board.write("Value", HEARD)
    await recorder.board.change_words(HEARD, WAITED)
    card = maya.board.card(WAITED)
    await card.get_by_text(t("board.corrected_by", name="Tom")).click()
    await expect(card.get_by_text(t("board.first_words", text=HEARD))).to_be_visible()


async def test_a_card_for_somebody_on_the_telephone_says_whose_words_it_is(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    await anne.button(t("rooms.add_person")).click()
    await anne.dialog.get_by_label(t("rooms.first_name"), exact=True).fill("Joe")
    await anne.dialog.get_by_role("button", name=t("rooms.add_person_do"), exact=True).click()
    await expect(anne.members.group(t("rooms.without_device"))).to_contain_text("Joe")
    field = await anne.board.begin("Value")
    await field.fill(WAITED)
    await anne.page.get_by_label(t("board.for"), exact=True).select_option(label="Joe")
    await anne.button(t("board.add")).click()
    await expect(anne.board.card(WAITED)).to_contain_text("Joe")
    await expect(anne.board.card(WAITED)).to_contain_text(t("board.by_phone", name="Anne"))


async def test_what_is_said_about_a_card_is_seen_by_everybody(arrive: Arrives, room: Company) -> None:
    kate = await arrive("Kate", room.join(name="Kate", voice="data"))
    nina = await arrive("Nina", room.join(name="Nina"))
    await kate.board.write("eVidence", "26 patients a week")
    await kate.board.say("26 patients a week", kind="fact", sure="know")
    report = {"text": "Coded cases, weekly mean", "source": "record system report", "date": "2026-04-01"}
    await kate.board.add_evidence("26 patients a week", report)
    card = nina.board.card("26 patients a week")
    for words in (t("board.kind.fact"), t("board.sure.know"), t("board.sources", count=1)):
        await expect(card).to_contain_text(words)
    dialog = await nina.board.open("26 patients a week")
    await expect(dialog).to_contain_text("record system report, 1 April 2026")


async def test_a_card_that_was_removed_is_put_back(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    nina = await arrive("Nina", room.join(name="Nina"))
    await maya.board.write("Value", HEARD, WAITED)
    await maya.board.remove(HEARD)
    await nina.board.shows("Value", [WAITED])
    await nina.main.get_by_text(t("board.removed", count=1), exact=True).click()
    # An unavailable button says why when it is pressed.
    await nina.button(t("board.restore")).press("Enter")
    await expect(nina.main.get_by_text(t("board.only_author_restores"))).to_be_visible()
    await maya.button(t("rooms.undo")).click()
    await nina.board.shows("Value", [HEARD, WAITED])
    await maya.board.remove(HEARD)
    await maya.main.get_by_text(t("board.removed", count=1), exact=True).click()
    await maya.button(t("board.restore")).click()
    await nina.board.shows("Value", [HEARD, WAITED])


async def test_a_card_that_is_too_long_stays_in_the_field(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    field = await maya.board.begin("Value")
    await field.fill("so long " * 40)
    await field.press("Enter")
    await expect(maya.page.get_by_text(t("board.too_long", count=39), exact=True).first).to_be_visible()
    await expect(field).to_have_value("so long " * 40)
    await expect(maya.board.cards("Value")).to_have_count(0)


async def test_others_see_who_is_writing_and_not_what(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "value", WAITED)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    nina = await arrive("Nina", room.join(name="Nina"))
    field = await maya.board.begin("Value")
    await field.press_sequentially(HEARD)
    writes = nina.page.get_by_text(t("board.one_writes", names="Maya"), exact=True)
    await expect(writes).to_be_visible()
    await expect(nina.page.get_by_text(HEARD)).to_have_count(0)
    await field.press("Enter")
    await expect(nina.board.card(HEARD)).to_be_visible()
    await expect(writes).to_have_count(0)
