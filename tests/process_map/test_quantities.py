"""Where the patient's time goes: method.md's worked numbers, branches, loops, and what is not known."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.process_map.rows import MapEdge, MapPath, MapStep, MapTotals, ProcessMap, Time
from app.process_map.rules import quantities
from app.rooms.values import id_from
from tests.rooms.rehearsal import NOON

MAP = ProcessMap(id=id_from("map"), created_at=NOON, title="From triage to the first dose", rank="a0")


def m(amount: float) -> Time:
    return Time(amount=amount, unit="minutes")


def step(name: str, kind: str = "activity", **fields: Any) -> MapStep:
    ids = {"id": id_from(name), "map_id": MAP.id, "lane_id": MAP.id}
    return MapStep.model_validate({"created_at": NOON, "kind": kind, "text": name, "x": 0, "y": 0, **ids, **fields})


def arrow(before: str, after: str, **said: Any) -> MapEdge:
    ids = {"id": id_from(before, after), "map_id": MAP.id, "from_id": id_from(before), "to_id": id_from(after)}
    return MapEdge.model_validate({"created_at": NOON, **ids, **said})


class Counted(MapTotals):
    """What a map adds up to, and the way of the average patient beside it."""

    way: MapPath


def counted(steps: list[MapStep], edges: list[MapEdge], map: ProcessMap = MAP) -> Counted:
    totals, way = quantities.counted(map, steps, edges)
    return Counted(**totals.__dict__, way=way)


def in_a_row(*steps: MapStep) -> tuple[list[MapStep], list[MapEdge]]:
    """From a start to an end."""
    row = [step("start", "start"), *steps, step("end", "end")]
    return row, [arrow(str(before.text), str(after.text)) for before, after in pairwise(row)]


def hints(found: Counted) -> dict[str, tuple[str, ...]]:
    return {hint.code: hint.ids for hint in found.hints}


def visits(found: Counted) -> dict[str, float]:
    return dict(zip(found.way.step_ids, found.way.shares, strict=True))


def test_the_worked_numbers_of_the_method() -> None:
    steps, edges = in_a_row(
        step("triage", process=m(5), wait=m(20), complete=95, value="necessary"),
        step("bloods", process=m(10), wait=m(60), complete=80, value="adding"),
        step("review", process=m(15), wait=m(15), complete=90, value="adding"),
        step("check", process=m(3), wait=m(7), complete=99, value="necessary"),
    )
    found = counted(steps, edges, MAP.but(demand=32, available=m(480)))
    assert (found.lead, found.process, found.wait) == (135, 33, 102)
    assert (found.adding, found.necessary, found.not_adding, found.adding_percent) == (25, 8, 0, 18.52)
    assert (found.complete_percent, found.takt, found.slow) == (67.72, 15, (id_from("review"),))
    assert (found.longest_wait, found.partial, found.hints) == (id_from("bloods"), False, ())


def test_minutes_hours_and_days_add_up() -> None:
    found = counted(*in_a_row(step("a", process=m(30)), step("b", process=m(5), wait=Time(amount=1.5, unit="hours"))))
    assert (found.lead, found.wait) == (125, 90)
    found = counted(*in_a_row(step("letter", "wait", wait=Time(amount=0.5, unit="days"))))
    assert (found.lead, found.process) == (720, None)


def branching(yes: float | None, no: float | None) -> Counted:
    """Bloods for those with a red flag, a long wait for the others; then a nurse."""
    steps = [
        step("start", "start"),
        step("flag", "decision"),
        step("bloods", process=m(10)),
        step("queue", "wait", wait=m(100)),
        step("nurse", process=m(4)),
        step("end", "end"),
    ]
    shared = [arrow("flag", "bloods", label="yes", share=yes), arrow("flag", "queue", label="no", share=no)]
    rest = [("start", "flag"), ("bloods", "nurse"), ("queue", "nurse"), ("nurse", "end")]
    return counted(steps, [*shared, *(arrow(*ends) for ends in rest)])


def test_a_branch_counts_by_its_share_and_the_busier_one_comes_first() -> None:
    found = branching(0.75, 0.25)
    assert (found.lead, found.process, found.wait, found.partial) == (36.5, 11.5, 25, False)
    names = ("start", "flag", "bloods", "queue", "nurse", "end")
    assert found.way.step_ids == tuple(id_from(name) for name in names)
    assert (found.way.step_ids[3], found.way.shares[3]) == (id_from("queue"), 0.25)
    assert branching(0.25, 0.75).way.step_ids[2] == id_from("queue")


@pytest.mark.parametrize(
    ("yes", "no", "lead", "hint"),
    [
        (0.66, 0.33, 10 * 66 / 99 + 100 * 33 / 99 + 4, None),
        (0.5, 0.25, 10 * 2 / 3 + 100 / 3 + 4, "shares_off"),
        (None, None, 59, "shares_missing"),
        (0.9, None, 23, "shares_missing"),
        (0, 0, 59, "shares_off"),
    ],
)
def test_shares_that_do_not_sum_to_one_are_a_hint_and_the_totals_say_so(
    yes: float | None, no: float | None, lead: float, hint: str | None
) -> None:
    found = branching(yes, no)
    assert found.lead == round(lead, 2)
    assert (list(hints(found)), found.partial) == ([hint] if hint else [], hint is not None)


def test_nobody_waits_on_a_branch_that_nobody_takes() -> None:
    found = branching(1, 0)
    assert (found.lead, found.wait, found.hints) == (14, None, ())
    assert id_from("queue") not in visits(found)


def redone(again: float, on: float) -> Counted:
    """Every fifth sample is taken again."""
    steps, edges = in_a_row(step("bloods", process=m(10), complete=80), step("lab", "decision", wait=m(30)))
    edges = [edge for edge in edges if edge.from_id != id_from("lab")]
    shared = [arrow("lab", "bloods", label="again", share=again), arrow("lab", "end", label="good", share=on)]
    return counted(steps, [*edges, *shared])


def test_what_is_done_again_counts_again() -> None:
    found = redone(0.2, 0.8)
    assert visits(found) == {
        id_from(name): times for name, times in [("start", 1), ("bloods", 1.25), ("lab", 1.25), ("end", 1)]
    }
    assert (found.lead, found.process, found.wait) == (50, 12.5, 37.5)
    assert found.complete_percent == round(100 * 0.8 * 0.8 / (1 - 0.8 * 0.2), 2)
    assert not found.partial


def test_a_loop_that_nobody_leaves_is_a_hint() -> None:
    found = redone(1, 0)
    assert hints(found) == {"endless": tuple(sorted((id_from("bloods"), id_from("lab"))))}
    assert (found.lead, found.partial, found.complete_percent) == (40, True, 80)


def test_a_long_loop_is_counted_too() -> None:
    """Beyond the size up to which it is exact."""
    names = [f"step {n}" for n in range(60)]
    steps, edges = in_a_row(*(step(name, process=m(1)) for name in names))
    edges = [edge for edge in edges if edge.from_id != id_from(names[-1])]
    shared = [arrow(names[-1], names[0], share=0.5), arrow(names[-1], "end", share=0.5)]
    assert counted(steps, [*edges, *shared]).lead == 120


def test_ways_that_part_and_meet_a_hundred_times_lead_everybody_to_the_end_once() -> None:
    """Beyond the size up to which fractions are exact."""
    names = [f"step {n}" for n in range(100)]
    steps, edges = in_a_row(*(step(name, process=m(1), complete=99.5) for name in names))
    parts = [id_from(name) for name in names[:-1]]
    edges = [edge.but(share=0.6007) if edge.from_id in parts else edge for edge in edges]
    past = [arrow(one, after, share=0.3993) for one, after in zip(names, [*names[2:], "end"], strict=False)]
    found = counted(steps, [*edges, *past])
    assert (visits(found)[id_from("end")], found.partial) == (1, False)
    lead = sum(visits(found)[id_from(name)] for name in names)
    assert found.lead == pytest.approx(lead, abs=0.01)
    assert found.complete_percent == pytest.approx(100 * 0.995**lead, abs=1)


def test_what_nobody_has_timed_makes_the_totals_partial_and_never_zero() -> None:
    found = counted(*in_a_row(step("triage"), step("bed", "wait"), step("porter", "handover"), step("?", "cloud")))
    assert (found.lead, found.process, found.wait, found.adding, found.adding_percent) == (None,) * 5
    assert found.partial
    assert found.missing == tuple(id_from(name) for name in ("triage", "bed", "porter", "?"))
    found = counted(*in_a_row(step("triage", process=m(5)), step("bed", "wait"), step("letter", "document")))
    assert (found.lead, found.partial, found.missing) == (5, True, (id_from("bed"),))


def test_a_share_of_nothing_is_no_share() -> None:
    found = counted(*in_a_row(step("triage", process=m(0), value="adding")))
    assert (found.lead, found.adding, found.adding_percent) == (0, 0, None)


def test_steps_that_nobody_has_judged_are_pointed_at_once_others_are() -> None:
    found = counted(*in_a_row(step("triage", process=m(5), value="adding"), step("form", process=m(5))))
    assert (found.adding_percent, hints(found)) == (50, {"value_missing": (id_from("form"),)})
    assert not counted(*in_a_row(step("triage", process=m(5)), step("form", process=m(5)))).hints


def test_while_a_map_is_drawn_it_says_what_is_missing_and_refuses_nothing() -> None:
    assert not counted([], []).hints
    found = counted([step("triage", process=m(5)), step("alone")], [])
    assert hints(found) == {"no_start": (), "no_end": ()}
    begun = [step("triage", process=m(5)), step("bloods", process=m(10))]
    found = counted(begun, [arrow("triage", "bloods")])
    assert (found.lead, found.partial) == (15, True)
    assert hints(found) == {"no_start": (), "no_end": (), "dead_end": (id_from("bloods"),)}


def test_every_hint_says_where() -> None:
    steps = [
        step("start", "start"),
        step("door", "start"),
        step("flag", "decision"),
        step("once", "decision"),
        step("bloods", process=m(10)),
        step("alone", process=m(10)),
        step("end", "end"),
        step("home", "end"),
        step("nowhere", "end"),
    ]
    ends = [("start", "flag"), ("door", "flag"), ("once", "end"), ("bloods", "end"), ("end", "home")]
    shared = [arrow("flag", "once", label="yes", share=0.5), arrow("flag", "bloods", share=0.5)]
    found = counted(steps, [*(arrow(*both) for both in ends), *shared])
    assert hints(found) == {
        "several_starts": tuple(sorted((id_from("start"), id_from("door")))),
        "end_unreachable": tuple(sorted((id_from("home"), id_from("nowhere")))),
        "orphan": (id_from("alone"),),
        "after_end": (id_from("end"),),
        "one_exit": (id_from("once"),),
        "exit_unlabelled": (id_from("flag"),),
    }
    assert (found.lead, found.partial) == (5, True)


SIZE = 7
NAMES = [f"n{n}" for n in range(SIZE)]
PAIRS = [(a, b) for a in NAMES for b in NAMES if a != b]


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[MapStep], list[MapEdge]]:
    """Any map: with branches, loops, loose steps and times that are missing."""
    kinds = draw(st.lists(st.sampled_from(["activity", "wait", "decision", "end"]), min_size=SIZE, max_size=SIZE))
    amounts = st.none() | st.integers(0, 600).map(m)
    steps = [step("start", "start")] + [
        step(name, kind, process=draw(amounts), wait=draw(amounts)) for name, kind in zip(NAMES, kinds, strict=True)
    ]
    pairs = draw(st.lists(st.sampled_from(PAIRS), max_size=14, unique=True))
    shares = st.none() | st.integers(0, 10).map(lambda tenths: tenths / 10)
    return steps, [arrow("start", NAMES[0]), *(arrow(*pair, share=draw(shares)) for pair in pairs)]


def longer_by(more: int, wait: Time | None) -> Time:
    return m(more + (wait.amount if wait else 0))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(maps(), st.integers(1, 500), st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_a_longer_wait_is_that_much_longer_for_everybody_who_comes_there(
    drawn: tuple[list[MapStep], list[MapEdge]], more: int, name: str, random: Any
) -> None:
    steps, edges = drawn
    before = counted(steps, edges)
    longer = [
        one.but(wait=m((one.wait.amount if one.wait else 0) + more)) if one.id == id_from(name) else one
        for one in steps
    ]
    random.shuffle(longer)
    random.shuffle(edges)
    after = counted(longer, edges)
    share = visits(before).get(id_from(name), 0)
    # Each sum and the share were rounded to two decimals.
    assert (after.lead or 0) - (before.lead or 0) == pytest.approx(share * more, abs=0.005 * more + 0.011)
    assert after.process == before.process
    assert after.way == before.way
    assert hints(after) == hints(before)
