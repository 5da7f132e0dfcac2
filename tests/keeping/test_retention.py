"""P15: a room is kept as long as was decided, and never goes while somebody is in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.audit import trail
from app.db import Database, metadata, utc_now
from app.keeping import retention, rooms
from app.keeping.caretaker import Caretaker
from app.keeping.retention import keep, keep_as_all, over, purge, takes_the_round
from app.keeping.rows import Round
from app.rooms.attendance import Attend, Attendance, Came, EndAttendance
from app.rooms.messages import MakeRoom, RenameRoom
from app.tools import registry
from tests.people.test_operating import Operator
from tests.support.company import Company, a_full_house
from tests.support.houses import House

NOW = utc_now()
MONTH = 30


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    db = Database(database_url)
    registry()
    metadata.create_all(db.engine)
    yield db
    db.close()


def a_room(db: Database, coach: str = "") -> str:
    id = str(uuid4())
    made = MakeRoom(name="Sepsis", method="flow_roadmap", member_id=coach or str(uuid4()), coach_name="Anne")
    rooms.run(db, id, made)
    return id


def ids(found: list[retention.Kept]) -> list[str]:
    return [room.room_id for room in found]


def is_long_ago(db: Database, *room_ids: str) -> None:
    """Nothing has happened in these rooms for two years."""
    with db.session() as sql:
        for id in room_ids:
            long_ago = {"at": f"{NOW - timedelta(days=730):%Y-%m-%dT%H:%M:%S}.000Z", "room": id}
            sql.connection().execute(text("UPDATE rooms_log SET at = :at WHERE room_id = :room"), long_ago)


def on_day(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_P15_a_room_is_over_so_many_days_after_its_last_change(db: Database) -> None:
    sepsis, hips = a_room(db), a_room(db)
    assert over(db, None, on_day(10_000)) == []
    assert over(db, MONTH, on_day(MONTH - 1)) == []
    assert set(ids(over(db, MONTH, on_day(MONTH + 1)))) == {sepsis, hips}
    keep(db, sepsis, None)
    keep(db, hips, 3)
    assert ids(over(db, MONTH, on_day(4))) == [hips]
    assert ids(over(db, None, on_day(10_000))) == [hips]
    keep_as_all(db, sepsis)
    assert ids(over(db, MONTH, on_day(MONTH + 1))) == [hips, sepsis]


def test_P15_a_room_stays_when_somebody_writes_in_the_moment_in_which_it_would_go(db: Database) -> None:
    room = a_room(db)
    (going,) = over(db, MONTH, on_day(MONTH + 1))
    rooms.run(db, room, RenameRoom(type="rooms.rename_room", name="And on we go"))
    assert not purge(db, going)
    assert rooms.name_of(db, room) == "And on we go"
    (later,) = over(db, MONTH, on_day(MONTH + 1))
    assert purge(db, later)
    assert not purge(db, later)
    assert rooms.listed(db) == []


def test_P15_a_room_in_which_somebody_has_been_since_yesterday_is_not_over(db: Database) -> None:
    coach = str(uuid4())
    room = a_room(db, coach)
    rooms.run(db, room, Attend(came=(Came(member_id=coach, since=utc_now()),)))
    is_long_ago(db, room)
    assert over(db, 1, utc_now()) == []
    (here,) = rooms.stored(db, room).where(Attendance)
    rooms.run(db, room, EndAttendance(attendance_id=here.id))
    assert over(db, 1, utc_now()) == []
    is_long_ago(db, room)
    assert ids(over(db, 1, utc_now())) == [room]


def test_P15_one_process_makes_the_round_of_a_night_and_nobody_that_of_the_first(
    db: Database, database_url: str
) -> None:
    noon = NOW.replace(hour=12)
    another = Database(database_url)
    assert [takes_the_round(process, noon) for process in (db, another)] == [False, False]
    tomorrow = noon + timedelta(days=1)
    assert [takes_the_round(process, tomorrow) for process in (db, another, db)] == [True, False, False]
    assert not takes_the_round(another, tomorrow.replace(hour=2) + timedelta(days=1))
    assert takes_the_round(another, tomorrow.replace(hour=4) + timedelta(days=1))
    another.close()


async def test_P15_what_is_over_goes_in_the_night_and_the_trail_says_why(db: Database) -> None:
    over_and_out, peopled, for_ever = a_room(db), a_room(db), a_room(db)
    keep(db, for_ever, None)
    today = [NOW]
    caretaker = Caretaker(db, MONTH, lambda: today[0], frozenset)
    caretaker.look({peopled})
    today[0] = on_day(MONTH + 2)
    caretaker.look({peopled})
    assert {room.id for room in rooms.listed(db)} == {peopled, for_ever}
    caretaker.look(())
    assert {room.id for room in rooms.listed(db)} == {peopled, for_ever}
    trail.seal(db)
    (erased,) = (entry for entry in trail.told(db) if entry.what == "rooms.room_erased")
    assert erased.room_id == over_and_out
    assert (erased.details or {})["was_over"] is True
    today[0] = on_day(MONTH + 3)
    caretaker.look(())
    assert [room.id for room in rooms.listed(db)] == [for_ever]


async def test_P17_from_where_somebody_tried_to_sign_in_is_forgotten_after_a_while(db: Database) -> None:
    for what in ("people.sign_in_failed", "people.signed_in"):
        with db.session() as sql:
            trail.tell(sql.connection(), what, {"address": "a keyed hash"})
    today = [NOW]
    caretaker = Caretaker(db, None, lambda: today[0], frozenset)
    for day, known in ((0, True), (89, True), (91, False)):
        today[0] = on_day(day)
        caretaker.look(())
        failed, signed_in = trail.told(db)
        assert (failed.details is not None, signed_in.details is not None) == (known, True)


async def test_P15_a_server_purges_at_night_but_not_under_somebody_who_has_just_come(
    two_processes: House, tmp_path: Path
) -> None:
    with a_full_house(tmp_path, two_processes, keep_days="1") as company:
        empty = Company(company.server, company.coach.cookie)
        maya, wall = company.join("member", "Maya", "patient"), empty.join("wall", "Screen", None)
        db = Database(company.server.database_url)
        async with maya.client().visit(), wall.client().visit() as screen:
            is_long_ago(db, company.room_id, empty.room_id)
            with db.session() as sql:
                sql.merge(Round(name=retention.PURGE, night="2026-01-01"))
            await screen.until(lambda: screen.closed_with in (4403, 4404))
        assert [room.id for room in rooms.listed(db)] == [company.room_id]
        db.close()
        empty.close()


def test_P15_an_operator_decides_and_looks_before_anything_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    operator = Operator(monkeypatch, capsys)
    operator.sets(data=tmp_path / "data")
    operator.types("migrate")
    db = Database(f"sqlite:///{tmp_path / 'data' / 'bigroom.sqlite3'}")
    # Other tests of this run may have declared tables: what erases a room knows them, too.
    metadata.create_all(db.engine)
    sepsis, hips = a_room(db), a_room(db)
    assert "Every room is kept for ever" in operator.types("rooms", "purge", "--dry-run")
    assert "The time of no room is over" in operator.types("rooms", "purge")
    assert "no number of days" in operator.is_told("rooms", "keep", sepsis, "a-while")
    assert "no number of days" in operator.is_told("rooms", "keep", sepsis, "0")
    assert "There is no room" in operator.is_told("rooms", "keep", str(uuid4()), "3")
    assert "is kept until" in operator.types("rooms", "keep", sepsis, "400")
    operator.sets(keep_days=MONTH)
    assert "is kept for ever" in operator.types("rooms", "keep", hips, "for-ever")
    assert "is kept until" in operator.types("rooms", "keep", hips, "as-all")
    is_long_ago(db, sepsis, hips)
    operator.types("rooms", "keep", hips, "3000")
    said = operator.types("rooms", "purge", "--dry-run").splitlines()
    assert [line.split()[:3] for line in said] == [[sepsis, "over", "since"], [hips, "kept", "until"]]
    assert len(rooms.listed(db)) == 2
    assert f"{sepsis}  Sepsis is erased" in operator.types("rooms", "purge", "--yes")
    assert [room.id for room in rooms.listed(db)] == [hips]
    db.close()
