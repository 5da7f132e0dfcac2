"""The WebSocket at the rim: the only place that awaits frames. What they mean is `connection`'s to say."""

import asyncio
import contextlib

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.rooms.connection import NO_PROTOCOL, RESTART, UNREADABLE, Close, Connection, Effect, Pong, Submit, Tell
from app.rooms.dispatch import Request
from app.rooms.engine import Engine, Failure
from app.rooms.entrance import NotLetIn, Resume, Sitting, find, until_either_ends
from app.rooms.frames import Presence, answer_json, bye_json
from app.rooms.hub import LiveRoom
from app.rooms.log import dumps
from app.rooms.outbox import Packet
from app.rooms.seat import Seat
from app.rooms.writer import RETRY_MS

log = structlog.get_logger()

SUBPROTOCOL = "bigroom.v1"


async def live(socket: WebSocket, room_id: str) -> None:
    """One WebSocket from its upgrade to its end.

    A refusal is told by `bye` on an open socket: a browser cannot read a refused upgrade.
    """
    offered = SUBPROTOCOL in socket.scope.get("subprotocols", ())
    await socket.accept(SUBPROTOCOL if offered else None)
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        try:
            if not offered:
                raise NotLetIn(NO_PROTOCOL)
            await _talk(socket, room_id)
        except NotLetIn as no:
            await _refuse(socket, no.code)
        except (SQLAlchemyError, Failure) as trouble:
            log.warning("nobody_let_in", room=room_id, error=type(trouble).__name__)
            await _refuse(socket, RESTART, RETRY_MS)


async def _refuse(socket: WebSocket, code: int, retry_ms: int | None = None) -> None:
    await socket.send_text(f"[{bye_json(code, retry_ms)}]")
    await socket.close(code)


async def _talk(socket: WebSocket, room_id: str) -> None:
    """The conversation of one who is let in."""
    caller = await find(socket, room_id)
    words = socket.query_params
    async with caller.seated("socket", Resume.of(words.get("since"), words.get("epoch"))) as sitting:
        reading = _read(socket, caller.engine, sitting.room, sitting.seat)
        await until_either_ends(reading, _write(socket, sitting))


async def _read(socket: WebSocket, engine: Engine, room: LiveRoom, seat: Seat) -> None:
    settings = engine.settings
    allowance = room.allowance(seat.member_id, settings)
    connection = Connection(engine.registry, allowance, settings.presence_per_second)
    clock = asyncio.get_running_loop().time
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        if seat.closed is not None:
            continue
        frame = message.get("text")
        effects: list[Effect] = [Close(UNREADABLE)]
        if frame is not None:
            effects = connection.receive(frame, clock(), room.stored)
        for effect in effects:
            _act(effect, engine, room, seat)


def _act(effect: Effect, engine: Engine, room: LiveRoom, seat: Seat) -> None:
    match effect:
        case Submit(id, command):
            engine.submit(
                Request(room.replica.id, id, command, seat.member_id, lambda answer: room.answer(seat, answer))
            )
        case Tell(answer):
            seat.put(Packet(answer_json(answer)))
        case Pong(t):
            seat.put(Packet(dumps({"type": "pong", "t": t, "now": engine.clock.millis()})))
        case Presence():
            room.presence.said(seat.member_id, effect, seat)
        case Close(code, retry_ms):
            seat.close(code, retry_ms)


async def _write(socket: WebSocket, sitting: Sitting) -> None:
    """Send what waits, and at last why the conversation ends."""
    async for frame in sitting.frames():
        await socket.send_text(frame)
    code, _ = sitting.seat.closed or (UNREADABLE, None)
    await socket.close(code)
