"""A room that draws its pathway, and short ways to say so."""

from typing import Any, TypeVar

from app.process_map.rows import Lane, MapEdge, MapPath, MapStep, MapTotals, ProcessMap
from app.rooms.kernel import Row
from app.rooms.values import id_from
from tests.rooms.rehearsal import MAYA, ROSA, TOM, Rehearsal

R = TypeVar("R", bound=Row)

PATHWAY = id_from("pathway")
ADDING = ("x", "y", "after", "into", "edge_id", "lane_id")
"""What is said of a step as it is added; the rest afterwards."""


class Mapping(Rehearsal):
    """Anne coaches, Maya is a patient, Rosa sponsors, Tom records. There is a map with one lane: the patient's."""

    def __init__(self) -> None:
        super().__init__()
        self.joins(MAYA, name="Maya", voice="patient")
        self.joins(TOM, name="Tom", voice="nurse")
        self.joins(ROSA, part="sponsor", name="Rosa")
        self.holds("recorder", TOM)
        self.say(MAYA, "process_map.add_map", map_id=PATHWAY, title="From triage to the first dose")
        self.patient = self.lanes()[0].id

    def lane(self, name: str, by: str = MAYA) -> str:
        self.say(by, "process_map.add_lane", map_id=PATHWAY, lane_id=id_from(name), name=name)
        return id_from(name)

    def step(self, name: str, kind: str = "activity", by: str = MAYA, /, **fields: Any) -> str:
        """A step whose id is made of what it is called; fields of `set_step` are said of it afterwards."""
        adding = {name: fields.pop(name) for name in ADDING if name in fields}
        adding.setdefault("lane_id", self.patient)
        step_id = id_from(name)
        self.say(by, "process_map.add_step", map_id=PATHWAY, step_id=step_id, kind=kind, text=name, **adding)
        if fields:
            self.say(by, "process_map.set_step", step_id=step_id, **fields)
        return step_id

    def chain(self, *names: str) -> list[str]:
        """Steps one behind the other, from a start to an end."""
        ids: list[str] = []
        for n, name in enumerate(names):
            kind = "start" if n == 0 else "end" if n == len(names) - 1 else "activity"
            ids.append(self.step(name, kind, **({"after": ids[-1]} if ids else {})))
        return ids

    def connect(self, before: str, after: str, **said: Any) -> str:
        edge_id = id_from(before, after)
        self.say(MAYA, "process_map.connect", edge_id=edge_id, from_id=before, to_id=after, **said)
        return edge_id

    def map(self) -> ProcessMap:
        return self.row(ProcessMap, PATHWAY)

    def totals(self) -> MapTotals:
        return self.row(MapTotals, PATHWAY)

    def path(self) -> MapPath:
        return self.row(MapPath, PATHWAY)

    def hints(self) -> dict[str, tuple[str, ...]]:
        return {hint.code: hint.ids for hint in self.totals().hints}

    def lanes(self) -> list[Lane]:
        return sorted(_live(self.replica.where(Lane, map_id=PATHWAY)), key=lambda lane: (lane.rank, lane.id))

    def steps(self) -> dict[str, MapStep]:
        return {step.id: step for step in _live(self.replica.where(MapStep, map_id=PATHWAY))}

    def way(self, edge: MapEdge) -> int:
        """How far along the map an arrow begins."""
        return self.row(MapStep, edge.from_id).x

    def arrows(self) -> set[tuple[str, str]]:
        return {(edge.from_id, edge.to_id) for edge in _live(self.replica.where(MapEdge, map_id=PATHWAY))}


def minutes(amount: float) -> dict[str, Any]:
    return {"amount": amount, "unit": "minutes"}


def _live(rows: tuple[R, ...]) -> list[R]:
    return [row for row in rows if row.removed_at is None]
