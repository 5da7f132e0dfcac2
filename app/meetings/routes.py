"""Meetings over HTTP: those that were held, with what was put away with them, and calendars to take along."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.meetings import at_the_door, calendar
from app.meetings.rows import Meeting, Series
from app.people.links import base_for
from app.people.problems import Problem
from app.rooms.log import by_kind, wire_json
from app.rooms.routes import Seated, TheEngine, TheSeated, as_file
from app.rooms.rows import RoomInfo
from app.rooms.values import Id

router = APIRouter(prefix="/api")
router.include_router(at_the_door.router)

_NOT_KEPT = {"Cache-Control": "no-store"}


@router.get("/rooms/{room_id}/meetings", response_class=Response)
async def meetings(room_id: Id, seat: TheSeated) -> Response:
    """The meetings that were held, the last one first."""
    held = seat.room.replica.where(Meeting, state="ended")
    rows = sorted(held, key=lambda row: (row.starts_at, row.id), reverse=True)
    seen = (row.seen_by(seat.who) for row in rows if row.removed_at is None)
    body = by_kind((row.noun, wire_json(row)) for row in seen if row is not None)
    return _json(f'{{"rows":{body}}}')


@router.get("/rooms/{room_id}/meetings.ics", response_class=Response)
async def series_as_calendar(room_id: Id, request: Request, seat: TheSeated, engine: TheEngine) -> Response:
    """The series with its exceptions, and meetings besides it."""
    info, series = _about(seat)
    found = seat.room.replica.where(Meeting)
    address, now = _address(request, room_id), engine.clock.now()
    body = calendar.of_room(info.name, address, info.timezone, series, found, now)
    return as_file(body, info.name, "ics", "text/calendar")


@router.get("/rooms/{room_id}/meetings/{meeting_id}.ics", response_class=Response)
async def meeting_as_calendar(
    room_id: Id, meeting_id: Id, request: Request, seat: TheSeated, engine: TheEngine
) -> Response:
    info, series = _about(seat)
    meeting = _meeting(seat, meeting_id)
    timezone = series.timezone if series else info.timezone
    body = calendar.of_meeting(info.name, _address(request, room_id), meeting, timezone, engine.clock.now())
    return as_file(body, f"{info.name} {meeting.day}", "ics", "text/calendar")


@router.get("/rooms/{room_id}/meetings/{meeting_id}", response_class=Response)
async def meeting(room_id: Id, meeting_id: Id, seat: TheSeated, engine: TheEngine) -> Response:
    """One meeting and what belongs to it, however long ago it was."""
    rows = [_meeting(seat, meeting_id), *await engine.reading.of_shelf(room_id, "meeting", meeting_id)]
    seen = (row.seen_by(seat.who) for row in rows)
    return _json(f'{{"rows":{by_kind((row.noun, wire_json(row)) for row in seen if row is not None)}}}')


def _about(seat: Seated) -> tuple[RoomInfo, Series | None]:
    """The room and its series, as far as who asks may see them."""
    (info,) = seat.room.replica.where(RoomInfo)
    if not seat.who.may("rooms.view"):
        raise Problem(403, "not_allowed", needs="rooms.view")
    return info, next(iter(seat.room.replica.where(Series)), None)


def _meeting(seat: Seated, meeting_id: str) -> Meeting:
    found = seat.room.replica.find(Meeting, meeting_id)
    if found is None or found.seen_by(seat.who) is None:
        raise Problem(404, "not_found", kind="meeting")
    return found


def _address(request: Request, room_id: str) -> str:
    return f"{base_for(request.app.state.settings, request).rstrip('/')}/rooms/{room_id}"


def _json(body: str) -> Response:
    return Response(body, media_type="application/json", headers=_NOT_KEPT)
