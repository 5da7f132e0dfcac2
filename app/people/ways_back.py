"""The personal way back: a link or four words that bring the same person back, on any device."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from app.audit import trail
from app.people.keys import Keys
from app.people.phrases import as_phrase, new_phrase
from app.people.rows import WayBack
from app.people.tokens import hashed, new_token


@dataclass(frozen=True, slots=True)
class Shown:
    """A way back in the clear. It is shown once and kept nowhere."""

    token: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Person:
    """Where a way back leads."""

    room_id: str
    member_id: str


def make(sql: Session, keys: Keys, person: Person, now: datetime, by: str | None) -> Shown:
    """A new way back, made by this member (None: the operator); the old one ends."""
    shown = Shown(new_token(), new_phrase())
    sql.merge(
        WayBack(
            room_id=person.room_id,
            member_id=person.member_id,
            link_hash=hashed(shown.token),
            phrase_hash=_phrase_hash(keys, shown.phrase),
            made_at=now,
        )
    )
    made = {"by": by, "member_id": person.member_id}
    trail.tell(sql.connection(), "people.way_back_made", made, room_id=person.room_id)
    return shown


def by_link(sql: Session, token: str) -> Person | None:
    return _person(sql.exec(select(WayBack).where(WayBack.link_hash == hashed(token))).first())


def by_phrase(sql: Session, keys: Keys, phrase: str) -> Person | None:
    return _person(sql.exec(select(WayBack).where(WayBack.phrase_hash == _phrase_hash(keys, phrase))).first())


def _phrase_hash(keys: Keys, phrase: str) -> str:
    # Four words are 44 bits: in a stolen copy a plain hash would be guessed soon. The key is kept elsewhere.
    return keys.hashed("way_back.phrase", as_phrase(phrase))


def _person(kept: WayBack | None) -> Person | None:
    return Person(kept.room_id, kept.member_id) if kept else None
