"""Whoever does what first: the map and its totals come out the same, and what is put back is whole."""

import random
from itertools import pairwise
from typing import Any

import pytest

from app.process_map.rows import MapEdge, MapStep
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.rooms.rehearsal import MAYA, ROSA, TOM

SIZE = 8
Edit = tuple[str, dict[str, Any]]


def drawn() -> Mapping:
    room = Mapping()
    for n in range(SIZE):
        room.step(f"{n}", "start" if n == 0 else "end" if n == SIZE - 1 else "activity", x=n * 152, y=12)
    return room


def edits(chance: random.Random) -> list[Edit]:
    """Each about another step, field or arrow: no two of them can contradict each other."""
    ids = [id_from(str(n)) for n in range(SIZE)]
    pairs = [(a, b) for a in ids[:-1] for b in ids[1:] if a != b and chance.random() < 0.2]
    joins: list[Edit] = [
        (
            "connect",
            {"edge_id": id_from(*pair), "from_id": pair[0], "to_id": pair[1], "share": chance.choice([None, 0.5])},
        )
        for pair in pairs
    ]
    times: list[Edit] = [
        ("set_step", {"step_id": id, field: minutes(chance.randint(0, 90))})
        for id in ids
        for field in ("process", "wait")
    ]
    places = [{"step_id": id, "lane_id": id_from("Laboratory"), "x": 152, "y": 12} for id in ids[::3]]
    words: list[Edit] = [("edit_step", {"step_id": id, "text": "In other words", "base_rev": 0}) for id in ids[::2]]
    return [*joins, *times, *words, ("move_steps", {"map_id": PATHWAY, "places": places})]


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_the_same_edits_gives_the_same_map_and_the_same_totals(seed: int) -> None:
    chance = random.Random(seed)
    same = edits(chance)
    found = []
    for _ in range(3):
        room = drawn()
        room.lane("Laboratory")
        for command, fields in chance.sample(same, len(same)):
            room.say(chance.choice((MAYA, ROSA, TOM)), f"process_map.{command}", **fields)
        found.append((_said(room, MapStep), _said(room, MapEdge), room.totals(), room.path()))
    assert found[0] == found[1] == found[2]


def test_the_way_stays_whole_whatever_is_taken_away_and_put_back() -> None:
    chance = random.Random(7)
    room = Mapping()
    ids = room.chain(*(f"{n}" for n in range(SIZE)))
    whole, before = room.arrows(), (room.totals(), room.path())
    for _ in range(150):
        command = chance.choice(("restore_steps", "remove_steps"))
        room.say(MAYA, f"process_map.{command}", step_ids=chance.sample(ids[1:-1], chance.randint(1, 3)))
        there = [id for id in ids if id in room.steps()]
        assert room.arrows() == set(pairwise(there))
    room.say(TOM, "process_map.restore_steps", step_ids=ids)
    assert room.arrows() == whole
    assert (room.totals(), room.path()) == before


def test_who_cuts_the_way_past_a_step_finds_it_cut() -> None:
    room = Mapping()
    start, triage, bloods, dose = room.chain("Arrives", "Triage", "Bloods", "First dose")
    room.say(MAYA, "process_map.remove_steps", step_ids=[triage])
    (past,) = (edge for edge in room.replica.where(MapEdge) if edge.heals)
    room.say(TOM, "process_map.set_edge", edge_id=past.id, label="red flag")
    room.say(MAYA, "process_map.remove_steps", step_ids=[bloods])
    (past,) = (edge for edge in room.replica.where(MapEdge) if edge.heals and edge.removed_at is None)
    assert (past.from_id, past.to_id, past.label) == (start, dose, "red flag")
    room.say(TOM, "process_map.remove_edge", edge_id=past.id)
    room.say(MAYA, "process_map.restore_steps", step_ids=[bloods])
    assert room.arrows() == {(bloods, dose)}
    room.say(MAYA, "process_map.restore_steps", step_ids=[triage])
    assert room.arrows() == {(start, triage), (triage, bloods), (bloods, dose)}


def _said(room: Mapping, kind: type[MapStep] | type[MapEdge]) -> dict[str, Any]:
    """What the rows say, without when they were made and by whom."""
    left_out = {"created_at", "owner_id"}
    return {row.id: row.model_dump(exclude=left_out) for row in room.replica.where(kind)}
