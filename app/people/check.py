"""Will this computer do? What `/check` asks of the server, without a session and of no room."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.responses import StreamingResponse

router = APIRouter(prefix="/api/check")

WORDS = 3
APART = 0.4
"""Seconds between two words: who hears them all at once sits behind something that holds answers back."""


@router.get("/stream")
async def stream() -> StreamingResponse:
    """Three server-sent events a moment apart, as a room's stream would send them."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_words(), media_type="text/event-stream", headers=headers)


async def _words() -> AsyncIterator[str]:
    for n in range(1, WORDS + 1):
        yield f"data: {n}\n\n"
        if n < WORDS:
            await asyncio.sleep(APART)
