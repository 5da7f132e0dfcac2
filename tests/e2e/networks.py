"""The networks that stories are told over: each leaves a browser one way to the room."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from urllib.parse import urlsplit

import pytest

from tests.support.lines import TRANSPORTS, Transport
from tests.support.proxy import Faults, Proxy

FAULTS: dict[Transport, Faults] = {
    "socket": Faults(),
    "stream": Faults(blocks_upgrades=True),
    "poll": Faults(blocks_upgrades=True, holds_responses=True),
}
over_every_network = pytest.mark.parametrize("network", TRANSPORTS, indirect=True)
"""A story that is told once over each transport."""


class Network:
    """Between the browsers of one story and whatever server they go to."""

    def __init__(self, transport: Transport, proxies: AsyncExitStack) -> None:
        self.transport = transport
        self._proxies = proxies
        self._to: dict[int, Proxy] = {}

    async def to(self, url: str) -> str:
        """The address by which this network reaches a server."""
        return (await self.proxy(url)).url

    async def proxy(self, url: str) -> Proxy:
        port = urlsplit(url).port
        assert port is not None
        if port not in self._to:
            faults = Faults(**vars(FAULTS[self.transport]))
            self._to[port] = await self._proxies.enter_async_context(Proxy(port, faults))
        return self._to[port]


class Direct(Network):
    """Nothing is between."""

    async def to(self, url: str) -> str:
        return url


@asynccontextmanager
async def a_network(transport: Transport | None) -> AsyncIterator[Network]:
    async with AsyncExitStack() as proxies:
        yield Network(transport, proxies) if transport else Direct("socket", proxies)
