"""The sepsis pathway drawn as a list, step by step: what every story of the process map does."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator, expect

from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.cases import SEPSIS, case

MAP: Mapping[str, Any] = case(SEPSIS)["process_map"]
TITLE = "From triage to the first dose"
NODES = {node["key"]: node for node in MAP["nodes"]}
MIDDLE = """path => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2)
    const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM())
    return [at.x, at.y]
}"""
"""Of an arrow, where it is on the screen."""


def step(somebody: Screen, key: str) -> Locator:
    """The button of a step in the list."""
    return called(somebody, NODES[key]["text"], NODES[key]["kind"])


def called(somebody: Screen, words: str, kind: str) -> Locator:
    name = re.compile(rf"^{re.escape(words)} ?, {t(f'process_map.kind_{kind}')}$")
    return somebody.main.get_by_role("button", name=name)


async def adds(somebody: Screen, key: str, *, after: str | None = None, elsewhere: bool = False) -> None:
    """One field, three choices and Enter; `elsewhere`: at a place that has no lane yet."""
    node = NODES[key]
    form = somebody.page.get_by_role("form", name=t("process_map.new_step"), exact=True)
    kind = form.get_by_label(t("process_map.kind"), exact=True)
    await kind.select_option(node["kind"])
    where = t("process_map.lane_another") if elsewhere else node["lane"]
    await form.get_by_label(t("process_map.lane"), exact=True).select_option(label=where)
    if elsewhere:
        await form.get_by_label(t("process_map.lane_called"), exact=True).fill(node["lane"])
    for field, label in (("process", "process_map.time_takes"), ("wait", "process_map.time_waits")):
        if field in node:
            await form.get_by_label(t(label, unit=t("process_map.unit_minutes")), exact=True).fill(str(node[field]))
    if after is not None:
        await form.get_by_label(t("process_map.comes_after"), exact=True).select_option(label=after)
    words = form.get_by_role("textbox").first
    await words.fill(node["text"])
    await words.press("Enter")
    await expect(step(somebody, key)).to_be_visible()
    await expect(kind).to_have_value("activity")


async def chooses(somebody: Screen, key: str, item: str) -> None:
    """From the menu of a step, by keys."""
    await somebody.button(t("process_map.more_of", step=NODES[key]["text"])).press("Enter")
    await somebody.page.get_by_role("button", name=item, exact=True).press("Enter")


async def says_what_helps(somebody: Screen, key: str) -> None:
    await step(somebody, key).press("Enter")
    await somebody.dialog.get_by_role("radio", name=t(f"process_map.value_{NODES[key]['value']}")).press("Space")
    await somebody.page.keyboard.press("Escape")
    await expect(step(somebody, key)).to_be_focused()


async def connects(somebody: Screen, key: str, *to: str) -> None:
    await step(somebody, key).press("Enter")
    for other in to:
        await somebody.dialog.get_by_label(t("process_map.connect_to"), exact=True).select_option(
            label=NODES[other]["text"]
        )
        await somebody.dialog.get_by_role("button", name=t("process_map.connect"), exact=True).press("Enter")
        await expect(somebody.dialog.get_by_role("listitem").filter(has_text=NODES[other]["text"])).to_be_visible()
    await somebody.page.keyboard.press("Escape")
    await expect(step(somebody, key)).to_be_focused()


async def says_where_it_leads(somebody: Screen, key: str) -> None:
    """What is answered at each way out, and of how many patients in a hundred."""
    await step(somebody, key).press("Enter")
    for _, to, label, share in (edge for edge in MAP["edges"] if edge[0] == key and len(edge) > 2):
        way = somebody.dialog.get_by_role("listitem").filter(has_text=NODES[to]["text"])
        await way.get_by_label(t("process_map.label"), exact=True).fill(label)
        await way.get_by_label(t("process_map.share"), exact=True).fill(f"{share * 100:g} %")
        await way.get_by_label(t("process_map.share"), exact=True).press("Enter")
    assert await somebody.person.barriers() == []
    await somebody.page.keyboard.press("Escape")


async def reads(somebody: Screen, lead: float, wait: float) -> None:
    sentence = t("process_map.waits", lead=t("process_map.of_minutes", n=f"{lead:g}"), wait=f"{wait:g}")
    await expect(somebody.main.get_by_text(sentence, exact=True)).to_be_visible()


async def imports(somebody: Screen, table: str, count: int) -> None:
    """Rows of a spreadsheet are pasted, looked at, and put onto the map."""
    await somebody.page.get_by_text(t("process_map.import"), exact=True).click()
    await somebody.page.get_by_label(t("process_map.import_paste"), exact=True).fill(table)
    await somebody.button(t("process_map.import_look")).click()
    await somebody.button(t("process_map.import_put", count=count)).click()
