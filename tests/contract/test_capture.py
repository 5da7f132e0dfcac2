"""P18: unsigned means unsigned. What must not be anywhere is looked for in frames, log, tables and the file itself."""

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.audit import trail
from app.audit.proof import prove
from app.board.rows import Board, BoardCapture, Card
from app.db import metadata
from app.rooms.frames import Presence
from app.rooms.kernel import Refusal
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World, a_world
from tests.support.houses import House
from tests.support.scale import tell

NAMELESS = ("voice", "unsigned")
MODES = ("named", *NAMELESS)
VOICES = ("nurse", "patient", "carer", "porter")
PEOPLE, CARDS = 18, 23


def new() -> str:
    return str(uuid4())


def lenses(world: World) -> Board:
    return next(board for board in world.room.replica.where(Board) if board.step_key is None)


async def begins(world: World, mode: str) -> str:
    capture = new()
    await world.do(
        world.people[0],
        type="board.start_capture",
        capture_id=capture,
        board_id=lenses(world).id,
        column="value",
        mode=mode,
    )
    return capture


async def writes(world: World, person: Person, words: str, id: str | None = None) -> str:
    card = new()
    adding = {"card_id": card, "board_id": lenses(world).id, "column": "value", "text": words}
    await world.do(person, id=id, type="board.add_card", **adding)
    return card


async def gathered(world: World, count: int) -> list[Person]:
    people = [await world.join("member", f"Person {n}", VOICES[n % len(VOICES)]) for n in range(count)]
    for person in (world.people[0], *people):
        await person.come()
    return people


def without_presence(person: Person, since: int) -> str:
    """What somebody was told since then, but for who is here: that is no secret."""
    told = (message for frame in person.client.frames[since:] for message in json.loads(frame))
    return json.dumps([message for message in told if message["type"] != "presence"])


def files_with(folder: Path, secret: str) -> list[str]:
    return [file.name for file in folder.glob("bigroom.sqlite3*") if secret.encode() in file.read_bytes()]


def rows_with(world: World, *needles: str) -> Iterator[tuple[str, str]]:
    """Every row of every table that names each of these."""
    with world.database.engine.connect() as sql:
        for table in metadata.sorted_tables:
            if not world.database.engine.dialect.has_table(sql, table.name):
                continue
            for row in sql.execute(text(f'SELECT * FROM "{table.name}"')):
                said = json.dumps([str(value) for value in row])
                if all(needle in said for needle in needles):
                    yield table.name, said


@pytest.mark.parametrize("mode", MODES)
async def test_P18_a_capture_of_23_cards_by_18_people_tells_nothing_before_and_no_name_after(
    mode: str, world: World
) -> None:
    people = await gathered(world, PEOPLE)
    capture = await begins(world, mode)
    await world.settle()
    start = {person.member_id: len(person.client.frames) for person in world.people}
    written: dict[str, tuple[Person, str]] = {}
    for n in range(CARDS):
        writer, words = people[n % PEOPLE], f"canary {n} {new()}"
        written[await writes(world, writer, words)] = (writer, words)
    await world.settle()
    for person in world.people:
        frames = "".join(person.client.frames[start[person.member_id] :])
        for card, (writer, words) in written.items():
            assert (words in frames) == (card in frames) == (writer is person)
        others = {other.member_id for other in people if other is not person}
        assert not [id for id in others if id in without_presence(person, start[person.member_id])]
    began = time.perf_counter()
    await world.do(world.people[0], type="board.reveal", capture_id=capture)
    await world.settle()
    tell(f"P18: {CARDS} cards turned over for {PEOPLE} people, {mode}: {1000 * (time.perf_counter() - began):.0f} ms")
    for person in world.people:
        seen = person.client.rows["card"]
        assert {card: seen[card]["text"] for card in written} == {card: words for card, (_, words) in written.items()}
        named = {seen[card]["author_id"] for card in written}
        assert named == ({writer.member_id for writer, _ in written.values()} if mode == "named" else {None})
    if mode != "named":
        for card, (writer, words) in written.items():
            assert not list(rows_with(world, card, writer.member_id))
            assert not list(rows_with(world, words, writer.member_id))


@pytest.mark.parametrize("mode", NAMELESS)
async def test_P18_no_stored_row_names_a_writer_while_people_write(mode: str, world: World) -> None:
    (maya,) = await gathered(world, 1)
    await begins(world, mode)
    card = await writes(world, maya, "Nobody looked")
    await world.do(maya, type="board.edit_card", card_id=card, text="Nobody looked twice", base_rev=0)
    await world.do(maya, type="board.set_card", card_id=card, kind="card")
    await world.do(maya, type="board.edit_card", card_id=card, text="Nobody looked twice", base_rev=1)
    entries = [entry for entry in world.log() if card in entry.fact]
    assert [entry.by for entry in entries] == [None] * 4
    assert not list(rows_with(world, card, maya.member_id))


@pytest.mark.parametrize("mode", NAMELESS)
async def test_P18_after_the_reveal_the_log_says_neither_what_nor_when(mode: str, world: World) -> None:
    maya, tom = await gathered(world, 2)
    capture = await begins(world, mode)
    cards = [await writes(world, who, f"Words {n}") for n, who in enumerate((maya, tom, maya))]
    await world.do(world.people[0], type="board.reveal", capture_id=capture)
    for card in cards:
        assert [entry.seq for entry in world.log() if card in entry.fact or card in str(entry.puts)] == [
            world.room.replica.seq
        ]
    with world.database.engine.connect() as sql:
        assert sql.execute(text("SELECT count(*) FROM rooms_capture_key")).scalar() == 0
        kept = sql.execute(text("SELECT receipt FROM rooms_log WHERE receipt IS NOT NULL")).scalars().all()
    assert kept == [f"{capture}:"] * 3
    assert world.room.replica.keys == {}


@pytest.mark.parametrize("mode", NAMELESS)
async def test_P18_the_trail_names_neither_who_takes_out_what_they_wrote_nor_what(mode: str, world: World) -> None:
    (maya,) = await gathered(world, 1)
    await begins(world, mode)
    card = await writes(world, maya, "Words")
    await world.do(maya, type="rooms.redact", kind="card", row_id=card)
    trail.seal(world.database)
    (details,) = (entry.details for entry in trail.told(world.database) if entry.what == "rooms.redacted")
    assert set(details or ()) == {"seq"}
    assert prove(world.database).broken is None


async def test_P18_a_retry_is_answered_to_its_sender_alone(world: World) -> None:
    maya, tom = await gathered(world, 2)
    capture = await begins(world, "unsigned")
    id, card = new(), new()
    adding = {"card_id": card, "board_id": lenses(world).id, "column": "value", "text": "Once"}
    first = await world.do(maya, id=id, type="board.add_card", **adding)
    assert await world.do(maya, id=id, type="board.add_card", **adding) == first
    with pytest.raises(Refusal, match="id_taken"):
        await world.do(tom, id=id, type="board.add_card", **adding)
    await world.do(world.people[0], type="board.reveal", capture_id=capture)
    assert await world.do(maya, id=id, type="board.add_card", **adding) == first


async def test_P18_who_needs_more_time_is_named_nowhere(world: World) -> None:
    maya, tom = await gathered(world, 2)
    capture = await begins(world, "named")
    await world.settle()
    start = len(tom.client.frames)
    for _ in range(2):
        await world.do(maya, type="board.need_more_time", capture_id=capture)
    await world.settle()
    assert tom.client.rows["capture"][capture]["asking"] == 1
    assert maya.member_id not in without_presence(tom, start)
    assert not list(rows_with(world, capture, maya.member_id))


@pytest.mark.parametrize("mode", MODES)
async def test_a_writer_who_comes_back_finds_their_own_cards_and_nobody_elses(mode: str, world: World) -> None:
    maya, tom = await gathered(world, 2)
    capture = await begins(world, mode)
    mine = await writes(world, maya, "Mine")
    other = await writes(world, tom, "Tom's")
    gone = await writes(world, maya, "Taken back")
    await world.settle()
    maya.go()
    await world.do(maya, type="board.remove_card", card_id=gone)
    await maya.come()
    await world.settle()
    assert maya.client.visible() == world.should_see(maya)
    assert (mine in maya.client.rows["card"], other in maya.client.rows["card"]) == (True, False)
    maya.go()
    await world.do(world.people[0], type="board.reveal", capture_id=capture)
    await maya.come()
    await world.settle()
    assert maya.client.visible() == world.should_see(maya)
    assert gone not in maya.client.rows["card"]
    late = await world.join("observer", "Late")
    await late.come()
    await world.settle()
    assert {mine, other} <= set(late.client.rows["card"])


async def test_no_typing_is_shown_and_no_frame_betrays_it(world: World) -> None:
    maya, tom = await gathered(world, 2)
    await world.do(world.people[0], type="rooms.bring_everyone", view="board")
    await begins(world, "unsigned")
    maya.room.presence.said(maya.member_id, Presence(type="presence", view="board"))
    await world.everybody_knows_who_is_here()
    before = len(tom.client.frames)
    for editing in (lenses(world).id, None, lenses(world).id):
        word = Presence(type="presence", view="board", cursor=(0.1, 0.2), editing=editing)
        maya.room.presence.said(maya.member_id, word)
        await world.everybody_knows_who_is_here()
    assert "presence" not in "".join(tom.client.frames[before:])


async def test_P18_the_database_file_forgets_with_the_reveal(sqlite_url: str, tmp_path: Path) -> None:
    async with a_world(House(sqlite_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        (maya,) = await gathered(world, 1)
        capture = await begins(world, "unsigned")
        gone = await writes(world, maya, "canary taken back")
        await world.do(maya, type="board.remove_card", card_id=gone)
        kept = await writes(world, maya, "canary kept")
        alias = world.room.replica.find(Card, kept)
        assert alias is not None
        assert alias.owner_id is not None
        with sqlite3.connect(tmp_path / "bigroom.sqlite3") as sql:
            (wrapped,) = sql.execute("SELECT wrapped FROM rooms_capture_key").fetchone()
        await world.do(world.people[0], type="board.reveal", capture_id=capture)
        await world.do(world.people[0], type="rooms.rename_room", name="After it")
        for secret in (alias.owner_id, wrapped, "canary taken back"):
            assert not files_with(tmp_path, secret)


async def test_P18_no_transaction_of_postgresql_joins_a_card_to_its_writer(postgres_url: str, tmp_path: Path) -> None:
    async with a_world(House(postgres_url), WITH_BELL, tmp_path) as world:
        await world.begin()
        people = await gathered(world, 3)
        capture = await begins(world, "unsigned")
        cards = {await writes(world, who, f"Words {n}"): who for n, who in enumerate(people)}
        assert not list(joined(world, cards))
        await world.do(world.people[0], type="board.reveal", capture_id=capture)
        assert not list(joined(world, cards))
        assert world.room.replica.find(BoardCapture, capture) is not None


def joined(world: World, cards: dict[str, Person]) -> Iterator[Any]:
    """What else the transaction that stored a card has stored, where it names the writer."""
    with world.database.engine.connect() as sql:
        for card, writer in cards.items():
            (xmin,) = sql.execute(text("SELECT xmin FROM board_card WHERE id = :id"), {"id": card}).one()
            for table in metadata.sorted_tables:
                if world.database.engine.dialect.has_table(sql, table.name):
                    same = text(f'SELECT * FROM "{table.name}" WHERE xmin = :x')
                    for row in sql.execute(same, {"x": xmin}):
                        if writer.member_id in str(tuple(row)):
                            yield table.name, row
