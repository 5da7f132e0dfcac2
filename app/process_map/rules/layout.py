"""Where steps stand: a free place for a new one, and a tidy picture of the whole map. Pure: values in, places out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.process_map.rows import Kind, MapEdge, MapStep
from app.process_map.rows.steps import WIDEST
from app.process_map.rules.flow import reached_from, walked

WIDTH, HEIGHT, FLAT = 132, 88, 54
"""Of a step; starts and ends are flat."""
PITCH = 152
"""From one column to the next."""
ROW = 100
INNER = 12
"""Between the edge of a lane and what is in it."""
GAP = 8
"""Closer than this two steps look like one."""
ROWS = 6
"""So many new steps one below the other, before one goes to the next column."""

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    height: int

    def is_beside(self, x: int) -> bool:
        return abs(self.x - x) >= WIDTH + GAP

    def meets(self, y: int, height: int) -> bool:
        """Of another one in the same column."""
        return y < self.y + self.height + GAP and self.y < y + height + GAP


def box(step: MapStep) -> Box:
    return Box(step.x, step.y, height(step))


def height(step: MapStep) -> int:
    return height_of(step.kind)


def height_of(kind: Kind) -> int:
    return FLAT if kind in ("start", "end") else HEIGHT


def row_of(step: MapStep) -> int:
    """The upper edge of the row that a step stands in."""
    return max(step.y - _lowered(height(step)), 0)


def _lowered(height: int) -> int:
    """What is flat stands in the middle of its row, so that arrows run straight."""
    return (HEIGHT - height) // 2


def free_place(taken: Iterable[Box], x: int, y: int = INNER, height: int = HEIGHT) -> Spot:
    """The first place from this row on where nothing stands: further down in the column, then in the next one."""
    boxes = list(taken)
    lowered = _lowered(height)
    for column in range(x, WIDEST, PITCH):
        here = [box for box in boxes if not box.is_beside(column)]
        for row in range(y, min(y + ROWS * ROW, WIDEST), ROW):
            if not any(box.meets(row + lowered, height) for box in here):
                return column, row + lowered
    return x, y + lowered


def tidied(lanes: Sequence[str], steps: Iterable[MapStep], edges: Iterable[MapEdge], *, all: bool) -> dict[str, Spot]:
    """Where each step goes that may be moved: by the longest path to it from left to right, each in its lane.

    What somebody has placed stays, unless `all`; nothing comes to lie on anything else.
    """
    known = {step.id: step for step in steps}
    order, columns = _columns(known, edges)
    kept = {id for id, step in known.items() if step.placed and not all}
    taken: dict[str, list[Box]] = {lane: [] for lane in lanes}
    for id in kept:
        taken.setdefault(known[id].lane_id, []).append(box(known[id]))
    spots: dict[str, Spot] = {}
    for id in (id for id in order if id not in kept):
        step = known[id]
        boxes = taken.setdefault(step.lane_id, [])
        spots[id] = free_place(boxes, INNER + columns[id] * PITCH, height=height(step))
        boxes.append(Box(*spots[id], height(step)))
    return spots


def _columns(steps: Mapping[str, MapStep], edges: Iterable[MapEdge]) -> tuple[tuple[str, ...], dict[str, int]]:
    """All steps in the order of the path, and the column of each. An arrow back counts for nothing."""
    ways: dict[str, dict[str, float]] = {id: {} for id in steps}
    led_to: set[str] = set()
    for edge in edges:
        if edge.from_id in steps and edge.to_id in steps:
            ways[edge.from_id][edge.to_id] = 1 if edge.share is None else edge.share
            led_to.add(edge.to_id)
    first = sorted(
        (step for step in steps.values() if step.id not in led_to),
        key=lambda step: (step.kind != "start", not ways[step.id], step.x, step.id),
    )
    begin = [step.id for step in first]
    # Steps that only lead to each other begin where they stand furthest left.
    reached = reached_from(begin, ways)
    round_about = sorted((step.x, id) for id, step in steps.items() if id not in reached)
    # What is walked last comes first: the start and what hangs on it.
    order, _ = walked([*(id for _, id in round_about), *reversed(begin)], ways)
    at = {id: n for n, id in enumerate(order)}
    columns = dict.fromkeys(order, 0)
    for id in order:
        for to in ways[id]:
            if at[to] > at[id]:
                columns[to] = max(columns[to], columns[id] + _wide(steps[id], steps[to]))
    return order, columns


def _wide(step: MapStep, to: MapStep) -> int:
    """A start stands above what comes first, and an end below what came last, where they have lanes of their own."""
    is_above = step.lane_id != to.lane_id and (step.kind == "start" or to.kind == "end")
    return 0 if is_above else 1
