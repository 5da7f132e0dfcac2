"""Votes over HTTP: what came out of a ballot as a table."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.people.problems import Problem
from app.rooms.routes import TheSeated
from app.rooms.values import Id
from app.votes.results import as_csv
from app.votes.rows import Ballot, Tally

router = APIRouter(prefix="/api")


@router.get("/rooms/{room_id}/ballots/{ballot_id}.csv", response_class=Response)
async def result(room_id: Id, ballot_id: Id, seat: TheSeated) -> Response:
    """Not there until all have seen it."""
    room = seat.room.replica
    ballot, tally = room.find(Ballot, ballot_id), room.find(Tally, ballot_id)
    if ballot is None or tally is None or tally.seen_by(seat.who) is None:
        raise Problem(404, "not_found", kind=Ballot.noun)
    headers = {"Content-Disposition": f'attachment; filename="ballot-{ballot.round}.csv"', "Cache-Control": "no-store"}
    return Response(as_csv(room, ballot, tally), media_type="text/csv; charset=utf-8", headers=headers)
