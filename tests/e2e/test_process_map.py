"""A coach and a patient draw the sepsis pathway as a list, by keyboard and on the smallest phone."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import NARROWEST
from tests.support.cases import SEPSIS, case
from tests.support.company import Company

MAP: Mapping[str, Any] = case(SEPSIS)["process_map"]
TITLE = "From triage to the first dose"
NODES = {node["key"]: node for node in MAP["nodes"]}


def step(somebody: Screen, key: str) -> Locator:
    """The button of a step in the list."""
    return called(somebody, NODES[key]["text"], NODES[key]["kind"])


def called(somebody: Screen, words: str, kind: str) -> Locator:
    name = re.compile(rf"^{re.escape(words)} ?, {t(f'process_map.kind_{kind}')}$")
    return somebody.main.get_by_role("button", name=name)


async def adds(somebody: Screen, key: str) -> None:
    """One field, three choices and Enter."""
    node = NODES[key]
    form = somebody.page.get_by_role("form", name=t("process_map.new_step"), exact=True)
    await form.get_by_label(t("process_map.kind"), exact=True).select_option(node["kind"])
    await form.get_by_label(t("process_map.lane"), exact=True).select_option(label=node["lane"])
    for field, label in (("process", "process_map.time_takes"), ("wait", "process_map.time_waits")):
        if field in node:
            await form.get_by_label(t(label, unit=t("process_map.unit_minutes")), exact=True).fill(str(node[field]))
    words = form.get_by_role("textbox").first
    await words.fill(node["text"])
    await words.press("Enter")
    await expect(step(somebody, key)).to_be_visible()


async def chooses(somebody: Screen, key: str, item: str) -> None:
    """From the menu of a step, by keys."""
    await somebody.button(t("process_map.more_of", step=NODES[key]["text"])).press("Enter")
    await somebody.page.get_by_role("button", name=item, exact=True).press("Enter")


async def says_what_helps(somebody: Screen, key: str) -> None:
    await step(somebody, key).press("Enter")
    await somebody.dialog.get_by_role("radio", name=t(f"process_map.value_{NODES[key]['value']}")).press("Space")
    await somebody.page.keyboard.press("Escape")
    await expect(step(somebody, key)).to_be_focused()


async def says_where_it_leads(somebody: Screen, key: str) -> None:
    """What is answered at each way out, and of how many patients in a hundred."""
    await step(somebody, key).press("Enter")
    for _, to, label, share in (edge for edge in MAP["edges"] if edge[0] == key and len(edge) > 2):
        way = somebody.dialog.get_by_role("listitem").filter(has_text=NODES[to]["text"])
        await way.get_by_label(t("process_map.label"), exact=True).fill(label)
        await way.get_by_label(t("process_map.share"), exact=True).fill(f"{share * 100:g}")
        await way.get_by_label(t("process_map.share"), exact=True).press("Enter")
    assert await somebody.person.barriers() == []
    await somebody.page.keyboard.press("Escape")


async def reads(somebody: Screen, lead: float, wait: float) -> None:
    sentence = t("process_map.waits", lead=t("process_map.of_minutes", n=f"{lead:g}"), wait=f"{wait:g}")
    await expect(somebody.main.get_by_text(sentence, exact=True)).to_be_visible()


async def test_two_people_draw_the_sepsis_pathway_as_a_list(arrive: Arrives, room: Company) -> None:
    expected = MAP["expect"]
    anne = await arrive("Anne", room.coach, at="process_map")
    field = anne.page.get_by_label(t("process_map.what_to_draw"), exact=True)
    await field.fill(TITLE)
    await field.press("Enter")
    await expect(anne.heading).to_have_text(TITLE)
    await anne.page.get_by_text(t("process_map.lanes", count=1), exact=True).press("Enter")
    for name in MAP["lanes"][1:]:
        lane = anne.page.get_by_label(t("process_map.new_lane"), exact=True)
        await lane.fill(name)
        await lane.press("Enter")

    patient = room.join(name="Maya", voice="patient")
    maya = await arrive("Maya", patient, NARROWEST, at="process_map", theme="dark", reduced_motion="reduce")
    await expect(maya.heading).to_have_text(TITLE)
    for somebody, keys in ((anne, ("s", "t", "w1", "d")), (maya, ("b", "w2", "r", "w3")), (anne, ("g", "e"))):
        for key in keys:
            await adds(somebody, key)
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
    await maya.page.keyboard.press("Escape")
    await anne.page.keyboard.press("Control+z")
    await reads(maya, expected["lead_time"], expected["wait_time"])
    for somebody in (anne, maya):
        await expect(step(somebody, "w1")).to_be_visible()
        await expect(called(somebody, "Triage", "activity")).to_be_visible()
