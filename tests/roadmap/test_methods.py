"""Methods as data: what every method promises to rules, screens and the wire."""

import re
from collections import Counter

import pytest

from app.roadmap.methods import METHODS
from app.rooms.method import Method

OPENS_WITHOUT_COLUMNS = {"themes", "global_aim", "specific_aim"}
KEY = re.compile(r"^[a-z0-9_]{1,40}$")

each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: f"{method.key}.{method.version}")


def test_both_roadmaps_are_there() -> None:
    assert {(method.key, method.board_title) for method in METHODS} == {
        ("flow_roadmap", "5Vs"),
        ("improvement_ramp", "5Ps"),
    }


def test_the_vs_keep_their_order_and_their_odd_capitals() -> None:
    (flow,) = (method for method in METHODS if method.key == "flow_roadmap")
    assert [lens.title for lens in flow.lenses] == ["Value", "inVolve", "Visualisation", "eVidence", "Vision"]
    assert [stage.title for stage in flow.stages] == [
        "Pre-phase",
        "Build a Big Room",
        "Themes",
        "Global aim",
        "Change ideas",
        "Driver diagram",
        "Test changes",
        "Standardise",
    ]


def test_the_ramp_diagnoses_in_its_order() -> None:
    (ramp,) = (method for method in METHODS if method.key == "improvement_ramp")
    assert [stage.title for stage in ramp.stages] == ["Assess", "Diagnose", "Treat", "Sustain"]
    diagnose = [step.key for step in ramp.stages[1].steps]
    assert diagnose == ["theme", "global_aim", "process_map", "specific_aim", "fishbone"]


@each_method
def test_no_step_opens_onto_nothing(method: Method) -> None:
    lenses = {f"board:{lens.key}" for lens in method.lenses}
    for stage in method.stages:
        for step in stage.steps:
            assert step.columns or step.opens in lenses | OPENS_WITHOUT_COLUMNS, step.key


@each_method
def test_step_keys_are_unique_so_that_a_board_finds_its_step(method: Method) -> None:
    keys = Counter(step.key for stage in method.stages for step in stage.steps)
    assert keys.most_common(1)[0][1] == 1


@each_method
def test_keys_fit_the_wire(method: Method) -> None:
    keys = [voice.key for voice in method.voices] + [lens.key for lens in method.lenses]
    keys += [kind for lens in method.lenses for kind in lens.kinds]
    for stage in method.stages:
        for step in stage.steps:
            keys += [step.key, *(column.key for column in step.columns)]
            columns = [column.key for column in step.columns]
            assert len(columns) == len(set(columns))
    assert [key for key in keys if not KEY.match(key)] == []


@each_method
def test_every_audience_is_one_that_boards_know(method: Method) -> None:
    assert {step.audience for stage in method.stages for step in stage.steps} <= {"all", "coaches"}
