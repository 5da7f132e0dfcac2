"""A room that drew its map before paths were rows of their own finds it as it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.db import Database, iso
from app.keeping.tables import tables_of, upgrade, upgrade_within
from app.process_map.rows import MapPath, MapStep, MapTotals, Time
from app.process_map.rules.whole import with_totals
from app.rooms.kernel import SERVER, Row
from app.rooms.log import dumps
from app.rooms.room import View
from app.rooms.store import HEAD, Store
from tests.process_map.mapping import PATHWAY, Mapping
from tests.process_map.test_sepsis import drawn
from tests.rooms.rehearsal import NOON, ROOM

BEFORE = "0025"


def test_a_map_of_an_earlier_build_has_the_same_totals_and_the_same_path(database_url: str) -> None:
    room, steps = drawn()
    database = Database(database_url)
    try:
        with database.engine.begin() as connection:
            upgrade_within(connection, BEFORE)
            fill(connection, room)
        upgrade(database)
        store = Store(database, room.registry)
        with database.engine.begin() as connection:
            head = connection.execute(select(HEAD)).one()
            replica = store.load(connection, ROOM, head.seq, head.epoch)
            (entry,) = store.entries(connection, ROOM, 0)
    finally:
        database.close()
    assert (replica.find(MapTotals, PATHWAY), replica.find(MapPath, PATHWAY)) == (room.totals(), room.path())
    # Whoever was in the room reads it anew, and nothing that is counted from now on is another than what stands.
    assert head.epoch != "before"
    assert not with_totals(View(replica, SERVER, room.registry), room.map(), ())
    assert [type(put.row) for put in entry.puts] == [MapTotals]
    assert len(replica.where(MapStep)) == len(steps)


def fill(connection: Connection, room: Mapping) -> None:
    """The map as the build before stored it, and the last entry of its log."""
    kinds = {room.registry.tables[kind].__tablename__: kind for kind in room.registry.tables}
    for table in tables_of(connection):
        if table.name == "rooms_head":
            connection.execute(table.insert().values(room_id=ROOM, seq=1, epoch="before", made_at=iso(NOON)))
        if table.name.startswith("process_map_"):
            for row in room.replica.where(kinds[table.name]):
                said = {name: plainly(value) for name, value in as_before(room, row).items()}
                connection.execute(table.insert().values(room_id=ROOM, **said))
        if table.name == "rooms_log":
            told = {"puts": dumps({"map_totals": [as_before(room, room.totals())]}), "drops": "[]", "resets": "[]"}
            by = {"seq": 1, "at": iso(NOON), "command_id": PATHWAY, "shape": 1, "fact": "null", "kept": "{}"}
            connection.execute(table.insert().values(room_id=ROOM, **told, **by))


def as_before(room: Mapping, row: Row) -> dict[str, Any]:
    said = dict(row.__dict__)
    if isinstance(row, MapTotals):
        for name in ("missing_more", "slow_more", "slow_from"):
            del said[name]
        said["path"] = [
            {"step_id": id, "share": share, "wait": inside(room, id, "wait"), "process": inside(room, id, "process")}
            for id, share in zip(room.path().step_ids, room.path().shares, strict=True)
        ]
    return said


def inside(room: Mapping, step_id: str, name: str) -> float | None:
    time: Time | None = getattr(room.row(MapStep, step_id), name)
    return None if time is None else time.amount


def plainly(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    return dumps(value) if isinstance(value, tuple | list | Time) else value
