"""Members draw the pathway while they talk: steps, arrows and lanes come, go, and come back."""

from app.process_map.rows import MapEdge, MapStep, Time
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.rooms.rehearsal import ANNE, MAYA, ROSA, TOM

EDGE = id_from("edge")


def test_a_map_begins_with_the_patients_lane() -> None:
    room = Mapping()
    map = room.map()
    assert (map.title, map.state, map.author_id) == ("From triage to the first dose", "current", MAYA)
    assert [lane.name for lane in room.lanes()] == ["Patient"]


def test_a_step_comes_behind_another_one_and_stands_right_of_it() -> None:
    room = Mapping()
    start, triage, _dose = room.chain("Arrives", "Triage", "First dose")
    steps = room.steps()
    assert room.arrows() == {(start, triage), (triage, id_from("First dose"))}
    assert [step.x for step in steps.values()] == [12, 164, 316]
    assert not any(step.placed for step in steps.values())


def test_a_step_splits_an_arrow_and_what_is_said_on_it_stays_where_it_began() -> None:
    room = Mapping()
    decides = room.step("Red flag?", "decision")
    bloods = room.step("Bloods")
    yes = room.connect(decides, bloods, label="yes", share=0.7)
    bed = room.step("Wait for a bed", "wait", into=yes, edge_id=EDGE)
    assert room.arrows() == {(decides, bed), (bed, bloods)}
    split = room.row(MapEdge, yes)
    assert (split.to_id, split.label, split.share) == (bed, "yes", 0.7)
    more = {"map_id": PATHWAY, "step_id": id_from("?"), "lane_id": room.patient, "kind": "wait", "text": "?"}
    assert room.refused(MAYA, "process_map.add_step", **more, after=bed, into=yes)[0] == "bad_command"


def test_what_somebody_writes_behind_a_step_that_is_taken_away_meanwhile_is_kept_on_the_way() -> None:
    room = Mapping()
    start, triage, bloods, dose = room.chain("Arrives", "Triage", "Bloods", "First dose")
    (between,) = (edge.id for edge in room.replica.where(MapEdge) if edge.to_id == bloods)
    lab = room.lane("Laboratory")
    room.say(TOM, "process_map.remove_steps", step_ids=[triage])
    room.say(TOM, "process_map.remove_lane", lane_id=lab, to_lane_id=None)
    family = room.step("Tells the family", into=between, lane_id=lab)
    assert room.arrows() == {(start, family), (family, bloods), (bloods, dose)}
    assert room.row(MapStep, family).lane_id == room.patient


def test_behind_the_last_step_that_is_taken_away_meanwhile_the_line_goes_on_where_it_ends() -> None:
    room = Mapping()
    start = room.step("Arrives", "start")
    triage = room.step("Triage", after=start)
    room.say(TOM, "process_map.remove_steps", step_ids=[triage])
    bloods = room.step("Bloods", after=triage)
    assert room.arrows() == {(start, bloods)}
    # Where the way has gone on meanwhile no second one is begun.
    late = room.step("Second check", after=triage)
    assert room.arrows() == {(start, bloods)}
    assert late in room.steps()


def test_who_undoes_a_step_leaves_the_words_that_a_neighbour_has_got_meanwhile() -> None:
    room = Mapping()
    start, triage, bloods, dose = room.chain("Arrives", "Triage", "Bloods", "First dose")
    room.say(TOM, "process_map.edit_step", step_id=bloods, text="Bloods and cultures", base_rev=0)
    room.say(MAYA, "process_map.remove_steps", step_ids=[triage])
    assert room.arrows() == {(start, bloods), (bloods, dose)}
    room.say(MAYA, "process_map.restore_steps", step_ids=[triage])
    assert room.arrows() == {(start, triage), (triage, bloods), (bloods, dose)}
    assert room.row(MapStep, bloods).text == "Bloods and cultures"


def test_who_writes_over_newer_words_is_told_and_the_same_words_twice_are_no_quarrel() -> None:
    room = Mapping()
    triage = room.step("Triage")
    room.say(TOM, "process_map.edit_step", step_id=triage, text="Triage and screen", base_rev=0)
    late = {"step_id": triage, "text": "Triage nurse", "base_rev": 0}
    assert room.refused(MAYA, "process_map.edit_step", **late) == ("words_changed", {"kind": "map_step"})
    assert not room.say(MAYA, "process_map.edit_step", step_id=triage, text="Triage and screen", base_rev=0).puts


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    room = Mapping()
    wait = room.step("Sample waits", "wait", wait={"amount": 1.5, "unit": "hours"})
    kept = room.row(MapStep, wait).wait
    assert kept is not None
    assert kept == Time(amount=1.5, unit="hours")
    assert kept.hundredths == 9000
    assert not room.say(MAYA, "process_map.set_step", step_id=wait, wait={"amount": 1.5, "unit": "hours"}).puts


def test_a_range_is_said_the_right_way_round() -> None:
    room = Mapping()
    triage = room.step("Triage", shadowed=4, low=minutes(5), high={"amount": 1, "unit": "hours"})
    assert room.refused(ROSA, "process_map.set_step", step_id=triage, low={"amount": 1, "unit": "days"}) == (
        "range_upside_down",
        {},
    )


def test_a_drop_moves_several_at_once_and_leaves_alone_what_was_taken_away_meanwhile() -> None:
    room = Mapping()
    triage, bloods = room.step("Triage"), room.step("Bloods")
    lab = room.lane("Laboratory")
    room.say(TOM, "process_map.remove_steps", step_ids=[triage])
    places = [{"step_id": id, "lane_id": lab, "x": 300, "y": 12} for id in (triage, bloods)]
    change = room.say(MAYA, "process_map.move_steps", map_id=PATHWAY, places=places)
    moved = room.row(MapStep, bloods)
    assert (moved.lane_id, moved.x, moved.y, moved.placed) == (lab, 300, 12, True)
    assert change.puts == (moved,)


def test_the_steps_of_a_lane_that_goes_are_taken_in_by_another_one_and_come_back_with_it() -> None:
    room = Mapping()
    lab = room.lane("Laboratory")
    bloods = room.step("Bloods", lane_id=lab)
    room.step("Arrives", "start")
    nowhere = room.refused(TOM, "process_map.remove_lane", lane_id=lab, to_lane_id=None)
    assert nowhere == ("lane_has_steps", {"steps": 1})
    room.say(TOM, "process_map.remove_lane", lane_id=lab, to_lane_id=room.patient)
    taken_in = room.row(MapStep, bloods)
    assert (taken_in.lane_id, taken_in.x, taken_in.y) == (room.patient, 12, 112)
    assert room.refused(TOM, "process_map.remove_lane", lane_id=room.patient, to_lane_id=None) == ("last_lane", {})
    stood = {"step_id": bloods, "x": 12, "y": 12, "placed": False}
    elsewhere = room.refused(TOM, "process_map.restore_lane", lane_id=lab, places=[{**stood, "lane_id": room.patient}])
    assert elsewhere == ("not_found", {"kind": "lane"})
    room.say(TOM, "process_map.restore_lane", lane_id=lab, places=[{**stood, "lane_id": lab}])
    assert (room.row(MapStep, bloods).lane_id, room.row(MapStep, bloods).y) == (lab, 12)


def test_a_lane_stands_directly_below_another_one() -> None:
    room = Mapping()
    first, second = room.lane("Emergency department"), room.lane("Pharmacy")
    room.say(TOM, "process_map.move_lane", lane_id=second, after=room.patient)
    assert [lane.id for lane in room.lanes()] == [room.patient, second, first]
    room.say(TOM, "process_map.move_lane", lane_id=second, after=None)
    assert [lane.id for lane in room.lanes()] == [second, room.patient, first]


def test_an_arrow_leads_once_from_one_step_to_another_one() -> None:
    room = Mapping()
    triage, bloods = room.step("Triage"), room.step("Bloods")
    edge = room.connect(triage, bloods)
    joining = {"edge_id": EDGE, "from_id": triage}
    assert room.refused(TOM, "process_map.connect", **joining, to_id=bloods) == ("already_connected", {})
    assert room.refused(TOM, "process_map.connect", **joining, to_id=triage) == ("to_itself", {})
    room.say(TOM, "process_map.remove_edge", edge_id=edge)
    room.say(TOM, "process_map.connect", **joining, to_id=bloods)
    assert room.refused(TOM, "process_map.restore_edge", edge_id=edge) == ("already_connected", {})


def test_a_map_is_put_away_by_who_began_it_or_who_steers_and_comes_back() -> None:
    room = Mapping()
    assert room.refused(ROSA, "process_map.remove_map", map_id=PATHWAY)[0] == "not_allowed"
    room.say(TOM, "process_map.remove_map", map_id=PATHWAY)
    gone = room.refused(MAYA, "process_map.set_map", map_id=PATHWAY, unit="hours")
    assert gone == ("removed", {"kind": "process_map"})
    room.say(MAYA, "process_map.restore_map", map_id=PATHWAY)
    room.say(ANNE, "process_map.remove_map", map_id=PATHWAY)
    room.say(ANNE, "process_map.restore_map", map_id=PATHWAY)
    room.say(MAYA, "process_map.set_map", map_id=PATHWAY, unit="hours")
    assert room.map().unit == "hours"


def test_a_step_moves_earlier_and_what_undoes_it_puts_the_way_back() -> None:
    room = Mapping()
    start, triage, bloods, dose = room.chain("Arrives", "Triage", "Bloods", "First dose")
    before = room.arrows()
    first, second = (edge.id for edge in sorted(room.replica.where(MapEdge, map_id=PATHWAY), key=room.way)[:2])
    room.say(MAYA, "process_map.move_into", step_id=bloods, into=first)
    assert room.arrows() == {(start, bloods), (bloods, triage), (triage, dose)}
    steps = room.steps()
    assert [steps[id].x for id in (start, bloods, triage, dose)] == [12, 164, 316, 468]
    room.say(MAYA, "process_map.move_into", step_id=bloods, into=second)
    assert room.arrows() == before


def test_a_step_by_itself_moves_onto_the_way_and_a_decision_is_moved_by_hand() -> None:
    room = Mapping()
    start, dose = room.chain("Arrives", "First dose")
    alone = room.step("Triage")
    way = next(iter(room.replica.where(MapEdge, map_id=PATHWAY))).id
    room.say(MAYA, "process_map.move_into", step_id=alone, into=way, edge_id=EDGE)
    assert room.arrows() == {(start, alone), (alone, dose)}
    decides = room.step("Red flag?", "decision")
    for name in ("yes", "no"):
        room.connect(decides, room.step(name))
    assert room.refused(MAYA, "process_map.move_into", step_id=decides, into=way)[0] == "step_branches"
