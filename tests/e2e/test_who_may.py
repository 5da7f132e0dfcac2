"""What a coach does about people acts at once: parts, removal, words that must not be there."""

from asyncio import gather

from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.networks import over_every_network
from tests.e2e.words import t
from tests.support.company import Company

NAMED = "Mrs Harris in bed four was angry"
WAITED = "Waiting without being looked at was the frightening part"


@over_every_network
async def test_a_redaction_takes_the_words_off_every_screen(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "value", NAMED, WAITED)
    anne, nina = await gather(arrive("Anne", room.coach), arrive("Nina", room.join(name="Nina")))
    await expect(nina.board.card(NAMED)).to_be_visible()
    await anne.board.take_out(NAMED)
    await expect(anne.dialog.get_by_text(t("board.kind_line"))).to_be_visible()
    await nina.board.shows("Value", [t("board.taken_out"), WAITED])
    await expect(nina.page.get_by_text("Harris")).to_have_count(0)
    await nina.page.reload()
    await nina.board.shows("Value", [t("board.taken_out"), WAITED])
    assert "Harris" not in await nina.page.content()


async def test_a_demoted_member_loses_the_buttons_at_once(arrive: Arrives, room: Company) -> None:
    given.cards(room, room.coach, "value", WAITED)
    anne, nina = await gather(arrive("Anne", room.coach), arrive("Nina", room.join(name="Nina")))
    field = await nina.board.begin("Value")
    await field.press_sequentially("Has the doctor seen")
    await anne.members.set_part("Nina", "observer")
    await expect(field).to_have_count(0)
    await expect(nina.board.opener("Value")).to_have_count(0)
    dialog = await nina.board.open(WAITED)
    await expect(dialog.get_by_role("button", name=t("board.move"), exact=True)).to_have_count(0)
    await nina.board.close()
    await anne.members.set_part("Nina", "member")
    await expect(field).to_have_value("Has the doctor seen")


async def test_somebody_taken_out_sees_a_kind_screen(arrive: Arrives, room: Company) -> None:
    anne, nina = await gather(arrive("Anne", room.coach), arrive("Nina", room.join(name="Nina")))
    nina.person.expect_errors("403|404")
    await anne.members.take_out("Nina")
    await expect(nina.heading).to_have_text(t("rooms.ended_removed"))
    await expect(nina.main.get_by_text(t("rooms.ended_removed_says"))).to_be_visible()
    await nina.page.reload()
    await expect(nina.heading).to_have_text(t("rooms.ended_removed"))


async def test_the_last_coach_cannot_leave_until_there_is_another(arrive: Arrives, room: Company) -> None:
    nina = room.join(name="Nina")
    anne = await arrive("Anne", room.coach)
    await anne.choose(t("rooms.leave"))
    await anne.button(t("rooms.leave_sure")).click()
    await expect(anne.dialog.get_by_role("note")).to_contain_text(t("refused.last_coach").split(". ")[1])
    await anne.close_dialog()
    await anne.members.set_part("Nina", "coach")
    await anne.choose(t("rooms.leave"))
    await anne.button(t("rooms.leave_sure")).click()
    await expect(anne.heading).to_have_text(t("people.my_rooms"))
    members = room.snapshot(nina)["rows"]["member"]
    assert next(member["state"] for member in members if member["name"] == "Anne") == "removed"


@over_every_network
async def test_the_leader_brings_everyone_and_whoever_is_writing_stays(arrive: Arrives, room: Company) -> None:
    dina = room.join(name="Dina")
    room.assign("leader", dina)
    leader, nina, amir = await gather(
        arrive("Dina", dina, at="roadmap"),
        arrive("Nina", room.join(name="Nina"), at="roadmap"),
        arrive("Amir", room.join(name="Amir"), at="roadmap"),
    )
    await leader.go("board")
    await leader.button(t("rooms.bring_everyone")).click()
    await expect(nina.board.column("Value")).to_be_visible()
    await expect(amir.board.column("Value")).to_be_visible()
    field = await amir.board.begin("Value")
    await field.press_sequentially(WAITED)
    await leader.go("themes")
    await leader.button(t("rooms.bring_everyone")).click()
    await expect(nina.heading).to_have_text(t("board.themes"))
    await expect(field).to_have_value(WAITED)
    await expect(
        amir.button(t("rooms.go_there")).or_(amir.page.get_by_role("link", name=t("rooms.go_there")))
    ).to_be_visible()
