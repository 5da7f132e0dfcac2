"""The WebSocket at the rim: the only place that awaits frames. What they mean is `connection`'s to say."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.people.people import People
from app.rooms.connection import (
    ENDED,
    NO_PROTOCOL,
    NOT_HERE,
    REMOVED,
    RESTART,
    TOO_MANY,
    UNREADABLE,
    Close,
    Connection,
    Effect,
    Pong,
    Submit,
    Tell,
)
from app.rooms.dispatch import Request
from app.rooms.engine import Engine, Failure
from app.rooms.frames import Presence, answer_json, bye_json
from app.rooms.hub import LiveRoom, Seat
from app.rooms.log import dumps
from app.rooms.outbox import Packet
from app.rooms.rows import Member
from app.rooms.writer import RETRY_MS

log = structlog.get_logger()

SUBPROTOCOL = "bigroom.v1"
CLOSING = 5.0
"""Seconds in which a client may take its `bye`."""


async def live(socket: WebSocket, room_id: str) -> None:
    """One WebSocket from its upgrade to its end.

    A refusal is told by `bye` on an open socket: a browser cannot read a refused upgrade.
    """
    engine: Engine = socket.app.state.engine
    people: People = socket.app.state.people
    offered = SUBPROTOCOL in socket.scope.get("subprotocols", ())
    await socket.accept(SUBPROTOCOL if offered else None)
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        code = await _let_in(socket, engine, people, room_id) if offered else NO_PROTOCOL
        if code is not None:
            await socket.send_text(f"[{bye_json(code, RETRY_MS if code == RESTART else None)}]")
            await socket.close(code)


async def _let_in(socket: WebSocket, engine: Engine, people: People, room_id: str) -> int | None:
    """The conversation; while the database is away, "come again in a moment" and not "there is no such room"."""
    try:
        return await _talk(socket, engine, people, room_id)
    except (SQLAlchemyError, Failure) as trouble:
        log.warning("nobody_let_in", room=room_id, error=type(trouble).__name__)
        return RESTART


async def _talk(socket: WebSocket, engine: Engine, people: People, room_id: str) -> int | None:
    """The conversation; returns the code of a refusal before it began."""
    browser = await people.find_browser(socket)
    if browser is None:
        return ENDED
    member_id = await people.member_in(browser, room_id)
    room = await engine.open(room_id) if member_id else None
    if member_id is None or room is None:
        return NOT_HERE
    who = engine.registry.who(room.replica, member_id)
    if who is None:
        return REMOVED if room.replica.find(Member, member_id) else NOT_HERE
    if room.here.tabs(member_id) >= engine.settings.connections_per_member:
        return TOO_MANY
    ready = asyncio.Event()
    seat = Seat(member_id, who, ready.set, browser.session_id)
    try:
        await engine.sit(room, seat, _number(socket.query_params.get("since")), socket.query_params.get("epoch"))
        await _until_either_ends(_read(socket, engine, room, seat), _write(socket, seat, ready))
    finally:
        engine.stand_up(room, seat)
    return None


async def _until_either_ends(*sides: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(side) for side in sides]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        with contextlib.suppress(asyncio.CancelledError):
            task.result()


async def _read(socket: WebSocket, engine: Engine, room: LiveRoom, seat: Seat) -> None:
    settings = engine.settings
    allowance = room.allowance(seat.member_id, settings.commands_per_minute)
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
            room.said(seat, effect)
        case Close(code, retry_ms):
            seat.close(code, retry_ms)


async def _write(socket: WebSocket, seat: Seat, ready: asyncio.Event) -> None:
    """Send what waits, one frame at a time, and at last why the conversation ends."""
    task = asyncio.current_task()
    assert task is not None
    loop = asyncio.get_running_loop()

    def wake() -> None:
        ready.set()
        if seat.closed is not None:
            # A client that takes nothing any more must not hold its memory for long.
            loop.call_later(CLOSING, task.cancel)

    seat.wake = wake
    while seat.outbox or seat.closed is None:
        await ready.wait()
        ready.clear()
        while seat.outbox:
            await socket.send_text(seat.outbox.take())
    await socket.close(seat.closed[0])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 16 else None
