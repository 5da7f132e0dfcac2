"""The roadmap: where the team is, what each step opens, and the aim above it all."""

import re
from asyncio import gather
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.e2e import given
from tests.e2e.aims import sentence
from tests.e2e.conftest import Arrives, House
from tests.e2e.words import begins_with, method, step, t
from tests.support.browser import PHONE
from tests.support.cases import CYSTIC_FIBROSIS, SEPSIS, case
from tests.support.company import Company

PLACES = {
    "themes": "themes",
    "global_aim": "aim/global",
    "specific_aim": "aim/specific",
    "ideas": "ideas",
    "votes": "ballot",
    "process_map": "process_map",
} | {f"board:{lens.key}": f"board/{lens.key}" for lens in method().lenses}
"""Where a step leads that has a tool; every other one to a page of its own."""


@pytest.fixture
def clinic(house: House) -> Iterator[Company]:
    """An empty room for one team."""
    company = house.room("improvement_ramp")
    yield company
    company.close()


async def test_an_aim_is_written_proposed_agreed_and_shown_above_the_roadmap(arrive: Arrives, room: Company) -> None:
    slots = case(SEPSIS)["global_aim"]
    anne, maya = await gather(
        arrive("Anne", room.coach, at="aim/global"), arrive("Maya", room.join(name="Maya"), at="aim/global")
    )
    await maya.aims.write(slots)
    await maya.all_saved()
    await maya.aims.button("propose").click()
    await expect(maya.aims.paper.get_by_text(t("roadmap.aim_state.proposed"))).to_be_visible()
    await expect(maya.aims.button("agree")).to_have_count(0)
    await anne.aims.button("agree").click()
    await expect(maya.aims.paper.get_by_text(sentence("global", slots))).to_be_visible()
    await maya.go("roadmap")
    await expect(maya.aims.band.get_by_text(sentence("global", slots))).to_be_visible()


async def test_a_sentence_with_gaps_says_what_is_missing(arrive: Arrives, room: Company) -> None:
    maya = await arrive("Maya", room.join(name="Maya"), at="aim/global")
    await maya.aims.write({"process": "giving the first antibiotic dose"})
    gaps = [t(f"roadmap.gap.{gap}") for gap in ("place", "start", "end", "benefits", "reasons")]
    listed = t("rooms.and", some=", ".join(gaps[:-1]), last=gaps[-1])
    await expect(maya.aims.paper.get_by_text(t("roadmap.still_missing", gaps=listed)).first).to_be_visible()


async def test_a_step_is_set_and_everybody_sees_it(arrive: Arrives, room: Company) -> None:
    place = f"step/{given.step_id(room, 'logistics')}"
    anne, nina = await gather(
        arrive("Anne", room.coach, at=place), arrive("Nina", room.join(name="Nina"), PHONE, at=place)
    )
    await expect(nina.page.get_by_role("radio")).to_have_count(0)
    for state in ("doing", "done"):
        await anne.page.get_by_role("radio", name=t(f"roadmap.state.{state}"), exact=True).check()
        await expect(nina.main.get_by_text(t(f"roadmap.state.{state}"), exact=True)).to_be_visible()
    await anne.page.get_by_label(t("roadmap.note"), exact=True).fill("Thursdays at half past twelve")
    await anne.page.get_by_label(t("roadmap.note"), exact=True).blur()
    await expect(nina.main.get_by_text("Thursdays at half past twelve")).to_be_visible()
    await nina.go("roadmap")
    title = nina.page.get_by_role("heading", name=method().stages[0].title)
    await expect(nina.main.get_by_role("link").filter(has=title)).to_contain_text(t("roadmap.state.doing"))


async def test_a_step_without_a_tool_of_its_own_is_a_page_with_columns(arrive: Arrives, room: Company) -> None:
    place = f"step/{given.step_id(room, 'fishbone')}"
    amir, nina = await gather(
        arrive("Amir", room.join(name="Amir"), at=place), arrive("Nina", room.join(name="Nina"), at=place)
    )
    await expect(amir.heading).to_have_text(step("fishbone").question)
    for column in step("fishbone").columns:
        await expect(amir.board.column(column.title)).to_be_visible()
    await amir.board.write("Equipment and IT", "One printer for two wards")
    await nina.board.shows("Equipment and IT", ["One printer for two wards"])
    await nina.board.move("One printer for two wards", column="Process")
    await amir.board.shows("Process", ["One printer for two wards"])


async def test_the_page_of_the_coaches_is_not_there_for_members(arrive: Arrives, room: Company) -> None:
    place = f"step/{given.step_id(room, 'coach_agreement')}"
    title = step("coach_agreement").title
    anne, nina = await gather(arrive("Anne", room.coach, at=place), arrive("Nina", room.join(name="Nina"), at=place))
    await anne.board.write("We will", "Tell each other first")
    await expect(anne.page.get_by_text(t("board.only_coaches"))).to_be_visible()
    await expect(nina.main.get_by_text(t("board.coaches_keep_this"))).to_be_visible()
    await expect(nina.page.get_by_text("Tell each other first")).to_have_count(0)
    await nina.go("roadmap")
    await expect(nina.main.get_by_text(t("roadmap.where_we_are"))).to_be_visible()
    await expect(nina.page.get_by_role("link", name=title)).to_have_count(0)
    await expect(anne.page.get_by_role("link", name=title).first).to_be_visible()


async def test_every_step_opens_something(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    rail = anne.page.get_by_role("navigation", name=t("rooms.roadmap"), exact=True)
    for stage in method().stages:
        await rail.get_by_role("link", name=begins_with(stage.title)).first.click()
        for each in stage.steps:
            await rail.get_by_role("link", name=begins_with(each.title)).last.click()
            await expect(anne.page).to_have_url(re.compile(rf"#{PLACES.get(each.opens, 'step/')}"))
            await expect(anne.heading).to_be_visible()
            await expect(anne.heading).not_to_have_text(t("rooms.no_such_place"))


async def test_one_team_works_with_the_five_ps_in_the_same_way(arrive: Arrives, clinic: Company) -> None:
    told = case(CYSTIC_FIBROSIS)
    steve, lou = await gather(
        arrive("Steve", clinic.coach), arrive("Lou", clinic.join(name="Lou", voice="patient"), PHONE)
    )
    for lens in method("improvement_ramp").lenses:
        await expect(steve.board.column(lens.title)).to_be_visible()
    hard, late = told["board"]["cards"][1]["text"], told["board"]["cards"][7]["text"]
    await lou.board.write("Patients", hard)
    await steve.board.write("Processes", late)
    await lou.go("themes")
    await lou.themes.make("Clinic flow")
    await lou.board.move(late, theme="Clinic flow")
    await steve.go("themes")
    await steve.themes.choose("Clinic flow", told["chosen_theme_reason"])
    await expect(lou.themes.theme("Clinic flow")).to_contain_text(told["chosen_theme_reason"])
    await steve.go("aim/specific")
    await steve.aims.write(told["specific_aim"])
    await steve.aims.button("agree").click()
    await lou.go("roadmap")
    said = sentence("specific", told["specific_aim"] | {"by": "31 July 2026"})
    await expect(lou.aims.band.get_by_text(said)).to_be_visible()
