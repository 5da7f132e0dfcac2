"""What a map adds up to. Pure: a map, its steps and its arrows go in, its totals and its path come out.

Each definition with where it is from; docs/topics/process-map.md gives the sources and the worked numbers.

- Lead time: process and waiting time on the way from start to end (value stream mapping, Rother and Shook 1999). Over
  branches and loops it is what the average patient has: every step counts as often as they come to it (`flow`).
- Value-adding share: process time of the steps that add value ÷ lead time.
- Rolled per cent complete and accurate: the product along the way (Martin and Osterling 2014). Over branches it is the
  part of all patients for whom it was right at every step that they came to.
- Takt: time available ÷ demand. A step that takes as long or longer cannot keep pace alone.

What is not known is never counted as nothing without saying so: sums without it are `partial`.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil

from app.process_map.rows import (
    HUNDRED,
    VALUES,
    Hint,
    HintCode,
    MapEdge,
    MapPath,
    MapStep,
    MapTotals,
    ProcessMap,
    ValueClass,
    hundredths,
)
from app.process_map.rows.steps import SHARE_DECIMALS
from app.process_map.rules.flow import Flow, flow_of, kept_all_along
from app.process_map.rules.solving import Often

NEEDS_PROCESS = ("activity",)
NEEDS_ANY_TIME = ("handover", "cloud")
LEAST_EXITS = 2
Times = Mapping[str, int | None]
"""Steps on the path, in its order → hundredths of a minute."""
FEW = 12
"""So many steps a list names: each edit sends it to everybody, and nobody reads a hundred."""
PARTIAL: frozenset[HintCode] = frozenset(
    {"no_start", "several_starts", "dead_end", "shares_missing", "shares_off", "endless"}
)
"""With one of these the sums are not those of the whole way."""


def counted(map: ProcessMap, steps: Iterable[MapStep], edges: Iterable[MapEdge]) -> tuple[MapTotals, MapPath]:
    """Of rows that are there; what was taken away is left out by who asks."""
    known = {step.id: step for step in steps}
    flow = flow_of(known, edges)
    path = [known[id] for id in flow.path]
    shares = tuple(round(float(flow.visits[id]), SHARE_DECIMALS) for id in flow.path)
    way = MapPath(id=map.id, created_at=map.created_at, step_ids=flow.path, shares=shares)
    return _totals(map, known, path, flow), way


def _totals(map: ProcessMap, known: Mapping[str, MapStep], path: list[MapStep], flow: Flow) -> MapTotals:
    missing = [step.id for step in path if _lacks_time(step)]
    processes = {step.id: process_of(step) for step in path}
    waits = {step.id: hundredths(step.wait) for step in path}
    process, wait = _summed(processes, flow), _summed(waits, flow)
    hints = (*_hints(known, flow), *_judged(path, processes))
    values = _by_value(path, processes, flow)
    lead = None if process is None and wait is None else (process or Fraction()) + (wait or Fraction())
    adding = values.get("adding")
    takt = _takt(map)
    slow_from = None if takt is None else ceil(takt * HUNDRED)
    slow = _slow(processes, slow_from)
    return MapTotals(
        id=map.id,
        created_at=map.created_at,
        lead=_number(lead),
        process=_number(process),
        wait=_number(wait),
        adding=_number(adding),
        necessary=_number(values.get("necessary")),
        not_adding=_number(values.get("not_adding")),
        adding_percent=_number(100 * adding / lead if lead and adding is not None else None),
        complete_percent=_number(_complete(path, flow)),
        takt=_number(takt),
        slow=tuple(slow[:FEW]),
        slow_more=max(0, len(slow) - FEW),
        slow_from=None if slow_from is None else slow_from / HUNDRED,
        longest_wait=_longest_wait(waits, flow),
        partial=bool(missing) or any(hint.code in PARTIAL for hint in hints),
        missing=tuple(missing[:FEW]),
        missing_more=max(0, len(missing) - FEW),
        hints=hints,
    )


def process_of(step: MapStep) -> int | None:
    """Somebody works: not while the patient waits. In hundredths of a minute."""
    return None if step.kind == "wait" else hundredths(step.process)


def _lacks_time(step: MapStep) -> bool:
    """An activity takes time and a wait lasts; a decision or a document may take none."""
    if step.kind == "wait":
        return step.wait is None
    if step.kind in NEEDS_ANY_TIME:
        return step.process is None and step.wait is None
    return step.kind in NEEDS_PROCESS and step.process is None


def _summed(times: Times, flow: Flow) -> Fraction | None:
    """Minutes. None where nothing is known, which is not the same as no time."""
    known = [(flow.visits[id], time) for id, time in times.items() if time is not None]
    return _altogether(known) if known else None


def _altogether(times: Iterable[tuple[Often, int]]) -> Fraction:
    """Exactly, and in whole numbers as far as can be: adding up fractions one by one would take longest of all."""
    over: dict[int, int] = {}
    for often, time in times:
        over[often.denominator] = over.get(often.denominator, 0) + often.numerator * time
    return sum((Fraction(times, by * HUNDRED) for by, times in over.items()), Fraction())


def _by_value(path: Iterable[MapStep], processes: Times, flow: Flow) -> Mapping[ValueClass, Fraction]:
    """Process time of each value, once anybody has judged a step."""
    judged: dict[ValueClass, list[tuple[Often, int]]] = {}
    for step in path:
        time = processes[step.id]
        if step.value is not None and time is not None:
            judged.setdefault(step.value, []).append((flow.visits[step.id], time))
    return {value: _altogether(judged.get(value, ())) for value in VALUES} if judged else {}


def _complete(path: Iterable[MapStep], flow: Flow) -> Fraction | None:
    """Steps of which nobody has said it count as right."""
    said: dict[str, Often] = {
        step.id: Fraction(round(step.complete * HUNDRED), 100 * HUNDRED) for step in path if step.complete is not None
    }
    return 100 * kept_all_along(flow, {id: said.get(id, 1) for id in flow.path}) if said else None


def _takt(map: ProcessMap) -> Fraction | None:
    available = hundredths(map.available)
    return Fraction(available, round(map.demand * HUNDRED)) if available and map.demand else None


def _slow(processes: Times, least: int | None) -> list[str]:
    return [id for id, time in processes.items() if least is not None and time is not None and time >= least]


def _longest_wait(waits: Times, flow: Flow) -> str | None:
    """Where the average patient waits longest; a wait on a branch counts by how many come there."""
    known = {id: flow.visits[id] * wait for id, wait in waits.items() if wait}
    return max(known, key=lambda id: known[id]) if known else None


def _hints(steps: Mapping[str, MapStep], flow: Flow) -> Iterator[Hint]:
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


def _judged(path: Iterable[MapStep], processes: Times) -> Iterator[Hint]:
    worked = [step for step in path if processes[step.id]]
    if any(step.value for step in worked):
        yield from _if_any("value_missing", (step.id for step in worked if step.value is None))


def _if_any(code: HintCode, ids: Iterable[str]) -> Iterator[Hint]:
    found = list(ids)
    if found:
        yield _hint(code, found)


def _hint(code: HintCode, ids: Iterable[str]) -> Hint:
    all = sorted(ids)
    return Hint(code=code, ids=tuple(all[:FEW]), more=max(0, len(all) - FEW))


def _number(exact: Fraction | None) -> float | None:
    """Two decimals, and only here."""
    return None if exact is None else round(float(exact), 2)
