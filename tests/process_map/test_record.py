"""The case's map as the demo draws it, and what the printed record tells of it."""

from uuid import uuid4

from app.demo.case import SEPSIS, Cast, case
from app.demo.process_map import drawn
from app.process_map.record import maps
from app.process_map.rows import MapStep, MapTotals
from app.rooms.values import id_from
from tests.process_map.mapping import minutes
from tests.rooms.rehearsal import ANNE, MAYA, Rehearsal

IDEAL = id_from("ideal")


def test_the_demo_draws_the_map_of_the_case_and_the_record_tells_of_it() -> None:
    room = Rehearsal()
    room.joins(MAYA, name="Maya")
    assert list(maps(room.replica)) == []
    cast = Cast(case(SEPSIS), "", {}, {}, map_id=str(uuid4()))
    for _, command in drawn(cast):
        room.say(ANNE, command.pop("type"), **command)
    totals = room.row(MapTotals, cast.map_id)
    assert (totals.lead, totals.wait, totals.hints) == (128, 95, ())
    copy = {"map_id": cast.map_id, "new_id": IDEAL, "title": "A red trolley", "state": "ideal"}
    room.say(MAYA, "process_map.copy_map", **copy)
    room.say(ANNE, "process_map.agree_map", map_id=cast.map_id)
    porter = next(step for step in room.replica.where(MapStep, map_id=IDEAL) if step.text == "Sample waits for porter")
    room.say(MAYA, "process_map.set_step", step_id=porter.id, wait=minutes(20))
    (section,) = maps(room.replica)
    assert section.lines == (
        "From triage to the first dose · as it is, agreed on 26 November 2026"
        " · lead time 128 min · waiting 95 min · 23 % helps the patient",
        "A red trolley · as it should be · lead time 88 min · waiting 55 min · 34 % helps the patient"
        " · 40 min less than “From triage to the first dose”",
    )
