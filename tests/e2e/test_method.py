"""The way through the method: themes, the aim, the steps; and what only some may do or see."""

from playwright.async_api import expect

from tests.e2e.aims import sentence
from tests.e2e.conftest import Arrives, House
from tests.e2e.words import step, t
from tests.support.browser import PHONE
from tests.support.cases import case
from tests.support.company import Company

HEARD = "I wanted somebody to say the word sepsis out loud"
WAITED = "Waiting without being looked at was the frightening part"
SEPSIS = case("sepsis")


async def test_themes_are_made_filled_renamed_and_one_is_chosen_with_the_reason(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"))
    anne = await arrive("Anne", room.coach, at="themes")
    await maya.board.write("Value", HEARD, WAITED)
    await maya.go("themes")
    await maya.themes.make("Tell the patient", "Handovers")
    await maya.themes.rename("Handovers", "Handover")
    await expect(anne.themes.theme("Handover")).to_be_visible()
    await maya.board.move(HEARD, theme="Tell the patient")
    await expect(anne.themes.theme("Tell the patient")).to_contain_text(HEARD)
    await expect(maya.themes.choose_button("Tell the patient")).to_have_count(0)
    await anne.themes.choose("Tell the patient", "Every family asks for it")
    await expect(maya.themes.theme("Tell the patient")).to_contain_text("Every family asks for it")
    await maya.go("board")
    await expect(maya.board.card(HEARD)).to_contain_text("★")


async def test_an_aim_becomes_a_sentence_that_the_room_agrees_to(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), at="aim/global")
    anne = await arrive("Anne", room.coach, at="aim/global")
    slots = SEPSIS["global_aim"]
    await maya.aims.write(slots)
    await maya.all_saved()
    await maya.aims.button("propose").click()
    await anne.aims.button("agree").click()
    await maya.go("roadmap")
    await expect(maya.aims.band).to_contain_text(sentence("global", slots))
    await expect(anne.aims.paper).to_contain_text(sentence("global", slots))


async def test_a_step_that_the_coach_sets_is_so_for_everybody(arrive: Arrives, room: Company) -> None:
    fishbone = step("fishbone")
    place = f"step/{step_id(room, 'fishbone')}"
    anne = await arrive("Anne", room.coach, at=place)
    sam = await arrive("Sam", room.join(name="Sam", voice="doctor"), PHONE, at=place)
    await expect(sam.heading).to_have_text(fishbone.question)
    await expect(sam.page.get_by_role("radio", name=t("roadmap.state.doing"))).to_have_count(0)
    await anne.page.get_by_role("radio", name=t("roadmap.state.doing"), exact=True).check()
    await expect(sam.main.get_by_text(t("roadmap.state.doing"), exact=True).first).to_be_visible()
    column = fishbone.columns[0].title
    await sam.board.write(column, "Nobody owns the second check")
    await anne.board.shows(column, ["Nobody owns the second check"])


async def test_what_is_between_the_coaches_is_nowhere_for_a_member(arrive: Arrives, room: Company) -> None:
    own = step("coach_agreement")
    place = f"step/{step_id(room, 'coach_agreement')}"
    anne = await arrive("Anne", room.coach, at=place)
    nina = await arrive("Nina", room.join(name="Nina"), at=place)
    await anne.board.write(own.columns[0].title, "Say it before the meeting, not in it")
    await anne.all_saved()
    await expect(nina.page.get_by_text("Say it before the meeting")).to_have_count(0)
    await expect(nina.main.get_by_role("textbox")).to_have_count(0)


async def test_words_that_must_not_be_there_leave_every_screen(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    anne = await arrive("Anne", room.coach)
    await nina.board.write("Value", "Mrs Featherstonehaugh of bed nine waited")
    await expect(anne.board.handle("Mrs Featherstonehaugh of bed nine waited")).to_be_visible()
    await anne.board.take_out("Mrs Featherstonehaugh of bed nine waited")
    await expect(anne.dialog.get_by_text(t("board.kind_line"))).to_be_visible()
    await expect(nina.page.get_by_text("Featherstonehaugh")).to_have_count(0)
    await expect(nina.main.get_by_text(t("board.taken_out"), exact=True).first).to_be_visible()


async def test_who_becomes_an_observer_loses_the_pen_at_once(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    anne = await arrive("Anne", room.coach)
    await expect(nina.board.opener("Value")).to_be_visible()
    await anne.members.set_part("Nina", "observer")
    await expect(nina.board.opener("Value")).to_have_count(0)
    await anne.members.set_part("Nina", "member")
    await expect(nina.board.opener("Value")).to_be_visible()


async def test_who_is_taken_out_is_told_kindly(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    anne = await arrive("Anne", room.coach)
    await anne.members.take_out("Nina")
    await expect(nina.page.get_by_text(t("rooms.ended_removed"), exact=True)).to_be_visible()


async def test_the_last_coach_cannot_leave(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    await anne.choose(t("rooms.leave"))
    await anne.button(t("rooms.leave_sure")).click()
    await expect(anne.dialog.get_by_text(t("refused.last_coach"))).to_be_visible()
    await anne.close_dialog()
    await expect(anne.heading).to_be_visible()


async def test_everybody_is_brought_to_the_coachs_place(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"), at="roadmap")
    anne = await arrive("Anne", room.coach, at="board")
    await anne.button(t("rooms.bring_everyone")).click()
    await expect(nina.heading).to_have_text(await anne.heading.inner_text())


async def test_a_clinic_works_with_its_five_ps(arrive: Arrives, house: House) -> None:
    room = house.room("improvement_ramp")
    lou = await arrive("Lou", room.join(name="Lou", voice="patient"))
    steve = await arrive("Steve", room.coach)
    for column in ("Purpose", "Patients", "Professionals", "Processes", "Patterns"):
        await expect(lou.board.column(column)).to_be_visible()
    await lou.board.write("Patients", "Keeping to treatment is hard because we are human")
    await steve.board.shows("Patients", ["Keeping to treatment is hard because we are human"])
    room.close()


def step_id(room: Company, key: str) -> str:
    found: str = next(step["id"] for step in room.snapshot(room.coach)["rows"]["step"] if step["key"] == key)
    return found
