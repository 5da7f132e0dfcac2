"""What a room's printed record tells of its process maps: how long the way is, and how much of it is waiting."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from app.process_map.rows import UNITS, MapChange, MapTotals, ProcessMap, Unit
from app.rooms.kernel import Row, Section, Standing
from app.rooms.rows import RoomInfo
from app.words import catalogue

R = TypeVar("R", bound=Row)


def maps(room: Standing) -> Iterable[Section]:
    drawn = [map for map in room.where(ProcessMap) if map.removed_at is None]
    if drawn:
        (info,) = room.where(RoomInfo)
        zone = ZoneInfo(info.timezone)
        there, totals, changes = _by_id(drawn), _by_id(room.where(MapTotals)), _by_id(room.where(MapChange))
        lines = (
            " · ".join(_told(map, totals[map.id], _against(changes.get(map.id), there), zone))
            for map in sorted(drawn, key=lambda map: (map.rank, map.id))
        )
        yield Section("process_map.record.title", tuple(lines))


def _against(change: MapChange | None, there: Mapping[str, ProcessMap]) -> tuple[MapChange, ProcessMap] | None:
    """With the map that it is compared with, if that has not been taken away."""
    return (change, there[change.was_id]) if change is not None and change.was_id in there else None


def _told(
    map: ProcessMap, totals: MapTotals, against: tuple[MapChange, ProcessMap] | None, zone: ZoneInfo
) -> Iterator[str]:
    yield _name(map)
    yield _say(f"record.{map.state}", day=_day(map.agreed_at, zone))
    for name, minutes in {"lead": totals.lead, "waiting": totals.wait}.items():
        if minutes is not None:
            yield _say(f"record.{name}", time=_time(minutes, map.unit))
    if totals.adding_percent is not None:
        yield _say("record.adding", percent=round(totals.adding_percent))
    if against is not None and (saved := against[0].saved):
        said = "saved" if saved > 0 else "longer"
        yield _say(f"record.{said}", time=_time(abs(saved), map.unit), map=_name(against[1]))
    if totals.partial or (against is not None and against[0].partial):
        yield _say("record.partial")


def _name(map: ProcessMap) -> str:
    return map.title if map.title is not None else catalogue()["board.record_gone"]


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    return {row.id: row for row in rows}


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    local = moment and moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}" if local else ""


def _time(minutes: float, unit: Unit) -> str:
    amount = round(minutes / UNITS[unit], 2)
    return _say(f"time_{unit}", count=amount, amount=f"{amount:g}")


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"process_map.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"process_map.{code}", code)).format(**params)
