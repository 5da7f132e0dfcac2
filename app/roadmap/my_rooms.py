"""Where a team is on its roadmap, as the list of one's rooms tells it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from app.roadmap.methods import METHODS
from app.roadmap.rows import StepTable
from app.rooms.kernel import table_of
from app.rooms.rows import RoomTable

_STAGES = {(method.key, method.version): method.stages for method in METHODS}


def stages(connection: Connection, room_ids: tuple[str, ...]) -> Mapping[str, Mapping[str, Any]]:
    """The stages under way, by their titles and in the method's order: several are at once."""
    room, step = table_of(RoomTable), table_of(StepTable)
    wanted = (
        select(room.c.room_id, room.c.method, room.c.method_version, step.c.stage)
        .join(step, step.c.room_id == room.c.room_id)
        .where(room.c.room_id.in_(room_ids), step.c.state == "doing")
        .distinct()
    )
    found: dict[str, set[tuple[str, int, str]]] = {}
    for room_id, key, version, stage in connection.execute(wanted):
        found.setdefault(room_id, set()).add((key, version, stage))
    return {room_id: {"stage": _titles(doing)} for room_id, doing in found.items()}


def _titles(doing: set[tuple[str, int, str]]) -> str:
    key, version, _ = next(iter(doing))
    under_way = {stage for *_, stage in doing}
    return ", ".join(stage.title for stage in _STAGES[key, version] if stage.key in under_way)
