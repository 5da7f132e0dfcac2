"""Short codes that people type: derived from the master key, looked up by a keyed hash, stored nowhere in the clear."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlmodel import Session, col, delete, select

from app.people.keys import Keys
from app.people.rows import RoomCode

ALPHABET = "23456789CFGHJMPQRVWX"
"""Without vowels and without signs that are taken for others."""
LENGTH = 8
GOOD_FOR = timedelta(minutes=15)
"""After it was last shown."""
NEW_EVERY = timedelta(days=1)
LIKE = str.maketrans("ZSBUY", "258VV")
"""What is often read instead of a sign of ours, where that sign cannot be another one."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code in the clear, and until when it opens the door."""

    code: str
    expires_at: datetime


def show(sql: Session, keys: Keys, room_id: str, now: datetime, at_least_until: datetime | None = None) -> Code:
    """The room's code of today. Whoever asks again keeps it valid; while the room meets it is so anyway."""
    code, expires_at = of_day(keys, room_id, now), max(now + GOOD_FOR, at_least_until or now)
    sql.exec(delete(RoomCode).where(col(RoomCode.expires_at) <= now))
    sql.merge(RoomCode(hash=_hash(keys, code), room_id=room_id, expires_at=expires_at))
    return Code(code, expires_at)


def room_of(sql: Session, keys: Keys, typed: str, now: datetime, among: Sequence[str] | None = None) -> str | None:
    """The room whose code this is, of these rooms if they are named; None for wrong and for no longer shown alike."""
    if among is not None and not among:
        return None
    wanted = select(RoomCode).where(RoomCode.hash == _hash(keys, as_code(typed)), col(RoomCode.expires_at) > now)
    if among is not None:
        wanted = wanted.where(col(RoomCode.room_id).in_(among))
    found = sql.exec(wanted).first()
    return found.room_id if found else None


def room_among(keys: Keys, typed: str, now: datetime, room_ids: Iterable[str]) -> str | None:
    """The one of these rooms whose code of today this is, whether anybody was shown it or not: they meet now."""
    wanted = as_code(typed)
    return next((room_id for room_id in room_ids if compare_digest(of_day(keys, room_id, now), wanted)), None)


def as_code(typed: str) -> str:
    """As we write it, whatever gaps, small letters and look-alikes somebody types; a whole link, too."""
    return "".join(typed.rpartition("code=")[2].upper().translate(LIKE).replace("-", " ").split())


def is_a_code(typed: str) -> bool:
    code = as_code(typed)
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def of_day(keys: Keys, room_id: str, now: datetime) -> str:
    day = int(now.timestamp() // NEW_EVERY.total_seconds())
    number = int(keys.hashed("room.code", f"{room_id}/{day}"), 16)
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def _hash(keys: Keys, code: str) -> str:
    # Eight signs are 34 bits: in a stolen copy a plain hash would be guessed at once. The key is kept elsewhere.
    return keys.hashed("room.code.typed", code)
