"""What waits for a coach, and what was said to them alone, is in nobody else's frames."""

import json
from datetime import timedelta

import pytest

from app.board.rows import Board
from app.rooms.hush import WORD_LASTS, Word
from app.rooms.kernel import Refusal
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.world import Person, World

NEW = Maker(21, WITH_BELL)


async def company(world: World) -> tuple[Person, Person, list[Person]]:
    """A coach, Tom, and everybody else, all connected."""
    tom = await world.join("member", "Tom")
    others = [await world.join(part, f"The {part}") for part in ("member", "sponsor", "observer", "wall")]
    for person in (world.people[0], tom, *others):
        await person.come()
    await world.settle()
    return world.people[0], tom, others


def frames_of(person: Person) -> str:
    return "".join(person.client.frames)


async def a_card(world: World, by: Person, text: str) -> str:
    board = next(board for board in world.room.replica.where(Board) if board.step_key is None)
    card = NEW.id()
    await world.do(by, type="board.add_card", card_id=card, board_id=board.id, column="value", text=text)
    await world.settle()
    return card


async def test_nobody_else_can_tell_that_somebody_is_held(world: World) -> None:
    coach, tom, others = await company(world)
    seen_before = [len(person.client.frames) for person in others]
    await world.do(coach, type="rooms.hold_member", member_id=tom.member_id)
    card = await a_card(world, tom, "Not yet to be read")
    await world.settle()
    for person, before in zip(others, seen_before, strict=True):
        news = "".join(person.client.frames[before:])
        assert "hold" not in news
        assert card not in news
        assert "Not yet to be read" not in news
    assert "Not yet to be read" in frames_of(coach)
    assert tom.member_id in tom.client.visible()["hold"]


async def test_what_a_coach_lets_through_comes_like_any_card_and_says_not_by_whom(world: World) -> None:
    coach, tom, others = await company(world)
    await world.do(coach, type="rooms.hold_member", member_id=tom.member_id)
    card = await a_card(world, tom, "Now to be read")
    away = others[0]
    away.go()
    await world.do(coach, type="board.release_card", card_id=card)
    await world.settle()
    await away.come()
    await world.settle()
    for person in others:
        assert card in person.client.visible()["card"]
        (delta,) = (delta for delta in person.client.deltas if card in json.dumps(delta))
        assert (delta["by"], delta["fact"]) == (None, None)


async def test_words_that_cannot_wait_are_refused_kindly(world: World) -> None:
    coach, tom, _others = await company(world)
    board = next(board for board in world.room.replica.where(Board) if board.step_key is None)
    await world.do(coach, type="rooms.hold_member", member_id=tom.member_id)
    with pytest.raises(Refusal) as no:
        await world.do(tom, type="board.add_theme", theme_id=NEW.id(), board_id=board.id, title="Mine")
    assert no.value.code == "held"


async def test_a_private_word_is_in_no_frame_of_others(world: World) -> None:
    coach, tom, others = await company(world)
    told_before = [len(person.client.deltas) for person in others]
    asked, answered = NEW.id(), NEW.id()
    await world.do(tom, type="rooms.say_word", word_id=asked, text="I need a break")
    answer = {"type": "rooms.answer_word", "word_id": answered, "member_id": tom.member_id, "text": "Take ten minutes"}
    await world.do(coach, **answer)
    await world.do(tom, type="rooms.read_word", word_id=answered)
    await world.settle()
    assert set(tom.client.visible()["word"]) == {asked, answered} == set(coach.client.visible()["word"])
    for person, before in zip(others, told_before, strict=True):
        assert person.client.deltas[before:] == []
        assert not any(secret in frames_of(person) for secret in (asked, answered, "break", "ten minutes"))


async def test_when_the_day_is_over_a_word_is_nowhere(world: World) -> None:
    coach, tom, others = await company(world)
    word = NEW.id()
    await world.do(tom, type="rooms.say_word", word_id=word, text="I need a break")
    await world.settle()
    world.engine.clock.start += WORD_LASTS + timedelta(minutes=1)
    for room_id, id, command in await world.engine.deadlines.due():
        await world.engine.run(room_id, command, None, id=id)
    await world.settle()
    assert world.stored().where(Word) == ()
    assert "I need a break" not in "".join(put.json for entry in world.log() for put in entry.puts)
    assert not tom.client.visible().get("word")
    assert not coach.client.visible().get("word")
    assert all("word" not in json.dumps(delta) for person in others for delta in person.client.deltas)
