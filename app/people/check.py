"""Will this computer do? What `/check` asks of the server, without a session and of no room."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import StreamingResponse

from app.people.people import People

router = APIRouter(prefix="/api/check")

PROVES = "house"
"""What the key is asked for when an operator asks whether an address is that of their server."""
WORDS = 3
APART = 0.4
"""Seconds between two words: who hears them all at once sits behind something that holds answers back."""


@router.get("/stream")
async def stream() -> StreamingResponse:
    """Three server-sent events a moment apart, as a room's stream would send them."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_words(), media_type="text/event-stream", headers=headers)


@router.get("/house")
async def house(request: Request, nonce: Annotated[str, Query(pattern="^[0-9a-f]{32}$")]) -> dict[str, str]:
    """Shows who has the master key that this server has it, too. It tells nothing to anybody else."""
    people: People = request.app.state.people
    return {"proof": people.keys.hashed(PROVES, nonce)}


async def _words() -> AsyncIterator[str]:
    for n in range(1, WORDS + 1):
        yield f"data: {n}\n\n"
        if n < WORDS:
            await asyncio.sleep(APART)
