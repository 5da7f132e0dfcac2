"""What somebody hears who listens while fifteen people write sixty cards: `python -m bench.listening [--minutes 3]`.

In real time, in a real browser, with a half-typed card of the listener's own.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from uuid import uuid4

from playwright.async_api import expect

from tests.support.browser import DESKTOP, Company, chromium
from tests.support.company import Company as Room
from tests.support.company import a_company
from tests.support.listening import field, heard, listen

COLUMNS = ("value", "involve", "visualisation", "evidence", "vision")
CARDS, AUTHORS = 60, 15


async def measure(room: Room, minutes: float) -> None:
    authors = [room.join(name=f"Author {number}") for number in range(AUTHORS)]
    listener = room.join(name="Nina")
    board_id = room.lens_board()["id"]
    say = {"type": "board.add_card", "board_id": board_id}
    room.do({**say, "card_id": str(uuid4()), "column": "value", "text": "What was there before"}, room.coach)
    async with chromium() as browser:
        company = Company(browser)
        nina = await company.person("Nina", DESKTOP)
        name, _, value = listener.cookie.partition("=")
        await nina.context.add_cookies([{"name": name, "value": value, "url": room.server.url}])
        await nina.page.goto(f"{room.server.url}/rooms/{room.room_id}#board")
        await nina.page.wait_for_load_state("networkidle")
        await nina.page.keyboard.press("n")
        await nina.page.keyboard.type("Nobody could tell me whether she had")
        mine = nina.page.locator("main textarea")
        await expect(mine).to_be_focused()
        before, place = await field(nina.page), await mine.bounding_box()
        await listen(nina.page)
        began = time.monotonic()
        for at, (author, column) in enumerate(islice(zip(cycle(authors), cycle(COLUMNS), strict=False), CARDS)):
            await asyncio.sleep(max(0.0, began + at * minutes * 60 / CARDS - time.monotonic()))
            words = {"card_id": str(uuid4()), "column": column, "text": f"Thought {at + 1}"}
            room.do({**say, **words}, author)
        await asyncio.sleep(max(0.0, began + minutes * 60 - time.monotonic()))
        said, after, there = await heard(nina.page), await field(nina.page), await mine.bounding_box()
        await company.leave()
    assert place is not None
    assert there is not None
    tell(f"{CARDS} cards by {AUTHORS} people in {time.monotonic() - began:.0f} s: live regions received {len(said)}")
    tell(*said)
    tell(
        f"Focus and half-typed text as before: {after == before}. The field moved by {there['y'] - place['y']:.0f} px."
    )


def tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3.0)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder, a_company(Path(folder)) as room:
        asyncio.run(measure(room, minutes))


if __name__ == "__main__":
    main()
