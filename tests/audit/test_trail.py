"""P17: the trail is one chain whoever writes it, and shows where somebody has changed it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.audit import trail
from app.audit.proof import prove
from app.db import Database, metadata
from app.keeping.tables import upgrade

ROOM, MAYA = "room-1", "maya-1"
WRITERS, EACH = 4, 25


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """With the trail's table alone, and nothing that watches over it."""
    db = Database(database_url)
    metadata.create_all(db.engine, tables=[trail.ENTRY])
    yield db
    db.close()


def happens(db: Database, *what: str, by: str = MAYA) -> None:
    for one in what:
        with db.session() as sql:
            trail.tell(sql.connection(), one, {"by": by, "seq": 7}, room_id=ROOM)


def a_trail(db: Database) -> None:
    happens(db, "came", "wrote", "copied", "left")
    assert trail.seal(db) == 4


def tamper(db: Database, statement: str) -> None:
    with db.session() as sql:
        sql.connection().execute(text(statement))


def test_what_happened_stands_in_its_order_with_what_is_known_of_it(db: Database) -> None:
    a_trail(db)
    happens(db, "came back", by="tom-1")
    trail.seal(db)
    told = list(trail.told(db, room_id=ROOM))
    assert [(entry.n, entry.what) for entry in told] == [
        (1, "came"),
        (2, "wrote"),
        (3, "copied"),
        (4, "left"),
        (5, "came back"),
    ]
    assert told[-1].details == {"by": "tom-1", "seq": 7}
    assert list(trail.told(db, room_id="another")) == []
    assert [entry.n for entry in trail.told(db, since=told[3].at)][-1] == 5
    assert prove(db).broken is None


def test_what_is_not_done_is_not_told(db: Database) -> None:
    with db.session() as sql:
        trail.tell(sql.connection(), "came", {})
        sql.rollback()
    assert trail.seal(db) == 0


def test_many_who_write_and_chain_at_once_make_one_chain(database_url: str, db: Database) -> None:
    def writes(who: int) -> None:
        process = Database(database_url)
        for _ in range(EACH):
            happens(process, "wrote", by=f"member-{who}")
            trail.seal(process)
        process.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(writes, range(WRITERS)))
    trail.seal(db)
    proof = prove(db)
    assert (proof.entries, proof.broken) == (WRITERS * EACH, None)
    assert {entry.n for entry in trail.told(db)} == set(range(1, WRITERS * EACH + 1))


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ("UPDATE audit_entry SET what = 'slept' WHERE n = 3", "Entry 3 is not as it was written."),
        ("UPDATE audit_entry SET room_id = 'another' WHERE n = 2", "Entry 2 is not as it was written."),
        ("UPDATE audit_entry SET details = '{}' WHERE n = 4", "The details of entry 4 are not as they were written."),
        ("DELETE FROM audit_entry WHERE n = 2", "Entry 2 is missing: after 1 comes 3."),
        ("DELETE FROM audit_entry WHERE n = 1", "Entry 1 is missing: after 0 comes 2."),
        ("UPDATE audit_entry SET hash = digest WHERE n = 1", "Entry 1 is not as it was written."),
        ("UPDATE audit_entry SET previous = digest WHERE n = 2", "Entry 2 does not follow the one before it"),
    ],
)
def test_the_first_entry_that_somebody_touched_is_named(db: Database, done: str, told: str) -> None:
    a_trail(db)
    tamper(db, done)
    assert (prove(db).broken or "").startswith(told)


def test_a_trail_that_was_written_anew_or_cut_short_does_not_hold_what_was_noted(db: Database) -> None:
    a_trail(db)
    noted = prove(db).ends_with
    assert prove(db, (4, noted)).broken is None
    tamper(db, "UPDATE audit_entry SET n = NULL, previous = NULL, hash = NULL, at = '2026-01-01T00:00:00.000Z'")
    trail.seal(db)
    assert prove(db).broken is None
    assert "written anew" in (prove(db, (4, noted)).broken or "")
    assert "entry 9 was noted" in (prove(db, (9, noted)).broken or "")


def test_the_database_itself_refuses_to_change_the_trail(database_url: str) -> None:
    db = Database(database_url)
    upgrade(db)
    a_trail(db)
    for done in (
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET what = 'slept' WHERE n = 1",
        "UPDATE audit_entry SET details = '{}' WHERE n = 1",
        "UPDATE audit_entry SET n = 9 WHERE n = 4",
        "UPDATE audit_entry SET n = NULL, previous = NULL, hash = NULL",
    ):
        with pytest.raises(DBAPIError, match="stays as it is"):
            tamper(db, done)
    assert prove(db).entries == 4
    db.close()


def test_details_can_be_erased_and_the_chain_still_holds(db: Database) -> None:
    happens(db, "came", "left")
    happens(db, "came", by="tom-1")
    trail.seal(db)
    ends = prove(db).ends_with
    happens(db, "came back")
    with db.session() as sql:
        trail.forget(sql.connection(), ROOM, [MAYA], but=["left"])
    trail.seal(db)
    assert [entry.details is None for entry in trail.told(db)] == [True, False, False, True]
    proof = prove(db, (3, ends))
    assert (proof.broken, proof.erased) == (None, 2)
