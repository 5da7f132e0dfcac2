"""An operator asks whether all is well, and is told in each case what is wrong and what to do."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from app.db import Database
from app.keeping.backup import backup
from app.keeping.doctor import address, machine, stored
from app.keeping.doctor.findings import Finding
from app.keeping.tables import upgrade
from app.people.keys import Keys
from app.settings import Settings
from tests.support.certificates import Authority, speaking_https
from tests.support.faketime import WallClock
from tests.support.ports import free_port
from tests.support.postgres import Postgres
from tests.support.proxy import Faults, Proxy
from tests.support.redis import Redis
from tests.support.server import Server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("served"), host="0.0.0.0")
    server.start()
    yield server
    server.close()


def at(server: Server, url: str) -> Settings:
    """The settings of a server for which people type this."""
    return Settings(data=server.folder / "data", public_url=url)


def wrongs(found: list[Finding]) -> set[str]:
    assert all(finding.to_do for finding in found if finding.is_wrong)
    return {finding.place for finding in found if finding.is_wrong}


async def seen_from_outside(settings: Settings) -> list[Finding]:
    return await asyncio.to_thread(lambda: list(address.address(settings)))


def told(found: list[Finding], place: str) -> str:
    return next(finding.told for finding in found if finding.place == place)


# The command


def test_where_all_is_well_the_doctor_says_so(served: Server, tmp_path: Path) -> None:
    served.run("backup", str(tmp_path / "tonight.backup"))
    code, said = served.says("doctor", "--backups", str(tmp_path))
    assert code == 0, said
    assert said.endswith("All is well.\n")
    for place in (
        "Data folder",
        "Master key",
        "Database",
        "Tables",
        "Rights",
        "WebSocket",
        "Stream",
        "Backups",
        "Disk",
    ):
        assert f"✓ {place}" in said


def test_before_the_first_start_the_doctor_says_what_is_not_there_and_makes_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path / "server")
    code, said = server.says("doctor")
    assert code == 1
    assert "Is the server started" in said
    assert not (tmp_path / "server" / "data").exists()


# The address that people type


async def test_the_doctor_finds_a_proxy_that_lets_no_websocket_through(served: Server) -> None:
    async with Proxy(served.port, Faults(blocks_upgrades=True)) as proxy:
        assert wrongs(await seen_from_outside(at(served, proxy.url))) == {"WebSocket"}


async def test_the_doctor_finds_a_proxy_that_holds_streams_back(served: Server) -> None:
    async with Proxy(served.port, Faults(holds_responses=True)) as proxy:
        found = await seen_from_outside(at(served, proxy.url))
    assert wrongs(found) == {"Stream"}
    assert "held back" in told(found, "Stream")


async def test_behind_a_good_proxy_everything_comes_through(served: Server) -> None:
    async with Proxy(served.port) as proxy:
        assert wrongs(await seen_from_outside(at(served, proxy.url))) == set()


async def test_the_doctor_finds_that_the_address_is_another_house(served: Server, tmp_path: Path) -> None:
    Keys.from_file(tmp_path / "keys")
    found = await seen_from_outside(Settings(data=tmp_path, public_url=served.url))
    assert "not as this server" in told(found, "Public URL")


async def test_the_doctor_finds_that_nobody_answers_at_the_address(served: Server) -> None:
    found = await seen_from_outside(at(served, f"http://127.0.0.1:{free_port()}"))
    assert "cannot be reached" in told(found, "Public URL")


async def test_the_doctor_finds_that_the_server_goes_by_another_name(served: Server) -> None:
    found = await seen_from_outside(at(served, f"http://127.0.0.2:{served.port}"))
    assert "another name" in told(found, "Public URL")


async def test_the_doctor_finds_a_clock_that_differs(tmp_path: Path) -> None:
    server, clock = Server(tmp_path), WallClock(tmp_path)
    server.machine = clock.environment
    clock.set(hours=1)
    try:
        await asyncio.to_thread(server.start)
        assert "differs by 3" in told(await seen_from_outside(at(server, server.url)), "Clock")
    finally:
        server.close()


@pytest.mark.parametrize(("days", "places"), [(5, {"Certificate"}), (90, set())])
async def test_the_doctor_counts_the_days_of_the_certificate(
    days: int, places: set[str], served: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(house.file))
    async with speaking_https(house.context(days), served.port) as port:
        found = await seen_from_outside(at(served, f"https://127.0.0.1:{port}"))
    assert wrongs(found) >= places | {"Proxies"}
    assert f"{days}" in told(found, "Certificate") or f"{days - 1}" in told(found, "Certificate")


async def test_the_doctor_finds_a_certificate_that_browsers_do_not_trust(served: Server, tmp_path: Path) -> None:
    async with speaking_https(Authority(tmp_path).context(90), served.port) as port:
        found = await seen_from_outside(at(served, f"https://127.0.0.1:{port}"))
    assert "certificate" in told(found, "Public URL")


# This machine


def test_the_doctor_finds_a_master_key_that_others_can_read(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert wrongs(list(machine.keys(settings))) == {"Master key"}
    Keys.from_file(settings.keys_file)
    assert wrongs(list(machine.keys(settings))) == set()
    settings.keys_file.chmod(0o644)
    (finding,) = machine.keys(settings)
    assert "chmod 600" in finding.to_do


def test_the_doctor_finds_a_master_key_that_is_none(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.keys_file.write_text("short")
    assert wrongs(list(machine.keys(settings))) == {"Master key"}


def test_the_doctor_finds_a_data_folder_that_others_can_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert wrongs(list(machine.folder(Settings(data=tmp_path)))) == {"Data folder"}
    assert wrongs(list(machine.folder(Settings(data=tmp_path / "none")))) == {"Data folder"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Last night's backup in a folder of its own."""
    db = Database(f"sqlite:///{tmp_path / 'bigroom.sqlite3'}")
    upgrade(db)
    folder = tmp_path / "kept"
    folder.mkdir()
    backup(db, str(folder / "last-night.backup"))
    db.close()
    return folder


def test_the_doctor_knows_how_old_the_newest_backup_is(kept: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert wrongs(list(machine.backups(kept, keys))) == set()
    file = kept / "last-night.backup"
    two_days_ago = file.stat().st_mtime - 48 * 3600
    os.utime(file, (two_days_ago, two_days_ago))
    assert "48 hours" in told(list(machine.backups(kept, keys)), "Backups")
    assert "There is no backup" in told(list(machine.backups(tmp_path / "none", keys)), "Backups")


def test_the_doctor_finds_half_a_backup_and_one_that_others_can_read(kept: Path, tmp_path: Path) -> None:
    file = kept / "last-night.backup"
    file.chmod(0o644)
    assert "other users" in told(list(machine.backups(kept, tmp_path / "keys")), "Backups")
    file.write_bytes(file.read_bytes()[:-200])
    assert "not whole" in told(list(machine.backups(kept, tmp_path / "keys")), "Backups")


def test_the_doctor_finds_a_master_key_beside_the_backups(kept: Path) -> None:
    Keys.from_file(kept / "keys")
    assert wrongs(list(machine.backups(kept, kept / "keys"))) == {"Backups"}


def test_the_doctor_knows_a_network_disk_from_one_of_this_machine() -> None:
    mounts = (
        "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
        "40 22 0:35 / /srv/big\\040data rw,relatime shared:1 - nfs4 filer:/data rw\n"
        "41 40 8:2 / /srv/big\\040data/own rw - xfs /dev/sdb1 rw\n"
    )
    assert machine.network_disk(Path("/srv/big data/bigroom.sqlite3"), mounts) == "nfs4"
    assert machine.network_disk(Path("/srv/big data/own/bigroom.sqlite3"), mounts) is None
    assert machine.network_disk(Path("/var/lib/bigroom.sqlite3"), mounts) is None


# The database and the bus


def test_the_doctor_finds_tables_of_an_older_and_of_a_newer_bigroom(database_url: str) -> None:
    settings = Settings(database=database_url)
    db = Database(database_url)
    with db.session() as sql:
        sql.execute(text("CREATE TABLE something_else (id INTEGER)"))
    assert "older Bigroom" in told(list(stored.database(settings)), "Tables")
    upgrade(db)
    assert wrongs(list(stored.database(settings))) == set()
    with db.session() as sql:
        sql.execute(text("UPDATE alembic_version SET version_num = 'of tomorrow'"))
    assert "newer Bigroom" in told(list(stored.database(settings)), "Tables")
    db.close()


def test_the_doctor_finds_a_database_that_may_forget(postgres_url: str, postgres: Postgres) -> None:
    db = Database(postgres_url)
    upgrade(db)
    db.close()
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    assert wrongs(list(stored.database(Settings(database=postgres_url)))) == {"Durability"}


def test_the_doctor_finds_an_account_that_may_make_no_tables(postgres_url: str) -> None:
    db = Database(postgres_url)
    upgrade(db)
    db.close()
    plain = postgres_url.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        reader = f"reader_{connection.info.dbname}"
        connection.execute(f"CREATE ROLE {reader} LOGIN")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}")
    found = list(stored.database(Settings(database=plain.replace("bigroom@", f"{reader}@"))))
    assert "permission denied" in found[-1].told


def test_the_doctor_finds_a_database_that_does_not_answer_and_tells_no_password(tmp_path: Path) -> None:
    url = f"postgresql://bigroom:confidential@127.0.0.1:{free_port()}/bigroom"
    (finding,) = stored.database(Settings(database=url))
    assert finding.is_wrong
    assert "confidential" not in str(finding)


def test_the_doctor_finds_a_bus_that_does_not_answer(redis: Redis) -> None:
    assert wrongs(list(stored.bus(Settings(bus=redis.url)))) == set()
    assert wrongs(list(stored.bus(Settings(bus=f"redis://127.0.0.1:{free_port()}")))) == {"Bus"}
