"""The database goes while one process reads what another one wrote: what it had read is not lost to its screens."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from tests.contract.test_capture import gathered, new
from tests.contract.world import World, same_rows


@pytest.mark.postgres
@pytest.mark.parametrize("house", ["two processes"], indirect=True)
async def test_P2_a_line_that_is_cut_while_the_log_is_read_loses_no_entry(world: World) -> None:
    nina, tom = await gathered(world, 2)
    assert nina.engine is not tom.engine
    cut: list[str] = []

    def cuts(_: Any, __: Any, statement: str, *rest: Any) -> None:
        if "FROM rooms_paper" in statement and not cut:
            cut.append(statement)
            raise OperationalError(statement, {}, Exception("the line was cut"))

    event.listen(world.database.engine, "before_cursor_execute", cuts)
    await world.do(tom, type="ideas.add_idea", idea_id=new(), text="A sticker on the notes")
    event.remove(world.database.engine, "before_cursor_execute", cuts)
    assert cut
    await world.do(tom, type="ideas.add_idea", idea_id=new(), text="A trolley for sepsis")
    await world.settle()
    stored = world.stored()
    assert all(same_rows(room.replica, stored) for room in world.rooms())
    for person in world.people:
        assert person.client.visible() == world.should_see(person)
