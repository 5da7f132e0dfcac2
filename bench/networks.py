"""P7 in a real browser: how soon a hospital's network lets somebody in. `python -m bench.networks [--quick]`."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Browser, Page, Response, expect

from tests.e2e.board import Board
from tests.e2e.networks import FAULTS
from tests.support.browser import chromium
from tests.support.company import Company, Somebody, a_company
from tests.support.lines import TRANSPORTS, Transport
from tests.support.proxy import Proxy

ROUNDS = 7
CARDS = 12
IDLE_CUT = 3.0
expect.set_options(timeout=60_000)


@dataclass
class Arrival:
    """Seconds of one round."""

    first_ack: float | None
    """From asking for the page to the answer to the first card; a socket's answers are not seen from here."""
    others: float
    """From somebody else's command to their card on this screen."""


async def a_page(browser: Browser, who: Somebody) -> Page:
    """A browser of their own that knows nothing yet."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    name, _, value = who.cookie.partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": who.url}])
    return await context.new_page()


async def arrival(browser: Browser, company: Company, who: Somebody) -> Arrival:
    page = await a_page(browser, who)
    acked = asyncio.get_running_loop().create_future()

    def heard(response: Response) -> None:
        if response.url.endswith("/commands") and not acked.done():
            acked.set_result(time.perf_counter())

    page.on("response", heard)
    began = time.perf_counter()
    await page.goto(f"{who.url}/rooms/{who.room_id}#board", wait_until="commit")
    board = Board(page)
    words = f"First of {uuid4()}"
    await board.write("Value", words)
    is_socket = page.url.startswith(company.server.url)
    first_ack = None if is_socket else await acked - began
    await expect(page.get_by_role("banner").get_by_text("Saved", exact=True)).to_be_visible()
    others = await until_seen(page, company)
    await page.context.close()
    return Arrival(first_ack, others)


async def until_seen(page: Page, company: Company) -> float:
    words = f"Theirs {uuid4()}"
    command = a_card(company, words)
    began = time.perf_counter()
    await asyncio.to_thread(company.do, command, company.coach)
    await expect(Board(page).handle(words)).to_be_attached()
    return time.perf_counter() - began


def a_card(company: Company, text: str) -> dict[str, str]:
    board = company.lens_board()["id"]
    return {"type": "board.add_card", "card_id": str(uuid4()), "board_id": board, "column": "value", "text": text}


async def arrivals(browser: Browser, company: Company, transport: Transport, rounds: int) -> str:
    async with Proxy(company.server.port, replace(FAULTS[transport])) as proxy:
        url = proxy.url if transport != "socket" else company.server.url
        taken = [await arrival(browser, company, replace(company.join(name=f"P{n}"), url=url)) for n in range(rounds)]
    acks = [each.first_ack for each in taken if each.first_ack is not None]
    return f"| {transport} | {spread(acks)} | {spread([each.others for each in taken])} |"


def spread(seconds: list[float]) -> str:
    if not seconds:
        return "–"
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"


async def writing(browser: Browser, company: Company, transport: Transport, cards: int) -> str:
    """Somebody writes through late and cut lines; at the end each card is there once."""
    faults = replace(FAULTS[transport], latency=0.2, jitter=0.1, idle_cut=IDLE_CUT)
    async with Proxy(company.server.port, faults) as proxy:
        who = replace(company.join(name=f"Writer by {transport}"), url=proxy.url)
        page = await a_page(browser, who)
        await page.goto(f"{who.url}/rooms/{who.room_id}#board")
        board = Board(page)
        texts = [f"Card {n} by {transport} {uuid4()}" for n in range(cards)]
        for n, text in enumerate(texts):
            await board.write("Value", text)
            if n % 4 == 3:
                await asyncio.sleep(IDLE_CUT * 1.5)
        await expect(page.get_by_role("banner").get_by_text("Saved", exact=True)).to_be_visible()
        opened = proxy.opened
        await page.context.close()
    stored = [card["text"] for card in company.snapshot(company.coach)["rows"]["card"]]
    lost = sum(text not in stored for text in texts)
    doubled = sum(stored.count(text) > 1 for text in texts)
    return f"| {transport} | {cards} | {opened} | {lost} | {doubled} |"


async def measure(rounds: int, cards: int) -> None:
    with tempfile.TemporaryDirectory() as folder, a_company(Path(folder)) as company:
        async with chromium() as browser:
            tell(
                "| the network leaves | first ack, s after the page was asked for | others' changes, s |",
                "|---|---|---|",
            )
            for transport in TRANSPORTS:
                tell(await arrivals(browser, company, transport, rounds))
            tell(
                "",
                f"200 ± 100 ms each way, cut after {IDLE_CUT:.0f} s without a byte:",
                "",
                "| the network leaves | cards | connections | lost | doubled |",
                "|---|---|---|---|---|",
            )
            for transport in TRANSPORTS:
                tell(await writing(browser, company, transport, cards))


def tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds")
    quick = parser.parse_args().quick
    asyncio.run(measure(2 if quick else ROUNDS, 4 if quick else CARDS))


if __name__ == "__main__":
    main()
