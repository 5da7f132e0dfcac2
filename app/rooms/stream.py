"""The room without a WebSocket: server-sent events or a long poll with the same frames in the same order."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.people.problems import Problem, no_session
from app.rooms import connection
from app.rooms.engine import Failure
from app.rooms.entrance import Caller, NotLetIn, Resume, Sitting, find, until_either_ends
from app.rooms.frames import Presence
from app.rooms.routes import TheEngine, TheSeated, problem_of
from app.rooms.writer import RETRY_MS

router = APIRouter(prefix="/api/rooms/{room_id}")

COMMENT_EVERY = 15.0
"""Seconds between two comments: proxies cut a line on which nothing moves."""
COMMENT = b": still here\n\n"
MOST = 25.0
"""Seconds of `wait` that a client may ask for."""
LONGEST_WAIT = 15.0
"""Seconds that a poll waits at most, so that who does not come back is missed in time."""
PRESENCE_AFTER = 3.0
"""Seconds after which a poll ends for presence alone; somebody's cursor would end each at once."""
PACE = 0.25
"""Seconds that a poll lasts at least when nothing was missed: in a busy room it brings several changes at a time."""
UNTOUCHED = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
"""Nobody between us and the browser is to keep, change or hold back what we send."""

Word = Annotated[str | None, Query(max_length=64)]


@router.get("/events")
async def events(
    room_id: str,
    request: Request,
    since: Word = None,
    epoch: Word = None,
    wait: Annotated[float, Query(ge=0, le=MOST)] = MOST,
) -> Response:
    """This room as server-sent events, `data:` a frame; with `Accept: application/json` the next frame alone."""
    last = request.headers.get("last-event-id")
    resume = Resume.at(last) if last else Resume.of(since, epoch)
    with _told_by_status():
        caller = await find(request, room_id)
        caller.room.presence.heard(caller.member_id)
        if _wants_one(request.headers.get("accept", "")):
            return await _poll(request, caller, resume, min(wait, LONGEST_WAIT))
    return Stream(caller, resume)


@router.post("/presence", status_code=204)
async def presence(body: Presence, seat: TheSeated, engine: TheEngine) -> None:
    """Where this member is now. What comes too fast is passed over, as on a socket."""
    seat.room.presence.heard(seat.member_id)
    if seat.room.allowance(seat.member_id, engine.settings).presence.take(engine.monotonic()):
        seat.room.presence.said(seat.member_id, body)


class Stream(StreamingResponse):
    """One open stream, from its first byte to its `bye`."""

    media_type = "text/event-stream"

    def __init__(self, caller: Caller, resume: Resume) -> None:
        super().__init__((), headers=UNTOUCHED)
        self._caller = caller
        self._resume = resume

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with _told_by_status():
            async with self._caller.seated("stream", self._resume) as sitting:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await until_either_ends(_gone(receive), _comment(sitting, send), _tell(sitting, send))


async def _tell(sitting: Sitting, send: Send) -> None:
    """Each frame as one event. Its id is the resume point of one who has it."""
    async for frame in sitting.frames():
        reached = sitting.seat.outbox.reached
        event = f"id: {reached}\ndata: {frame}\n\n" if reached else f"data: {frame}\n\n"
        await send({"type": "http.response.body", "body": event.encode(), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _comment(sitting: Sitting, send: Send) -> None:
    while sitting.seat.closed is None:
        await send({"type": "http.response.body", "body": COMMENT, "more_body": True})
        await asyncio.sleep(COMMENT_EVERY)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _poll(request: Request, caller: Caller, resume: Resume, wait: float) -> Response:
    """The next frame: as soon as there is news, and otherwise what there is to say when the time is over."""
    async with caller.seated("poll", resume) as sitting:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await until_either_ends(_gone(request.receive), _news(sitting))
        return Response(sitting.seat.outbox.take(), media_type="application/json", headers=UNTOUCHED)


async def _news(sitting: Sitting) -> None:
    """Until something was said that this member waits for; who is where is not worth a call each time."""
    loop = asyncio.get_running_loop()
    began, outbox = loop.time(), sitting.seat.outbox
    if outbox.has_news:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PRESENCE_AFTER):
            await _until(sitting, lambda: outbox.has_news)
    known = len(outbox)
    await _until(sitting, lambda: outbox.has_news or len(outbox) > known)
    if sitting.seat.closed is None:
        await asyncio.sleep(began + PACE - loop.time())


async def _until(sitting: Sitting, is_so: Callable[[], bool]) -> None:
    while not is_so():
        sitting.ready.clear()
        await sitting.ready.wait()


def _wants_one(accept: str) -> bool:
    return "application/json" in accept and "text/event-stream" not in accept


@contextlib.contextmanager
def _told_by_status() -> Iterator[None]:
    """A refusal before anything was sent: a fetch can read a status, so it is one."""
    try:
        yield
    except NotLetIn as no:
        raise _problem(no.code) from None
    except Failure as no:
        raise problem_of(no) from None


def _problem(code: int) -> Problem:
    match code:
        case connection.ENDED:
            return no_session()
        case connection.REMOVED:
            return Problem(403, "taken_out")
        case connection.TOO_MANY:
            return problem_of(Failure("too_many", RETRY_MS))
        case _:
            return Problem(404, "not_found", kind="room")
