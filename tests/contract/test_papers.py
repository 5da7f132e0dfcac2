"""P5, P18: what is said on a paper is nobody's. What must not be anywhere is looked for in every place there is."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.db import metadata
from app.rooms.kernel import Refusal
from app.rooms.paper import Paper
from app.rooms.unsigned import alias
from tests.contract.bell import Hat
from tests.contract.conftest import WITH_BELL
from tests.contract.test_capture import files_with, gathered, new, rows_with, without_presence
from tests.contract.world import Person, World, a_world
from tests.support.houses import House

PEOPLE = 8


async def a_hat(world: World) -> str:
    hat = new()
    await world.do(world.people[0], type="bell.pass_hat", hat_id=hat)
    return hat


async def drops(world: World, person: Person, hat: str, words: str | None, id: str | None = None) -> int:
    return await world.do(person, id=id, type="bell.drop_in", hat_id=hat, text=words)


def hash_of(world: World, hat: str, person: Person) -> str:
    return alias(world.room.replica.keys[hat], person.member_id)


async def counted(world: World) -> None:
    for engine in world.engines:
        await engine.noticing.count_papers()
    await world.settle()


async def test_P5_a_paper_is_its_writers_alone_and_then_nobodys(world: World) -> None:
    people = await gathered(world, PEOPLE)
    hat = await a_hat(world)
    await world.settle()
    start = {person.member_id: len(person.client.frames) for person in world.people}
    said = {person.member_id: f"canary {n} {new()}" for n, person in enumerate(people)}
    hashes = {hash_of(world, hat, person) for person in people}
    for person in people:
        await drops(world, person, hat, "first thoughts")
        await drops(world, person, hat, said[person.member_id])
    await world.settle()
    for person in world.people:
        frames = "".join(person.client.frames[start[person.member_id] :])
        mine = said.get(person.member_id)
        assert {words for words in said.values() if words in frames} == ({mine} if mine else set())
        assert not any(hash in frames for hash in hashes)
        assert not [id for id in said if id in without_presence(person, start[person.member_id])]
        assert [row["body"] for row in person.client.rows.get("paper", {}).values()] == (
            [json.dumps({"text": mine}, separators=(",", ":"))] if mine else []
        )
    for member_id, words in said.items():
        assert not list(rows_with(world, words))
        assert not list(rows_with(world, member_id, hat))
    await world.do(world.people[0], type="bell.empty_hat", hat_id=hat)
    await world.settle()
    for person in world.people:
        assert person.client.rows["hat"][hat]["said"] == sorted(said.values())
        assert not person.client.rows.get("paper")
        assert person.client.visible() == world.should_see(person)
    for member_id, words in said.items():
        assert not list(rows_with(world, words, member_id))
    with world.database.engine.connect() as sql:
        for table in ("rooms_paper", "rooms_capture_key"):
            assert sql.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        kept = sql.execute(text("SELECT receipt FROM rooms_log WHERE receipt IS NOT NULL")).scalars().all()
    assert set(kept) == {f"{hat}:"}


async def test_P5_all_papers_are_as_long_and_as_old_as_each_other(world: World) -> None:
    people = await gathered(world, 3)
    hat = await a_hat(world)
    for person, words in zip(people, ("a", "b" * 600, None), strict=True):
        await drops(world, person, hat, words)
    with world.database.engine.connect() as sql:
        found = sql.execute(text("SELECT created_at, length(body) AS long, removed_at FROM rooms_paper")).all()
    assert len(found) == 3
    assert len(set(found)) == 1


async def test_P18_the_log_names_nobody_who_gave_a_paper(world: World) -> None:
    (maya,) = await gathered(world, 1)
    hat = await a_hat(world)
    await drops(world, maya, hat, "mine")
    entry = world.log()[-1]
    assert (entry.by, entry.puts, maya.member_id in entry.fact) == (None, (), False)
    assert not list(rows_with(world, hat, maya.member_id))


async def test_who_comes_back_finds_their_paper_and_nobody_elses(world: World) -> None:
    maya, tom = await gathered(world, 2)
    hat = await a_hat(world)
    await drops(world, maya, hat, "mine")
    await drops(world, tom, hat, "Tom's")
    await world.settle()
    maya.go()
    await drops(world, maya, hat, "mine, from the other device")
    await maya.come()
    await world.settle()
    assert "mine, from the other device" in maya.client.rows["paper"][hat]["body"]
    assert maya.client.visible() == world.should_see(maya)
    maya.go()
    await world.do(world.people[0], type="bell.empty_hat", hat_id=hat)
    await maya.come()
    await world.settle()
    assert not maya.client.rows.get("paper")
    assert maya.client.visible() == world.should_see(maya)


async def test_what_was_taken_back_does_not_count(world: World) -> None:
    maya, tom = await gathered(world, 2)
    hat = await a_hat(world)
    await drops(world, maya, hat, "mine")
    await drops(world, tom, hat, "Tom's")
    await drops(world, maya, hat, None)
    await counted(world)
    assert tom.client.rows["hat"][hat]["given"] == 1
    await world.do(world.people[0], type="bell.empty_hat", hat_id=hat)
    await world.settle()
    assert tom.client.rows["hat"][hat]["said"] == ["Tom's"]


async def test_how_many_gave_is_said_a_moment_later_and_not_with_a_paper(world: World) -> None:
    people = await gathered(world, 5)
    hat = await a_hat(world)
    for person in people:
        await drops(world, person, hat, "words")
    await world.settle()
    assert people[0].client.rows["hat"][hat]["given"] == 0
    await counted(world)
    await counted(world)
    assert people[0].client.rows["hat"][hat]["given"] == 5
    assert [entry.by for entry in world.log() if "papers_counted" in entry.fact] == [None]


async def test_P3_a_paper_sent_again_is_answered_to_its_sender_alone(world: World) -> None:
    maya, tom = await gathered(world, 2)
    hat, id = await a_hat(world), new()
    first = await drops(world, maya, hat, "once", id=id)
    assert await drops(world, maya, hat, "once", id=id) == first
    with pytest.raises(Refusal, match="id_taken"):
        await drops(world, tom, hat, "once", id=id)
    await world.do(world.people[0], type="bell.empty_hat", hat_id=hat)
    assert await drops(world, maya, hat, "once", id=id) == first
    with pytest.raises(Refusal, match="box_closed"):
        await drops(world, maya, hat, "too late")


async def test_P4_what_was_acked_before_the_close_counts_and_nothing_else(world: World) -> None:
    """All in a few groups: some papers are given, changed and burnt before they were ever stored."""
    people = await gathered(world, 8)
    hat = await a_hat(world)
    sent = [
        person.send({"type": "bell.drop_in", "hat_id": hat, "text": f"paper {n}"})
        for n, person in enumerate(people[:6])
    ]
    await world.settle()
    closing = world.people[0].send({"type": "bell.empty_hat", "hat_id": hat})
    late = [person.send({"type": "bell.drop_in", "hat_id": hat, "text": "late"}) for person in people[6:]]
    await world.settle()
    answers = [person.client.answer_to(id) for person, id in zip(people, sent + late, strict=True)]
    acked = [f"paper {n}" for n, answer in enumerate(answers[:6]) if answer and answer["type"] == "ack"]
    late_acked = sum(answer is not None and answer["type"] == "ack" for answer in answers[6:])
    assert len(acked) == 6
    closed = world.people[0].client.answer_to(closing)
    assert closed is not None
    assert closed["type"] == "ack"
    said = world.people[0].client.rows["hat"][hat]["said"]
    assert said == sorted(acked + ["late"] * late_acked)


async def test_a_box_without_its_key_is_void(world: World) -> None:
    (maya,) = await gathered(world, 1)
    hat = await a_hat(world)
    await drops(world, maya, hat, "lost")
    await world.settle()
    with world.database.engine.begin() as sql:
        for table in ("rooms_paper", "rooms_capture_key"):
            sql.execute(text(f"DELETE FROM {table}"))
        sql.execute(text("UPDATE rooms_head SET epoch = :epoch"), {"epoch": new()})
    for engine in world.engines:
        await engine.catch_up(engine.rooms[world.room_id])
    with pytest.raises(Refusal, match="box_lost"):
        await drops(world, maya, hat, "again")
    await counted(world)
    assert maya.client.rows["hat"][hat]["state"] == "void"
    assert maya.client.visible() == world.should_see(maya)


async def test_P5_the_database_file_forgets_with_the_close(sqlite_url: str, tmp_path: Path) -> None:
    async with a_world(House(sqlite_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        maya, tom = await gathered(world, 2)
        hat = await a_hat(world)
        await drops(world, maya, hat, "canary of Maya")
        await drops(world, tom, hat, "Tom's")
        hash = hash_of(world, hat, maya)
        with sqlite3.connect(tmp_path / "bigroom.sqlite3") as sql:
            (wrapped,) = sql.execute("SELECT wrapped FROM rooms_capture_key").fetchone()
            (body,) = sql.execute("SELECT body FROM rooms_paper WHERE id = ?", (hash,)).fetchone()
            with pytest.raises(sqlite3.OperationalError):
                sql.execute("SELECT rowid FROM rooms_paper")
        for secret in ("canary of Maya", maya.member_id + hat):
            assert not files_with(tmp_path, secret)
        await drops(world, maya, hat, None)
        await world.do(world.people[0], type="bell.empty_hat", hat_id=hat)
        await world.do(world.people[0], type="rooms.rename_room", name="After it")
        for secret in ("canary of Maya", hash, wrapped, body[:60]):
            assert not files_with(tmp_path, secret)


async def test_P5_no_transaction_of_postgresql_joins_a_paper_to_its_writer(postgres_url: str, tmp_path: Path) -> None:
    async with a_world(House(postgres_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        people = await gathered(world, 3)
        hat = await a_hat(world)
        for n, person in enumerate(people):
            await drops(world, person, hat, f"Words {n}")
        assert len(list(stored_papers(world))) == 3
        assert not list(joined(world, [person.member_id for person in people]))


def stored_papers(world: World) -> Iterator[Any]:
    with world.database.engine.connect() as sql:
        yield from sql.execute(text(f"SELECT xmin, id FROM {Paper.noun and 'rooms_paper'}")).all()


def joined(world: World, member_ids: list[str]) -> Iterator[Any]:
    """What else the transactions that stored papers have stored, where it names somebody."""
    with world.database.engine.connect() as sql:
        for xmin, _ in stored_papers(world):
            for table in metadata.sorted_tables:
                if world.database.engine.dialect.has_table(sql, table.name):
                    same = text(f'SELECT * FROM "{table.name}" WHERE xmin = :x')
                    for row in sql.execute(same, {"x": xmin}):
                        if any(id in str(tuple(row)) for id in member_ids):
                            yield table.name, row


def test_a_hat_is_a_box() -> None:
    assert Hat in WITH_BELL.boxes


async def test_P18_who_asks_what_that_is_is_named_nowhere(world: World) -> None:
    maya, tom = await gathered(world, 2)
    await world.settle()
    start = {person.member_id: len(person.client.frames) for person in world.people}
    question, id = new(), new()
    asking = {"type": "meetings.ask_what", "question_id": question, "word": "EPR"}
    first = await world.do(maya, id=id, **asking)
    assert await world.do(maya, id=id, **asking) == first
    await world.settle()
    assert world.people[0].client.rows["question"][question]["word"] == "EPR"
    for person in (maya, tom):
        assert question not in person.client.rows.get("question", {})
        assert "EPR" not in without_presence(person, start[person.member_id])
    for person in world.people:
        assert maya.member_id not in without_presence(person, start[person.member_id])
    assert not list(rows_with(world, question, maya.member_id))
    (entry,) = (entry for entry in world.log() if question in entry.fact)
    assert entry.by is None


async def test_an_answer_to_can_we_live_with_it_is_in_no_frame_before_all_show(world: World) -> None:
    maya, tom = await gathered(world, 2)
    aim, consent = new(), new()
    await world.do(maya, type="roadmap.set_aim", aim_id=aim, kind="global", slots={"process": "First dose"})
    await world.do(world.people[0], type="meetings.ask_consent", consent_id=consent, target="aim", target_id=aim)
    await world.settle()
    start = {person.member_id: len(person.client.frames) for person in world.people}
    await world.do(maya, type="meetings.answer_consent", consent_id=consent, says="not_yet", text="canary")
    await world.settle()
    for person in (world.people[0], tom):
        frames = without_presence(person, start[person.member_id])
        assert "canary" not in frames
        assert maya.member_id not in frames
        assert person.client.rows["consent"][consent]["written"] == 1
    await world.do(world.people[0], type="meetings.show_consent", consent_id=consent)
    await world.settle()
    assert [row["text"] for row in tom.client.rows["stance"].values()] == ["canary"]
    assert tom.client.visible() == world.should_see(tom)
