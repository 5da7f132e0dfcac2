"""Guesses are counted over all processes that share a database, and nobody's address is kept."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from app.db import Database, metadata
from app.people.keys import Keys
from app.people.rows import Guess
from app.people.shared_tries import TriesEverywhere
from app.people.tries import Tries, TriesHere

KEYS = Keys(b"a master key of these tests, 32 b")


class Watch:
    seconds = 1_000_000.0

    def __call__(self, _sql: Session) -> float:
        return self.seconds


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    metadata.create_all(database.engine)
    yield database
    database.close()


def a_process(database: Database, watch: Watch | None = None, here: int = 1000) -> Tries:
    """What one of several processes counts; its own limit is out of the way unless it is named."""
    return Tries(TriesHere(here), TriesEverywhere(database, KEYS, "code", 10, 100, watch))


async def test_ten_guesses_of_one_address_whichever_process_is_asked(database: Database) -> None:
    watch = Watch()
    one, other = a_process(database, watch), a_process(database, watch)
    assert [await process.take("ward") for process in (one, other) * 5] == [None] * 10
    assert [await process.take("ward") for process in (one, other)] == [60, 60]
    watch.seconds += 59.5
    assert await one.take("ward") == 0.5
    watch.seconds += 0.5
    assert await other.take("ward") is None


async def test_P11_of_guesses_made_at_once_on_two_processes_a_hundred_a_minute_get_through(database: Database) -> None:
    watch = Watch()
    processes = (a_process(database, watch), a_process(database, watch))
    waits = await asyncio.gather(*(processes[n % 2].take(f"address {n}") for n in range(300)))
    assert waits.count(None) == 100
    assert all(0 < wait <= 60 for wait in waits if wait is not None)


async def test_a_right_answer_was_no_guess_on_any_process(database: Database) -> None:
    one, other = a_process(database), a_process(database)
    for _ in range(15):
        assert await one.take("ward") is None
        await one.give_back("ward")
    assert [await other.take("ward") for _ in range(10)] == [None] * 10


async def test_a_flood_at_one_process_is_not_even_asked_about(database: Database) -> None:
    process = a_process(database, here=5)
    for _ in range(50):
        await process.take("ward")
    with Session(database.engine) as sql:
        assert len(sql.exec(select(Guess)).all()) == 5


async def test_guesses_are_forgotten_after_their_minute_and_no_address_is_kept(database: Database) -> None:
    watch = Watch()
    process = a_process(database, watch)
    for n in range(20):
        await process.take(f"203.0.113.{n}")
    watch.seconds += 60
    await process.take("203.0.113.99")
    with Session(database.engine) as sql:
        (kept,) = sql.exec(select(Guess)).all()
    assert "203" not in kept.address
