"""What processes say to each other over a real Redis."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.rooms.bus import EVERYWHERE, Alone, OverRedis, bus_at
from tests.contract.world import until
from tests.support.redis import Redis


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.joined: list[str] = []


@asynccontextmanager
async def a_process(url: str, name: str = "hospital") -> AsyncIterator[tuple[OverRedis, Listener]]:
    bus, listener = OverRedis(url, name), Listener()
    bus.start(lambda topic, message: listener.heard.append((topic, message)), listener.joined.append)
    await until(lambda: bus.is_up)
    yield bus, listener
    await bus.stop()


async def test_only_who_follows_a_room_hears_of_it(redis: Redis) -> None:
    async with a_process(redis.url) as (one, _), a_process(redis.url) as (other, heard):
        other.follow("sepsis")
        await until(lambda: "sepsis" in heard.joined)
        one.say("falls", {"seq": 1})
        one.say("sepsis", {"seq": 2})
        one.say(EVERYWHERE, {"seq": 3})
        await until(lambda: len(heard.heard) == 2)
        assert heard.heard == [("sepsis", {"seq": 2}), (EVERYWHERE, {"seq": 3})]


async def test_two_hospitals_on_one_redis_hear_nothing_of_each_other(redis: Redis) -> None:
    async with a_process(redis.url, "one") as (one, mine), a_process(redis.url, "two") as (_, theirs):
        one.say(EVERYWHERE, {"seq": 1})
        await until(lambda: mine.heard)
        assert theirs.heard == []


async def test_after_a_lost_line_the_same_rooms_are_followed_again(mortal_redis: Redis) -> None:
    async with a_process(mortal_redis.url) as (bus, listener):
        bus.follow("sepsis")
        await until(lambda: "sepsis" in listener.joined)
        mortal_redis.kill()
        await until(lambda: not bus.is_up)
        bus.say("sepsis", {"seq": 1})
        listener.joined.clear()
        await asyncio.to_thread(mortal_redis.start)
        await until(lambda: "sepsis" in listener.joined)
        bus.say("sepsis", {"seq": 2})
        await until(lambda: listener.heard)
        assert listener.heard == [("sepsis", {"seq": 2})]


async def test_an_address_that_is_none_is_told_at_the_start() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        bus_at("redis://valkey:nowhere", "hospital")
    assert isinstance(bus_at("memory://", "hospital"), Alone)
