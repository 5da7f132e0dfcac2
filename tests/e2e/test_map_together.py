"""Four people draw the sepsis pathway at once; a fifth comes late, and the server dies while a step is in a hand."""

import re
from asyncio import gather
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives
from tests.e2e.process_maps import MAP, NODES, TITLE, adds, connects, reads, says_what_helps, says_where_it_leads, step
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE, TABLET
from tests.support.company import Company, a_company


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Company]:
    """A room on a server of its own, to be killed."""
    with a_company(tmp_path / "mortal") as company:
        yield company


async def test_four_people_draw_the_sepsis_pathway_at_once(arrive: Arrives, mortal: Company) -> None:
    place = f"process_map/{an_empty_map(mortal)}"
    anne, maya, tom, sam = await gather(
        arrive("Anne", mortal.coach, at=place),
        arrive("Maya", mortal.join(name="Maya", voice="patient"), TABLET, at=place),
        arrive("Tom", mortal.join(name="Tom"), PHONE, at=place),
        arrive("Sam", mortal.join(name="Sam"), at=place, theme="dark"),
    )
    four = (anne, maya, tom, sam)
    await adds(anne, "s")
    for somebody in four:
        await expect(step(somebody, "s")).to_be_visible()
    await gather(draws(anne, "t", "w1"), draws(maya, "d", "b", "o"), draws(tom, "w2", "r"), draws(sam, "w3", "g", "e"))
    for somebody in four:
        for key in NODES:
            await expect(step(somebody, key)).to_be_visible()
    await gather(
        leads_on(anne, "s", "t", "w1"), leads_on(maya, "d", "b"), leads_on(tom, "w2", "r"), leads_on(sam, "w3", "g")
    )
    await gather(
        says_what_helps(anne, "t"), says_where_it_leads(maya, "d"), says_what_helps(tom, "r"), says_what_helps(sam, "g")
    )
    await says_what_helps(maya, "b")
    rosa = await arrive("Rosa", mortal.join(name="Rosa"), at=place)
    for somebody in (*four, rosa):
        await adds_up(somebody)

    for somebody in (anne, sam):
        await somebody.button(t("process_map.as_picture")).click()
    for somebody in (anne, sam, rosa):
        await expect(drawn(somebody, held(mortal)["id"])).to_be_visible()
    before = held(mortal)
    for somebody in (anne, maya, tom, sam, rosa):
        await somebody.will_lose_its_line()
    await carries(anne, before["id"], mortal)
    await anne.all_saved()
    after = held(mortal)
    assert after["x"] > before["x"]
    assert after["placed"]
    put_down = await where(anne, after["id"])
    for somebody in (sam, rosa):
        await expect(drawn(somebody, after["id"])).to_have_attribute("style", re.compile(re.escape(put_down)))
    for somebody in (anne, maya, tom, sam, rosa):
        await adds_up(somebody)


def an_empty_map(company: Company) -> str:
    map_id = str(uuid4())
    company.do({"type": "process_map.add_map", "map_id": map_id, "title": TITLE, "unit": MAP["unit"]}, company.coach)
    for name in MAP["lanes"][1:]:
        lane = {"type": "process_map.add_lane", "map_id": map_id, "lane_id": str(uuid4()), "name": name}
        company.do(lane, company.coach)
    return map_id


async def draws(somebody: Screen, *keys: str) -> None:
    for key in keys:
        await adds(somebody, key, after=t("process_map.by_itself"))


async def leads_on(somebody: Screen, *keys: str) -> None:
    for key in keys:
        await connects(somebody, key, *(edge[1] for edge in MAP["edges"] if edge[0] == key))


async def adds_up(somebody: Screen) -> None:
    await reads(somebody, MAP["expect"]["lead_time"], MAP["expect"]["wait_time"])


def held(company: Company) -> dict[str, Any]:
    """The step that is in a hand when the server dies."""
    rows = company.snapshot(company.coach)["rows"]["map_step"]
    found: dict[str, Any] = next(row for row in rows if row["text"] == NODES["w3"]["text"])
    return found


def drawn(somebody: Screen, step_id: str) -> Locator:
    return somebody.page.locator(f'.svelte-flow__node[data-id="{step_id}"]')


async def where(somebody: Screen, step_id: str) -> str:
    place: str = await drawn(somebody, step_id).evaluate("element => element.style.transform")
    return place


async def carries(somebody: Screen, step_id: str, company: Company) -> None:
    """Takes a step, and puts it down while there is no server."""
    box = await drawn(somebody, step_id).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = somebody.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    await mouse.move(x + 40, y + 4, steps=4)
    company.server.kill()
    await mouse.move(x + 90, y + 4, steps=4)
    await mouse.up()
    company.server.start()
