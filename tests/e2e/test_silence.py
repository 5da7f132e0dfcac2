"""Everybody writes in silence; nobody sees what others write until all cards turn at once."""

from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.networks import over_every_network
from tests.e2e.screen import Screen
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import ends_with, t
from tests.support.browser import PHONE, TABLET, Opens
from tests.support.company import Company

HEARD = "I wanted somebody to say the word sepsis out loud"
QUEUE = "Blood samples queue for a porter"


async def begin(coach: Screen, mode: str) -> None:
    await coach.button(t("board.write_in_silence")).click()
    await coach.dialog.get_by_role("radio", name=t(f"board.mode_{mode}"), exact=True).check()
    await coach.dialog.get_by_role("button", name=t("board.begin_silence"), exact=True).click()


async def pin(somebody: Screen, text: str) -> None:
    field = await somebody.board.begin("Value")
    await field.fill(text)
    await somebody.button(t("board.pin_face_down")).click()
    await expect(somebody.board.handle(text)).to_be_attached()


@over_every_network
async def test_unsigned_cards_are_hidden_until_all_turn_at_once_and_then_are_nobodys(
    arrive: Arrives, room: Company
) -> None:
    anne = await arrive("Anne", room.coach)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), TABLET)
    nina = await arrive("Nina", room.join(name="Nina"), PHONE)
    await begin(anne, "unsigned")
    for somebody in (maya, nina):
        await expect(somebody.page.get_by_text(t("board.appears_unsigned"))).to_be_visible()
    await pin(maya, HEARD)
    await pin(nina, QUEUE)
    await expect(maya.page.get_by_text(t("board.only_you_see"))).to_be_visible()
    for somebody in (anne, maya, nina):
        await expect(somebody.page.get_by_text(t("board.face_down", count=2))).to_be_visible()
    for other, text in ((anne, HEARD), (anne, QUEUE), (maya, QUEUE), (nina, HEARD)):
        await expect(other.page.get_by_text(text)).to_have_count(0)
    await nina.button(t("board.need_more_time")).click()
    await expect(anne.page.get_by_text(t("board.asks_for_time", count=1))).to_be_visible()
    for somebody in (anne, maya, nina):
        assert await somebody.person.barriers() == []
    await anne.button(t("board.turn_all_over")).click()
    for somebody in (anne, maya, nina):
        await expect(somebody.board.card(HEARD)).to_be_visible()
        await expect(somebody.board.card(QUEUE)).to_be_visible()
        await expect(somebody.board.card(HEARD)).not_to_contain_text("Maya")
        await somebody.is_told(t("board.heard", count=2))


async def test_named_cards_carry_their_names_once_they_are_turned(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    await begin(anne, "named")
    await expect(maya.page.get_by_text(t("board.appears_named", name="Maya"))).to_be_visible()
    await pin(maya, HEARD)
    await expect(anne.page.get_by_text(t("board.face_down", count=1))).to_be_visible()
    await expect(anne.page.get_by_text(HEARD)).to_have_count(0)
    await anne.button(t("board.turn_all_over")).click()
    await expect(anne.board.card(HEARD)).to_contain_text("Maya")


async def test_a_card_that_comes_after_the_turning_is_given_back_to_its_writer(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    await begin(anne, "unsigned")
    field = await maya.board.begin("Value")
    await expect(maya.button(t("board.pin_face_down"))).to_be_visible()
    await field.fill(HEARD)
    await maya.will_lose_its_line()
    await maya.person.context.set_offline(True)
    await maya.button(t("board.pin_face_down")).click()
    await anne.button(t("board.turn_all_over")).click()
    await maya.person.context.set_offline(False)
    await expect(maya.page.get_by_text(t("refused.capture_over"))).to_be_visible()
    await expect(anne.page.get_by_text(HEARD)).to_have_count(0)


async def test_the_wall_turns_to_the_room_when_everybody_begins_to_write_and_counts(
    arrive: Arrives, person: Opens, room: Company
) -> None:
    given.cards(room, room.coach, "value", *[f"{number}: {QUEUE}" for number in range(1, 13)])
    room.do({"type": "rooms.bring_everyone", "view": "board"}, room.coach)
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    await expect(wall.heading).to_have_text("Sepsis")
    anne = await arrive("Anne", room.coach)
    await begin(anne, "named")
    await expect(wall.page.get_by_text(t("board.face_down", count=0))).to_be_visible()
    await pin(anne, HEARD)
    await expect(wall.page.get_by_text(t("board.face_down", count=1))).to_be_visible()
    await expect(wall.page.get_by_text(HEARD)).to_have_count(0)
    await wall.stays_above_its_foot("Value")
    await anne.button(t("board.turn_all_over")).click()
    await expect(wall.cards("Value").last).to_contain_text(HEARD)
    await wall.stays_above_its_foot("Value")


async def test_in_the_list_one_writes_in_silence_too(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "value", QUEUE)
    anne = await arrive("Anne", room.coach)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), PHONE)
    await maya.go("board")
    await maya.button(t("board.as_a_list")).click()
    await begin(anne, "unsigned")
    await expect(maya.page.get_by_text(t("board.appears_unsigned"))).to_be_visible()
    await maya.page.get_by_role("button", name=ends_with(t("board.to_list", list="Value"))).click()
    await maya.board.field("Value").fill(HEARD)
    await maya.button(t("board.pin_face_down")).click()
    await expect(maya.page.get_by_text(t("board.only_you_see"))).to_be_visible()
    assert await maya.person.barriers() == []
    await anne.button(t("board.turn_all_over")).click()
    await expect(anne.board.card(HEARD)).to_be_visible()
    await expect(maya.page.get_by_text(t("board.only_you_see"))).to_have_count(0)
    await expect(maya.page.get_by_text(HEARD)).to_be_visible()
