"""Who is here, and where they work: never where they browse, never about what one may not see."""

import pytest

from app.rooms.frames import Presence
from app.rooms.live_presence import SILENT
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.test_bell import a_card
from tests.contract.test_replication import coaches_board
from tests.contract.world import Person, World

NEW = Maker(9, WITH_BELL)


async def told(world: World, person: Person, view: str, editing: str | None = None) -> None:
    """Somebody says where they are, and everybody has heard it."""
    person.room.presence.said(person.member_id, Presence(type="presence", view=view, editing=editing), person.seat)
    await world.everybody_knows_who_is_here()


async def two_people(world: World) -> tuple[Person, Person]:
    coach, member = world.people[0], await world.join("member")
    await coach.come()
    await member.come()
    return coach, member


async def test_N3_who_comes_is_here_and_who_goes_is_not(world: World) -> None:
    coach, member = await two_people(world)
    await world.everybody_knows_who_is_here()
    assert set(coach.client.presence) == {coach.member_id, member.member_id}
    member.go()
    await world.everybody_knows_who_is_here()
    assert set(coach.client.presence) == {coach.member_id}


async def test_N2_where_somebody_browses_is_nobodys_business(world: World) -> None:
    coach, member = await two_people(world)
    await told(world, member, "themes")
    assert coach.client.presence[member.member_id]["view"] is None


async def test_N2_at_the_rooms_place_everybody_sees_everybody(world: World) -> None:
    coach, member = await two_people(world)
    await world.do(coach, type="rooms.bring_everyone", view="board")
    await told(world, member, "board")
    assert coach.client.presence[member.member_id]["view"] == "board"


async def test_N2_who_edits_a_card_is_seen_at_it(world: World) -> None:
    coach, member = await two_people(world)
    card = await a_card(world, member)
    await told(world, member, "board", editing=card)
    assert coach.client.presence[member.member_id]["editing"] == card


async def test_N2_who_closes_the_tab_in_which_they_wrote_is_where_their_other_tab_is(world: World) -> None:
    coach, member = await two_people(world)
    card = await a_card(world, member)
    second = Person(world, member.member_id, member.engine)
    await second.come()
    await told(world, second, "themes")
    await told(world, member, "board", editing=card)
    member.go()
    await world.everybody_knows_who_is_here()
    assert coach.client.presence[member.member_id]["editing"] is None
    assert member.member_id in coach.client.presence
    assert member.room.here.spots[member.member_id].view == "themes"


async def test_N2_who_closes_a_tab_in_which_they_did_nothing_goes_on_writing(world: World) -> None:
    coach, member = await two_people(world)
    card = await a_card(world, member)
    second = Person(world, member.member_id, member.engine)
    await second.come()
    await told(world, member, "board", editing=card)
    second.go()
    await world.everybody_knows_who_is_here()
    assert coach.client.presence[member.member_id]["editing"] == card


async def test_N4_who_edits_what_one_may_not_see_is_not_seen_at_it(world: World) -> None:
    coach, member = await two_people(world)
    board = coaches_board(world)
    card = NEW.id()
    adding = {"card_id": card, "board_id": board.id, "column": board.columns[0].key, "text": "Only us"}
    await world.do(coach, type="board.add_card", **adding)
    await told(world, coach, "step", editing=card)
    assert member.client.presence[coach.member_id] == {"view": None, "cursor": None, "editing": None}
    assert card not in "".join(member.client.frames)


async def test_S7_who_writes_an_idea_is_seen_at_it_but_not_while_the_room_thinks_in_silence(world: World) -> None:
    coach, member = await two_people(world)
    idea = NEW.id()
    await world.do(member, type="ideas.add_idea", idea_id=idea, text="A red trolley")
    for editing in (idea, world.room_id):
        await told(world, member, "ideas", editing=editing)
        assert coach.client.presence[member.member_id]["editing"] == editing
    await told(world, member, "ideas")
    await world.do(coach, type="ideas.start_capture", capture_id=NEW.id(), mode="named")
    for editing in (idea, world.room_id):
        await told(world, member, "ideas", editing=editing)
        assert coach.client.presence[member.member_id]["editing"] is None


async def test_nothing_waits_when_nobody_has_moved(world: World) -> None:
    await two_people(world)
    await world.everybody_knows_who_is_here()
    before = len(world.people[0].client.frames)
    world.room.presence.tell()
    await world.settle()
    assert len(world.people[0].client.frames) == before


IN_ONE_PROCESS = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
"""When somebody was last heard is told by the process that they talk to."""


def time_passes(world: World, seconds: float) -> None:
    """As if what was heard had been heard so much longer ago."""
    for seat in world.room.seats:
        seat.heard_at -= seconds
    for member_id, at in world.room.here._called.items():
        world.room.here._called[member_id] = at - seconds
    world.room.miss_silent()
    world.room.presence.tell()


@IN_ONE_PROCESS
async def test_T4_who_is_silent_behind_a_stream_is_not_here_until_heard_again(world: World) -> None:
    coach, member = world.people[0], await world.join("member")
    await coach.come()
    await member.come("stream")
    for seconds, are_here in ((SILENT - 1, True), (2, False)):
        time_passes(world, seconds)
        await world.settle()
        assert (member.member_id in coach.client.presence) is are_here
    assert world.room.seats.connections(member.member_id) == 0
    world.room.presence.heard(member.member_id)
    world.room.presence.tell()
    await world.settle()
    assert member.member_id in coach.client.presence
    assert world.room.seats.connections(member.member_id) == 1
    member.go()
    world.room.presence.tell()
    await world.settle()
    assert member.member_id not in coach.client.presence


@IN_ONE_PROCESS
async def test_T4_a_silent_stream_that_ends_is_missed_once(world: World) -> None:
    coach, member = world.people[0], await world.join("member")
    await coach.come()
    await member.come("stream")
    time_passes(world, SILENT + 1)
    member.go()
    await member.come()
    world.room.presence.tell()
    await world.settle()
    assert member.member_id in coach.client.presence


@IN_ONE_PROCESS
async def test_T5_who_polls_is_here_between_two_calls_and_no_longer_than_22_seconds(world: World) -> None:
    coach, member = world.people[0], await world.join("member")
    await coach.come()
    await member.come("poll")
    member.go()
    for seconds, are_here in ((SILENT - 1, True), (2, False)):
        time_passes(world, seconds)
        await world.settle()
        assert (member.member_id in coach.client.presence) is are_here


@IN_ONE_PROCESS
async def test_T5_who_is_removed_between_two_calls_is_not_here(world: World) -> None:
    coach, member = world.people[0], await world.join("member")
    await coach.come()
    await member.come("poll")
    member.go()
    await world.do(coach, type="rooms.remove_member", member_id=member.member_id)
    world.room.presence.tell()
    await world.settle()
    assert member.member_id not in coach.client.presence
