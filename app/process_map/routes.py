"""Process maps over HTTP: what is understood of a table before it comes onto a map, and a map as a table."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from app.people.problems import Problem
from app.process_map.rows import Lane, MapEdge, MapPath, MapStep, ProcessMap, Unit
from app.process_map.rules.reading import understood
from app.process_map.rules.table import as_table
from app.rooms.routes import TheSeated, as_file
from app.rooms.values import Id

router = APIRouter(prefix="/api/rooms/{room_id}/process_map")

LONGEST = 60_000
"""Characters: what fits into one call."""


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(max_length=LONGEST)]
    unit: Unit = "minutes"
    """Of a time that names none."""


@router.post("/understand")
def understand(room_id: Id, body: Table, seat: TheSeated) -> Response:
    """Puts nothing onto a map: `import_steps` with what is answered here does."""
    if not seat.who.may("process_map.contribute"):
        raise Problem(403, "not_allowed", needs="process_map.contribute")
    return Response(
        understood(body.text, body.unit).model_dump_json(exclude_defaults=True), media_type="application/json"
    )


@router.get("/{map_id}.csv", response_class=Response)
async def map_as_table(room_id: Id, map_id: Id, seat: TheSeated) -> Response:
    map = seat.room.replica.find(ProcessMap, map_id)
    if map is None or map.removed_at is not None or map.seen_by(seat.who) is None:
        raise Problem(404, "not_found", kind="process_map")
    rows = seat.room.replica
    lanes = rows.where(Lane, map_id=map_id)
    path = rows.find(MapPath, map_id)
    order = {step_id: n for n, step_id in enumerate(path.step_ids if path else ())}
    steps = [step for step in rows.where(MapStep, map_id=map_id) if step.removed_at is None]
    steps.sort(key=lambda step: (order.get(step.id, len(order)), step.x, step.id))
    edges = (edge for edge in rows.where(MapEdge, map_id=map_id) if edge.removed_at is None)
    # The mark of UTF-8, without which a spreadsheet takes "é" for two letters.
    body = "\ufeff" + as_table(lanes, steps, edges)
    return as_file(body.encode(), map.title or "map", "csv", "text/csv; charset=utf-8")
