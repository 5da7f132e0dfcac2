"""How far countdowns are apart on browsers whose clocks are wrong. `python -m bench.countdown`.

Real Chromiums look at one room: a day behind, seven minutes ahead, drifting, frozen for two minutes as a hidden tab is,
late, and all of them again after the server was killed. Each notes when its countdown turns to another second; that
moment has to be a whole second of the server's clock, the same on all of them.
"""

import asyncio
import math
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import httpx
from playwright.async_api import Browser, Page

from tests.support.browser import chromium
from tests.support.company import Company, Somebody, a_company
from tests.support.server import Server

WATCHED = 25
"""Seconds, before the kill and after it."""
FROZEN = 120
MINUTES = 60
SETTLED = 6
"""Seconds after which a screen has asked the server for the time."""

WATCH = "window.truth = Date.now.bind(Date); window.turned = []"
NOTES = """() => {
  const shown = document.querySelector('[role=timer] span')
  const note = () => window.turned.push([shown.textContent, window.truth()])
  new MutationObserver(note).observe(shown, { characterData: true, childList: true, subtree: true })
}"""
SHIFT = """(shift => {
  const truth = Date
  window.Date = class extends truth {
    constructor(...given) { given.length ? super(...given) : super(truth.now() + shift) }
    static now() { return truth.now() + shift }
  }
})"""
DRIFT = """(rate => {
  const truth = performance.now.bind(performance)
  const began = truth()
  performance.now = () => began + (truth() - began) * rate
})"""


@dataclass
class Screen:
    """One browser: when its countdown turned to which second, as the server's clock says."""

    name: str
    page: Page
    turned: dict[int, float] = field(default_factory=dict)

    async def begin(self) -> None:
        await self.page.evaluate("window.turned.length = 0")

    async def read(self, ahead: float) -> None:
        for text, at in await self.page.evaluate("window.turned"):
            if ":" in text and not text.startswith("+"):
                minutes, seconds = text.split(":")
                self.turned[int(minutes) * 60 + int(seconds)] = at / 1000 + ahead

    def worst(self, deadline: float) -> float:
        """The largest distance from the whole second at which it should have turned."""
        return max((abs(at - math.ceil(deadline - shown)) for shown, at in self.turned.items()), default=math.nan)


async def measured(company: Company) -> tuple[float, list[Screen]]:
    deadline = begun(company)
    async with chromium() as browser:
        nina = company.join()
        screens = [
            await a_screen(browser, nina, "right"),
            await a_screen(browser, nina, "a day behind", shift=-86_400_000),
            await a_screen(browser, nina, "seven minutes ahead", shift=420_000),
            await a_screen(browser, nina, "runs 2 % fast", rate=1.02),
            await a_screen(browser, nina, "runs 2 % slow", rate=0.98),
            await a_frozen_screen(browser, nina),
            await a_screen(browser, nina, "joined late"),
        ]
        await watch(company.server, screens)
        company.server.kill()
        company.server.start()
        back = [Screen(f"{screen.name}, after a restart", screen.page) for screen in screens]
        await watch(company.server, back)
        return deadline, screens + back


async def watch(server: Server, screens: list[Screen]) -> None:
    await asyncio.sleep(SETTLED)
    for screen in screens:
        await screen.begin()
    await asyncio.sleep(WATCHED)
    ahead = how_far_ahead(server)
    for screen in screens:
        await screen.read(ahead)


def begun(company: Company) -> float:
    """An hour that is on; gives when its item ends, in seconds on the server's clock."""
    meeting, item = str(uuid4()), str(uuid4())
    adding = {"item_id": item, "meeting_id": meeting, "title": "The metric that matters", "minutes": MINUTES}
    for command in (
        {"type": "meetings.add_meeting", "meeting_id": meeting},
        {"type": "meetings.add_item", **adding},
        {"type": "meetings.start_meeting", "meeting_id": meeting},
        {"type": "meetings.start_item", "item_id": item},
    ):
        company.do(command, company.coach)
    rows = company.snapshot(company.coach)["rows"]["item"]
    return datetime.fromisoformat(next(row["ends_at"] for row in rows if row["id"] == item)).timestamp()


def how_far_ahead(server: Server) -> float:
    """Of our clock the server's is: the quickest of several answers tells."""
    quickest, ahead = math.inf, 0.0
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        for _ in range(20):
            sent = time.time()
            now = client.get("/api/clock").json()["now"] / 1000
            took = time.time() - sent
            if took < quickest:
                quickest, ahead = took, now - (sent + took / 2)
    return ahead


async def a_screen(browser: Browser, who: Somebody, name: str, shift: int = 0, rate: float = 1.0) -> Screen:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    cookie, _, value = who.cookie.partition("=")
    await context.add_cookies([{"name": cookie, "value": value, "url": who.url}])
    await context.add_init_script(f"{WATCH};{SHIFT}({shift});{DRIFT}({rate})")
    page = await context.new_page()
    await page.goto(f"{who.url}/rooms/{who.room_id}#board")
    await page.get_by_role("timer").wait_for()
    await page.evaluate(NOTES)
    return Screen(name, page)


async def a_frozen_screen(browser: Browser, who: Somebody) -> Screen:
    """As a browser does with a tab that nobody has looked at for a while: no timer runs in it."""
    screen = await a_screen(browser, who, "hidden for two minutes")
    tools = await screen.page.context.new_cdp_session(screen.page)
    await tools.send("Page.setWebLifecycleState", {"state": "frozen"})
    await asyncio.sleep(FROZEN)
    await tools.send("Page.setWebLifecycleState", {"state": "active"})
    return screen


def table(deadline: float, screens: list[Screen]) -> str:
    together: dict[int, list[float]] = defaultdict(list)
    for screen in screens:
        for shown, at in screen.turned.items():
            together[shown].append(at)
    apart = max(max(moments) - min(moments) for moments in together.values())
    lines = ["| clock | seconds seen | furthest from the server's second, s |", "|---|---|---|"]
    lines += [f"| {screen.name} | {len(screen.turned)} | {screen.worst(deadline):.3f} |" for screen in screens]
    return "\n".join([*lines, f"| between any two screens | {len(together)} | {apart:.3f} |"])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, a_company(Path(folder)) as company:
        sys.stdout.write(table(*asyncio.run(measured(company))) + "\n")


if __name__ == "__main__":
    main()
