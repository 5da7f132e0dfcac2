"""The room over HTTP: commands for those without a socket, the snapshot, the method, the protocol."""

import re
from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.people.people import People
from app.people.problems import Problem, no_session
from app.rooms.connection import Allowance
from app.rooms.engine import Engine, Failure
from app.rooms.frames import Do
from app.rooms.hub import LiveRoom
from app.rooms.kernel import Refusal, Who
from app.rooms.log import by_kind, dumps
from app.rooms.protocol import protocol
from app.rooms.values import Id

router = APIRouter(prefix="/api")

_STATUS = {"not_allowed": 403, "not_found": 404, "bad_command": 422, "unknown_command": 422}


def engine_of(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


TheEngine = Annotated[Engine, Depends(engine_of)]


class Seated:
    """A member of a live room, as an HTTP request found them."""

    def __init__(self, room: LiveRoom, who: Who, member_id: str) -> None:
        self.room = room
        self.who = who
        self.member_id = member_id


async def seated(room_id: str, request: Request, engine: TheEngine) -> Seated:
    """Who asks, in this room; 404 with one and the same body for every room one is not in."""
    people: People = request.app.state.people
    browser, member_id = await people.find_member(request, room_id)
    if browser is None:
        raise no_session()
    try:
        found = await engine.who(room_id, member_id) if member_id else None
    except Failure as no:
        raise problem_of(no) from None
    if member_id is None or found is None:
        raise Problem(404, "not_found", kind="room")
    room, who = found
    return Seated(room, who, who.member_id or member_id)


TheSeated = Annotated[Seated, Depends(seated)]


def as_file(body: bytes, name: str, ending: str, media_type: str) -> Response:
    """With a name that every file system takes, and the one that people gave for browsers that read it (RFC 6266)."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "room"
    whole = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', " ", name).strip() or "room"
    named = f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{whole}.{ending}')}"
    return Response(body, media_type=media_type, headers={"Content-Disposition": named, "Cache-Control": "no-store"})


def problem_of(no: Refusal | Failure) -> Problem:
    """A refusal or failure of the room as HTTP tells it."""
    if isinstance(no, Failure):
        status = 429 if no.code == "too_many" else 503
        return Problem(status, no.code, headers={"Retry-After": str(-(-no.retry_ms // 1000))}, retry_ms=no.retry_ms)
    return Problem(_STATUS.get(no.code, 409), no.code, **no.params)


@router.post("/rooms/{room_id}/commands")
async def do(room_id: Id, body: Do, seat: TheSeated, engine: TheEngine) -> Any:
    """One command and its ack. Refusals and failures are problems with the same code as on the socket."""
    _spend(seat, body.id, engine)
    try:
        command = engine.registry.parse(body.command)
        seq = await engine.run(room_id, command, seat.member_id, id=body.id, internal=False)
    except (Refusal, Failure) as no:
        raise problem_of(no) from None
    seat.room.presence.heard(seat.member_id)
    seat.room.reach(seat.member_id, seq)
    return {"type": "ack", "id": body.id, "seq": seq}


def _spend(seat: Seated, command_id: str, engine: Engine) -> None:
    allowance: Allowance = seat.room.allowance(seat.member_id, engine.settings)
    if command_id not in seat.room.stored and not allowance.commands.take(engine.monotonic()):
        raise problem_of(Failure("too_many", allowance.commands.wait_ms()))


@router.get("/rooms/{room_id}/snapshot")
async def snapshot(room_id: Id, seat: TheSeated, engine: TheEngine) -> Response:
    """Everything in the room that this member may see."""
    await engine.bring_private(seat.room, seat.member_id)
    replica = seat.room.replica
    rows = by_kind(seat.room.seen_by(seat.who))
    return _json(f'{{"epoch":"{replica.epoch}","seq":{replica.seq},"rows":{rows}}}')


@router.get("/methods/{key}/{version}")
async def method(key: str, version: int, engine: TheEngine) -> Response:
    """A method's stages, steps, lenses and voices, as data."""
    found = engine.registry.methods.get((key, version))
    if found is None:
        raise Problem(404, "not_found", kind="method")
    response = _json(dumps(found))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@router.get("/methods")
async def methods(engine: TheEngine) -> Response:
    """The newest version of each method: what a new room may follow."""
    newest = {key: max(v for k, v in engine.registry.methods if k == key) for key, _ in engine.registry.methods}
    return _json(
        dumps(
            [
                {"key": key, "version": version, "title": found.title, "is_for": found.is_for}
                for key, version in newest.items()
                for found in [engine.registry.methods[key, version]]
            ]
        )
    )


@router.get("/protocol.json")
async def protocol_json(engine: TheEngine) -> Response:
    """Every command, fact, row and permission with its schema: exactly what exists."""
    return _json(orjson.dumps(protocol(engine.registry)).decode())


def _json(body: str) -> Response:
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})
