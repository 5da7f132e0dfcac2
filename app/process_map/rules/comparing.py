"""Two versions of a map: which steps went, which came, and what that saves. Pure: values in, values out."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.process_map.rows import MapStep, MapTotals, PathStep, StepChange


def compared(was: MapTotals, earlier: Iterable[MapStep], now: MapTotals, later: Iterable[MapStep]) -> dict[str, Any]:
    """What the rows of a MapChange say of an earlier and a later version. Steps are the same that descend from one."""
    before, after = _by_origin(earlier), _by_origin(later)
    had, has = _minutes(was), _minutes(now)
    order = {path.step_id: n for n, path in enumerate((*was.path, *now.path))}
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
    return {
        "saved": saved,
        # Where there is a lead time, no wait is a wait of nothing.
        "saved_process": None if saved is None else _difference(now.process or 0, was.process or 0),
        "saved_wait": None if saved is None else _difference(now.wait or 0, was.wait or 0),
        "saved_percent": round(100 * saved / was.lead, 2) if saved is not None and was.lead else None,
        "partial": was.partial or now.partial,
        "steps": tuple(changes),
    }


def _by_origin(steps: Iterable[MapStep]) -> dict[str, MapStep]:
    return {step.from_id or step.id: step for step in steps}


def _minutes(totals: MapTotals) -> dict[str, float | None]:
    """What each step on the path adds to the lead time."""
    return {path.step_id: _added(path) for path in totals.path}


def _added(path: PathStep) -> float | None:
    known = [time for time in (path.wait, path.process) if time is not None]
    return path.share * sum(known) if known else None


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
