"""What a room's printed record tells of its process maps: how long the way is, and how much of it is waiting."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from app.process_map.rows import UNITS, MapChange, MapTotals, ProcessMap, Unit
from app.rooms.kernel import Row, Section, Standing
from app.words import catalogue

R = TypeVar("R", bound=Row)


def maps(room: Standing) -> Iterable[Section]:
    drawn = [map for map in room.where(ProcessMap) if map.removed_at is None]
    if drawn:
        totals, changes = _by_id(room.where(MapTotals)), _by_id(room.where(MapChange))
        lines = (
            " · ".join(_told(map, totals[map.id], changes.get(map.id)))
            for map in sorted(drawn, key=lambda map: (map.rank, map.id))
        )
        yield Section("process_map.record.title", tuple(lines))


def _told(map: ProcessMap, totals: MapTotals, change: MapChange | None) -> Iterator[str]:
    yield map.title if map.title is not None else catalogue()["board.record_gone"]
    yield _say(f"record.{map.state}")
    for name, minutes in {"lead": totals.lead, "waiting": totals.wait}.items():
        if minutes is not None:
            yield _say(f"record.{name}", time=_time(minutes, map.unit))
    if totals.adding_percent is not None:
        yield _say("record.adding", percent=round(totals.adding_percent))
    if change is not None and change.saved:
        said = "saved" if change.saved > 0 else "longer"
        yield _say(f"record.{said}", time=_time(abs(change.saved), map.unit))
    if totals.partial:
        yield _say("record.partial")


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    return {row.id: row for row in rows}


def _time(minutes: float, unit: Unit) -> str:
    amount = round(minutes / UNITS[unit], 2)
    return _say(f"time_{unit}", count=amount, amount=f"{amount:g}")


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"process_map.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"process_map.{code}", code)).format(**params)
