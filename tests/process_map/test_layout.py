"""A tidy picture: nothing lies on anything else, whatever the map is and whatever somebody has placed."""

import random
from itertools import combinations

import pytest

from app.process_map.rows import MapEdge, MapStep
from app.process_map.rules.layout import GAP, WIDTH, Spot, height, tidied
from app.rooms.values import id_from
from tests.process_map.test_quantities import arrow, step

LANES = [id_from(name) for name in ("Patient", "Emergency department", "Laboratory")]


def any_map(seed: int) -> tuple[list[MapStep], list[MapEdge]]:
    chance = random.Random(seed)
    kinds = chance.choices(["activity", "wait", "decision", "start", "end"], k=60)
    steps = [step(f"{n}", kind).but(lane_id=chance.choice(LANES)) for n, kind in enumerate(kinds)]
    pairs = {(chance.randrange(40), chance.randrange(40)) for _ in range(60)}
    return steps, [arrow(str(a), str(b)) for a, b in sorted(pairs) if a != b]


def lie_on_each_other(one: MapStep, other: MapStep, spots: dict[str, Spot]) -> bool:
    (x, y), (u, v) = (spots.get(step.id, (step.x, step.y)) for step in (one, other))
    upper, lower = (one, v - y) if y <= v else (other, y - v)
    return one.lane_id == other.lane_id and abs(x - u) < WIDTH + GAP and lower < height(upper) + GAP


@pytest.mark.parametrize("seed", range(6))
def test_nothing_lies_on_anything_else_and_tidying_twice_changes_nothing(seed: int) -> None:
    steps, edges = any_map(seed)
    for n in range(0, 60, 10):
        steps[n] = steps[n].but(x=n * 40, y=n, placed=True)
    spots = tidied(LANES, steps, edges, all=False)
    assert spots.keys() == {step.id for step in steps if not step.placed}
    moved = [step for step in steps if step.id in spots]
    pairs = [pair for pair in combinations(steps, 2) if not (pair[0].placed and pair[1].placed)]
    assert not any(lie_on_each_other(*pair, spots) for pair in pairs)
    there = [step.but(x=spots[step.id][0], y=spots[step.id][1]) for step in moved]
    again = tidied(LANES, [*there, *(step for step in steps if step.placed)], edges, all=False)
    assert again.keys() == spots.keys()


def test_an_arrow_back_moves_nothing_and_an_end_stands_above_what_came_last_in_the_middle_of_its_row() -> None:
    steps = [step("start", "start"), step("bloods"), step("lab"), step("end", "end").but(lane_id=LANES[0])]
    steps = [steps[0].but(lane_id=LANES[0]), *(one.but(lane_id=LANES[1]) for one in steps[1:3]), steps[3]]
    forward = [arrow("start", "bloods"), arrow("bloods", "lab"), arrow("lab", "end")]
    spots = tidied(LANES, steps, [*forward, arrow("lab", "bloods", share=0.2)], all=False)
    assert list(spots.values()) == [(12, 29), (12, 12), (164, 12), (164, 29)]
