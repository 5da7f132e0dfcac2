"""What people have in a spreadsheet comes onto a map, and a map goes into one."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.process_map.messages import ImportSteps
from app.process_map.rows import Lane, MapEdge, MapStep, MapTotals, Time
from app.process_map.rules.layout import PITCH
from app.process_map.rules.reading import Understood, understood
from app.process_map.rules.table import as_table
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.process_map.test_sepsis import MAIN, drawn
from tests.rooms.rehearsal import MAYA, TOM

AGAIN = id_from("again")


def command(found: Understood, map_id: str = PATHWAY) -> dict[str, Any]:
    """As a browser passes on what it was answered."""
    told = {"map_id": map_id, **json.loads(found.model_dump_json(exclude_defaults=True, exclude={"troubles"}))}
    ImportSteps.model_validate_json(json.dumps({"type": "process_map.import_steps", **told}))
    return told


def table_of(room: Mapping) -> str:
    steps = room.steps()
    order = {path.step_id: n for n, path in enumerate(room.totals().path)}
    listed = sorted(steps.values(), key=lambda step: (order.get(step.id, len(order)), step.id))
    edges = [edge for edge in room.replica.where(MapEdge, map_id=PATHWAY) if edge.removed_at is None]
    return as_table(room.replica.where(Lane, map_id=PATHWAY), listed, edges)


def test_what_is_exported_can_be_imported_again_and_adds_up_to_the_same() -> None:
    room, steps = drawn()
    said = {"low": minutes(5), "high": {"amount": 1.5, "unit": "hours"}, "shadowed": 4, "complete": 0.5, "hot": True}
    room.say(MAYA, "process_map.set_step", step_id=steps["w2"], note="The porter\nwalks; twice", staff="=1+1", **said)
    found = understood(table_of(room))
    assert not found.troubles
    room.say(TOM, "process_map.add_map", map_id=AGAIN, title="Again")
    room.say(TOM, "process_map.import_steps", **command(found, AGAIN))
    again, totals = room.row(MapTotals, AGAIN), room.totals()
    same = {"lead", "process", "wait", "adding", "adding_percent", "complete_percent", "partial", "hints"}
    assert again.model_dump(include=same) == totals.model_dump(include=same)
    by_text = {step.text: step for step in room.replica.where(MapStep, map_id=AGAIN)}
    copy, waits = by_text["Sample waits for porter"], room.row(MapStep, steps["w2"])
    kept = {"kind", "wait", "low", "high", "shadowed", "complete", "hot", "note", "staff", "value"}
    assert copy.model_dump(include=kept) == waits.model_dump(include=kept)
    lanes = {lane.id: lane.name for lane in room.replica.where(Lane)}
    assert {lanes[step.lane_id] for step in by_text.values()} == set(lanes.values())
    assert [by_text[room.row(MapStep, steps[key]).text].id for key in MAIN] == [path.step_id for path in again.path]


def test_a_spreadsheet_calculates_nothing_of_what_people_wrote() -> None:
    room = Mapping()
    room.step("=HYPERLINK(1)", "start", staff="@cmd", note="-2+3")
    room.step("+44", "end")
    cells = [cell for row in csv.reader(io.StringIO(table_of(room))) for cell in row]
    assert {"'=HYPERLINK(1)", "'@cmd", "'-2+3", "'+44"} <= set(cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_columns_come_in_any_order_and_times_as_people_write_them() -> None:
    found = understood(
        "\ufeffWhere;What happens;Wait (hours);Process time;C&A;VA\n"
        "ED;Triage and screen;;5 min;95%;yes\n"
        "Lab;Wait for porter;1,5;;0.8;waste\n"
        "ED;Red flag?;;;;\n"
        "ED;Review;2 days;1 h 30 min;;\n"
    )
    assert not found.troubles
    triage, porter, flag, review = found.steps
    assert found.lanes == ("ED", "Lab")
    assert (triage.lane, triage.kind, triage.process, triage.complete, triage.value) == (
        0, "activity", minutes_of(5), 95, "adding",
    )  # fmt: skip
    assert (porter.lane, porter.kind, porter.complete, porter.value) == (1, "wait", 80, "not_adding")
    assert porter.wait is not None
    assert (porter.wait.amount, porter.wait.unit) == (1.5, "hours")
    assert (flag.kind, review.process) == ("decision", minutes_of(90))
    assert [[onward.to for onward in step.next] for step in found.steps] == [[1], [2], [3], []]


def test_a_list_of_lines_is_steps_one_behind_the_other_right_of_what_is_there() -> None:
    room = Mapping()
    room.chain("Arrives", "Triage", "First dose")
    found = understood("Bloods\nCultures\n\nReview\n")
    room.say(MAYA, "process_map.import_steps", **command(found))
    new = [step for step in room.steps().values() if step.text in ("Bloods", "Cultures", "Review")]
    assert [step.x for step in new] == [12 + n * PITCH for n in (3, 4, 5)]
    assert {(new[0].id, new[1].id), (new[1].id, new[2].id)} <= room.arrows()


def test_what_was_not_understood_is_told_by_line_and_the_rest_is_taken() -> None:
    found = understood(
        "Step,Time,Kind,Colour,Next\n"
        '"Triage\nand screen",soon,activity,red,2 yes\n'
        "Bloods,10,teleport,,9: no 30 %\n"
        ",15,,,\n"
        f"{'x' * 130},20,,,\n"
    )
    assert [(trouble.line, trouble.code, trouble.said[:9]) for trouble in found.troubles] == [
        (1, "heading_unknown", "Colour"),
        (2, "time_unclear", "soon"),
        (4, "kind_unclear", "teleport"),
        (5, "no_text", "15"),
        (6, "cut", "xxxxxxxxx"),
        (2, "next_unclear", "2 yes"),
        (4, "next_unclear", "9: no 30 "),
    ]
    assert [step.process for step in found.steps] == [None, minutes_of(10), minutes_of(20)]
    found = understood("A;B\n1;2\n")
    assert [trouble.code for trouble in found.troubles] == ["no_headings"]


def test_branches_are_read_with_what_is_said_and_how_often() -> None:
    found = understood("No,Step,Next\n1,Red flag?,2: yes 70 %; Usual care\n2,Bloods,Usual care\n3,Usual care,\n")
    (yes, no), *_ = (step.next for step in found.steps)
    assert (yes.to, yes.label, yes.share, no.to, no.label, no.share) == (1, "yes", 0.7, 2, None, None)
    assert not found.troubles


def test_four_hundred_steps_fit_and_the_rest_is_told() -> None:
    found = understood("Step\n" + "Wait\n" * 401)
    assert len(found.steps) == 400
    assert [(trouble.line, trouble.code) for trouble in found.troubles] == [(402, "too_many")]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=80), st.lists(st.text(max_size=12), max_size=12))
def test_whatever_somebody_pastes_is_answered_and_fits_a_map(text: str, cells: list[str]) -> None:
    for pasted in (text, "Step,Process,Next,Lane,Complete,n\n" + ",".join(cells)):
        found = understood(pasted)
        if found.steps:
            command(found)


@pytest.mark.parametrize(
    "steps",
    [
        [{"text": "Triage", "lane": 0}],
        [{"text": "Triage", "next": [{"to": 1}]}],
        [{"text": "Triage", "next": [{"to": 0}]}],
    ],
)
def test_an_import_that_leads_nowhere_is_refused(steps: list[dict[str, Any]]) -> None:
    refused = Mapping().refused(MAYA, "process_map.import_steps", map_id=PATHWAY, steps=steps)
    assert refused[1]["reason"] == "not_in_list"


def minutes_of(amount: float) -> Time:
    return Time(amount=amount, unit="minutes")
