"""P15, as far as it goes today: words that should not have been there are gone from everywhere."""

from pathlib import Path

import orjson
from sqlalchemy import select, update

from app.board.rows import Card
from app.rooms.store import LOG
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.test_bell import a_card
from tests.contract.world import World
from tests.support.replica import ClientReplica

NEW = Maker(5, WITH_BELL)
CANARY = "Mrs Featherstonehaugh of bed nine"


async def test_redacted_words_are_gone_from_rows_log_screens_and_resume(world: World) -> None:
    coach, member, away = world.people[0], await world.join("member"), await world.join("member")
    for person in (coach, member, away):
        await person.come()
    card = await a_card(world, member)
    await world.do(member, type="board.edit_card", card_id=card, text=CANARY, base_rev=0)
    await world.do(coach, type="board.edit_card", card_id=card, text=f"{CANARY}, too late", base_rev=0)
    await world.settle()
    assert CANARY in str(member.client.rows)
    seq, epoch = away.client.seq, away.client.epoch
    away.go()
    await world.do(coach, type="rooms.redact", kind="card", row_id=card)
    await world.settle()
    assert CANARY not in str(member.client.rows)
    assert member.client.epoch != epoch
    assert member.client.visible() == world.should_see(member)
    assert CANARY not in str(world.log())
    found = world.stored().find(Card, card)
    assert found is not None
    assert found.text is None
    assert found.redacted_at is not None
    away.client = ClientReplica()
    away.client.seq, away.client.epoch = seq, epoch
    await away.come()
    await world.settle()
    assert CANARY not in "".join(away.client.frames)
    assert away.client.visible() == world.should_see(away)


async def test_redacting_keeps_counting(world: World) -> None:
    coach = world.people[0]
    card = await a_card(world, coach)
    before = world.room.replica.seq
    assert await world.do(coach, type="rooms.redact", kind="card", row_id=card) == before + 1
    assert [entry.seq for entry in world.log()] == list(range(1, before + 2))


async def test_redacted_words_are_in_no_file_of_the_database(world: World, tmp_path: Path) -> None:
    card = await a_card(world, world.people[0])
    await world.do(world.people[0], type="board.edit_card", card_id=card, text=CANARY, base_rev=0)
    await world.do(world.people[0], type="rooms.redact", kind="card", row_id=card)
    await world.do(world.people[0], type="rooms.rename_room", name="After it")
    # On PostgreSQL there is no such file here: its old pages go with VACUUM, the operator's part.
    assert not [file.name for file in files_of(tmp_path) if CANARY.encode() in file.read_bytes()]


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("bigroom.sqlite3*"))


async def test_an_entry_that_an_earlier_build_wrote_still_says_whose_its_rows_are(world: World) -> None:
    """Those named rows by their id alone."""
    await a_card(world, await world.join("member"))
    before = world.log()
    with world.database.session() as session:
        for seq, kept in session.connection().execute(select(LOG.c.seq, LOG.c.kept)).all():
            older = {key.rpartition("/")[2]: fields for key, fields in orjson.loads(kept).items()}
            session.connection().execute(update(LOG).where(LOG.c.seq == seq).values(kept=orjson.dumps(older).decode()))
        session.commit()
    assert world.log() == before
