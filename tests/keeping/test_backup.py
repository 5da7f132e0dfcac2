"""P1 and P14: what is kept in another place is everything, and comes back whole or not at all."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text

from app.audit.rows import AuditEntry
from app.db import Database, metadata
from app.keeping import backup_file
from app.keeping.backup import NotRestored, backup, restore
from app.keeping.backup_file import BackupUnusable
from app.keeping.tables import revision_of, secret_tables, tables_of, upgrade, upgrade_within
from tests.faults.agreement import acks_of, differences, nothing_is_lost_or_doubled, read, seen_by
from tests.faults.writing import everybody_of
from tests.support.company import Company
from tests.support.scale import by_scale, tell

WRITTEN = by_scale(quick=20, short=200, full=2000)


def contents(url: str, but: tuple[str, ...] = (AuditEntry.__tablename__,)) -> dict[str, Any]:
    """Every row of every table that a backup holds, the rooms' epochs aside, and the trail: that goes on."""
    db = Database(url)
    try:
        with db.engine.connect() as connection:
            found = {
                table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
                for table in tables_of(connection)
                if table.name not in {*secret_tables(), *but}
            }
    finally:
        db.close()
    epoch = metadata.tables["rooms_head"].c.keys().index("epoch")
    found["rooms_head"] = [(*row[:epoch], *row[epoch + 1 :]) for row in found["rooms_head"]]
    return found


def epochs(url: str) -> set[str]:
    db = Database(url)
    try:
        with db.engine.connect() as connection:
            return set(connection.execute(text("SELECT epoch FROM rooms_head")).scalars())
    finally:
        db.close()


def lines_of(file: Path) -> list[Any]:
    return [orjson.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def a_backup_of(company: Company, tmp_path: Path) -> Path:
    file = tmp_path / "room.backup"
    company.server.run("backup", str(file))
    return file


async def test_P1_what_was_acked_before_a_backup_is_back_after_a_restore_and_everybody_agrees(
    company: Company, tmp_path: Path
) -> None:
    """The drill: a backup while thirty people write, the loss of everything since, and a restore."""
    everybody = everybody_of(company)
    server, file = company.server, tmp_path / "drill.backup"
    async with everybody.here():
        async with everybody.writing(seed=1):
            await everybody.acked(WRITTEN)
            acked_before = acks_of(everybody.clients)
            await asyncio.to_thread(server.run, "backup", str(file))
            await everybody.acked(WRITTEN)
        epoch = everybody.clients[0].epoch
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.run, "restore", "--replace", str(file))
        replica, log = read(server.database_url, company.room_id)
        await asyncio.to_thread(server.start)
        for client in everybody.clients:
            await client.until(lambda client=client: client.is_live and client.epoch == replica.epoch)  # type: ignore[misc]
        assert replica.epoch != epoch
        nothing_is_lost_or_doubled(acked_before, log)
        for person, client in zip(everybody.people, everybody.clients, strict=True):
            assert differences(client.visible(), seen_by(replica, person.member_id)) == []
        answer = await everybody.clients[0].do({"type": "rooms.rename_room", "name": "And on we go"})
        assert answer == {"type": "ack", "id": answer["id"], "seq": replica.seq + 1}
    tell(f"P1 restore drill: {len(acked_before)} acked before the backup, 0 lost; {len(everybody.clients)} views equal")


def test_a_backup_of_one_engine_is_the_same_room_on_the_other(company: Company, another: str, tmp_path: Path) -> None:
    company.join("member", "Maya ☂ O’Neill", "patient")
    before = contents(company.server.database_url)
    file = a_backup_of(company, tmp_path)
    grown = Database(another)
    try:
        restore(grown, file, replace=False)
        assert contents(another) == before
        assert not epochs(another) & epochs(company.server.database_url)
        again = tmp_path / "again.backup"
        backup(grown, str(again))
    finally:
        grown.close()
    restored = Database(company.server.database_url)
    try:
        assert company.server.stop() == 0
        restore(restored, again, replace=True)
    finally:
        restored.close()
    assert contents(company.server.database_url) == before
    company.server.start()
    assert company.snapshot(company.coach)["rows"]["room"][0]["name"] == "Sepsis"


def test_neither_the_master_key_nor_what_stays_here_is_in_a_backup(company: Company, tmp_path: Path) -> None:
    company.ask("POST", "/api/join", {"way_back": "four words nobody has"})
    file = a_backup_of(company, tmp_path)
    key = (company.server.folder / "data" / "keys").read_text().strip()
    text = gzip.decompress(file.read_bytes()).decode()
    assert key not in text
    assert not secret_tables() & set(lines_of(file)[0]["tables"])
    assert "people_guess" in secret_tables()
    assert file.stat().st_mode & 0o077 == 0
    said = company.server.run("backup", str(tmp_path / "other.backup"))
    assert "The master key is not in it" in said


def test_nothing_is_restored_under_a_server_that_runs(company: Company, tmp_path: Path) -> None:
    file = a_backup_of(company, tmp_path)
    assert "A server runs on this database" in company.server.is_told("restore", "--replace", str(file))
    company.server.kill()
    assert "not empty" in company.server.is_told("restore", str(file))
    assert "rows are back" in company.server.run("restore", "--replace", str(file))


def test_a_backup_never_takes_the_place_of_another_file(company: Company, tmp_path: Path) -> None:
    file = a_backup_of(company, tmp_path)
    before = file.read_bytes()
    assert "is there already" in company.server.is_told("backup", str(file))
    assert file.read_bytes() == before


def damaged(file: Path, how: str) -> Path:
    """The file as a bad disk, a broken line or somebody's editor leaves it."""
    whole = gzip.decompress(file.read_bytes())
    lines = whole.splitlines(keepends=True)
    harm = {
        "half of it": lambda: file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2]),
        "a row less": lambda: file.write_bytes(gzip.compress(b"".join(lines[:-2] + lines[-1:]))),
        "no last line": lambda: file.write_bytes(gzip.compress(b"".join(lines[:-1]))),
        "another word": lambda: file.write_bytes(gzip.compress(whole.replace(b'"Sepsis', b'"Antsis'))),
        "of tomorrow": lambda: file.write_bytes(gzip.compress(whole.replace(b'"format":1', b'"format":9'))),
        "something else": lambda: file.write_bytes(b"Minutes of the last meeting"),
        "nothing": lambda: file.write_bytes(b""),
    }
    harm[how]()
    return file


@pytest.mark.parametrize(
    "how", ["half of it", "a row less", "no last line", "another word", "of tomorrow", "something else", "nothing"]
)
def test_a_damaged_backup_changes_nothing(how: str, database_url: str, tmp_path: Path) -> None:
    db = Database(database_url)
    try:
        upgrade(db)
        with db.session() as sql:
            sql.connection().exec_driver_sql(
                "INSERT INTO rooms_head (room_id, seq, epoch, made_at)"
                " VALUES ('a', 1, 'Sepsis', '2026-11-26T12:30:00.000Z')"
            )
        file = tmp_path / "some.backup"
        backup(db, str(file))
        before = contents(database_url)
        with pytest.raises(BackupUnusable):
            restore(db, damaged(file, how), replace=True)
        assert contents(database_url) == before
        assert epochs(database_url) == {"Sepsis"}
    finally:
        db.close()


def test_a_restore_that_breaks_off_has_changed_nothing(database_url: str, tmp_path: Path) -> None:
    """The file is as it was written, and yet one row cannot be stored."""
    db = Database(database_url)
    try:
        upgrade(db)
        file = tmp_path / "odd.backup"
        with backup_file.written(str(file)) as odd:
            odd.begin(backup_file.Head("2026-11-26T12:30:00.000Z", "0001", ("rooms_head",)))
            odd.table("rooms_head", ["room_id", "seq", "epoch", "made_at"])
            odd.row(["a", 1, "first", "2026-11-26T12:30:00.000Z"])
            odd.row(["a", 2, "twice", "2026-11-26T12:30:00.000Z"])
            odd.end()
        before = contents(database_url)
        with pytest.raises(Exception, match=r"(?i)unique"):
            restore(db, file, replace=True)
        assert contents(database_url) == before
    finally:
        db.close()


def test_an_old_backup_comes_back_up_to_date(database_url: str, another: str, tmp_path: Path) -> None:
    old, new = Database(another), Database(database_url)
    try:
        with old.engine.begin() as connection:
            upgrade_within(connection, "0001")
            connection.exec_driver_sql(
                "INSERT INTO rooms_head (room_id, seq, epoch, made_at)"
                " VALUES ('a', 1, 'first', '2026-11-26T12:30:00.000Z')"
            )
        file = tmp_path / "old.backup"
        backup(old, str(file))
        upgrade(old)
        restore(new, file, replace=False)
        with new.engine.connect() as one, old.engine.connect() as other:
            assert revision_of(one) == revision_of(other) != "0001"
        assert contents(database_url) == contents(another)
    finally:
        old.close()
        new.close()


def test_an_empty_database_has_nothing_to_keep(database_url: str, tmp_path: Path) -> None:
    db = Database(database_url)
    try:
        with pytest.raises(NotRestored, match="nothing in this database"):
            backup(db, str(tmp_path / "empty.backup"))
    finally:
        db.close()
    assert not list(tmp_path.glob("*.backup*"))
