"""How long rooms are kept after their last change, and the night's round that erases those whose time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.audit import trail
from app.db import Database
from app.keeping import rooms
from app.keeping.rooms import ROOM, NotDone
from app.keeping.rows import KeptFor, Round
from app.rooms.attendance import AttendanceTable
from app.rooms.kernel import table_of
from app.rooms.store import HEAD, LOG

KEPT_FOR: Table = KeptFor.__table__  # type: ignore[attr-defined]
ROUND: Table = Round.__table__  # type: ignore[attr-defined]
ATTENDANCE = table_of(AttendanceTable)
PURGE = "purge"
NIGHT = timedelta(hours=3)
"""A new night begins so long after midnight, UTC."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A room that is not kept for ever."""

    room_id: str
    name: str
    seq: int
    last_change: datetime
    days: int

    @property
    def until(self) -> datetime:
        return self.last_change + timedelta(days=self.days)


def keep(db: Database, room_id: str, days: int | None) -> None:
    """This room for so many days after its last change; None: for ever."""
    with db.session() as sql:
        sql.merge(KeptFor(room_id=room_id, days=days))
        trail.tell(sql.connection(), "keeping.room_kept", {"days": days or "for ever"}, room_id=room_id)


def keep_as_all(db: Database, room_id: str) -> None:
    """This room as long as the server's setting says."""
    with db.session() as sql:
        sql.connection().execute(delete(KEPT_FOR).where(KEPT_FOR.c.room_id == room_id))
        trail.tell(sql.connection(), "keeping.room_kept", {"days": "as all"}, room_id=room_id)


def kept(db: Database, keep_days: int | None) -> list[Kept]:
    """Every room that goes some day, the next first; `keep_days` counts for those of which nobody said anything."""
    is_last = and_(LOG.c.room_id == HEAD.c.room_id, LOG.c.seq == HEAD.c.seq)
    wanted = (
        select(ROOM.c.room_id, ROOM.c.name, LOG.c.seq, LOG.c.at, KEPT_FOR.c.room_id.label("own"), KEPT_FOR.c.days)
        .join(HEAD, HEAD.c.room_id == ROOM.c.room_id)
        .join(LOG, is_last)
        .outerjoin(KEPT_FOR, KEPT_FOR.c.room_id == ROOM.c.room_id)
    )
    with db.engine.execution_options(read_only=True).connect() as connection, connection.begin():
        found = connection.execute(wanted).all()
    rooms = [(room, room.days if room.own else keep_days) for room in found]
    going = [Kept(room.room_id, room.name, room.seq, room.at, days) for room, days in rooms if days is not None]
    return sorted(going, key=lambda room: room.until)


def over(db: Database, keep_days: int | None, now: datetime) -> list[Kept]:
    """Rooms whose time is over and in which nobody is, as far as the rooms themselves know."""
    here = select(ATTENDANCE.c.room_id).where(ATTENDANCE.c.lasts_until > now)
    with db.engine.execution_options(read_only=True).connect() as connection, connection.begin():
        busy = set(connection.execute(here).scalars())
    return [room for room in kept(db, keep_days) if room.until <= now and room.room_id not in busy]


def purge(db: Database, room: Kept) -> bool:
    """Erase a room whose time is over; False when somebody has changed it since we looked, or it has gone."""
    try:
        rooms.erase_room(db, room.room_id, last_seq=room.seq)
    except NotDone:
        return False
    return True


def takes_the_round(db: Database, now: datetime) -> bool:
    """Whether this process does tonight's round: one of them all does, once.

    The first night that a database sees is left out: whoever has just restored it, or set how long rooms are kept, has
    a day to think again.
    """
    night = (now - NIGHT).date().isoformat()
    last = _last_night(db)
    if last is not None and last >= night:
        return False
    try:
        with db.session() as sql:
            if last is None:
                sql.connection().execute(insert(ROUND).values(name=PURGE, night=night))
                return False
            is_later = and_(ROUND.c.name == PURGE, ROUND.c.night < night)
            return sql.connection().execute(update(ROUND).where(is_later).values(night=night)).rowcount == 1
    except IntegrityError:
        # Another process saw this database first.
        return False


def _last_night(db: Database) -> str | None:
    with db.engine.execution_options(read_only=True).connect() as connection, connection.begin():
        return connection.execute(select(func.max(ROUND.c.night)).where(ROUND.c.name == PURGE)).scalar()
