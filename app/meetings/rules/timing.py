"""How the time of items and of the hour is counted. The browser counts with the same words: `timing.ts`."""

from datetime import datetime, timedelta

from app.meetings.rows import Item, Meeting

EARLY = timedelta(minutes=15)
"""So long before its time a meeting may begin and still end when the series says."""
GRACE = timedelta(minutes=2)
"""So long a team waits for its coaches."""


def hour_ends(meeting: Meeting) -> datetime:
    """Beginning late does not move it. Who begins at another time altogether has the whole length."""
    planned = meeting.starts_at + timedelta(minutes=meeting.minutes)
    begun = meeting.started_at
    if begun is None or meeting.starts_at - EARLY <= begun < planned:
        return planned
    return begun + timedelta(minutes=meeting.minutes)


def spent(item: Item, at: datetime) -> int:
    """Milliseconds it has taken in all. Pauses do not count; nor does a clock that was set back."""
    running = timedelta() if item.began_at is None else max(at - item.began_at, timedelta())
    return item.spent_ms + running // timedelta(milliseconds=1)


def left(item: Item, at: datetime) -> timedelta:
    """What it still has; less than nothing once it is over time."""
    return timedelta(seconds=item.seconds, milliseconds=-spent(item, at))


def running(item: Item, at: datetime) -> Item:
    """From now on its time runs; it is called once, if there is any left."""
    ends_at = at + left(item, at)
    rings_at = ends_at if ends_at > at else None
    return item.but(state="now", began_at=at, spent_ms=spent(item, at), ends_at=ends_at, rings_at=rings_at)


def held(item: Item, at: datetime) -> Item:
    """Its time does not run, and nothing rings."""
    return item.but(spent_ms=spent(item, at), began_at=None, ends_at=None, rings_at=None)


def with_seconds(item: Item, seconds: int) -> Item:
    """The same item with another length; while it runs it ends so much later or earlier."""
    if item.ends_at is None:
        return item.but(seconds=seconds)
    ends_at = item.ends_at + timedelta(seconds=seconds - item.seconds)
    return item.but(seconds=seconds, ends_at=ends_at, rings_at=ends_at)
