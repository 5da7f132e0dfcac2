"""A coach and a patient draw the sepsis pathway as a list, by keyboard and on the smallest phone."""

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.process_maps import (
    MAP,
    NODES,
    TITLE,
    adds,
    called,
    chooses,
    reads,
    says_what_helps,
    says_where_it_leads,
    step,
)
from tests.e2e.words import step as method_step
from tests.e2e.words import t
from tests.support.browser import NARROWEST
from tests.support.company import Company


async def test_two_people_draw_the_sepsis_pathway_as_a_list(arrive: Arrives, room: Company) -> None:
    expected = MAP["expect"]
    anne = await arrive("Anne", room.coach, at="process_map")
    field = anne.page.get_by_label(t("process_map.what_to_draw"), exact=True)
    await field.fill(TITLE)
    await field.press("Enter")
    await expect(anne.heading).to_have_text(TITLE)
    await expect(anne.page.get_by_label(t("process_map.what_first"), exact=True)).to_be_focused()
    here = anne.page.get_by_role("navigation", name=t("rooms.roadmap"), exact=True).locator("[aria-current=page]")
    await expect(here).to_contain_text(method_step("map").title)
    await anne.page.get_by_text(t("process_map.lanes", count=1), exact=True).press("Enter")
    *lanes, pharmacy = MAP["lanes"][1:]
    for name in lanes:
        lane = anne.page.get_by_label(t("process_map.new_lane"), exact=True)
        await lane.fill(name)
        await lane.press("Enter")

    patient = room.join(name="Maya", voice="patient")
    maya = await arrive("Maya", patient, NARROWEST, at="process_map", theme="dark", reduced_motion="reduce")
    await expect(maya.heading).to_have_text(TITLE)
    for somebody, keys in ((anne, ("s", "t", "w1", "d")), (maya, ("b", "w2", "r", "w3")), (anne, ("g", "e"))):
        for key in keys:
            await adds(somebody, key, elsewhere=NODES[key]["lane"] == pharmacy)
    await expect(step(maya, "e")).to_be_visible()
    await chooses(maya, "d", t("process_map.add_after"))
    await adds(maya, "o")
    for key in ("t", "b", "r", "g"):
        await says_what_helps(anne, key)
    await says_where_it_leads(maya, "d")
    for somebody in (anne, maya):
        await reads(somebody, expected["lead_time"], expected["wait_time"])
        helps = t(
            "process_map.helps",
            adding=f"{expected['value_adding']:g}",
            percent=t("process_map.percent", n=round(expected["value_adding_percent"])),
        )
        await expect(somebody.main.get_by_text(helps)).to_be_visible()
        assert await somebody.person.barriers() == []

    # Who takes a step back leaves the words that its neighbour has got meanwhile.
    await chooses(anne, "w1", t("process_map.remove"))
    await reads(maya, expected["lead_time"] - 20, expected["wait_time"] - 20)
    await step(maya, "t").press("Enter")
    words = maya.dialog.get_by_label(t("process_map.words"), exact=True)
    await words.fill("Triage")
    await words.press("Enter")
    await expect(called(anne, "Triage", "activity")).to_be_visible()
    # A time that nobody understands is not lost by going.
    takes = maya.dialog.get_by_label(t("process_map.process"), exact=True)
    known = await takes.input_value()
    await takes.fill("about ten")
    await takes.press("Escape")
    await expect(takes).to_be_focused()
    await expect(maya.dialog.get_by_text(t("process_map.no_time"), exact=True)).to_be_visible()
    await takes.fill(known)
    await takes.press("Escape")
    await expect(maya.dialog).to_have_count(0)
    await anne.page.keyboard.press("Control+z")
    await reads(maya, expected["lead_time"], expected["wait_time"])
    for somebody in (anne, maya):
        await expect(step(somebody, "w1")).to_be_visible()
        await expect(called(somebody, "Triage", "activity")).to_be_visible()

    # Who draws another map goes on to write what it is.
    await anne.button(t("process_map.more_of", step=TITLE)).press("Enter")
    await anne.page.get_by_role("button", name=t("process_map.new_map"), exact=True).press("Enter")
    await expect(field).to_be_focused()
