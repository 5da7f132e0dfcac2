"""The house itself: what it was told to keep, it keeps."""

import psycopg
import pytest

from tests.support.postgres import Postgres


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@pytest.mark.postgres
def test_postgres_keeps_what_it_acknowledged_when_it_is_killed(mortal_postgres: Postgres) -> None:
    url = _plain(mortal_postgres.database())
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE card AS SELECT 'Waiting for the scan' AS text")
    mortal_postgres.kill()
    mortal_postgres.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT text FROM card").fetchall() == [("Waiting for the scan",)]


@pytest.mark.postgres
def test_postgres_is_as_durable_as_in_production(postgres: Postgres) -> None:
    with psycopg.connect(_plain(postgres.database())) as connection:
        durable = [connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")]
    assert durable == [("on",), ("on",)]
