"""Whether the trail is as it was written: each entry, and the chain that they make."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app.audit.trail import BEGINNING, ENTRY, digest_of, hash_of, reading
from app.db import Database


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found. `broken` is a sentence about the first entry that is not as it was written."""

    entries: int
    erased: int
    """How many have had their details erased."""
    ends_with: str
    broken: str | None = None


def prove(db: Database, noted: tuple[int, str] | None = None) -> Proof:
    """Look at every entry. `noted` is the end of the chain as somebody wrote it down: it must still be in it.

    Without such a note only what somebody did by halves shows: who can write to the database can write a whole chain.
    """
    wanted = select(ENTRY).where(ENTRY.c.n.is_not(None)).order_by(ENTRY.c.n)
    n, previous, erased = 0, BEGINNING, 0
    with reading(db, wanted) as found:
        for entry in found:
            wrong = _wrong(entry, n + 1, previous, noted)
            if wrong is not None:
                return Proof(n, erased, previous, wrong)
            n, previous = entry.n, entry.hash
            erased += entry.details is None
    if noted is not None and noted[0] > n:
        return Proof(n, erased, previous, f"The trail ends with entry {n}, and entry {noted[0]} was noted.")
    return Proof(n, erased, previous)


def _wrong(entry: Row[Any], n: int, previous: str, noted: tuple[int, str] | None) -> str | None:
    if entry.n != n:
        return f"Entry {n} is missing: after {n - 1} comes {entry.n}."
    if entry.previous != previous:
        return f"Entry {n} does not follow the one before it, which was changed or put in later."
    if entry.hash != hash_of(entry, n, previous):
        return f"Entry {n} is not as it was written."
    if entry.details is not None and digest_of(entry.details) != entry.digest:
        return f"The details of entry {n} are not as they were written."
    if noted is not None and noted[0] == n and noted[1] != entry.hash:
        return f"Entry {n} is another one than was noted: the trail was written anew."
    return None
