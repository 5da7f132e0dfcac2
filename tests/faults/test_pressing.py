"""Nine people press everything that an hour has, all at once: each press is answered, and one item is on at a time."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest

from app.meetings.rows import Item, Meeting
from app.rooms.log import Entry
from app.rooms.rows import ROLES
from tests.faults.agreement import acks_of, nothing_is_lost_or_doubled, read, see_what_sql_says
from tests.faults.test_kill import UNHURRIED
from tests.faults.writing import Everybody, everybody_of
from tests.support.client import Client
from tests.support.company import Company, a_full_house
from tests.support.houses import House
from tests.support.scale import by_scale, tell

pytestmark = pytest.mark.faults

PARTS = ("coach", "member", "member", "member", "member", "member", "member", "sponsor")
"""Who presses besides the coach who made the room."""
PRESSES = 25
SEEDS = {1: by_scale(quick=2, short=6, full=20), 2: by_scale(quick=1, short=2, full=20)}
"""By the number of processes."""


@pytest.fixture
def company(tmp_path: Path, house: House) -> Iterator[Company]:
    with a_full_house(tmp_path, house, **UNHURRIED) as company:
        yield company


@pytest.mark.parametrize("house", ["sqlite", pytest.param("two processes", marks=pytest.mark.postgres)], indirect=True)
async def test_everything_pressed_at_once_is_answered_and_one_item_is_on(company: Company, house: House) -> None:
    answered = refused = 0
    for seed in range(SEEDS[house.processes]):
        with closing(Company(company.server, company.coach.cookie, servers=company.servers)) as room:
            answers = await an_hour_of_pressing(room, house, seed)
        answered += len(answers)
        refused += sum(answer["type"] == "refused" for answer in answers)
    tell(f"{answered} presses answered, {refused} of them refused, on {house.processes} process(es)")


async def an_hour_of_pressing(room: Company, house: House, seed: int) -> list[dict[str, Any]]:
    everybody = everybody_of(room, parts=PARTS)
    for role, holder in zip(ROLES, everybody.people[2:], strict=False):
        room.assign(role, holder)
    meeting_id = str(uuid4())
    room.do({"type": "meetings.add_meeting", "meeting_id": meeting_id}, room.coach)
    room.do({"type": "meetings.start_meeting", "meeting_id": meeting_id}, room.coach)
    async with everybody.here():
        for client in everybody.clients:
            await client.until(partial(is_on, client))
        await asyncio.gather(
            *(presses(client, random.Random(100 * seed + n)) for n, client in enumerate(everybody.clients))
        )
        await all_agree(everybody, house.database or room.server.sqlite_url, room.room_id)
    answers = [answer for client in everybody.clients for answer in client.final.values()]
    assert {answer.get("code") for answer in answers} & {"bad_command", "unknown_command", "not_found"} == set()
    assert len(answers) == PRESSES * len(everybody.clients)
    return answers


async def presses(client: Client, chance: random.Random) -> None:
    """Without waiting for an answer before the next press."""
    sent = [await client.send(a_press(client, chance)) for _ in range(PRESSES)]
    for id in sent:
        await client.answer(id)


def a_press(client: Client, chance: random.Random) -> dict[str, Any]:
    items = list(client.rows["item"])
    item, another, somebody = chance.choice(items), chance.choice([None, *items]), chance.choice(people(client))
    role = chance.choice(ROLES)
    common: list[dict[str, Any]] = [
        {"type": "meetings.start_item", "item_id": item, "brings": chance.random() < 0.3},
        {"type": "meetings.pause"},
        {"type": "meetings.resume"},
        {"type": "meetings.extend_item", "item_id": item, "seconds": 30, "take_from": another},
        {"type": "meetings.hand_over", "role": role, "member_id": somebody},
        {"type": "meetings.take_role", "role": role},
        {"type": "meetings.raise_hand"},
        {"type": "meetings.lower_hand"},
        {"type": "meetings.give_turn", "member_id": somebody},
        {"type": "meetings.set_ready", "item_id": item, "is_ready": chance.random() < 0.7},
    ]
    ends: list[dict[str, Any]] = [{"type": "meetings.end_meeting"}, {"type": "meetings.stop_here", "reason": "Alarm"}]
    return chance.choice(ends if chance.random() < 0.001 else common)


async def all_agree(everybody: Everybody, database: str, room_id: str) -> None:
    _, log = read(database, room_id)
    nothing_is_lost_or_doubled(acks_of(everybody.clients), log)
    hour = Hour()
    for entry in log:
        hour.goes_on(entry)
        hour.holds()
    await see_what_sql_says(zip(everybody.people, everybody.clients, strict=True), database)


@dataclass
class Hour:
    """The meeting as it was after each entry of the log."""

    meeting: Meeting | None = None
    items: dict[str, Item] = field(default_factory=dict)
    later: int = 0
    """Seconds that nobody paid for."""

    def goes_on(self, entry: Entry) -> None:
        for row in (put.row for put in entry.puts):
            if isinstance(row, Item):
                self.items[row.id] = row
            elif isinstance(row, Meeting) and row.started_at is not None:
                self.meeting = row
        fact = orjson.loads(entry.fact)
        if fact["type"] == "meetings.item_extended" and fact["taken_from"] is None:
            self.later += fact["seconds"]

    def holds(self) -> None:
        if self.meeting is None:
            return
        of_meeting = [item for item in self.items.values() if item.meeting_id == self.meeting.id]
        on = [item for item in of_meeting if item.state == "now"]
        if self.meeting.state == "live":
            assert [item.id for item in on] == [self.meeting.item_id]
            assert (on[0].began_at is None) == (self.meeting.paused_at is not None)
        else:
            assert on == []
            assert self.meeting.item_id is None
        assert sum(item.seconds for item in of_meeting) == 60 * sum(item.minutes for item in of_meeting) + self.later


def is_on(client: Client) -> bool:
    return any(item["state"] == "now" for item in client.rows.get("item", {}).values())


def people(client: Client) -> list[str]:
    return [member["id"] for member in client.rows["member"].values() if member["part"] in ("coach", "member")]
