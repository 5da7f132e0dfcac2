"""People meet in real browsers. One event loop for the session, because the browser lives in it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.networks import Network, a_network
from tests.e2e.screen import Screen
from tests.support.browser import DESKTOP, LOST_LINE, Device, Opens, Person
from tests.support.company import Company, Somebody, set_up
from tests.support.server import Server

HERE = Path(__file__).parent
PATIENCE_MS = 10_000
"""So long a story waits for something to show before it says that it does not: it never sleeps."""

expect.set_options(timeout=PATIENCE_MS)

Arrives = Callable[..., Awaitable[Screen]]
"""Type of the `arrive` fixture."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


class House:
    """One server for many rooms, and its first coach."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.coach_cookie = set_up(server)

    @property
    def url(self) -> str:
        return self.server.url

    def room(self, method: str = "flow_roadmap") -> Company:
        return Company(self.server, self.coach_cookie, method)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serves every story that does not need a server of its own."""
    server = Server(tmp_path_factory.mktemp("house"))
    server.start()
    yield House(server)
    server.close()


@pytest.fixture
def room(house: House) -> Iterator[Company]:
    """An empty room for a pathway; its coach is Anne."""
    company = house.room()
    yield company
    company.close()


@pytest_asyncio.fixture(loop_scope="session")
async def network(request: pytest.FixtureRequest) -> AsyncIterator[Network]:
    """What the browsers of a story go through: nothing, unless it is told over every network."""
    async with a_network(getattr(request, "param", None)) as network:
        yield network


@pytest.fixture
def arrive(network: Network, person: Opens) -> Arrives:
    """Somebody who has joined opens the room: `maya = await arrive("Maya", somebody, TABLET, at="board")`."""

    async def opens(name: str, who: Somebody, device: Device = DESKTOP, at: str = "board", **how: str) -> Screen:
        someone = await person(name, device, **how)
        someone.page.set_default_timeout(PATIENCE_MS)
        if network.transport != "socket":
            someone.expect_errors(LOST_LINE)
        who = replace(who, url=await network.to(who.url))
        await remembered(someone, who)
        screen = Screen(someone, who.url, who.room_id)
        await screen.open(at)
        return screen

    return opens


async def remembered(person: Person, who: Somebody) -> None:
    """This browser is the one in which somebody has joined."""
    name, _, value = who.cookie.partition("=")
    await person.context.add_cookies([{"name": name, "value": value, "url": who.url}])
