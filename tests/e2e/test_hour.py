"""A whole hour of both cases: real browsers for four people, sockets for the others, a cut line and a killed server.

At the end every screen, every socket and SQL agree, and nothing that was typed is lost. With BIGROOM_SCREENS=folder
each device leaves a picture there.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect

from app.board.rows import Board, Card
from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.faults.agreement import differences, read, seen_by
from tests.support.browser import DESKTOP, LOST_LINE, PHONE, TABLET, Device
from tests.support.cases import PARTS, Play, first_coach
from tests.support.client import Client
from tests.support.scale import SECONDS_WITHOUT_SIGNAL
from tests.support.server import Server

SCREENS = {
    "sepsis": {"anne": DESKTOP, "ralph": DESKTOP, "maya": TABLET, "sam": PHONE},
    "cystic-fibrosis": {"steve": DESKTOP, "alison": DESKTOP, "lou": TABLET, "martin": PHONE},
}
UNHURRIED = {"commands_per_minute": "1000000"}


class Hour:
    """One case on one server, with everybody at their devices."""

    def __init__(self, server: Server, play: Play, screens: dict[str, Screen], sockets: dict[str, Client]) -> None:
        self.server = server
        self.play = play
        self.screens = screens
        self.sockets = sockets
        board = next(board for board in play.snapshot()["rows"]["board"] if board["step_key"] is None)
        self.first_column: str = board["columns"][0]["title"]

    @property
    def phone(self) -> Screen:
        return list(self.screens.values())[3]

    @property
    def tablet(self) -> Screen:
        return list(self.screens.values())[2]

    @property
    def coach(self) -> Screen:
        return next(iter(self.screens.values()))

    async def play_in(self) -> None:
        """Cards, moves, themes, aims and steps, each by whom the case names, while all are watching."""
        cast = await asyncio.to_thread(self.play.cast)
        for part in PARTS:
            await asyncio.to_thread(self.play.say, part(cast))

    async def loses_its_signal(self, screen: Screen, text: str) -> None:
        """Somebody's phone is cut, they write on, and the others go on without them."""
        await screen.person.context.set_offline(True)
        await screen.page.evaluate("dispatchEvent(new Event('offline'))")
        await screen.board.write(self.first_column, text)
        await self.tablet.board.write(self.first_column, "Written while a phone had no signal")
        if SECONDS_WITHOUT_SIGNAL:
            await asyncio.sleep(SECONDS_WITHOUT_SIGNAL)
        await screen.person.context.set_offline(False)
        await screen.page.evaluate("dispatchEvent(new Event('online'))")
        await screen.all_saved()

    async def dies_and_comes_back(self) -> None:
        """kill -9 while the patient writes."""
        self.server.kill()
        await expect(self.tablet.page.get_by_text(t("rooms.offline_title"))).to_be_visible()
        await self.tablet.board.write(self.first_column, "Written while the server was dead")
        await asyncio.to_thread(self.server.start)
        for screen in self.screens.values():
            await screen.all_saved()

    async def redact(self) -> None:
        words = "Mrs Featherstonehaugh, bed nine"
        await self.tablet.board.write(self.first_column, words)
        await expect(self.coach.board.handle(words)).to_be_visible()
        await self.coach.board.take_out(words)
        await self.coach.board.close()
        for screen in self.screens.values():
            await expect(screen.page.get_by_text("Featherstonehaugh, bed")).to_have_count(0)

    async def all_agree(self) -> None:
        """Screens by what stands in them, sockets by their replicas, SQL by its rows."""
        seq = (await asyncio.to_thread(self.play.snapshot))["seq"]
        replica, log = read(self.server.sqlite_url, self.play.room_id)
        assert replica.seq == seq
        assert [entry.seq for entry in log] == list(range(1, seq + 1))
        for key, client in self.sockets.items():
            await client.reaches(seq)
            assert differences(client.visible(), seen_by(replica, self.play.members[key])) == [], key
        board = next(board for board in replica.where(Board) if board.step_key is None)
        for column in board.columns:
            cards = [
                card
                for card in sorted(replica.where(Card, board_id=board.id), key=lambda card: (card.rank, card.id))
                if card.column == column.key and card.removed_at is None
            ]
            for screen in self.screens.values():
                await self._shows(screen, column.title, cards)

    async def _shows(self, screen: Screen, column: str, cards: list[Card]) -> None:
        shown = screen.board.column(column)
        for card in cards:
            await expect(shown).to_contain_text(card.text or t("board.taken_out"))
        await expect(screen.board.cards(column)).to_have_count(len(cards))


@asynccontextmanager
async def an_hour(name: str, folder: Path, arrive: Arrives) -> AsyncIterator[Hour]:
    server = Server(folder / "server", **UNHURRIED)
    await asyncio.to_thread(server.start)
    cookie = await asyncio.to_thread(first_coach, server.url, server.setup_token)
    play = Play(server.url, cookie, name)
    await asyncio.to_thread(play.everybody_joins)
    async with AsyncExitStack() as everybody:
        screens = {key: await device(key, play, arrive, at) for key, at in SCREENS[name].items()}
        sockets = {key: who.client() for key, who in play.people.items() if key not in screens}
        for client in sockets.values():
            await everybody.enter_async_context(client.stay())
        yield Hour(server, play, screens, sockets)
    play.close()
    server.close()


async def device(key: str, play: Play, arrive: Arrives, at: Device) -> Screen:
    screen = await arrive(key, play.people[key], at)
    screen.person.expect_errors(LOST_LINE)
    if at is TABLET:
        await screen.choose(t("rooms.looks"))
        await screen.dialog.get_by_role("radio", name=t("rooms.text_larger"), exact=True).check()
        await screen.close_dialog()
    return screen


async def pictures(hour: Hour, case: str) -> None:
    folder = os.environ.get("BIGROOM_SCREENS")
    for key, screen in hour.screens.items() if folder else ():
        await screen.page.screenshot(path=Path(str(folder)) / f"{case}-{key}.png")


@pytest.mark.parametrize("case", sorted(SCREENS))
async def test_everybody_ends_the_hour_with_the_same_wall(case: str, arrive: Arrives, tmp_path: Path) -> None:
    async with an_hour(case, tmp_path, arrive) as hour:
        await hour.play_in()
        await hour.redact()
        await hour.loses_its_signal(hour.phone, "Written without a signal")
        await hour.dies_and_comes_back()
        await pictures(hour, case)
        await hour.all_agree()
        for text in ("Written without a signal", "Written while the server was dead"):
            for screen in hour.screens.values():
                await expect(screen.board.handle(text)).to_be_visible()
