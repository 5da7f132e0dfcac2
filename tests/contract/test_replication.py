"""P2: everybody sees the same, in the same order. Snapshot before ⊕ log = snapshot after, for every viewer."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest

from app.board.rows import Board
from app.rooms.kernel import Refusal
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World, a_world, same_rows
from tests.support.houses import House
from tests.support.replica import ClientReplica
from tests.support.scale import SEEDS

PARTS = ("coach", "member", "member", "sponsor", "observer")
COMMANDS = 100


async def some_people(world: World) -> list[Person]:
    await world.begin()
    for n, part in enumerate(PARTS):
        await world.join(part, f"Person {n}", "patient" if n == 2 else "nurse")
    return world.people


def send_one(world: World, maker: Maker, person: Person) -> None:
    """One random command; what its schema refuses is refused here as the connection would."""
    body = maker.command(world.room.replica)
    if body["type"] in ("rooms.leave", "rooms.remove_member", "rooms.set_part") and maker.random.random() < 0.8:
        return
    with contextlib.suppress(Refusal):
        person.send(body)


async def disconnects(world: World, maker: Maker, person: Person) -> None:
    """One time in six a connection is lost, and comes back later from where it was."""
    if person.seat is None:
        if world.engine.registry.who(world.room.replica, person.member_id) is not None:
            await person.come()
    elif maker.random.random() < 1 / 6:
        person.go()
    else:
        person.read()


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_every_screen_agrees_with_sql_whatever_people_do(seed: int, house: House, tmp_path: Path) -> None:
    maker = Maker(seed, WITH_BELL)
    async with a_world(house, WITH_BELL, tmp_path, commands_per_minute=100_000) as world:
        people = await some_people(world)
        for person in people:
            await person.come()
        for _ in range(COMMANDS):
            person = maker.random.choice(people)
            if person.seat is not None and person.seat.closed is None:
                send_one(world, maker, person)
            if maker.random.random() < 0.3:
                await world.settle()
                await disconnects(world, maker, maker.random.choice(people))
        await world.settle()
        assert all(same_rows(room.replica, world.stored()) for room in world.rooms())
        assert [entry.seq for entry in world.log()] == list(range(1, world.room.replica.seq + 1))
        for person in people:
            if world.engine.registry.who(world.room.replica, person.member_id) is None:
                continue
            if person.seat is None or person.seat.closed is not None:
                # Away, or gone and brought back since.
                person.go()
                await person.come()
            await world.settle()
            assert person.client.visible() == world.should_see(person)
            nothing_hidden_was_sent(world, person)


def nothing_hidden_was_sent(world: World, person: Person) -> None:
    """No text that only others may see is in any frame that this person got."""
    frames = "".join(person.client.frames)
    for text in world.secrets_from(person):
        assert text not in frames


def coaches_board(world: World) -> Board:
    return next(board for board in world.room.replica.where(Board) if board.audience == "coaches")


async def test_a_coaches_board_is_in_no_frame_of_a_member(world: World) -> None:
    coach, member = world.people[0], await world.join("member")
    await member.come()
    board = coaches_board(world)
    column = board.columns[0].key
    card = Maker(1, WITH_BELL).id()
    await world.do(
        coach, type="board.add_card", card_id=card, board_id=board.id, column=column, text="Only the two of us"
    )
    await world.settle()
    frames = "".join(member.client.frames)
    assert "Only the two of us" not in frames
    assert card not in frames
    assert board.id not in frames


@pytest.mark.parametrize(
    "name", sorted(n for n, rule in WITH_BELL.rules.items() if not rule.is_internal and n != "bell.break_bell")
)
async def test_snapshot_and_log_make_the_next_snapshot(name: str, world: World) -> None:
    """For every command and every class of viewers, with a client that was there and one that comes back."""
    maker = Maker(7, WITH_BELL)
    watchers = [
        await world.join(part, f"Watcher {part}") for part in ("coach", "member", "sponsor", "observer", "wall")
    ]
    actors = [world.people[0], watchers[1]]
    for watcher in watchers:
        await watcher.come()
    for opening in (*OPENINGS, *first_of_its_tool(name)):
        await sooner_or_later(world, maker, actors[1 if may(actors[1], opening) else 0], opening)
    for opening in (*BY_A_COACH.get(name, ()), *adding_first(name)):
        await sooner_or_later(world, maker, actors[0], opening)
    for number in range(5):
        await world.knock(f"Stranger {number}")
    await world.settle()
    away = [ClientReplica() for _ in watchers]
    for watcher, client in zip(watchers, away, strict=True):
        for frame in watcher.client.frames:
            client.take(frame)
    stored = [await sooner_or_later(world, maker, actors[n % 2], name) for n in range(6)]
    await world.settle()
    for watcher, client in zip(watchers, away, strict=True):
        who = world.engine.registry.who(world.room.replica, watcher.member_id)
        if who is None:
            continue
        assert watcher.client.visible() == world.should_see(watcher)
        watcher.go()
        watcher.client = client
        await watcher.come()
        await world.settle()
        assert client.visible() == world.should_see(watcher)
    assert any(stored) or name in NEEDS_A_STORY


OPENINGS = (
    "board.add_card",
    "board.add_card",
    "board.add_theme",
    "roadmap.set_aim",
    "rooms.say_word",
    "bell.hang_bell",
)
SEVERAL_BALLOTS = ("board.add_theme", "ideas.add_idea", "ideas.add_idea", *(5 * ("votes.draft_ballot",)))
"""Some of them have enough on them to be opened."""
BY_A_COACH = {name: ("board.start_capture",) for name in ("board.need_more_time", "board.reveal")} | {
    **{f"ideas.{name}": ("ideas.start_capture",) for name in ("need_more_time", "reveal", "set_until")},
    "ideas.ask_merge": ("ideas.add_idea", "ideas.add_idea"),
    "ideas.restore_idea": ("ideas.remove_idea",),
    "meetings.end_series": ("meetings.set_series",),
    "meetings.restore_item": ("meetings.remove_item",),
    "meetings.unskip_meeting": ("meetings.skip_meeting",),
    "bell.put_away": ("meetings.add_meeting", "meetings.add_meeting"),
    **{
        f"meetings.{name}": ("meetings.start_meeting",)
        for name in ("start_item", "pause", "resume", "extend_item", "end_meeting", "stop_here")
    },
    "meetings.open_score": ("meetings.start_meeting",),
    **{
        f"meetings.{name}": ("meetings.start_meeting", "meetings.open_score", "meetings.give_score")
        for name in ("give_score", "take_back_score", "reveal_scores")
    },
    **{f"meetings.{name}": ("meetings.propose_rule",) for name in ("edit_rule", "withdraw_rule", "agree_rules")},
    **{
        f"meetings.{name}": ("meetings.propose_rule", "meetings.agree_rules")
        for name in ("set_rule_going", "read_out_rule")
    },
    **{
        f"meetings.{name}": ("meetings.ask_consent", "meetings.answer_consent")
        for name in ("answer_consent", "show_consent")
    },
    "meetings.close_question": ("meetings.ask_what",),
    **{name: ("bell.pass_hat", "bell.drop_in") for name in ("bell.drop_in", "bell.empty_hat")},
    **{
        f"process_map.{name}": 6 * ("process_map.add_step",)
        for name in ("connect", "move_steps", "set_steps", "remove_steps", "restore_steps", "remove_lane")
    },
    "process_map.add_touchpoint": ("process_map.add_shadowing",),
    **{
        f"process_map.{name}_touchpoint": ("process_map.add_shadowing", "process_map.add_touchpoint")
        for name in ("set", "remove", "restore")
    },
    **{
        f"process_map.{name}": (*(6 * ("process_map.add_step",)), "process_map.connect")
        for name in ("set_edge", "remove_edge", "restore_edge", "move_into", "redirect")
    },
    "votes.open_ballot": SEVERAL_BALLOTS,
    **{
        f"votes.{name}": (*SEVERAL_BALLOTS, *(4 * ("votes.open_ballot",)))
        for name in ("set_votes", "abstain", "finish", "pause_ballot", "close_ballot")
    },
    **{
        f"votes.{name}": (*SEVERAL_BALLOTS, *(4 * ("votes.open_ballot",)), *(2 * ("votes.close_ballot",)))
        for name in ("reopen_ballot", "reveal_ballot")
    },
}
NEEDS_A_STORY = frozenset(
    {
        "board.settle_text",
        "board.restore_card",
        "ideas.answer_merge",
        "ideas.undo_merge",
        "meetings.decline_role",
        "meetings.pass_turn",
        "meetings.set_ready",
        "meetings.answer_action",
        "meetings.schedule_parked",
        "roadmap.agree_aim",
        "roadmap.propose_aim",
        "rooms.release_member",
        "meetings.start_without_coaches",
        "votes.add_time",
        "votes.decide_ballot",
        "votes.next_round",
    }
)
"""Refused unless something else was done before; tests of their own do it."""


def first_of_its_tool(name: str) -> list[str]:
    """A tool declares first the rule by which there is something for its other rules."""
    tool = WITH_BELL.rules[name].tool
    own = (other for other, rule in WITH_BELL.rules.items() if rule.tool == tool and not rule.is_internal)
    return [next(own)] if tool != "rooms" else []


def may(person: Person, name: str) -> bool:
    who = WITH_BELL.who(person.room.replica, person.member_id)
    return who is not None and who.may(WITH_BELL.rules[name].needs)


def adding_first(name: str) -> list[str]:
    """`meetings.edit_action` is about something once `meetings.add_action` was said, by whoever may."""
    tool, _, what = name.partition(".")
    adding = f"{tool}.add_{what.partition('_')[2]}"
    return [adding] if adding in WITH_BELL.rules and adding != name else []


async def sooner_or_later(world: World, maker: Maker, person: Person, name: str) -> bool:
    """Try until one of the made-up commands fits."""
    for _ in range(30):
        if await attempt(world, person, maker.command(world.room.replica, name)):
            return True
    return False


async def attempt(world: World, person: Person, body: dict[str, Any]) -> bool:
    try:
        await world.do(person, **body)
    except Refusal:
        return False
    return True


async def test_a_card_edit_costs_a_bystander_little_in_a_room_of_a_thousand_rows(world: World) -> None:
    """P2: at most 1.5 KB."""
    coach, bystander = world.people[0], await world.join("member")
    await bystander.come()
    board = next(board for board in world.room.replica.where(Board) if board.step_key is None)
    maker = Maker(11, WITH_BELL)
    cards = [maker.id() for _ in range(1000)]
    words = "Shadowed four patients: door to first dose 48, 75, 92 and 130 minutes. " * 3
    await asyncio.gather(
        *(
            world.do(coach, type="board.add_card", card_id=card, board_id=board.id, column="value", text=words)
            for card in cards
        )
    )
    await world.settle()
    before = len(bystander.client.frames)
    await world.do(coach, type="board.edit_card", card_id=cards[500], text=words + "Again.", base_rev=0)
    await world.settle()
    assert sum(len(frame.encode()) for frame in bystander.client.frames[before:]) <= 1536
