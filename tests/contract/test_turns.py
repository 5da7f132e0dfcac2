"""P18: who passes in a round is told to nobody, and who is done with an item is nobody else's."""

import json

from app.meetings.rows import Floor, Turn
from tests.contract.world import Person, World


async def company(world: World) -> tuple[Person, list[Person]]:
    """A coach, four members and a wall, all connected."""
    others = [await world.join("member", name) for name in ("Maya", "Tom", "Rosa", "Leroy")]
    for person in (world.people[0], *others, wall := await world.join("wall", "The wall")):
        await person.come()
    await world.settle()
    return world.people[0], [*others, wall]


async def test_P18_who_passes_is_in_no_frame_of_others_and_not_in_the_log(world: World) -> None:
    coach, (*members, wall) = await company(world)
    await world.do(coach, type="meetings.start_round", member_ids=[person.member_id for person in members])
    await world.settle()
    last = max(world.room.replica.where(Turn), key=lambda turn: turn.number)
    passing = next(person for person in members if person.member_id == last.member_id)
    before = {person.member_id: len(person.client.frames) for person in world.people}
    seq = await world.do(passing, type="meetings.pass_turn")
    await world.settle()
    entry = next(entry for entry in world.log() if entry.seq == seq)
    assert entry.by is None
    assert passing.member_id not in entry.fact
    for person in (*members, wall):
        frames = person.client.frames[before[person.member_id] :]
        (delta,) = [m for frame in frames for m in json.loads(frame) if m["type"] == "delta"]
        assert delta["by"] is None
        assert passing.member_id not in json.dumps(delta)
    assert world.room.replica.where(Floor)[0].to_come == 2


async def test_a_pass_that_is_said_twice_counts_once(world: World) -> None:
    coach, (*members, _) = await company(world)
    await world.do(coach, type="meetings.start_round", member_ids=[person.member_id for person in members])
    last = max(world.room.replica.where(Turn), key=lambda turn: turn.number)
    passing = next(person for person in members if person.member_id == last.member_id)
    id = "11111111-2222-4333-8444-555555555555"
    assert await world.do(passing, id=id, type="meetings.pass_turn") == await world.do(
        passing, id=id, type="meetings.pass_turn"
    )
    assert world.room.replica.where(Floor)[0].to_come == 2


async def test_the_wall_never_gets_the_names_of_those_who_wait(world: World) -> None:
    coach, (*members, wall) = await company(world)
    before = len(wall.client.frames)
    await world.do(coach, type="meetings.start_round", member_ids=[person.member_id for person in members])
    await world.settle()
    frames = "".join(wall.client.frames[before:])
    speaking = world.room.replica.where(Floor)[0].member_id
    assert speaking is not None
    assert speaking in frames
    for person in members:
        assert person.member_id == speaking or person.member_id not in frames
