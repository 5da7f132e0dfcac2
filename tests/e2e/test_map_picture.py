"""The process map as a picture: several draw in it at once, and nothing jumps under anybody's hand."""

from typing import Any, Literal
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import Arrives
from tests.e2e.process_maps import MIDDLE
from tests.e2e.words import t
from tests.support.company import Company

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PLACE = "node => node.style.transform"
HAS_MOVED = """([id, before]) => {
    const { left } = document.querySelector(`[data-glides="${id}"]`).getBoundingClientRect()
    return left > before + 40
}"""
RESTS = """([id, place]) => {
    const node = document.querySelector(`.svelte-flow__node[data-id="${id}"]`)
    return node.style.transform === place && node.querySelector('[data-glides]').style.transform === ''
}"""


async def test_two_draw_in_one_picture_and_a_drag_never_jumps(arrive: Arrives, room: Company) -> None:
    ids = _a_map(room)
    maya, tom = (
        await arrive("Maya", room.join(name="Maya"), at="process_map"),
        await arrive("Tom", room.join(name="Tom"), at="process_map"),
    )
    blood, seen = _step(maya.page, "Blood"), _step(tom.page, "Blood")
    await expect(blood).to_be_visible()
    await expect(seen).to_be_visible()
    before = room.snapshot(room.coach)["seq"]

    # Maya drags; Tom sees it glide with her name, and says meanwhile what it is called.
    was = await _box(seen)
    await _hold(blood, by=(90, 70))
    await tom.page.wait_for_function(HAS_MOVED, arg=[ids["Blood"], was["x"]])
    await expect(seen.get_by_text(t("process_map.moves_it", name="Maya"))).to_be_visible()
    held = await blood.evaluate(PLACE)
    room.do({"type": "process_map.edit_step", "step_id": ids["Blood"], "text": "Cultures", "base_rev": 0}, room.coach)
    blood, seen = _step(maya.page, "Cultures"), _step(tom.page, "Cultures")
    await expect(blood).to_be_visible()
    assert await blood.evaluate(PLACE) == held
    await maya.page.mouse.up()
    await maya.is_told(t("process_map.moved_to", step="Cultures", lane="Patient"))
    await tom.page.wait_for_function(RESTS, arg=[ids["Blood"], await blood.evaluate(PLACE)])
    assert room.snapshot(room.coach)["seq"] == before + 2, "a name and a drag are two changes"

    # An arrow is pulled to the end, and a step put into it.
    arrows = tom.page.locator("[data-edge]")
    await expect(arrows).to_have_count(2)
    await blood.hover()
    await blood.locator(".svelte-flow__handle").hover()
    await maya.page.mouse.down()
    end = await _box(_step(maya.page, "First dose"))
    await maya.page.mouse.move(end["x"] + 20, end["y"] + 10, steps=4)
    await maya.page.mouse.up()
    await expect(arrows).to_have_count(3)
    await maya.page.mouse.click(*await maya.page.locator("path.catch").last.evaluate(MIDDLE))
    await maya.button(t("process_map.split_line")).click()
    await maya.page.get_by_label(t("process_map.what_between")).fill("Second check")
    await maya.page.keyboard.press("Enter")
    check = _step(maya.page, "Second check")
    await expect(_step(tom.page, "Second check")).to_be_visible()
    await expect(arrows).to_have_count(4)

    # Keys move it, and take it away.
    await expect(check).to_be_focused()
    for _ in range(3):
        await maya.page.keyboard.press("ArrowDown")
    await maya.is_told(t("process_map.moved_to", step="Second check", lane="Patient"))
    await maya.page.keyboard.press("Delete")
    await expect(_step(tom.page, "Second check")).to_have_count(0)
    await expect(arrows).to_have_count(3)
    await tom.page.mouse.dblclick(*await _middle(seen))
    await expect(tom.dialog).to_be_visible()
    await tom.close_dialog()
    for scheme in SCHEMES:
        await maya.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert await maya.person.barriers() == [], scheme


def _a_map(room: Company) -> dict[str, str]:
    """Somebody comes, is bled, gets the first dose: one lane, and the last arrow is missing."""
    map_id = str(uuid4())

    def do(type: str, **said: Any) -> None:
        room.do({"type": f"process_map.{type}", **said}, room.coach)

    do("add_map", map_id=map_id, title="To the first dose", unit="minutes")
    lane = room.snapshot(room.coach)["rows"]["lane"][0]["id"]
    ids: dict[str, str] = {}
    steps = (
        ("start", "Arrives", 12),
        ("activity", "Triage", 164),
        ("activity", "Blood", 316),
        ("end", "First dose", 620),
    )
    for kind, text, x in steps:
        ids[text] = str(uuid4())
        where = {"lane_id": lane, "x": x, "y": 12}
        do("add_step", map_id=map_id, step_id=ids[text], kind=kind, text=text, **where)
    for begin, end in (("Arrives", "Triage"), ("Triage", "Blood")):
        do("connect", edge_id=str(uuid4()), from_id=ids[begin], to_id=ids[end])
    return ids


def _step(page: Page, text: str) -> Locator:
    return page.locator(".svelte-flow__node").filter(has_text=text)


async def _box(node: Locator) -> dict[str, float]:
    box = await node.bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


async def _middle(node: Locator) -> tuple[float, float]:
    box = await _box(node)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def _hold(node: Locator, by: tuple[float, float]) -> None:
    """Taken and carried, and not let go."""
    x, y = await _middle(node)
    await node.page.mouse.move(x, y)
    await node.page.mouse.down()
    await node.page.mouse.move(x + by[0], y + by[1], steps=8)
