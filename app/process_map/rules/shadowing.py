"""Somebody goes along with a patient. The record says what happened and how it felt, and never who it was."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from app.ideas.rows import letter
from app.meetings.rows.series import Day, is_day
from app.process_map.messages import (
    AddShadowing,
    AddTouchpoint,
    FillWaits,
    RemoveShadowing,
    RemoveTouchpoint,
    RestoreShadowing,
    RestoreTouchpoint,
    SetShadowing,
    SetTouchpoint,
    ShadowingAdded,
    ShadowingRemoved,
    ShadowingRestored,
    ShadowingSet,
    TouchpointAdded,
    TouchpointRemoved,
    TouchpointRestored,
    TouchpointSet,
    WaitsFilled,
)
from app.process_map.rows import MapStep, ProcessMap, Shadowing, Time, Touchpoint
from app.process_map.rules.whole import changeable, live, on, refuse_if_full, with_totals
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between

MOST_SHADOWINGS, MOST_TOUCHPOINTS = 100, 200
SAID = ("what", "at", "step_id", "waited", "minutes", "place", "who", "feeling", "quote")


def add_shadowing(room: Room, command: AddShadowing, ask: Ask) -> Change:
    """Also along a map that is agreed: what is seen changes nothing on it."""
    map = room.get(ProcessMap, command.map_id)
    if not command.consent:
        raise Refusal("consent_first")
    _refuse_no_day(command.day)
    others = room.where(Shadowing, map_id=map.id)
    refuse_if_full("shadowings", len(others), 1, MOST_SHADOWINGS)
    shadowing = ask.new(
        Shadowing,
        id=room.free(Shadowing, command.shadowing_id),
        map_id=map.id,
        letter=letter(len(others)),
        consent=True,
        observer_id=ask.who.member_id,
        day=command.day,
        note=command.note or None,
    )
    return Change(ShadowingAdded(shadowing_id=shadowing.id), puts=(shadowing,))


def set_shadowing(room: Room, command: SetShadowing, ask: Ask) -> Change:
    shadowing = room.get(Shadowing, command.shadowing_id)
    said = command.said("day", "note", never_null=("day",))
    _refuse_no_day(said.get("day", shadowing.day))
    changes = _worded(said, shadowing.redacted_at is not None)
    return Change(ShadowingSet(shadowing_id=shadowing.id), puts=shadowing.but(**changes).unless(shadowing))


def remove_shadowing(room: Room, command: RemoveShadowing, ask: Ask) -> Change:
    shadowing = room.get(Shadowing, command.shadowing_id, removed=True)
    removed = shadowing.but(removed_at=shadowing.removed_at or ask.at)
    return Change(ShadowingRemoved(shadowing_id=shadowing.id), puts=removed.unless(shadowing))


def restore_shadowing(room: Room, command: RestoreShadowing, ask: Ask) -> Change:
    shadowing = room.get(Shadowing, command.shadowing_id, removed=True)
    restored = shadowing.but(removed_at=None)
    return Change(ShadowingRestored(shadowing_id=shadowing.id), puts=restored.unless(shadowing))


def add_touchpoint(room: Room, command: AddTouchpoint, ask: Ask) -> Change:
    shadowing = room.get(Shadowing, command.shadowing_id)
    others = room.where(Touchpoint, shadowing_id=shadowing.id)
    refuse_if_full("touchpoints", sum(other.removed_at is None for other in others), 1, MOST_TOUCHPOINTS)
    _refuse_elsewhere(room, shadowing, command.step_id)
    touchpoint = ask.new(
        Touchpoint,
        id=room.free(Touchpoint, command.touchpoint_id),
        shadowing_id=shadowing.id,
        rank=between(max((other.rank for other in others), default=None), None),
        **{name: getattr(command, name) for name in SAID},
    )
    return Change(TouchpointAdded(touchpoint_id=touchpoint.id), puts=(touchpoint,))


def set_touchpoint(room: Room, command: SetTouchpoint, ask: Ask) -> Change:
    touchpoint = room.get(Touchpoint, command.touchpoint_id)
    shadowing = room.get(Shadowing, touchpoint.shadowing_id)
    said = command.said(*SAID, never_null=("what", "at"))
    _refuse_elsewhere(room, shadowing, said.get("step_id"))
    changes = _worded(said, touchpoint.redacted_at is not None)
    return Change(TouchpointSet(touchpoint_id=touchpoint.id), puts=touchpoint.but(**changes).unless(touchpoint))


def remove_touchpoint(room: Room, command: RemoveTouchpoint, ask: Ask) -> Change:
    touchpoint = room.get(Touchpoint, command.touchpoint_id, removed=True)
    removed = touchpoint.but(removed_at=touchpoint.removed_at or ask.at)
    return Change(TouchpointRemoved(touchpoint_id=touchpoint.id), puts=removed.unless(touchpoint))


def restore_touchpoint(room: Room, command: RestoreTouchpoint, ask: Ask) -> Change:
    touchpoint = room.get(Touchpoint, command.touchpoint_id, removed=True)
    restored = touchpoint.but(removed_at=None)
    return Change(TouchpointRestored(touchpoint_id=touchpoint.id), puts=restored.unless(touchpoint))


def fill_waits(room: Room, command: FillWaits, ask: Ask) -> Change:
    """What was typed before gives way to what was seen."""
    map = changeable(room, command.map_id)
    seen = _seen(room, map)
    filled = [step.but(**seen[step.id].said(step)) for step in live(room, map.id, MapStep) if step.id in seen]
    puts = [step for step in filled if step != room.find(MapStep, step.id)]
    fact = WaitsFilled(map_id=map.id, count=len(puts))
    return Change(fact, puts=with_totals(room, map, puts)) if puts else Change(fact)


@dataclass
class _Seen:
    """What was seen at one step."""

    patients: set[str] = field(default_factory=set)
    waited: list[int] = field(default_factory=list)
    took: list[int] = field(default_factory=list)

    def said(self, step: MapStep) -> dict[str, Any]:
        """Of a wait, which takes no work, all that it took is waiting."""
        waits, works = (self.waited or self.took, []) if step.kind == "wait" else (self.waited, self.took)
        span = waits or works
        times = {"wait": _middle(waits), "process": _middle(works), "low": _time(min(span)), "high": _time(max(span))}
        return {"shadowed": len(self.patients), **{name: time for name, time in times.items() if time is not None}}


def _seen(room: Room, map: ProcessMap) -> dict[str, _Seen]:
    """Step → what was seen there, where anybody looked at the clock."""
    found: dict[str, _Seen] = {}
    for shadowing in room.where(Shadowing, map_id=map.id):
        if shadowing.removed_at is not None:
            continue
        for point in room.where(Touchpoint, shadowing_id=shadowing.id):
            is_timed = point.waited is not None or point.minutes is not None
            if point.removed_at is None and point.step_id is not None and is_timed:
                seen = found.setdefault(point.step_id, _Seen())
                seen.patients.add(shadowing.id)
                seen.waited.extend(_known(point.waited))
                seen.took.extend(_known(point.minutes))
    return found


def _known(minutes: int | None) -> Iterable[int]:
    return () if minutes is None else (minutes,)


def _middle(minutes: list[int]) -> Time | None:
    return _time(median(minutes)) if minutes else None


def _time(minutes: float) -> Time:
    return Time(amount=minutes, unit="minutes")


def _worded(said: dict[str, Any], is_redacted: bool) -> dict[str, Any]:
    """What is written after words were taken out are other words."""
    return said | {"redacted_at": None} if is_redacted and any(isinstance(of, str) for of in said.values()) else said


def _refuse_no_day(day: Day) -> None:
    if not is_day(day):
        raise Refusal("bad_command", field="day", reason="no_such_day")


def _refuse_elsewhere(room: Room, shadowing: Shadowing, step_id: str | None) -> None:
    if step_id is not None:
        on(room, room.get(ProcessMap, shadowing.map_id), MapStep, step_id)
