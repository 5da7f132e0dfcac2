"""What somebody did to many things at once is taken back at once, and what others did stays."""

from typing import Any

from app.process_map.rows import Lane, MapEdge, MapStep
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.rooms.rehearsal import MAYA, TOM

FIRST = "00000000-0000-4000-8000-000000000fff"
EDGE = id_from("edge")


def nth(n: int) -> str:
    return f"{FIRST[:-3]}{n:03x}"


def imported(*names: str, lanes: tuple[str, ...] = ("Laboratory",)) -> Mapping:
    """A table with one lane of its own comes onto a map that has a start already."""
    room = Mapping()
    room.step("Arrives", "start")
    onward: list[dict[str, Any]] = [{"next": [{"to": n + 1}]} for n in range(len(names) - 1)]
    steps = [{"text": name, "lane": 0, **on} for name, on in zip(names, [*onward, {}], strict=True)]
    table = {"first_id": FIRST, "lanes": list(lanes), "steps": steps}
    room.say(MAYA, "process_map.import_steps", map_id=PATHWAY, **table)
    return room


def test_a_wrong_table_goes_at_once_with_the_lane_that_it_made() -> None:
    room = imported("Sample waits", "Analyser", "Result")
    assert [room.row(MapStep, nth(n)).text for n in range(3)] == ["Sample waits", "Analyser", "Result"]
    gone = [nth(n) for n in range(3)]
    room.say(MAYA, "process_map.remove_steps", step_ids=gone, lane_ids=[nth(0)])
    assert set(room.steps()) == {id_from("Arrives")}
    assert [lane.name for lane in room.lanes()] == ["Patient"]
    assert room.arrows() == set()


def test_a_step_of_the_table_that_somebody_has_worked_on_stays_in_its_lane() -> None:
    room = imported("Sample waits", "Analyser", "Result")
    room.say(TOM, "process_map.edit_step", step_id=nth(1), text="Blood gas analyser", base_rev=0)
    room.say(MAYA, "process_map.remove_steps", step_ids=[nth(0), nth(2)], lane_ids=[nth(0)])
    assert set(room.steps()) == {id_from("Arrives"), nth(1)}
    assert room.row(Lane, nth(0)).removed_at is None


def test_what_comes_back_brings_the_lane_that_went_with_it() -> None:
    room = imported("Sample waits", "Analyser")
    gone = [nth(0), nth(1)]
    room.say(MAYA, "process_map.remove_steps", step_ids=gone, lane_ids=[nth(0)])
    room.say(TOM, "process_map.restore_steps", step_ids=[nth(1)])
    assert (room.row(MapStep, nth(1)).lane_id, room.row(Lane, nth(0)).removed_at) == (nth(0), None)
    room.say(TOM, "process_map.restore_steps", step_ids=gone)
    assert room.arrows() == {(nth(0), nth(1))}


def test_one_lane_of_a_map_stays_and_so_does_a_lane_with_steps() -> None:
    room = imported("Sample waits", lanes=("Laboratory", "Pharmacy"))
    everything = list(room.steps())
    room.say(MAYA, "process_map.remove_steps", step_ids=[nth(0)], lane_ids=[room.patient, nth(1)])
    assert [lane.name for lane in room.lanes()] == ["Patient", "Laboratory"]
    room.say(MAYA, "process_map.remove_steps", step_ids=everything, lane_ids=[lane.id for lane in room.lanes()])
    assert [lane.name for lane in room.lanes()] == ["Patient"]


def test_several_steps_are_judged_at_once_and_one_that_went_meanwhile_stays_away() -> None:
    room = Mapping()
    _, triage, bloods, _ = room.chain("Arrives", "Triage", "Bloods", "First dose")
    room.say(TOM, "process_map.set_step", step_id=triage, wait=minutes(20))
    room.say(TOM, "process_map.remove_steps", step_ids=[bloods])
    said = [{"step_id": id, "value": "adding", "process": minutes(5)} for id in (triage, bloods)]
    change = room.say(MAYA, "process_map.set_steps", map_id=PATHWAY, steps=said)
    assert change.fact.model_dump()["count"] == 1
    assert (room.row(MapStep, triage).value, room.row(MapStep, bloods).value) == ("adding", None)
    assert (room.totals().wait, room.totals().adding) == (20, 5)
    nothing = [{"step_id": triage, "value": None, "process": None}]
    room.say(MAYA, "process_map.set_steps", map_id=PATHWAY, steps=nothing)
    assert (room.row(MapStep, triage).process, room.totals().wait) == (None, 20)
    upside_down = [{"step_id": triage, "low": minutes(9), "high": minutes(5)}]
    assert room.refused(MAYA, "process_map.set_steps", map_id=PATHWAY, steps=upside_down)[0] == "range_upside_down"
    never = [{"step_id": triage, "hot": None}]
    assert room.refused(MAYA, "process_map.set_steps", map_id=PATHWAY, steps=never)[1]["reason"] == "missing"


def test_a_step_that_is_dropped_on_an_arrow_lies_where_it_was_let_go_and_comes_off_the_way_again() -> None:
    room = Mapping()
    start, dose = room.chain("Arrives", "First dose")
    alone = room.step("Triage")
    before, way = room.row(MapStep, alone), next(iter(room.replica.where(MapEdge))).id
    room.say(TOM, "process_map.set_edge", edge_id=way, label="walks in")
    spot = {"lane_id": room.patient, "x": 77, "y": 120}
    room.say(MAYA, "process_map.move_into", step_id=alone, into=way, edge_id=EDGE, spot=spot)
    assert room.arrows() == {(start, alone), (alone, dose)}
    put_down = room.row(MapStep, alone)
    assert (put_down.x, put_down.y, put_down.placed) == (77, 120, True)
    stood = {"step_id": alone, "lane_id": before.lane_id, "x": before.x, "y": before.y, "placed": before.placed}
    ways = [{"edge_id": way, "to_id": dose}, {"edge_id": EDGE, "to_id": None}]
    room.say(MAYA, "process_map.redirect", map_id=PATHWAY, ways=ways, places=[stood])
    assert (room.arrows(), room.row(MapStep, alone)) == ({(start, dose)}, before)
    assert room.row(MapEdge, way).label == "walks in"
    room.say(MAYA, "process_map.redirect", map_id=PATHWAY, ways=[{"edge_id": way, "to_id": alone}])
    room.say(TOM, "process_map.remove_steps", step_ids=[dose])
    assert room.refused(MAYA, "process_map.redirect", map_id=PATHWAY, ways=ways)[0] == "removed"


def test_the_last_step_of_the_way_moves_earlier_and_back_again() -> None:
    room = Mapping()
    room.chain("Arrives", "Triage", "First dose")
    before, edges = room.arrows(), sorted(room.replica.where(MapEdge), key=room.way)
    ways = [{"edge_id": edge.id, "to_id": edge.to_id} for edge in edges]
    room.say(MAYA, "process_map.move_into", step_id=id_from("First dose"), into=edges[0].id, edge_id=EDGE)
    assert room.arrows() == {(id_from("Arrives"), id_from("First dose")), (id_from("First dose"), id_from("Triage"))}
    twice = [*ways, {"edge_id": EDGE, "to_id": id_from("First dose")}]
    assert room.refused(MAYA, "process_map.redirect", map_id=PATHWAY, ways=twice)[0] == "to_itself"
    room.say(MAYA, "process_map.redirect", map_id=PATHWAY, ways=[*ways, {"edge_id": EDGE, "to_id": None}])
    assert room.arrows() == before
    doubled = {"edge_id": edges[0].id, "to_id": id_from("First dose")}
    room.connect(id_from("Arrives"), id_from("First dose"))
    assert room.refused(MAYA, "process_map.redirect", map_id=PATHWAY, ways=[doubled]) == ("already_connected", {})


def test_an_arrow_that_leads_past_a_step_again_goes_when_that_step_comes_back() -> None:
    room = Mapping()
    start, triage, dose = room.chain("Arrives", "Triage", "First dose")
    whole = room.arrows()
    room.say(TOM, "process_map.remove_steps", step_ids=[triage])
    (past,) = (edge for edge in room.replica.where(MapEdge) if edge.heals)
    room.say(MAYA, "process_map.move_into", step_id=room.step("Bloods"), into=past.id, edge_id=EDGE)
    ways = [{"edge_id": past.id, "to_id": dose}, {"edge_id": EDGE, "to_id": None}]
    room.say(MAYA, "process_map.redirect", map_id=PATHWAY, ways=ways)
    assert room.arrows() == {(start, dose)}
    room.say(TOM, "process_map.restore_steps", step_ids=[triage])
    assert room.arrows() == whole
