"""A whole hour of both cases: real browsers for four people, sockets for the others, a lost signal, a killed server.

At the end every screen, every socket and SQL agree, and nothing that was typed is lost. With BIGROOM_SCREENS=folder
each device leaves its pictures there.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from playwright.async_api import expect

from app.demo import case as cases
from tests.e2e.agreeing import all_agree
from tests.e2e.hour import Hour, an_hour
from tests.e2e.words import shortened, t
from tests.support.browser import Opens
from tests.support.cases import NAMES, Command, Play, first_coach
from tests.support.client import Client
from tests.support.scale import SECONDS_WITHOUT_SIGNAL
from tests.support.server import Server

NAMED = "Mrs Featherstonehaugh, bed nine"
TYPED: dict[str, str] = {
    "phone": "Written on a phone without a signal",
    "tablet": "Written while the server was dead",
    "second": "Half a sentence when the server died, and then the rest",
}


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "server")
    server.start()
    yield server
    server.close()


@pytest_asyncio.fixture(loop_scope="session", params=NAMES)
async def hour(request: pytest.FixtureRequest, mortal: Server, person: Opens) -> AsyncIterator[Hour]:
    cookie = first_coach(mortal.url, mortal.setup_token)
    play = Play(mortal.url, cookie, request.param)
    async with an_hour(request.param, play, cookie, person) as hour:
        yield hour
        await pictures(hour, request.param)
    play.close()


async def test_everybody_ends_the_hour_with_the_same_wall(hour: Hour, mortal: Server) -> None:
    for part in (cases.introduction, cases.roles):
        await hour.say(part(hour.cast))
    await hour.say_at_once(cases.cards(hour.cast))
    await some_cards_find_another_place(hour)
    for part in (cases.themes, cases.choice, cases.aims, cases.steps):
        await hour.say(part(hour.cast))
    await words_are_taken_out(hour)
    await the_phone_loses_its_signal(hour)
    await the_server_dies_while_everybody_writes(hour, mortal)
    await hour.coach.board.write(first_column(hour), "That was our hour")
    await all_agree(hour, mortal.sqlite_url)
    await nothing_typed_is_lost(hour)


async def some_cards_find_another_place(hour: Hour) -> None:
    """By keyboard, by "Move to…" on the phone, by mouse, and by a socket."""
    first, second, third = (hour.text(number) for number in (1, 2, 3))
    others = [lens.title for lens in hour.method.lenses]
    await hour.phone.board.move(third, column=others[-1])
    await expect(hour.coach.board.cards(others[-1]).last).to_have_accessible_name(opens(third))
    await hour.coach.board.card(third).drag_to(hour.coach.board.column(others[0]))
    await expect(hour.tablet.board.column(others[0]).get_by_text(third, exact=True)).to_be_visible()
    await hour.tablet.board.handle(first).focus()
    await hour.tablet.page.keyboard.press("Alt+ArrowRight")
    await hour.tablet.page.keyboard.press("Alt+ArrowLeft")
    moving = {"type": "board.move_card", "card_id": hour.cast.cards[2], "after": None}
    assert (await hour.somebody().do(moving))["type"] == "ack"
    await expect(hour.phone.board.handle(second)).to_be_visible()


async def words_are_taken_out(hour: Hour) -> None:
    """Gone from every screen and every socket; the place on the wall stays."""
    for screen in hour.screens.values():
        await screen.go("board")
    await hour.tablet.board.write(first_column(hour), NAMED)
    await hour.coach.board.take_out(NAMED)
    await hour.coach.board.close()
    for screen in hour.screens.values():
        await expect(screen.page.get_by_text("Featherstonehaugh, bed")).to_have_count(0)
    for client in hour.sockets.values():
        await client.until(partial(says_nothing_of, client, NAMED))


async def the_phone_loses_its_signal(hour: Hour) -> None:
    """It writes on, the others go on without it, and then it has everything of both."""
    phone = hour.phone
    await phone.person.context.set_offline(True)
    await expect(phone.page.get_by_text(t("rooms.offline_title"), exact=True)).to_be_visible()
    await phone.board.write(first_column(hour), TYPED["phone"])
    await expect(phone.bar.get_by_text(t("rooms.waiting", count=1), exact=True)).to_be_visible()
    await hour.tablet.board.write(first_column(hour), "Written while a phone had no signal")
    # The time of the case, not a wait for something: a line may be away for longer than any timer of ours.
    await asyncio.sleep(SECONDS_WITHOUT_SIGNAL)
    await expect(phone.board.handle("Written while a phone had no signal")).to_have_count(0)
    await phone.person.context.set_offline(False)
    await expect(hour.coach.board.handle(TYPED["phone"])).to_be_visible()
    await expect(phone.board.handle("Written while a phone had no signal")).to_be_visible()


async def the_server_dies_while_everybody_writes(hour: Hour, server: Server) -> None:
    """kill -9 with cards on their way, one written meanwhile, and half a sentence in a field."""
    field = await hour.second.board.begin(first_column(hour))
    half, rest = TYPED["second"].split(",")
    await field.press_sequentially(half)
    sent = [
        (client, await client.send(a_card(hour, f"Sent by {key} as the server died")))
        for key, client in hour.sockets.items()
    ]
    server.kill()
    await expect(hour.tablet.page.get_by_text(t("rooms.offline_title"), exact=True)).to_be_visible()
    await hour.tablet.board.write(first_column(hour), TYPED["tablet"])
    await field.press_sequentially("," + rest)
    await asyncio.to_thread(server.start)
    for client, id in sent:
        assert (await client.answer(id))["type"] == "ack"
    await expect(field).to_have_value(TYPED["second"])
    await field.press("Enter")
    for screen in hour.screens.values():
        await screen.all_saved()


async def nothing_typed_is_lost(hour: Hour) -> None:
    """Each card of the case and of the storms, once."""
    rows = hour.somebody().rows["card"].values()
    texts = [card["text"] for card in rows if card["text"]]
    written = [card["text"] for card in hour.play.case["board"]["cards"]]
    meanwhile = [f"Sent by {key} as the server died" for key in hour.sockets]
    others = ["Written while a phone had no signal", "That was our hour"]
    assert sorted(texts) == sorted([*written, *TYPED.values(), *meanwhile, *others])


async def pictures(hour: Hour, name: str) -> None:
    folder = os.environ.get("BIGROOM_SCREENS")
    for key, screen in hour.screens.items() if folder else ():
        for place in ("board", "themes", "roadmap", "aim/global"):
            await screen.go(place)
            await screen.page.wait_for_load_state("networkidle")
            shot = await screen.page.screenshot()
            path = Path(str(folder)) / f"{name}-{key}-{place.partition('/')[0]}.png"
            await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
            await asyncio.to_thread(path.write_bytes, shot)


def a_card(hour: Hour, text: str) -> Command:
    column = hour.method.lenses[0].key
    place = {"board_id": hour.cast.board_id, "column": column}
    return {"type": "board.add_card", "card_id": str(uuid4()), "text": text, **place}


def says_nothing_of(client: Client, words: str) -> bool:
    return words not in str(client.rows)


def first_column(hour: Hour) -> str:
    return hour.method.lenses[0].title


def opens(text: str) -> str:
    return t("board.open_card", text=shortened(text))
