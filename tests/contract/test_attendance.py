"""Who was here is kept by the server itself, once, whatever a connection does."""

from datetime import datetime, timedelta

from app.rooms.attendance import Attendance
from app.rooms.attending import GONE, SETTLED
from tests.contract.world import Person, World

A_BIT = timedelta(seconds=1)


async def looks(world: World, at: datetime) -> None:
    """Every process looks who is here, as it would at this moment."""
    await world.everybody_knows_who_is_here()
    for engine in world.engines:
        engine.noticing.look_who_is_here(at)
    await world.settle()


def rows(world: World, person: Person) -> tuple[Attendance, ...]:
    return world.room.replica.where(Attendance, member_id=person.member_id)


async def stays(world: World, person: Person) -> datetime:
    """Comes and is here for long enough; gives when the server looked last."""
    await person.come()
    now = world.engine.clock.now()
    await looks(world, now)
    await looks(world, now + SETTLED)
    return now + SETTLED


async def test_who_stays_is_put_down_and_who_only_looks_in_is_not(world: World) -> None:
    nina = await world.join("member")
    await nina.come()
    now = world.engine.clock.now()
    await looks(world, now)
    assert rows(world, nina) == ()
    await looks(world, now + SETTLED)
    (here,) = rows(world, nina)
    assert (here.from_, here.until, here.is_open) == (now, None, True)
    await looks(world, now + SETTLED + A_BIT)
    assert len(rows(world, nina)) == 1
    assert next(iter(nina.client.visible()["attendance"].values()))["from"] is not None


async def test_a_minute_after_the_last_connection_it_ends_when_they_went(world: World) -> None:
    nina = await world.join("member")
    await stays(world, nina)
    await world.people[0].come()
    nina.go()
    went = world.engine.clock.now() + timedelta(minutes=5)
    await looks(world, went)
    await looks(world, went + GONE - A_BIT)
    assert rows(world, nina)[0].is_open
    await looks(world, went + GONE)
    assert rows(world, nina)[0].until == went


async def test_a_line_that_breaks_for_less_than_a_minute_changes_nothing(world: World) -> None:
    nina = await world.join("member")
    then = await stays(world, nina)
    seq = world.room.replica.seq
    for n in range(10):
        nina.go()
        await looks(world, then + timedelta(minutes=n))
        await nina.come()
        await looks(world, then + timedelta(minutes=n, seconds=30))
    assert world.room.replica.seq == seq


async def test_a_wall_is_not_somebody_who_was_here(world: World) -> None:
    wall = await world.join("wall", "The wall")
    await stays(world, wall)
    assert rows(world, wall) == ()


async def test_members_hear_nothing_of_who_came_when(world: World) -> None:
    nina, tom = await world.join("member"), await world.join("member", "Tom")
    await tom.come()
    await stays(world, nina)
    assert tom.client.visible().get("attendance", {}).keys() == {row.id for row in rows(world, tom)}
    assert rows(world, nina)[0].id not in "".join(tom.client.frames)


async def test_when_the_room_leaves_memory_nobody_stays_in_it(world: World) -> None:
    nina = await world.join("member")
    await stays(world, nina)
    nina.go()
    await world.everybody_knows_who_is_here()
    for engine, room in zip(world.engines, world.rooms(), strict=True):
        room.empty_since -= 3600
        engine._evict(world.room_id, room)
    await world.live()
    await world.settle()
    assert not rows(world, nina)[0].is_open
