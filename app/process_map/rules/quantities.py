"""What a map adds up to. Pure: a map, its steps and its arrows go in, the fields of its totals come out.

Each definition with where it is from; docs/topics/process-map.md gives the sources and the worked numbers.

- Lead time: process and waiting time on the way from start to end (value stream mapping, Rother and Shook 1999). Over
  branches and loops it is what the average patient has: every step counts as often as they come to it (`flow`).
- Value-adding share: process time of the steps that add value ÷ lead time.
- Rolled per cent complete and accurate: the product along the way (Martin and Osterling 2014). Over branches it is the
  part of all patients for whom it was right at every step that they came to.
- Takt: time available ÷ demand. A step that takes as long or longer cannot keep pace alone.

What is not known is never counted as nothing without saying so: sums without it are `partial`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from app.process_map.rows import Hint, HintCode, MapEdge, MapStep, PathStep, ProcessMap, ValueClass, minutes
from app.process_map.rules.flow import Flow, flow_of, kept_all_along

NEEDS_PROCESS = ("activity",)
NEEDS_ANY_TIME = ("handover", "cloud")
LEAST_EXITS = 2
SHARE_DECIMALS = 4
PARTIAL: frozenset[HintCode] = frozenset(
    {"no_start", "several_starts", "dead_end", "shares_missing", "shares_off", "endless"}
)
"""With one of these the sums are not those of the whole way."""


def totals(map: ProcessMap, steps: Iterable[MapStep], edges: Iterable[MapEdge]) -> dict[str, Any]:
    """Of rows that are there; what was taken away is left out by who asks."""
    known = {step.id: step for step in steps}
    flow = flow_of(known, edges)
    path = [known[id] for id in flow.path]
    missing = tuple(step.id for step in path if _lacks_time(step))
    hints = tuple(_hints(known, flow, path))
    process, wait = (_summed(path, flow, time) for time in (process_of, wait_of))
    values = _by_value(path, flow)
    lead = None if process is None and wait is None else (process or Fraction()) + (wait or Fraction())
    adding = values.get("adding")
    takt = _takt(map)
    return {
        "lead": _number(lead),
        "process": _number(process),
        "wait": _number(wait),
        **{value: _number(values.get(value)) for value in ("adding", "necessary", "not_adding")},
        "adding_percent": _number(100 * adding / lead if lead and adding is not None else None),
        "complete_percent": _number(_complete(path, flow)),
        "takt": _number(takt),
        "slow": tuple(step.id for step in path if takt is not None and (process_of(step) or -1) >= takt),
        "longest_wait": _longest_wait(path, flow),
        "partial": bool(missing) or any(hint.code in PARTIAL for hint in hints),
        "missing": missing,
        "path": tuple(_on_path(step, flow) for step in path),
        "hints": hints,
    }


def process_of(step: MapStep) -> Fraction | None:
    """Somebody works: not while the patient waits."""
    return None if step.kind == "wait" else minutes(step.process)


def wait_of(step: MapStep) -> Fraction | None:
    return minutes(step.wait)


def _lacks_time(step: MapStep) -> bool:
    """An activity takes time and a wait lasts; a decision or a document may take none."""
    if step.kind == "wait":
        return step.wait is None
    if step.kind in NEEDS_ANY_TIME:
        return step.process is None and step.wait is None
    return step.kind in NEEDS_PROCESS and step.process is None


def _summed(path: Iterable[MapStep], flow: Flow, time_of: Callable[[MapStep], Fraction | None]) -> Fraction | None:
    """None where nothing is known, which is not the same as no time."""
    known = [flow.visits[step.id] * time for step in path if (time := time_of(step)) is not None]
    return sum(known, Fraction()) if known else None


def _by_value(path: Iterable[MapStep], flow: Flow) -> Mapping[ValueClass, Fraction]:
    """Process time of each value, once anybody has judged a step."""
    judged = [step for step in path if step.value is not None and process_of(step) is not None]
    sums: dict[ValueClass, Fraction] = (
        dict.fromkeys(("adding", "necessary", "not_adding"), Fraction()) if judged else {}
    )
    for step in judged:
        assert step.value is not None
        sums[step.value] += flow.visits[step.id] * (process_of(step) or 0)
    return sums


def _complete(path: Iterable[MapStep], flow: Flow) -> Fraction | None:
    """Steps of which nobody has said it count as right."""
    said = {step.id: Fraction(str(step.complete)) / 100 for step in path if step.complete is not None}
    return 100 * kept_all_along(flow, {id: said.get(id, Fraction(1)) for id in flow.path}) if said else None


def _takt(map: ProcessMap) -> Fraction | None:
    available = minutes(map.available)
    return available / Fraction(str(map.demand)) if available and map.demand else None


def _longest_wait(path: Iterable[MapStep], flow: Flow) -> str | None:
    """Where the average patient waits longest; a wait on a branch counts by how many come there."""
    waits = [(flow.visits[step.id] * wait, step.id) for step in path if (wait := wait_of(step))]
    longest = max((wait for wait, _ in waits), default=None)
    return next((id for wait, id in waits if wait == longest), None)


def _on_path(step: MapStep, flow: Flow) -> PathStep:
    visits = round(float(flow.visits[step.id]), SHARE_DECIMALS)
    return PathStep(step_id=step.id, share=visits, wait=_number(wait_of(step)), process=_number(process_of(step)))


def _hints(steps: Mapping[str, MapStep], flow: Flow, path: Iterable[MapStep]) -> Iterator[Hint]:
    starts = [id for id, step in steps.items() if step.kind == "start"]
    ends = [id for id, step in steps.items() if step.kind == "end"]
    if steps and not starts:
        yield Hint(code="no_start")
    if len(starts) > 1:
        yield _hint("several_starts", starts)
    if steps and not ends:
        yield Hint(code="no_end")
    if flow.entries:
        away = [step for id, step in steps.items() if id not in flow.reached]
        yield from _if_any("end_unreachable", (step.id for step in away if step.kind == "end"))
        yield from _if_any("orphan", (step.id for step in away if step.kind != "end"))
    led = (id for id in flow.exits if id in flow.reached and steps[id].kind != "end")
    yield from _if_any("dead_end", (id for id in led if not flow.exits[id]))
    yield from _if_any("after_end", (id for id in ends if id in flow.after_end))
    decisions = {id: out for id, out in flow.exits.items() if steps[id].kind == "decision"}
    yield from _if_any("one_exit", (id for id, out in decisions.items() if len(out) < LEAST_EXITS))
    yield from _if_any(
        "exit_unlabelled",
        (id for id, out in decisions.items() if len(out) >= LEAST_EXITS and not all(edge.label for edge in out)),
    )
    for code in ("shares_missing", "shares_off"):
        yield from _if_any(code, (id for id, said in flow.shares.items() if said == code))
    yield from _if_any("endless", flow.endless)
    worked = [step for step in path if process_of(step)]
    if any(step.value for step in worked):
        yield from _if_any("value_missing", (step.id for step in worked if step.value is None))


def _if_any(code: HintCode, ids: Iterable[str]) -> Iterator[Hint]:
    found = list(ids)
    if found:
        yield _hint(code, found)


def _hint(code: HintCode, ids: Iterable[str]) -> Hint:
    return Hint(code=code, ids=tuple(sorted(ids)))


def _number(exact: Fraction | None) -> float | None:
    """Two decimals, and only here."""
    return None if exact is None else round(float(exact), 2)
