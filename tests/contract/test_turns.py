"""P18: who passes in a round, and who would rather not hold a role, is told to nobody."""

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


def told(person: Person, since: int) -> str:
    """What has come to them since, but who is here: that comes when it comes."""
    messages = (message for frame in person.client.frames[since:] for message in json.loads(frame))
    return json.dumps([message for message in messages if message["type"] != "presence"])


async def test_the_wall_never_gets_the_names_of_those_who_wait(world: World) -> None:
    coach, (*members, wall) = await company(world)
    before = len(wall.client.frames)
    await world.do(coach, type="meetings.start_round", member_ids=[person.member_id for person in members])
    await world.settle()
    frames = told(wall, before)
    speaking = world.room.replica.where(Floor)[0].member_id
    assert speaking is not None
    assert speaking in frames
    for person in members:
        assert person.member_id == speaking or person.member_id not in frames


async def test_P18_who_declines_a_role_is_in_no_frame_of_others_and_not_in_the_log(world: World) -> None:
    coach, (*members, _) = await company(world)
    asked = members[0]
    offer = "11111111-2222-4333-8444-666666666666"
    await world.do(coach, type="meetings.offer_role", offer_id=offer, role="timekeeper", member_id=asked.member_id)
    await world.settle()
    seen_before = {person.member_id: person.client.visible() for person in world.people}
    frames = {person.member_id: len(person.client.frames) for person in world.people}
    seq = await world.do(asked, type="meetings.decline_role", offer_id=offer)
    await world.settle()
    entry = next(entry for entry in world.log() if entry.seq == seq)
    assert entry.by is None
    assert not entry.puts
    assert not entry.drops
    assert "offer" not in entry.fact
    assert asked.client.visible()["declined"][asked.member_id]["offer_ids"] == [offer]
    for person in world.people:
        if person is not asked:
            assert person.client.visible() == seen_before[person.member_id]
            heard = told(person, frames[person.member_id])
            assert asked.member_id not in heard
            assert offer not in heard


async def test_what_somebody_would_rather_not_do_is_theirs_alone(world: World) -> None:
    _, (*members, _) = await company(world)
    frames = {person.member_id: len(person.client.frames) for person in world.people}
    await world.do(members[0], type="meetings.set_preference", types_little=True)
    await world.settle()
    assert members[0].client.visible()["preference"][members[0].member_id]["types_little"]
    for person in world.people:
        if person is not members[0]:
            assert "types_little" not in "".join(person.client.frames[frames[person.member_id] :])
