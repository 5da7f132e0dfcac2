"""P15 and P18 of change ideas: without a name they are nobody's, and words taken out are nowhere."""

import orjson

from app.ideas.rows import Idea
from tests.contract.commands import Maker
from tests.contract.conftest import WITH_BELL
from tests.contract.world import World
from tests.support.replica import ClientReplica

NEW = Maker(6, WITH_BELL)
CANARY = "Mrs Featherstonehaugh of bed nine"


async def test_unsigned_ideas_are_nobodys_and_words_taken_out_are_nowhere(world: World) -> None:
    coach, others = world.people[0], [await world.join("member", f"Person {n}") for n in range(3)]
    for person in (coach, *others):
        await person.come()
    capture, ideas = NEW.id(), [NEW.id() for _ in others]
    await world.do(coach, type="ideas.start_capture", capture_id=capture, mode="unsigned")
    began = world.room.replica.seq
    for person, idea in zip(others, ideas, strict=True):
        await world.do(person, type="ideas.add_idea", idea_id=idea, text=CANARY)
        await world.do(person, type="ideas.edit_idea", idea_id=idea, text=f"{CANARY}, again", base_rev=0)
        await world.settle()
        assert CANARY not in "".join(coach.client.frames)
    await world.do(coach, type="ideas.reveal", capture_id=capture)
    await world.settle()
    written = [entry for entry in world.log() if began < entry.seq <= world.room.replica.seq - 1]
    told = str([(entry.by, entry.fact, [put.json for put in entry.puts]) for entry in written])
    assert not any(person.member_id in told for person in others)
    assert {(row.author_id, row.owner_id, row.speaker) for row in world.stored().where(Idea)} == {(None, None, None)}

    first = ideas[0]
    await world.do(coach, type="ideas.set_state", idea_id=first, state="abandoned", reason=CANARY)
    for idea in ideas:
        await world.do(coach, type="rooms.redact", kind="idea", row_id=idea)
    await world.settle()
    assert CANARY not in str(world.log())
    for person in (coach, *others):
        assert CANARY not in orjson.dumps(list(person.client.rows.values()), default=str).decode()
        assert person.client.visible() == world.should_see(person)
    away = ClientReplica()
    others[0].go()
    others[0].client = away
    await others[0].come()
    await world.settle()
    assert CANARY not in "".join(away.frames)
