"""The next version of a map begins as a copy, in which every step knows what it was."""

from functools import cache

from app.process_map.messages import CopyMap, MapCopied
from app.process_map.rows import Lane, MapEdge, MapStep, ProcessMap
from app.process_map.rules.maps import last_rank, refuse_maps_beyond
from app.process_map.rules.whole import live, with_totals
from app.rooms.kernel import Ask, Change, Room
from app.rooms.values import id_from


def copy_map(room: Room, command: CopyMap, ask: Ask) -> Change:
    """What is copied stays the words of who wrote them."""
    map = room.get(ProcessMap, command.map_id)
    refuse_maps_beyond(room)
    copy = ask.new(
        ProcessMap,
        id=room.free(ProcessMap, command.new_id),
        title=command.title,
        state=command.state,
        unit=map.unit,
        version_of=map.id,
        demand=map.demand,
        available=map.available,
        rank=last_rank(room),
        author_id=ask.who.member_id,
    )

    @cache
    def new(id: str) -> str:
        return id_from(ask.command_id, "copy", id)

    made = {"map_id": copy.id, "created_at": ask.at}
    lanes = (lane.but(id=new(lane.id), from_id=lane.from_id or lane.id, **made) for lane in live(room, map.id, Lane))
    steps = (
        step.but(id=new(step.id), lane_id=new(step.lane_id), from_id=step.from_id or step.id, rev=0, **made)
        for step in live(room, map.id, MapStep)
    )
    edges = (
        edge.but(
            id=new(edge.id),
            from_id=new(edge.from_id),
            to_id=new(edge.to_id),
            copy_of=edge.copy_of or edge.id,
            heals=(),
            **made,
        )
        for edge in live(room, map.id, MapEdge)
    )
    fact = MapCopied(map_id=map.id, new_id=copy.id)
    return Change(fact, puts=with_totals(room, copy, (copy, *lanes, *steps, *edges)))
