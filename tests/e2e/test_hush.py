"""What a coach does quietly: looking first, a private word, two entries that are one person."""

from asyncio import gather

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.words import t
from tests.support.company import Company


async def test_what_a_held_member_posts_waits_for_a_coach(arrive: Arrives, room: Company) -> None:
    anne, joe, nina = await gather(
        arrive("Anne", room.coach), arrive("Joe", room.join(name="Joe")), arrive("Nina", room.join(name="Nina"))
    )
    await anne.members.open("Joe")
    await anne.button(t("rooms.hold_person", name="Joe")).click()
    await expect(anne.button(t("rooms.release_person", name="Joe"))).to_be_visible()
    await anne.close_dialog()
    await expect(joe.page.get_by_text(t("rooms.held_says"), exact=True)).to_be_visible()
    await joe.board.write("Value", "The bed manager is useless")
    await joe.all_saved()
    await expect(joe.main.get_by_text(t("board.held_yours"), exact=True)).to_be_visible()
    await expect(anne.main.get_by_text(t("board.held_for_you"), exact=True)).to_be_visible()
    await nina.board.write("Value", "Somebody who listens")
    await nina.all_saved()
    await expect(nina.page.get_by_text("The bed manager is useless")).to_have_count(0)
    await expect(nina.page.get_by_text(t("rooms.held_says"), exact=True)).to_have_count(0)
    await anne.button(t("board.release")).click()
    await expect(nina.main.get_by_text("The bed manager is useless", exact=True)).to_be_visible()


async def test_a_private_word_reaches_the_coaches_alone_and_is_answered(arrive: Arrives, room: Company) -> None:
    anne, maya, nina = await gather(
        arrive("Anne", room.coach), arrive("Maya", room.join(name="Maya")), arrive("Nina", room.join(name="Nina"))
    )
    heard: list[str] = []
    nina.page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    await nina.page.reload()
    await nina.is_here()
    await maya.choose(t("rooms.tell_coaches"))
    await maya.button(t("rooms.phrase_break")).click()
    await expect(maya.dialog.get_by_role("listitem")).to_contain_text(t("rooms.phrase_break"))
    await anne.is_told(t("rooms.word_from", name="Maya", count=1))
    await anne.button(t("rooms.word_open")).click()
    await expect(anne.dialog.get_by_role("listitem")).to_contain_text(t("rooms.phrase_break"))
    await anne.dialog.get_by_label(t("rooms.answer_to", name="Maya"), exact=True).fill("Of course: ten minutes")
    await anne.button(t("rooms.answer")).click()
    await expect(maya.dialog.get_by_role("listitem").last).to_contain_text("Of course: ten minutes")
    await nina.board.write("Value", "Somebody who listens")
    await nina.all_saved()
    assert heard
    assert not [frame for frame in heard if t("rooms.phrase_break") in frame or "Of course" in frame]


async def test_two_entries_of_one_person_become_one(arrive: Arrives, room: Company) -> None:
    anne, first, other = await gather(
        arrive("Anne", room.coach), arrive("Dina", room.join(name="Dina")), arrive("Dina O.", room.join(name="Dina O."))
    )
    await other.board.write("Value", "Nobody told us to wait")
    await other.all_saved()
    await anne.members.open("Dina")
    await anne.button(t("rooms.join_other")).click()
    await anne.button(t("rooms.join_next")).click()
    await anne.button(t("rooms.join_sure")).click()
    await expect(anne.dialog).to_have_count(0)
    await expect(anne.button(t("rooms.change_person", name="Dina O."))).to_have_count(0)
    await expect(first.board.card("Nobody told us to wait")).to_contain_text("Dina")
    await other.is_here()
