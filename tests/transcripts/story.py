"""Three people in a room, word for word: who sends what, and what each of them gets.

`python -m tests.transcripts.story` writes `three-people.jsonl` and the replication vectors anew. Server and browser
both replay them. Ids are chosen, so that only times differ from one recording to the next.
"""

import asyncio
import json
import re
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from app.board.rows import Board
from app.rooms.messages import Join, MakeInvitation, MakeRoom
from app.tools import registry
from tests.contract.world import Person, World, a_world
from tests.support.houses import House

HERE = Path(__file__).parent
TRANSCRIPT = HERE / "three-people.jsonl"
VECTORS = HERE.parent / "vectors" / "replica.json"
TIMES = re.compile(r'\\?"\d{4}-\d\d-\d\dT[0-9:.]+Z\\?"|"now": ?\d+')


def numbered(n: int) -> str:
    return str(UUID(int=0xB1600000 << 96 | n, version=4))


class Stage:
    """The room, its three people by name, and everything said so far."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[str, Person] = {}
        self.lines: list[dict[str, Any]] = []
        self._ids = iter(range(100, 10_000))

    def new(self) -> str:
        return numbered(next(self._ids))

    def note(self, text: str) -> None:
        self.lines.append({"note": text})

    async def connect(self, name: str) -> None:
        person = self.people[name]
        await person.come()
        since = {"since": person.client.seq, "epoch": person.client.epoch}
        self.lines.append({"from": name, "connect": since})
        await self.heard()

    def cut(self, name: str) -> None:
        self.people[name].go()
        self.lines.append({"from": name, "cut": True})

    async def say(self, name: str, **command: Any) -> str:
        """One command over the socket, then what everybody hears."""
        id = self.new()
        self.lines.append({"from": name, "frame": [{"type": "do", "id": id, "command": command}]})
        self.people[name].send(command, id)
        await self.heard()
        return id

    async def again(self, name: str, id: str, **command: Any) -> None:
        """The same id once more."""
        self.lines.append({"from": name, "frame": [{"type": "do", "id": id, "command": command}]})
        self.people[name].send(command, id)
        await self.heard()

    async def heard(self) -> None:
        before = {name: len(person.client.frames) for name, person in self.people.items()}
        await self.world.settle()
        for name, person in self.people.items():
            for frame in person.client.frames[before[name] :]:
                told = [message for message in json.loads(frame) if message["type"] != "presence"]
                if told:
                    self.lines.append({"to": name, "frame": told})


async def three_people(stage: Stage) -> None:
    """Join, cards, a stale edit, a cut and a resume, writing in silence, a demotion, a redaction with a new epoch."""
    anne, nina, maya = numbered(1), numbered(2), numbered(3)
    await enter(stage, anne, nina, maya)
    board = next(board.id for board in stage.world.room.replica.where(Board) if board.step_key is None)
    card, late, theme = stage.new(), stage.new(), stage.new()

    stage.note("H1 H2 Everybody connects for the first time: hello, snapshot, at.")
    for name in ("Anne", "Nina", "Maya"):
        await stage.connect(name)
    stage.note("C1 V1 Maya writes a card; the ack follows its delta in the same frame.")
    words = "I wanted somebody to say the word sepsis out loud"
    adding = {"type": "board.add_card", "card_id": card, "board_id": board, "column": "value", "text": words}
    id = await stage.say("Maya", **adding)
    stage.note("C3 The same id again: the first answer, no second card.")
    await stage.again("Maya", id, **adding)
    stage.note("C4 The same id from somebody else is refused.")
    await stage.again("Nina", id, **adding)
    stage.note("C6 A card that does not exist.")
    await stage.say("Nina", type="board.move_card", card_id=stage.new(), column="vision")
    stage.note("Anybody moves a card.")
    await stage.say("Nina", type="board.move_card", card_id=card, column="vision")
    stage.note("Two edit at once: the first stands, the second is kept beside it.")
    await stage.say("Maya", type="board.edit_card", card_id=card, text=f"{words} and mean it", base_rev=0)
    await stage.say("Anne", type="board.edit_card", card_id=card, text=f"{words}, please", base_rev=0)
    stage.note("R1 Nina's connection is cut while others go on; she comes back and gets what she missed.")
    stage.cut("Nina")
    await stage.say("Maya", type="board.add_card", card_id=late, board_id=board, column="value", text="Nobody looked")
    await stage.say("Maya", type="board.add_theme", theme_id=theme, board_id=board, title="Tell the patient")
    await stage.say("Anne", type="board.move_card", card_id=late, theme_id=theme)
    await stage.connect("Nina")
    stage.note(
        "S1 S2 S4 All write in silence, unsigned: everybody hears the count, nobody another's card. Then all turn."
    )
    silence = stage.new()
    begin = {"capture_id": silence, "board_id": board, "column": None, "mode": "unsigned"}
    await stage.say("Anne", type="board.start_capture", **begin)
    for name, text in (("Maya", "I was afraid to ask again"), ("Nina", "I do not like to wake a consultant")):
        face_down = {"card_id": stage.new(), "board_id": board, "column": "value", "text": text}
        await stage.say(name, type="board.add_card", capture_id=silence, **face_down)
    await stage.say("Anne", type="board.reveal", capture_id=silence)
    stage.note("V4 Nina becomes an observer: other rights, a new snapshot; her next card is refused.")
    await stage.say("Anne", type="rooms.set_part", member_id=nina, part="observer")
    await stage.say("Nina", type="board.add_card", card_id=stage.new(), board_id=board, column="value", text="No")
    stage.note("V5 What only coaches see reaches no one else.")
    own = next(board for board in stage.world.room.replica.where(Board) if board.audience == "coaches")
    between = {"board_id": own.id, "column": own.columns[0].key, "text": "Between the two of us"}
    await stage.say("Anne", type="board.add_card", card_id=stage.new(), **between)
    stage.note("R5 A redaction begins a new epoch: everybody gets a snapshot, the words are nowhere.")
    await stage.say("Anne", type="rooms.redact", kind="card", row_id=card)
    stage.note("V6 Maya is taken out: bye 4403.")
    await stage.say("Anne", type="rooms.remove_member", member_id=maya)


async def enter(stage: Stage, anne: str, nina: str, maya: str) -> None:
    world, engine = stage.world, stage.world.engine
    made = MakeRoom(name="Sepsis pathway", method="flow_roadmap", member_id=anne, coach_name="Anne")
    await engine.run(world.room_id, made, anne, id=stage.new())
    invitation = stage.new()
    await engine.run(world.room_id, MakeInvitation(invitation_id=invitation, part="member"), anne, id=stage.new())
    for member, name, voice in ((nina, "Nina", "nurse"), (maya, "Maya", "patient")):
        join = Join(member_id=member, invitation_id=invitation, name=name, voice=voice)
        await engine.run(world.room_id, join, member, id=stage.new())
    for name, member in (("Anne", anne), ("Nina", nina), ("Maya", maya)):
        stage.people[name] = Person(world, member, engine)
    world.people = list(stage.people.values())
    await world.live()


async def record() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The transcript's lines and the vectors made from it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/story.sqlite3"
        async with a_world(House(url), registry(), Path(folder), commands_per_minute=10_000) as world:
            world.room_id = numbered(0)
            stage = Stage(world)
            await three_people(stage)
            return stage.lines, [vector(name, person) for name, person in stage.people.items()]


def vector(name: str, person: Person) -> dict[str, Any]:
    """Everything that moved one person's replica, and what they then held."""
    steps = [
        {message["type"]: message}
        for frame in person.client.frames
        for message in json.loads(frame)
        if message["type"] in ("snapshot", "delta", "at")
    ]
    return {"name": name, "steps": steps, "expect": {"seq": person.client.seq, "rows": person.client.visible()}}


def without_times(text: str) -> str:
    """Two recordings differ in nothing else."""
    return TIMES.sub('"<time>"', text)


def as_text(lines: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def main() -> None:
    lines, vectors = asyncio.run(record())
    TRANSCRIPT.write_text(as_text(lines))
    VECTORS.write_text(json.dumps(vectors, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
