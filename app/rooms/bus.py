"""What processes tell each other: hints that a room has moved on, who is where, which sessions ended.

Best effort on purpose. Nothing that counts depends on a message: every process reads the log by itself, too.
"""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.rooms.log import dumps

log = structlog.get_logger()

Message = dict[str, Any]
Heard = Callable[[str, Message], None]
"""Told on the event loop: the topic, and what somebody (perhaps ourselves) said there."""
Joined = Callable[[str], None]
"""Told on the event loop whenever we begin to hear a topic, after a lost line again."""

EVERYWHERE = "everywhere"
"""The topic that all processes follow. The others are rooms."""
PATIENCE = 2.0
"""Seconds that the server may take to accept what we say."""
PULSE_EVERY = 1.0
SILENCE = 4.0
"""Seconds after which a line on which not even our own pulse comes back counts as lost."""
RETURN_AFTER = (0.2, 1.0)
MOST_WAITING = 2000
"""Messages that wait for a slow line. Older ones go first: what is newer says more."""
PULSE = "pulse"


class Bus(Protocol):
    """Says and hears. Nothing here waits or fails."""

    is_shared: bool
    """Whether there may be anybody else."""

    @property
    def is_up(self) -> bool: ...

    def start(self, heard: Heard, joined: Joined) -> None: ...

    async def stop(self) -> None: ...

    def follow(self, topic: str) -> None: ...

    def leave(self, topic: str) -> None: ...

    def say(self, topic: str, message: Message) -> None: ...


class Alone:
    """`memory://`: one process, which has nobody to tell."""

    is_shared = False
    is_up = True

    def start(self, heard: Heard, joined: Joined) -> None:
        pass

    async def stop(self) -> None:
        pass

    def follow(self, topic: str) -> None:
        pass

    def leave(self, topic: str) -> None:
        pass

    def say(self, topic: str, message: Message) -> None:
        pass


class OverRedis:
    """`redis://`, `rediss://` or `unix://`: publish and subscribe, one channel a room.

    `name` sets installations apart that share a server; only processes with the same master key know it. One task a
    process keeps a line; a pulse goes out and has to come back, so a server that hangs is noticed as one that is gone.
    """

    is_shared = True

    def __init__(self, url: str, name: str) -> None:
        parse_url(url)  # An address that is none is told at the start, not again with every try.
        self.is_up = False
        self._url = url
        self._prefix = f"bigroom:{name}:"
        self._topics = {EVERYWHERE}
        self._waiting: deque[tuple[str, str]] = deque(maxlen=MOST_WAITING)
        self._to_do, self._said = asyncio.Event(), asyncio.Event()
        self._is_over = False
        self._was_told = False
        """Whether the log already says that the line is lost."""

    def start(self, heard: Heard, joined: Joined) -> None:
        self._heard, self._joined = heard, joined
        self._task = asyncio.create_task(self._stay_connected())

    async def stop(self) -> None:
        """What was said last still goes out, if it can at once."""
        if self.is_up:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE / 4):
                    await self._said.wait()
        self._is_over, self.is_up = True, False
        self._to_do.set()
        self._task.cancel()
        await asyncio.wait({self._task}, timeout=PATIENCE)

    def follow(self, topic: str) -> None:
        self._topics.add(topic)
        self._to_do.set()

    def leave(self, topic: str) -> None:
        self._topics.discard(topic)
        self._to_do.set()

    def say(self, topic: str, message: Message) -> None:
        if self.is_up:
            self._put(topic, dumps(message))

    def _put(self, topic: str, text: str) -> None:
        self._waiting.append((self._prefix + topic, text))
        self._said.clear()
        self._to_do.set()

    async def _stay_connected(self) -> None:
        # Every loop here asks: the driver may take a cancellation that meets a line just changing for an error of it.
        while not self._is_over:
            try:
                await self._talk()
            except* (RedisError, OSError, TimeoutError) as troubles:
                self._lost(troubles.exceptions[0])
            except* Exception:
                log.exception("bus_broke")
            self.is_up = False
            self._waiting.clear()
            if not self._is_over:
                await asyncio.sleep(random.uniform(*RETURN_AFTER))

    async def _talk(self) -> None:
        """One line, until it is lost."""
        async with self._client() as redis, redis.pubsub() as pubsub, asyncio.TaskGroup() as line:
            async with asyncio.timeout(SILENCE):
                await pubsub.subscribe(self._prefix + EVERYWHERE)
            line.create_task(self._listen(pubsub))
            line.create_task(self._speak(redis, pubsub))
            line.create_task(self._beat())

    def _client(self) -> Redis:
        # One lost line is told at once: whoever tries again is `_stay_connected`, with all topics.
        return Redis.from_url(self._url, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0))

    async def _listen(self, pubsub: PubSub) -> None:
        loop = asyncio.get_running_loop()
        heard_at = loop.time()
        while not self._is_over:
            message = await pubsub.get_message(timeout=PULSE_EVERY)
            if message is None:
                if loop.time() - heard_at > SILENCE:
                    raise TimeoutError("nothing comes back")
                continue
            heard_at = loop.time()
            topic = message["channel"].decode().removeprefix(self._prefix)
            if message["type"] == "subscribe":
                self._following(topic)
            elif message["type"] == "message":
                self._take(topic, message["data"])

    def _following(self, topic: str) -> None:
        if not self.is_up:
            self.is_up = True
            if self._was_told:
                self._was_told = False
                log.info("bus_is_back", at=self._server)
        self._joined(topic)

    def _take(self, topic: str, data: bytes) -> None:
        if data == PULSE.encode():
            return
        try:
            said = orjson.loads(data)
        except orjson.JSONDecodeError:
            log.warning("bus_unreadable", topic=topic)
            return
        if isinstance(said, dict):
            self._heard(topic, said)

    async def _speak(self, redis: Redis, pubsub: PubSub) -> None:
        """The one task that sends: which topics we follow, and what we say."""
        following = {EVERYWHERE}
        while not self._is_over:
            self._to_do.clear()
            async with asyncio.timeout(PATIENCE):
                following = await self._choose_topics(pubsub, following)
                await self._publish(redis)
            await self._to_do.wait()

    async def _choose_topics(self, pubsub: PubSub, following: set[str]) -> set[str]:
        wanted = set(self._topics)
        if wanted - following:
            await pubsub.subscribe(*(self._prefix + topic for topic in wanted - following))
        if following - wanted:
            await pubsub.unsubscribe(*(self._prefix + topic for topic in following - wanted))
        return wanted

    async def _publish(self, redis: Redis) -> None:
        pipeline = redis.pipeline(transaction=False)
        while self._waiting:
            pipeline.publish(*self._waiting.popleft())
        await pipeline.execute()
        if not self._waiting:
            self._said.set()

    async def _beat(self) -> None:
        while not self._is_over:
            self._put(EVERYWHERE, PULSE)
            await asyncio.sleep(PULSE_EVERY)

    def _lost(self, trouble: BaseException) -> None:
        if not self._was_told:
            self._was_told = True
            log.warning("bus_lost", at=self._server, error=type(trouble).__name__)

    @property
    def _server(self) -> str:
        """Where it is, without the password that the URL may hold."""
        parts = urlsplit(self._url)
        return f"{parts.hostname}:{parts.port}" if parts.hostname else parts.path


def bus_at(url: str, name: str) -> Bus:
    return Alone() if url == "memory://" else OverRedis(url, name)
