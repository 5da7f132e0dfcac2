"""Steps of a table come onto a map: in lanes of these names, one behind the other, right of all that is there."""

from app.process_map.messages import ImportSteps, StepsImported
from app.process_map.rows import Lane, MapEdge, MapStep, ProcessMap, hundredths
from app.process_map.rules.edges import arrow
from app.process_map.rules.layout import INNER, PITCH, tidied
from app.process_map.rules.whole import (
    changeable,
    lanes_in_order,
    live,
    refuse_edges_beyond,
    refuse_lanes_beyond,
    refuse_steps_beyond,
    with_totals,
)
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between

SAID = (
    "kind", "text", "note", "process", "wait", "complete", "volume",
    "staff", "value", "shadowed", "low", "high", "hot",
)  # fmt: skip


def import_steps(room: Room, command: ImportSteps, ask: Ask) -> Change:
    map = changeable(room, command.map_id)
    _refuse_what_leads_nowhere(command)
    refuse_steps_beyond(room, map.id, len(command.steps))
    lanes = _lanes(room, map, command, ask)
    fresh = [lane for lane in lanes if room.find(Lane, lane.id) is None]
    refuse_lanes_beyond(room, map.id, len(fresh))
    first = lanes_in_order(room, map.id)[0]
    steps = [
        ask.new(
            MapStep,
            id=room.free(MapStep, _counted(command, n, ask)),
            map_id=map.id,
            lane_id=(first if said.lane is None else lanes[said.lane]).id,
            author_id=ask.who.member_id,
            x=0,
            y=0,
            **{name: getattr(said, name) or None for name in ("note", "staff")},
            **{name: getattr(said, name) for name in SAID if name not in ("note", "staff")},
        )
        for n, said in enumerate(command.steps)
    ]
    edges = _arrows(map, command, steps, ask)
    refuse_edges_beyond(room, map.id, len(edges))
    standing = live(room, map.id, MapStep)
    right = max((step.x + PITCH - INNER for step in standing), default=0)
    spots = tidied([], steps, edges, all=True)
    there = tuple(step.but(x=spots[step.id][0] + right, y=spots[step.id][1]) for step in steps)
    fact = StepsImported(map_id=map.id, count=len(steps))
    return Change(fact, puts=with_totals(room, map, (*fresh, *there, *edges)))


def _refuse_what_leads_nowhere(command: ImportSteps) -> None:
    for n, step in enumerate(command.steps):
        if step.lane is not None and step.lane >= len(command.lanes):
            raise Refusal("bad_command", field="lane", reason="not_in_list")
        if any(onward.to >= len(command.steps) or onward.to == n for onward in step.next):
            raise Refusal("bad_command", field="next", reason="not_in_list")
        low, high = hundredths(step.low), hundredths(step.high)
        if low is not None and high is not None and low > high:
            raise Refusal("range_upside_down")


def _counted(command: ImportSteps, n: int, ask: Ask) -> str:
    """The n-th id from the first on."""
    first = command.first_id or ask.id(0)
    return f"{first[:-3]}{n:03x}"


def _lanes(room: Room, map: ProcessMap, command: ImportSteps, ask: Ask) -> list[Lane]:
    """One for each name, in their order; the map's own where it has one that is called so."""
    known = {lane.name.casefold(): lane for lane in lanes_in_order(room, map.id) if lane.name}
    last = max((lane.rank for lane in room.where(Lane, map_id=map.id)), default=None)
    lanes: list[Lane] = []
    for n, name in enumerate(command.lanes):
        if name.casefold() not in known:
            last = between(last, None)
            id = room.free(Lane, _counted(command, n, ask))
            known[name.casefold()] = ask.new(Lane, id=id, map_id=map.id, name=name, rank=last)
        lanes.append(known[name.casefold()])
    return lanes


def _arrows(map: ProcessMap, command: ImportSteps, steps: list[MapStep], ask: Ask) -> list[MapEdge]:
    """Each pair once."""
    pairs = {(n, onward.to): onward for n, step in enumerate(command.steps) for onward in reversed(step.next)}
    return [
        arrow(map, ask.id(number), steps[n].id, steps[to].id, ask, label=onward.label, share=onward.share)
        for number, ((n, to), onward) in enumerate(pairs.items())
    ]
