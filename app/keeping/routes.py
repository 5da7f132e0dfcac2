"""A coach takes a copy of their room along: the file that `bigroom export` writes."""

import asyncio
import io
import re
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.keeping import room_copy
from app.keeping.rooms import stored, tell_copied
from app.people.problems import Problem
from app.rooms.routes import TheEngine, TheSeated
from app.rooms.rows import RoomInfo
from app.rooms.values import Id

router = APIRouter(prefix="/api")


@router.get("/rooms/{room_id}/export", response_class=Response)
async def export(room_id: Id, request: Request, seat: TheSeated, engine: TheEngine) -> Response:
    """The room as a zip, as a coach sees it: data, a table for each kind, and a record to print."""
    if not seat.who.may("rooms.manage"):
        raise Problem(403, "not_allowed", needs="rooms.manage")

    def work() -> tuple[str, bytes]:
        database = request.app.state.database
        replica, file = stored(database, room_id), io.BytesIO()
        tell_copied(database, room_id, seat.member_id)
        room_copy.write(replica, file)
        (info,) = replica.where(RoomInfo)
        return info.name, file.getvalue()

    name, copy = await asyncio.to_thread(work)
    headers = {"Content-Disposition": _attached(name, engine.clock.now().date().isoformat()), **_NOT_KEPT}
    return Response(copy, media_type="application/zip", headers=headers)


_NOT_KEPT = {"Cache-Control": "no-store"}


def _attached(name: str, day: str) -> str:
    """With a name that every file system takes, and the room's own for browsers that read it (RFC 6266)."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "room"
    whole = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', " ", name).strip() or "room"
    return f"attachment; filename=\"{plain}-{day}.zip\"; filename*=UTF-8''{quote(f'{whole} {day}.zip')}"
