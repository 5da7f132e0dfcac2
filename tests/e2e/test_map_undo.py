"""One press takes back what was done to a whole map, and leaves what others have gone on with."""

import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives
from tests.e2e.process_maps import MIDDLE, called, imports
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.company import Company

TABLE = "Step\tLane\nSample waits\tLaboratory\nAnalyser\tLaboratory\nResult\tLaboratory"


async def test_a_wrong_table_and_a_drop_go_by_one_press_each(arrive: Arrives, room: Company) -> None:
    _a_map(room)
    anne = await arrive("Anne", room.coach, at="process_map")
    tom = await arrive("Tom", room.join(name="Tom"), at="process_map")
    for somebody in (anne, tom):
        await somebody.button(t("process_map.as_list")).click()
    await imports(anne, TABLE, 3)
    await called(tom, "Analyser", "activity").press("Enter")
    words = tom.dialog.get_by_label(t("process_map.words"), exact=True)
    await words.fill("Cultures")
    await words.press("Enter")
    await tom.page.keyboard.press("Escape")
    await expect(called(anne, "Cultures", "activity")).to_be_visible()

    # Two of three were hers alone, and nothing is left of them; what Tom has named stays in its lane.
    await anne.button(t("rooms.undo")).click()
    for somebody in (anne, tom):
        for gone in ("Sample waits", "Result"):
            await expect(called(somebody, gone, "activity")).to_have_count(0)
        await expect(called(somebody, "Cultures", "activity")).to_be_visible()
        await expect(somebody.page.get_by_text(t("process_map.lanes", count=2), exact=True)).to_be_visible()
        await somebody.button(t("process_map.as_picture")).click()

    # She drops it on the arrow, which then leads to it and on; and takes that back with its place.
    arrows = tom.page.locator("[data-edge]")
    await expect(arrows).to_have_count(1)
    lay = await _step(tom, "Cultures").evaluate("node => node.style.transform")
    way = anne.page.locator("path.catch")
    await _step(anne, "Cultures").hover()
    await anne.page.mouse.down()
    await anne.page.mouse.move(*await way.evaluate(MIDDLE), steps=8)
    await anne.page.mouse.up()
    await anne.is_told(t("process_map.fell_into", step="Cultures"))
    await expect(arrows).to_have_count(2)
    await anne.page.keyboard.press("Control+z")
    await expect(arrows).to_have_count(1)
    await expect(_step(tom, "Cultures")).to_have_attribute("style", re.compile(re.escape(lay)))


def _a_map(room: Company) -> None:
    """Somebody comes and gets the first dose, with much room between."""
    map_id, start, dose = (str(uuid4()) for _ in range(3))

    def do(type: str, **said: Any) -> None:
        room.do({"type": f"process_map.{type}", **said}, room.coach)

    do("add_map", map_id=map_id, title="To the first dose", unit="minutes")
    on = {"map_id": map_id, "lane_id": room.snapshot(room.coach)["rows"]["lane"][0]["id"]}
    do("add_step", step_id=start, kind="start", text="Arrives", x=12, y=12, **on)
    do("add_step", step_id=dose, kind="end", text="First dose", x=620, y=12, **on)
    do("connect", edge_id=str(uuid4()), from_id=start, to_id=dose)


def _step(somebody: Screen, text: str) -> Locator:
    return somebody.page.locator(".svelte-flow__node").filter(has_text=text)
