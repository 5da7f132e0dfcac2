"""What is agreed stays; the next version is a copy that knows what each of its steps was, and what it saves."""

from typing import Any

from app.process_map.rows import MapChange, MapEdge, MapStep, MapTotals, ProcessMap
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.process_map.test_sepsis import drawn
from tests.rooms.rehearsal import ANNE, MAYA, ROSA, TOM

IDEAL = id_from("ideal")
COPY = {"map_id": PATHWAY, "new_id": IDEAL, "title": "A red trolley", "state": "ideal"}


def ideal() -> tuple[Mapping, dict[str, str], dict[str, str]]:
    """The sepsis map, agreed, and how it should be: steps of both by their key in the case."""
    room, was = drawn()
    room.say(TOM, "process_map.agree_map", map_id=PATHWAY)
    room.say(MAYA, "process_map.copy_map", **COPY)
    copied = {step.from_id: step.id for step in room.replica.where(MapStep, map_id=IDEAL)}
    return room, was, {key: copied[id] for key, id in was.items()}


def change(room: Mapping) -> MapChange:
    return room.row(MapChange, IDEAL)


def test_nobody_changes_what_the_room_has_agreed() -> None:
    room, steps = drawn()
    assert room.refused(MAYA, "process_map.agree_map", map_id=PATHWAY)[0] == "not_allowed"
    room.say(TOM, "process_map.agree_map", map_id=PATHWAY)
    assert (room.map().state, room.map().agreed_at is not None) == ("agreed", True)
    edge = next(edge.id for edge in room.replica.where(MapEdge))
    place = {"step_id": steps["t"], "lane_id": room.patient, "x": 0, "y": 0}
    edits: dict[str, dict[str, Any]] = {
        "set_map": {"map_id": PATHWAY, "unit": "hours"},
        "tidy_map": {"map_id": PATHWAY},
        "add_lane": {"map_id": PATHWAY, "lane_id": id_from("?"), "name": "Porters"},
        "rename_lane": {"lane_id": room.patient, "name": "Patients"},
        "edit_step": {"step_id": steps["t"], "text": "Triage", "base_rev": 0},
        "set_step": {"step_id": steps["t"], "hot": True},
        "move_steps": {"map_id": PATHWAY, "places": [place]},
        "remove_steps": {"step_ids": [steps["t"]]},
        "set_edge": {"edge_id": edge, "share": 1},
        "remove_edge": {"edge_id": edge},
    }
    for command, fields in edits.items():
        assert room.refused(ANNE, f"process_map.{command}", **fields) == ("map_agreed", {})


def test_a_copy_is_whole_and_adds_up_to_the_same() -> None:
    room, was, now = ideal()
    copy, of = room.row(ProcessMap, IDEAL), room.row(ProcessMap, PATHWAY)
    assert (copy.version_of, copy.state, copy.author_id, of.state) == (PATHWAY, "ideal", MAYA, "agreed")
    assert (room.row(MapTotals, IDEAL).lead, room.row(MapTotals, IDEAL).adding_percent) == (128, 23.44)
    assert (change(room).was_id, change(room).saved, change(room).steps) == (PATHWAY, 0, ())
    step, old = room.row(MapStep, now["t"]), room.row(MapStep, was["t"])
    assert (step.text, step.process, step.value, step.x, step.y) == (old.text, old.process, old.value, old.x, old.y)
    assert not {edge.from_id for edge in room.replica.where(MapEdge, map_id=IDEAL)} & set(was.values())


def test_the_ideal_map_says_what_went_what_came_and_what_it_saves() -> None:
    room, was, now = ideal()
    room.say(MAYA, "process_map.remove_steps", step_ids=[now["w3"]])
    room.say(MAYA, "process_map.set_step", step_id=now["w2"], wait=minutes(20))
    trolley = {"map_id": IDEAL, "lane_id": room.row(MapStep, now["g"]).lane_id, "kind": "activity"}
    room.say(
        MAYA, "process_map.add_step", step_id=id_from("trolley"), text="Take the trolley", after=now["r"], **trolley
    )
    room.say(MAYA, "process_map.connect", edge_id=id_from("on"), from_id=id_from("trolley"), to_id=now["g"])
    direct = next(edge for edge in room.replica.where(MapEdge, map_id=IDEAL) if edge.heals)
    room.say(MAYA, "process_map.remove_edge", edge_id=direct.id)
    assert change(room).partial
    room.say(MAYA, "process_map.set_step", step_id=id_from("trolley"), process=minutes(1))
    found = change(room)
    assert [(step.was_id, step.now_id, step.minutes) for step in found.steps] == [
        (was["w3"], None, -15),
        (was["w2"], now["w2"], -40),
        (None, id_from("trolley"), 1),
    ]
    assert (found.saved, found.saved_wait, found.saved_process, found.partial) == (54, 55, -1, False)
    assert found.saved_percent == 42.19


def test_a_version_of_a_version_knows_what_it_was_at_first_and_can_be_compared_with_it() -> None:
    room, was, now = ideal()
    third = id_from("third")
    room.say(MAYA, "process_map.set_step", step_id=now["w2"], wait=minutes(20))
    room.say(ROSA, "process_map.copy_map", map_id=IDEAL, new_id=third, title="Next spring", state="ideal")
    assert {step.from_id for step in room.replica.where(MapStep, map_id=third)} == set(was.values())
    assert (room.row(MapChange, third).was_id, room.row(MapChange, third).saved) == (IDEAL, 0)
    room.say(ROSA, "process_map.set_map", map_id=third, version_of=PATHWAY)
    assert (room.row(MapChange, third).was_id, room.row(MapChange, third).saved) == (PATHWAY, 40)
    itself = room.refused(ROSA, "process_map.set_map", map_id=third, version_of=third)
    assert itself == ("bad_command", {"field": "version_of", "reason": "itself"})


def test_a_map_is_compared_with_any_other_one_or_with_none() -> None:
    room, steps = drawn()
    alone, other = id_from("alone"), id_from("another ward")
    room.say(ROSA, "process_map.add_map", map_id=alone, title="The other ward")
    said = {"text": "Triage", "process": minutes(40)}
    room.say(
        ROSA,
        "process_map.import_steps",
        map_id=alone,
        steps=[{"kind": "start", **said, "next": [{"to": 1}]}, {"kind": "end", "text": "Home"}],
    )
    room.say(ROSA, "process_map.set_map", map_id=alone, version_of=PATHWAY)
    apart = room.row(MapChange, alone)
    assert (apart.apart, apart.steps, apart.saved, apart.was_id) == (True, (), 88, PATHWAY)
    room.say(MAYA, "process_map.copy_map", map_id=alone, new_id=other, title="Ours", state="current")
    room.say(MAYA, "process_map.set_map", map_id=alone, version_of=other)
    assert not room.row(MapChange, alone).apart
    change = room.say(ROSA, "process_map.set_map", map_id=alone, version_of=None)
    assert (change.drops, room.replica.find(MapChange, alone)) == (((MapChange, alone),), None)
    room.say(TOM, "process_map.set_step", step_id=steps["t"], process=minutes(6))
    assert room.replica.find(MapChange, alone) is None


def test_a_map_that_is_not_agreed_yet_changes_what_its_versions_save() -> None:
    room, was = drawn()
    room.say(MAYA, "process_map.copy_map", **COPY)
    room.say(TOM, "process_map.set_step", step_id=was["w2"], wait=minutes(90))
    assert change(room).saved == 30
    assert not any(
        isinstance(row, MapChange) for row in room.say(TOM, "process_map.set_step", step_id=was["t"], hot=True).puts
    )


def test_the_ideal_map_stays_open() -> None:
    room, _, _ = ideal()
    assert room.refused(ANNE, "process_map.agree_map", map_id=IDEAL) == ("ideal_stays_open", {})


def test_words_that_are_taken_out_of_one_version_are_out_of_all() -> None:
    room, was, now = ideal()
    room.say(TOM, "rooms.redact", kind="map_step", row_id=now["t"])
    assert (room.row(MapStep, was["t"]).text, room.row(MapStep, now["t"]).text) == (None, None)
    assert room.row(MapTotals, IDEAL).lead == 128
