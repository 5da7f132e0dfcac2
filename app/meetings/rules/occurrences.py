"""On which days a series meets, and at which moment of each: the time on the wall stays when clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from app.meetings.rows import Day, Meeting, Series, TimeOfDay
from app.rooms.attendance import zone_of

AHEAD = 6
"""So many meetings of the series are there to plan, skipped ones counted."""


def moment(day: Day, start: TimeOfDay, timezone: str) -> datetime:
    """A time that clocks leave out in spring is read as if they had not changed yet; one that comes twice, as first."""
    local = datetime.fromisoformat(f"{day}T{start}").replace(tzinfo=zone_of(timezone))
    return local.astimezone(UTC)


def local(at: datetime, timezone: str) -> datetime:
    return at.astimezone(zone_of(timezone))


def days_of(series: Series, since: date) -> Iterator[date]:
    """The series' days from this one on, without end."""
    first, step = date.fromisoformat(series.starts_on), timedelta(weeks=series.every_weeks)
    ahead = max(0, -((first - since) // step))
    day = first + ahead * step
    while day.year < 2999:
        yield day
        day += step


def is_a_day_of(series: Series, day: Day) -> bool:
    given, first = date.fromisoformat(day), date.fromisoformat(series.starts_on)
    return given >= first and (given - first).days % (7 * series.every_weeks) == 0


def over_at(meeting: Meeting) -> datetime:
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def coming(series: Series, now: datetime) -> tuple[tuple[Day, datetime], ...]:
    """The next days of the series, each with when it begins; one that is going on is the first."""
    since = local(now, series.timezone).date() - timedelta(days=1)
    found: list[tuple[Day, datetime]] = []
    for day in days_of(series, since):
        starts_at = moment(day.isoformat(), series.start, series.timezone)
        if starts_at + timedelta(minutes=series.minutes) > now:
            found.append((day.isoformat(), starts_at))
        if len(found) == AHEAD:
            break
    return tuple(found)
