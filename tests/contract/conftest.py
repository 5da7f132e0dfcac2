"""The contract every tool keeps, in every house."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from app.rooms.registry import Registry
from app.tools import in_order, registry
from tests.contract import bell
from tests.contract.world import World, a_world
from tests.support.houses import House

WITH_BELL = Registry(in_order([*registry().tools, bell.TOOL]))


@pytest_asyncio.fixture
async def world(house: House, tmp_path: Path) -> AsyncIterator[World]:
    """A room made by its coach, with every tool of the product and the bell."""
    async with a_world(house, WITH_BELL, tmp_path) as world:
        await world.begin()
        yield world
