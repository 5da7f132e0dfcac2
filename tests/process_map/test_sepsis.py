"""The practice case: the totals of its map are those that it expects."""

from app.demo.case import SEPSIS, case
from app.process_map.rows import MapPath, MapStep, MapTotals
from tests.process_map.mapping import Mapping, minutes
from tests.rooms.rehearsal import MAYA

MAIN = ("s", "t", "w1", "d", "b", "w2", "r", "w3", "g", "e")


def drawn() -> tuple[Mapping, dict[str, str]]:
    """The map of the case, and its steps by their key there."""
    told = case(SEPSIS)["process_map"]
    room = Mapping()
    lanes = {"Patient": room.patient} | {name: room.lane(name) for name in told["lanes"][1:]}
    steps = {}
    for node in told["nodes"]:
        said = {name: minutes(node[name]) for name in ("process", "wait") if name in node}
        said |= {"value": node["value"]} if "value" in node else {}
        steps[node["key"]] = room.step(node["text"], node["kind"], MAYA, lane_id=lanes[node["lane"]], **said)
    for before, after, *said in told["edges"]:
        room.connect(steps[before], steps[after], **dict(zip(("label", "share"), said, strict=False)))
    return room, steps


def test_the_totals_of_the_sepsis_map_are_those_that_it_expects() -> None:
    room, steps = drawn()
    expect, totals = case(SEPSIS)["process_map"]["expect"], room.totals()
    assert (totals.lead, totals.process, totals.wait, totals.adding) == tuple(
        expect[name] for name in ("lead_time", "process_time", "wait_time", "value_adding")
    )
    assert totals.adding_percent is not None
    assert round(totals.adding_percent, 1) == expect["value_adding_percent"]
    assert (totals.partial, totals.hints, totals.missing) == (False, (), ())
    assert totals.longest_wait == steps["w2"]
    assert room.path().step_ids == tuple(steps[key] for key in MAIN)


def test_who_says_how_long_a_step_takes_sends_nobody_the_way_anew() -> None:
    room, steps = drawn()
    said = {"step_id": steps["w2"], "wait": minutes(90)}
    timed = room.say(MAYA, "process_map.set_step", **said)
    assert [type(row) for row in timed.puts] == [MapStep, MapTotals]
    marked = room.say(MAYA, "process_map.set_step", step_id=steps["w2"], hot=True, note="The porter walks")
    assert [type(row) for row in marked.puts] == [MapStep]
    gone = room.say(MAYA, "process_map.remove_steps", step_ids=[steps["w2"]])
    assert {MapTotals, MapPath} < {type(row) for row in gone.puts}


def test_of_many_steps_without_a_time_a_map_names_twelve_and_counts_the_others() -> None:
    room = Mapping()
    ids = room.chain(*(f"{n}" for n in range(30)))
    totals = room.totals()
    assert (totals.missing, totals.missing_more, totals.partial) == (tuple(ids[1:13]), 16, True)
    for id in ids[1:-1]:
        room.say(MAYA, "process_map.set_step", step_id=id, process=minutes(1), value="adding" if id == ids[1] else None)
    (hint,) = room.totals().hints
    assert (hint.code, len(hint.ids), hint.more, room.totals().missing) == ("value_missing", 12, 15, ())


def test_of_many_slow_steps_a_map_names_twelve_and_says_from_when_a_step_is_slow() -> None:
    room = Mapping()
    ids = room.chain(*(f"{n}" for n in range(30)))
    for n, id in enumerate(ids[1:-1]):
        room.say(MAYA, "process_map.set_step", step_id=id, process=minutes(16.55 if n < 10 else 16.56))
    # 480 minutes for 29 patients are 16.5517… for each.
    room.say(MAYA, "process_map.set_map", map_id=room.map().id, demand=29, available={"amount": 8, "unit": "hours"})
    totals = room.totals()
    assert (totals.takt, totals.slow_from) == (16.55, 16.56)
    assert (totals.slow, totals.slow_more) == (tuple(ids[11:23]), 6)


def test_tidying_up_leaves_nothing_on_anything_else_and_everything_in_its_lane() -> None:
    room, steps = drawn()
    lanes = {step.id: step.lane_id for step in room.steps().values()}
    room.say(MAYA, "process_map.tidy_map", map_id=room.map().id)
    tidy = room.steps()
    assert {step.id: step.lane_id for step in tidy.values()} == lanes
    assert len({(step.lane_id, step.x, step.y) for step in tidy.values()}) == len(tidy)
    columns = {key: (tidy[id].x - 12) // 152 for key, id in steps.items()}
    assert columns == {"s": 0, "t": 0, "w1": 1, "d": 2, "o": 2, "b": 3, "w2": 4, "r": 5, "w3": 6, "g": 7, "e": 7}
    assert not room.say(MAYA, "process_map.tidy_map", map_id=room.map().id).puts


def test_tidying_up_leaves_where_it_is_what_somebody_has_placed() -> None:
    room, steps = drawn()
    place = {"step_id": steps["b"], "lane_id": room.patient, "x": 1000, "y": 40}
    room.say(MAYA, "process_map.move_steps", map_id=room.map().id, places=[place])
    room.say(MAYA, "process_map.tidy_map", map_id=room.map().id)
    kept = room.row(MapStep, steps["b"])
    assert (kept.x, kept.y, kept.placed) == (1000, 40, True)
    room.say(MAYA, "process_map.tidy_map", map_id=room.map().id, all=True)
    assert not room.row(MapStep, steps["b"]).placed
