"""What was put away is on no screen and in no memory, and all the same it is kept, copied and taken out for good."""

import io
import zipfile

import pytest

from app.keeping import room_copy
from app.meetings.rows import Item, Meeting
from app.meetings.rows.agenda import TAKEN_OUT
from app.rooms.kernel import Refusal
from app.rooms.room import Replica
from app.rooms.store import Store
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World, same_rows
from tests.support.replica import ClientReplica

NEW = Maker(9, WITH_BELL)
CANARY = "Mr Pemberton-Oakes has not had his tablets"


async def an_item(world: World, by: Person) -> str:
    meeting, item = NEW.id(), NEW.id()
    await world.do(by, type="meetings.add_meeting", meeting_id=meeting, day="2036-04-03", start="12:30")
    await world.do(by, type="meetings.add_item", item_id=item, meeting_id=meeting, title=CANARY, note=CANARY, minutes=5)
    return item


def with_shelf(world: World) -> Replica:
    store = Store(world.database, world.engine.registry)
    with world.database.session() as session:
        head = store.head(session.connection(), world.room_id)
        assert head is not None
        return store.load(session.connection(), world.room_id, *head, with_shelf=True)


async def test_an_item_that_is_put_away_leaves_every_screen_and_stays_in_sql(world: World) -> None:
    coach, member, away = world.people[0], await world.join("member"), await world.join("member")
    for person in (coach, member, away):
        await person.come()
    item = await an_item(world, coach)
    await world.settle()
    away.read()
    assert item in away.client.rows["item"]
    away.go()
    await world.do(member, type="bell.put_away", item_id=item)
    await world.settle()
    await away.come()
    await world.settle()
    for person in (coach, member, away):
        assert item not in person.client.rows["item"]
        assert person.client.visible() == world.should_see(person)
    assert same_rows(world.room.replica, world.stored())
    kept = with_shelf(world).find(Item, item)
    assert kept is not None
    assert kept.title == CANARY
    assert item in {row.id for row in await world.engine.reading.of_shelf(world.room_id, "meeting", kept.meeting_id)}


async def test_nobody_writes_over_what_was_put_away(world: World) -> None:
    coach = world.people[0]
    await coach.come()
    item = await an_item(world, coach)
    await world.do(coach, type="bell.put_away", item_id=item)
    await world.settle()
    (meeting,) = world.room.replica.where(Meeting)
    with pytest.raises(Refusal, match="exists"):
        await world.do(
            coach, type="meetings.add_item", item_id=item, meeting_id=meeting.id, title="Mine now", minutes=5
        )
    with pytest.raises(Refusal, match="not_found"):
        await world.do(coach, type="meetings.set_item", item_id=item, title="Mine now")


async def test_words_are_taken_out_of_what_was_put_away(world: World) -> None:
    coach, away = world.people[0], await world.join("member")
    await away.come()
    item = await an_item(world, coach)
    await world.settle()
    seq, epoch = away.client.seq, away.client.epoch
    away.go()
    await world.do(coach, type="bell.put_away", item_id=item)
    await world.do(coach, type="rooms.redact", kind="item", row_id=item)
    kept = with_shelf(world).find(Item, item)
    assert kept is not None
    assert (kept.title, kept.note, kept.is_shelved) == (TAKEN_OUT, None, True)
    assert CANARY not in str(world.log())
    assert same_rows(world.room.replica, world.stored())
    away.client = ClientReplica()
    away.client.seq, away.client.epoch = seq, epoch
    await away.come()
    await world.settle()
    assert CANARY not in "".join(away.client.frames)


async def test_who_turns_out_to_be_the_same_person_is_so_on_the_shelf_too(world: World) -> None:
    coach, dina, again = world.people[0], await world.join("member"), await world.join("member")
    await coach.come()
    item = await an_item(world, coach)
    await world.do(coach, type="meetings.set_item", item_id=item, lead="member", lead_id=again.member_id)
    await world.do(coach, type="bell.put_away", item_id=item)
    await world.do(coach, type="rooms.join_members", keep_id=dina.member_id, drop_id=again.member_id)
    await world.settle()
    kept = with_shelf(world).find(Item, item)
    assert kept is not None
    assert kept.lead_id == dina.member_id
    assert same_rows(world.room.replica, world.stored())


async def test_a_copy_of_the_room_holds_what_was_put_away(world: World) -> None:
    coach = world.people[0]
    item = await an_item(world, coach)
    await world.do(coach, type="bell.put_away", item_id=item)
    file = io.BytesIO()
    room_copy.write(with_shelf(world), file)
    with zipfile.ZipFile(file) as copy:
        assert CANARY in copy.read("room.json").decode()
        assert item in copy.read("csv/item.csv").decode()
