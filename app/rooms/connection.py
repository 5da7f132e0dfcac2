"""One open connection as a plain object: what a frame means and what is then to be done. No I/O."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError

from app.rooms.dispatch import Answer, Failed, Refused
from app.rooms.frames import CLIENT_MESSAGE, FRAME_LIMIT, Do, Ping, Presence
from app.rooms.kernel import Command, Refusal
from app.rooms.limits import Bucket, Recent
from app.rooms.registry import Registry, bad_command
from app.settings import Settings

UNREADABLE, ENDED, REMOVED, NOT_HERE, TOO_SLOW, NO_PROTOCOL, TOO_MANY, RESTART = (
    4400,
    4401,
    4403,
    4404,
    4408,
    4409,
    4429,
    1012,
)
BAD_A_MINUTE = 10
FLOOD_A_MINUTE = 240


@dataclass(frozen=True, slots=True)
class Submit:
    """A command for the writer."""

    id: str
    command: Command


@dataclass(frozen=True, slots=True)
class Tell:
    """An answer that needs no writer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Pong:
    t: float


@dataclass(frozen=True, slots=True)
class Close:
    code: int
    retry_ms: int | None = None


Effect = Submit | Tell | Pong | Close | Presence


class Allowance:
    """What one member may send, over all their tabs and devices."""

    def __init__(self, settings: Settings) -> None:
        self.commands = Bucket(settings.commands_per_minute, settings.commands_per_minute / 60)
        self.presence = Bucket(settings.presence_per_second, settings.presence_per_second)
        self.flood = Recent(FLOOD_A_MINUTE)


class Connection:
    """Reads one client's frames: schemas, limits, and which effect each message has."""

    def __init__(self, registry: Registry, allowance: Allowance, presence_per_second: int) -> None:
        self._registry = registry
        self._allowance = allowance
        self._presence = Bucket(presence_per_second, presence_per_second)
        self._bad = Recent(BAD_A_MINUTE)

    def receive(self, frame: str, now: float, stored: Container[str]) -> list[Effect]:
        """What a frame asks for, in its order. `now` in monotonic seconds."""
        if len(frame) > FRAME_LIMIT or len(frame.encode()) > FRAME_LIMIT:
            return [Close(UNREADABLE)]
        try:
            content = orjson.loads(frame)
        except orjson.JSONDecodeError:
            return [Close(UNREADABLE)]
        effects: list[Effect] = []
        for message in content if isinstance(content, list) else [content]:
            effect = self._one(message, now, stored)
            if effect is not None:
                effects.append(effect)
            if isinstance(effect, Close):
                break
        return effects

    def _one(self, content: Any, now: float, stored: Container[str]) -> Effect | None:
        try:
            message = CLIENT_MESSAGE.validate_python(content)
        except ValidationError as wrong:
            return self._bad_message(content, bad_command(wrong), now)
        match message:
            case Do():
                return self._do(message, now, stored)
            case Ping():
                return Pong(message.t)
            case Presence():
                return message if self._presence.take(now) else None

    def _do(self, message: Do, now: float, stored: Container[str]) -> Effect | None:
        if message.id not in stored and not self._allowance.commands.take(now):
            if self._allowance.flood.happened(now):
                return Close(TOO_MANY, self._allowance.commands.wait_ms())
            return Tell(Failed(message.id, "too_many", self._allowance.commands.wait_ms()))
        try:
            return Submit(message.id, self._registry.parse(message.command))
        except Refusal as no:
            return self._bad_message({"id": message.id}, no, now)

    def _bad_message(self, content: Any, no: Refusal, now: float) -> Effect | None:
        id = content.get("id") if isinstance(content, dict) else None
        if self._bad.happened(now):
            return Close(UNREADABLE)
        if not isinstance(id, str):
            return None
        return Tell(Refused(id[:64], no.code, no.params))
