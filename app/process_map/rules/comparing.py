"""Two versions of a map: which steps went, which came, and what that saves. Pure: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.process_map.rows import HUNDRED, MapPath, MapStep, MapTotals, StepChange, hundredths
from app.process_map.rules.quantities import process_of


@dataclass(frozen=True, slots=True)
class Version:
    """A map as it stands: its steps, and what it adds up to."""

    totals: MapTotals
    path: MapPath
    steps: Sequence[MapStep]


def compared(earlier: Version, later: Version) -> dict[str, Any]:
    """What a MapChange says of an earlier and a later version. Steps are the same that descend from one."""
    was, now = earlier.totals, later.totals
    before, after = _by_origin(earlier.steps), _by_origin(later.steps)
    had, has = _minutes(earlier), _minutes(later)
    order = {step_id: n for n, step_id in enumerate((*earlier.path.step_ids, *later.path.step_ids))}
    gone = [step for origin, step in before.items() if origin not in after]
    stays = [(before.get(origin), step) for origin, step in after.items()]
    changes = [
        *(
            StepChange(was_id=step.id, now_id=None, minutes=_difference(had.get(step.id), 0))
            for step in sorted(gone, key=lambda step: (order.get(step.id, len(order)), step.id))
        ),
        *(
            change
            for old, step in sorted(stays, key=lambda both: (order.get(both[1].id, len(order)), both[1].id))
            if (change := _changed(old, step, had, has)) is not None
        ),
    ]
    saved = _difference(now.lead, was.lead)
    # Maps that were drawn apart have no step in common: that each of them went or came says nothing.
    is_apart = bool(before and after) and not before.keys() & after.keys()
    return {
        "saved": saved,
        # Where there is a lead time, no wait is a wait of nothing.
        "saved_process": None if saved is None else _difference(now.process or 0, was.process or 0),
        "saved_wait": None if saved is None else _difference(now.wait or 0, was.wait or 0),
        "saved_percent": round(100 * saved / was.lead, 2) if saved is not None and was.lead else None,
        "partial": was.partial or now.partial,
        "apart": is_apart,
        "steps": () if is_apart else tuple(changes),
    }


def _by_origin(steps: Iterable[MapStep]) -> dict[str, MapStep]:
    return {step.from_id or step.id: step for step in steps}


def _minutes(version: Version) -> dict[str, float | None]:
    """What each step on the path adds to the lead time."""
    steps = {step.id: step for step in version.steps}
    path = zip(version.path.step_ids, version.path.shares, strict=True)
    return {id: _added(steps[id], share) for id, share in path if id in steps}


def _added(step: MapStep, share: float) -> float | None:
    known = [time for time in (hundredths(step.wait), process_of(step)) if time is not None]
    return share * sum(known) / HUNDRED if known else None


def _changed(
    old: MapStep | None, step: MapStep, had: Mapping[str, float | None], has: Mapping[str, float | None]
) -> StepChange | None:
    """A step that is new, or that takes longer or shorter than it did."""
    minutes = has.get(step.id)
    if old is None:
        return StepChange(was_id=None, now_id=step.id, minutes=_difference(0, minutes))
    before = had.get(old.id)
    if minutes == before:
        return None
    return StepChange(was_id=old.id, now_id=step.id, minutes=_difference(before or 0, minutes or 0))


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(after - before, 2)
