"""What happens to steps and aims."""

from typing import Any

import pytest

from app.roadmap.rows import Aim, Step
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, TOM, Rehearsal

GLOBAL, OTHER, SPECIFIC = id_from("global"), id_from("other"), id_from("specific")
SENTENCE = {
    "process": "giving the first antibiotic dose",
    "place": "the sepsis pathway",
    "start": "the patient is triaged",
    "end": "the first dose is running",
    "benefits": ["fewer deaths", "shorter stays"],
    "reasons": ["about half of patients wait more than an hour"],
}
FIGURES = {
    "direction": "increase",
    "measure": "Antibiotics within 60 minutes",
    "baseline": "54 %",
    "target": "75 %",
    "population": "adults with a red flag",
    "by": "2026-10-31",
}


def a_room() -> Rehearsal:
    room = Rehearsal()
    room.joins(MAYA)
    room.joins(TOM)
    return room


def with_aim(room: Rehearsal, id: str = GLOBAL, **slots: Any) -> Rehearsal:
    room.say(MAYA, "roadmap.set_aim", aim_id=id, kind="global", slots=SENTENCE | slots)
    return room


def step(room: Rehearsal, key: str) -> Step:
    (found,) = room.replica.where(Step, key=key)
    return found


def set_step(room: Rehearsal, key: str = "value", **fields: Any) -> Step:
    room.say(ANNE, "roadmap.set_step", **{"step_id": step(room, key).id, "state": "doing", **fields})
    return step(room, key)


# Steps


@pytest.mark.parametrize("method", ["flow_roadmap", "improvement_ramp"])
def test_a_new_room_has_every_step_of_its_method_and_none_has_started(method: str) -> None:
    room = Rehearsal(method)
    expected = {(stage.key, step.key) for stage in room.registry.newest_method(method).stages for step in stage.steps}
    steps = room.replica.where(Step)
    assert {(step.stage, step.key) for step in steps} == expected
    assert {(step.state, step.note, step.changed_by) for step in steps} == {("not_started", None, None)}


def test_several_steps_are_under_way_at_once_and_one_goes_back() -> None:
    room = a_room()
    assert set_step(room, "vision").state == "doing"
    assert set_step(room, "stakeholders", state="done").state == "done"
    assert set_step(room, "stakeholders", state="not_started").state == "not_started"
    assert step(room, "vision").state == "doing"


def test_a_step_says_when_and_by_whom_it_was_set() -> None:
    room = a_room()
    at = room.at
    value = set_step(room)
    assert (value.changed_at, value.changed_by) == (at, ANNE)


def test_a_note_stays_when_it_is_not_spoken_of_and_goes_with_null() -> None:
    room = a_room()
    assert set_step(room, note="Ask the night shift").note == "Ask the night shift"
    assert set_step(room, state="done").note == "Ask the night shift"
    assert set_step(room, state="done", note=None).note is None


def test_an_empty_note_is_no_note() -> None:
    room = a_room()
    set_step(room, note="Ask the night shift")
    assert set_step(room, note="  ").note is None


def test_setting_a_step_as_it_is_changes_nothing() -> None:
    room = a_room()
    before = set_step(room)
    assert set_step(room) == before


def test_a_new_note_stands_where_one_was_taken_out() -> None:
    room = a_room()
    set_step(room, note="Mrs Smith")
    room.say(ANNE, "rooms.redact", kind="step", row_id=step(room, "value").id)
    assert set_step(room, state="done").redacted_at is not None
    told = set_step(room, state="done", note="A patient")
    assert (told.note, told.redacted_at) == ("A patient", None)


def test_the_leader_sets_steps_and_other_members_do_not() -> None:
    room = a_room()
    command = {"step_id": step(room, "value").id, "state": "doing"}
    assert room.refused(TOM, "roadmap.set_step", **command) == ("not_allowed", {"needs": "roadmap.steps"})
    room.holds("leader", TOM)
    room.say(TOM, "roadmap.set_step", **command)


# Aims


def test_a_new_aim_is_a_draft() -> None:
    room = with_aim(a_room(), end="")
    aim = room.row(Aim, GLOBAL)
    assert (aim.kind, aim.state, aim.owner_id) == ("global", "draft", MAYA)


@pytest.mark.parametrize("kind", ["global", "specific"])
def test_an_aim_may_begin_empty(kind: str) -> None:
    room = a_room()
    room.say(MAYA, "roadmap.set_aim", aim_id=GLOBAL, kind=kind, slots={})
    assert room.row(Aim, GLOBAL).kind == kind


def test_an_aim_has_the_slots_of_its_kind() -> None:
    no = a_room().refused(MAYA, "roadmap.set_aim", aim_id=SPECIFIC, kind="specific", slots=SENTENCE)
    assert no == ("bad_command", {"field": "slots", "reason": "wrong_slots"})


def test_an_aim_keeps_its_kind() -> None:
    no = with_aim(a_room()).refused(TOM, "roadmap.set_aim", aim_id=GLOBAL, kind="specific", slots=FIGURES)
    assert no == ("bad_command", {"field": "kind", "reason": "fixed"})


def test_an_aim_is_proposed_only_when_every_slot_is_filled() -> None:
    room = with_aim(a_room(), place="", benefits=[""])
    no = room.refused(MAYA, "roadmap.propose_aim", aim_id=GLOBAL)
    assert no == ("aim_not_filled", {"slots": ["place", "benefits"]})
    with_aim(room)
    room.say(TOM, "roadmap.propose_aim", aim_id=GLOBAL)
    assert room.row(Aim, GLOBAL).state == "proposed"
    assert room.say(TOM, "roadmap.propose_aim", aim_id=GLOBAL).puts == ()


def test_a_specific_aim_needs_all_its_figures() -> None:
    room = a_room()
    room.say(MAYA, "roadmap.set_aim", aim_id=SPECIFIC, kind="specific", slots=FIGURES | {"direction": ""})
    assert room.refused(ANNE, "roadmap.agree_aim", aim_id=SPECIFIC) == ("aim_not_filled", {"slots": ["direction"]})
    room.say(MAYA, "roadmap.set_aim", aim_id=SPECIFIC, kind="specific", slots=FIGURES)
    room.say(ANNE, "roadmap.agree_aim", aim_id=SPECIFIC)
    assert room.row(Aim, SPECIFIC).state == "agreed"


def test_a_process_does_not_end_where_it_starts() -> None:
    room = with_aim(a_room(), end="The patient is triaged")
    assert room.refused(MAYA, "roadmap.propose_aim", aim_id=GLOBAL) == ("aim_ends_where_it_starts", {})


def test_the_coach_records_that_the_room_agreed() -> None:
    room = with_aim(a_room())
    assert room.refused(MAYA, "roadmap.agree_aim", aim_id=GLOBAL) == ("not_allowed", {"needs": "roadmap.steer"})
    at = room.at
    room.say(ANNE, "roadmap.agree_aim", aim_id=GLOBAL)
    aim = room.row(Aim, GLOBAL)
    assert (aim.state, aim.agreed_at) == ("agreed", at)


def test_agreeing_or_proposing_what_is_agreed_changes_nothing() -> None:
    room = with_aim(a_room())
    room.say(ANNE, "roadmap.agree_aim", aim_id=GLOBAL)
    for again in ("roadmap.agree_aim", "roadmap.propose_aim"):
        assert room.say(ANNE, again, aim_id=GLOBAL).puts == ()


@pytest.mark.parametrize("said", ["roadmap.propose_aim", "roadmap.agree_aim"])
def test_other_words_make_an_aim_a_draft_again_and_the_same_words_do_not(said: str) -> None:
    room = with_aim(a_room())
    room.say(ANNE, said, aim_id=GLOBAL)
    before = room.row(Aim, GLOBAL)
    assert with_aim(room).row(Aim, GLOBAL) == before
    with_aim(room, place="the whole hospital")
    aim = room.row(Aim, GLOBAL)
    assert (aim.state, aim.agreed_at) == ("draft", None)


def test_one_aim_of_a_kind_is_agreed_at_a_time() -> None:
    room = with_aim(with_aim(a_room()), OTHER, place="the children's ward")
    room.say(MAYA, "roadmap.set_aim", aim_id=SPECIFIC, kind="specific", slots=FIGURES)
    for aim_id in (GLOBAL, SPECIFIC, OTHER):
        room.say(ANNE, "roadmap.agree_aim", aim_id=aim_id)
    states = {id: room.row(Aim, id).state for id in (GLOBAL, SPECIFIC, OTHER)}
    assert states == {GLOBAL: "draft", SPECIFIC: "agreed", OTHER: "agreed"}
    assert room.row(Aim, GLOBAL).agreed_at is None


def test_an_aim_without_its_words_is_not_proposed_and_may_be_written_anew() -> None:
    room = with_aim(a_room())
    room.say(ANNE, "rooms.redact", kind="aim", row_id=GLOBAL)
    assert room.refused(MAYA, "roadmap.propose_aim", aim_id=GLOBAL)[0] == "aim_not_filled"
    with_aim(room)
    assert room.row(Aim, GLOBAL).redacted_at is None


def test_an_unknown_aim_is_not_found() -> None:
    assert a_room().refused(MAYA, "roadmap.propose_aim", aim_id=GLOBAL) == ("not_found", {"kind": "aim"})


@pytest.mark.parametrize("part", ["observer", "wall"])
def test_who_only_watches_writes_no_aim(part: str) -> None:
    room = a_room()
    room.joins(PAUL, part)
    for command in ("roadmap.propose_aim", "roadmap.agree_aim"):
        assert room.refused(PAUL, command, aim_id=GLOBAL)[0] == "not_allowed"
    no = room.refused(PAUL, "roadmap.set_aim", aim_id=GLOBAL, kind="global", slots=SENTENCE)
    assert no == ("not_allowed", {"needs": "roadmap.contribute"})
