"""What people have in a spreadsheet comes onto a map, and a map goes into one."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.process_map.messages import ImportSteps
from app.process_map.rows import KINDS, UNITS, VALUES, Lane, MapEdge, MapPath, MapStep, MapTotals, Time
from app.process_map.rules.layout import PITCH
from app.process_map.rules.reading import Understood, understood
from app.process_map.rules.table import as_table
from app.rooms.values import NOTE, TITLE, WORD, Note, id_from
from tests.process_map.mapping import PATHWAY, Mapping, minutes
from tests.process_map.test_sepsis import MAIN, drawn
from tests.rooms.rehearsal import MAYA, TOM
from tests.support.scale import by_scale

AGAIN = id_from("again")


def command(found: Understood, map_id: str = PATHWAY) -> dict[str, Any]:
    """As a browser passes on what it was answered."""
    told = {"map_id": map_id, **json.loads(found.model_dump_json(exclude_defaults=True, exclude={"troubles"}))}
    ImportSteps.model_validate_json(json.dumps({"type": "process_map.import_steps", **told}))
    return told


def table_of(room: Mapping) -> str:
    steps = room.steps()
    order = {step_id: n for n, step_id in enumerate(room.path().step_ids)}
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
    again, totals, way = room.row(MapTotals, AGAIN), room.totals(), room.row(MapPath, AGAIN)
    same = {"lead", "process", "wait", "adding", "adding_percent", "complete_percent", "partial", "hints"}
    assert again.model_dump(include=same) == totals.model_dump(include=same)
    by_text = {step.text: step for step in room.replica.where(MapStep, map_id=AGAIN)}
    copy, waits = by_text["Sample waits for porter"], room.row(MapStep, steps["w2"])
    kept = {"kind", "wait", "low", "high", "shadowed", "complete", "hot", "note", "staff", "value"}
    assert copy.model_dump(include=kept) == waits.model_dump(include=kept)
    lanes = {lane.id: lane.name for lane in room.replica.where(Lane)}
    assert {lanes[step.lane_id] for step in by_text.values()} == set(lanes.values())
    assert tuple(by_text[room.row(MapStep, steps[key]).text].id for key in MAIN) == way.step_ids


AWKWARD = st.sampled_from(["under 5 %", "a; b", '5" cannula', "2: yes", "1", "'=x", "''", ", no", "|", "\n-", "–3 %"])


def words(most: int) -> st.SearchStrategy[str]:
    """Whatever fits a row, and often what a table would take for something else."""
    cleaned = (AWKWARD | st.text(alphabet=st.characters(codec="utf-8"), max_size=most)).map(
        lambda text: TypeAdapter(Note).validate_python(text[:most])[:most].strip()
    )
    return cleaned.filter(bool)


HUNDREDTHS = st.integers(0, 99_999_999).map(lambda n: n / 100)
TIMES = st.none() | st.builds(Time, amount=HUNDREDTHS, unit=st.sampled_from(list(UNITS)))


@st.composite
def anything(draw: st.DrawFn) -> tuple[list[Lane], list[MapStep], list[MapEdge]]:
    """A map whose lanes have names of their own."""
    made: dict[str, Any] = {"map_id": PATHWAY, "created_at": datetime.now(UTC)}
    names = draw(st.lists(words(TITLE), min_size=1, max_size=4, unique_by=str.casefold))
    lanes = [Lane(id=id_from("lane", n), name=name, rank=str(n), **made) for n, name in enumerate(names)]
    steps = []
    for n in range(draw(st.integers(1, 6))):
        low, high = sorted((draw(TIMES), draw(TIMES)), key=lambda time: -1 if time is None else time.hundredths)
        where: dict[str, Any] = {"id": id_from("step", n), "lane_id": draw(st.sampled_from(lanes)).id, "x": n, "y": 0}
        steps.append(
            MapStep(
                kind=draw(st.sampled_from(KINDS)),
                text=draw(words(TITLE)),
                note=draw(st.none() | words(NOTE)),
                process=draw(TIMES),
                wait=draw(TIMES),
                low=low,
                high=high,
                complete=draw(st.none() | st.integers(0, 10_000).map(lambda n: n / 100)),
                volume=draw(st.none() | HUNDREDTHS),
                staff=draw(st.none() | words(TITLE)),
                value=draw(st.none() | st.sampled_from(VALUES)),
                shadowed=draw(st.none() | st.integers(1, 100_000)),
                hot=draw(st.booleans()),
                **where,
                **made,
            )
        )
    ends = st.tuples(st.sampled_from(steps), st.sampled_from(steps)).filter(lambda ends: ends[0] != ends[1])
    drawn = draw(st.lists(ends, unique=True, max_size=6)) if len(steps) > 1 else []
    edges = [
        MapEdge(
            id=id_from("edge", n),
            from_id=one.id,
            to_id=other.id,
            label=draw(st.none() | words(WORD)),
            share=draw(st.none() | st.integers(0, 10_000).map(lambda n: n / 10_000)),
            **made,
        )
        for n, (one, other) in enumerate(drawn)
    ]
    return lanes, steps, edges


@settings(max_examples=by_scale(quick=15, short=60, full=500), deadline=None)
@given(anything())
def test_whatever_a_map_says_comes_back_from_its_table(whole: tuple[list[Lane], list[MapStep], list[MapEdge]]) -> None:
    lanes, steps, edges = whole
    found = understood(as_table(lanes, steps, edges), "days")
    assert not found.troubles
    command(found)
    names = {lane.id: lane.name for lane in lanes}
    for step, again in zip(steps, found.steps, strict=True):
        said = again.model_dump(exclude={"lane", "next"})
        assert said == step.model_dump(include=set(said))
        assert again.lane is not None
        assert found.lanes[again.lane] == names[step.lane_id]
        leads = {(steps[onward.to].id, onward.label, onward.share) for onward in again.next}
        assert leads == {(edge.to_id, edge.label, edge.share) for edge in edges if edge.from_id == step.id}


def test_a_spreadsheet_calculates_nothing_of_what_people_wrote() -> None:
    room = Mapping()
    room.step("=HYPERLINK(1)", "start", staff="@cmd", note="-2+3")
    room.step("+44", "end")
    cells = [cell for row in csv.reader(io.StringIO(table_of(room))) for cell in row]
    assert {"'=HYPERLINK(1)", "'@cmd", "'-2+3", "'+44"} <= set(cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_columns_come_in_any_order_and_times_as_people_write_them() -> None:
    found = understood(
        "\ufeffWard;What happens;Wait (hours);Process time;C&A;VA\n"
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
        (2, "next_unclear", "2 yes"),
        (4, "kind_unclear", "teleport"),
        (4, "next_unclear", "9: no 30 "),
        (5, "no_text", "15"),
        (6, "cut", "xxxxxxxxx"),
    ]
    assert [step.process for step in found.steps] == [None, minutes_of(10), minutes_of(20)]
    found = understood("A;B\n1;2\n")
    assert [trouble.code for trouble in found.troubles] == ["no_headings"]


def test_branches_are_read_with_what_is_said_and_how_often() -> None:
    found = understood("No,Step,Next\n1,Red flag?,2: yes 70 %; Usual care\n2,Bloods,Usual care\n3,Usual care,\n")
    (yes, no), *_ = (step.next for step in found.steps)
    assert (yes.to, yes.label, yes.share, no.to, no.label, no.share) == (1, "yes", 0.7, 2, None, None)
    assert not found.troubles


def test_a_label_stands_between_quotation_marks_where_it_would_be_taken_for_something_else() -> None:
    found = understood(
        'Step,Next\nRed flag?,"2: ""under 5 %""; 3: ""no; not yet"" 70 %; 3: twice"\nBloods,\nUsual care,\n'
    )
    assert [(way.to, way.label, way.share) for way in found.steps[0].next] == [
        (1, "under 5 %", None),
        (2, "no; not yet", 0.7),
    ]
    room = Mapping()
    often = [room.step(f"Way {n}", after=room.step("Sort", "decision") if n == 0 else None) for n in range(25)]
    for step in often[1:]:
        room.connect(id_from("Sort"), step)
    assert sorted(len(step.next) for step in understood(table_of(room)).steps)[-1] == 25


def test_columns_are_found_by_the_words_that_stand_on_the_screen() -> None:
    found = understood(
        "What happens?;Where;How long it takes, min;Wait in hours;Helps the patient?;Who does it;Shortest;Longest\n"
        "Triage;ED;5;1.5;Needed, adds nothing;Triage nurse;9;3\n"
    )
    (step,) = found.steps
    assert (step.process, step.wait, step.value, step.staff, step.low, step.high) == (
        minutes_of(5), Time(amount=1.5, unit="hours"), "necessary", "Triage nurse", None, None,
    )  # fmt: skip
    assert [(trouble.line, trouble.code, trouble.said) for trouble in found.troubles] == [(2, "upside_down", "9, 3")]


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
