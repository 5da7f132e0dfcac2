"""A ballot from its draft to what is decided, in every house: all screens agree, and turnout is told a moment late."""

import json
from typing import Any

from tests.contract.test_attendance import looks, rows
from tests.contract.test_capture import gathered, new
from tests.contract.world import Person, World

IDEAS = 6


async def leads(world: World, what: str, ballot_id: str, **fields: Any) -> None:
    await world.do(world.people[0], type=f"votes.{what}", ballot_id=ballot_id, **fields)
    await world.settle()


async def puts(world: World, person: Person, ballot_id: str, *option_ids: str) -> None:
    for id in option_ids:
        await world.do(person, type="votes.set_votes", ballot_id=ballot_id, option_id=id, votes=1)


async def counted(world: World) -> None:
    for engine in world.engines:
        await engine.noticing.count_papers()
    await world.settle()


def options(world: World, ballot_id: str) -> list[str]:
    rows = world.people[0].client.rows["option"].values()
    return [row["id"] for row in sorted(rows, key=lambda row: row["rank"]) if row["ballot_id"] == ballot_id]


def all_agree(world: World) -> None:
    for person in world.people:
        assert person.client.visible() == world.should_see(person)


async def test_a_ballot_with_a_pause_a_second_round_and_what_is_decided_is_the_same_for_all(world: World) -> None:
    voters = await gathered(world, 4)
    for part in ("sponsor", "observer", "wall"):
        await (await world.join(part, part)).come()
    ideas = [new() for _ in range(IDEAS)]
    for n, id in enumerate(ideas):
        await world.do(voters[0], type="ideas.add_idea", idea_id=id, text=f"Idea {n}")
    first, second = new(), new()
    await leads(world, "draft_ballot", first, question="Which first?", of="ideas", seconds=600)
    await leads(world, "clarify_ballot", first)
    await leads(world, "open_ballot", first)
    await leads(world, "add_time", first, seconds=60)
    a, b, c, *_ = options(world, first)
    for person in voters:
        await puts(world, person, first, a, b)
    await counted(world)
    all_agree(world)
    turnouts = [person.client.rows["turnout"][first] for person in world.people]
    assert {row["finished"] for row in turnouts} == {4}
    assert [row["patients_waiting"] is None for row in turnouts] == [False, *([True] * 7)]
    await leads(world, "pause_ballot", first)
    await world.do(voters[0], type="ideas.edit_idea", idea_id=ideas[1], text="Clearer now", base_rev=0)
    away = voters[:2]  # where there are two processes, one of them on each
    for person in away:
        person.go()
    await leads(world, "open_ballot", first)
    for person in away:
        await person.come()
    await world.settle()
    for person in voters:
        paper = json.loads(person.client.rows["paper"][first]["body"])
        assert (list(paper["votes"]), paper["refunded"]) == ([a], [b])
    await puts(world, voters[0], first, c)
    await leads(world, "close_ballot", first)
    await leads(world, "reveal_ballot", first)
    assert not any(person.client.rows.get("paper") for person in world.people)
    all_agree(world)
    await leads(world, "next_round", first, next_id=second, kept=[a, c])
    await leads(world, "open_ballot", second)
    d, _ = options(world, second)
    for person in voters:
        await puts(world, person, second, d)
    await leads(world, "close_ballot", second)
    await leads(world, "reveal_ballot", second)
    await leads(world, "decide_ballot", second, kept=[d], confirmed=True)
    states = [world.people[-1].client.rows["idea"][id]["state"] for id in ideas]
    assert states == ["selected", *(["not_now"] * 5)]
    all_agree(world)


async def test_rule_5_who_comes_in_a_moment_before_the_close_could_have_voted(world: World) -> None:
    """Else nobody is put down before they have been here for twenty seconds."""
    await gathered(world, 2)
    for n in range(2):
        await world.do(world.people[0], type="ideas.add_idea", idea_id=new(), text=f"Idea {n}")
    ballot = new()
    await leads(world, "draft_ballot", ballot, question="Which first?", of="ideas", seconds=600)
    await looks(world, world.engine.clock.now())
    rosa, tom = await world.join("member", "Rosa"), await world.join("member", "Tom")
    await rosa.come()
    await world.settle()
    assert rows(world, rosa) == ()
    await leads(world, "open_ballot", ballot)
    await looks(world, world.engine.clock.now())
    await tom.come()
    await world.settle()
    await leads(world, "close_ballot", ballot)
    assert world.people[0].client.rows["turnout"][ballot]["of"] == 4
    assert [row.is_open for row in (*rows(world, rosa), *rows(world, tom))] == [True, True]
