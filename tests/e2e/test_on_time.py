"""The sepsis hour by the clock: from the start with 16 of 18 to the score, and what was promised a week later.

Real browsers for both coaches, the timekeeper, the patient's tablet, the registrar's phone and the wall; sockets for
the others. The world runs twenty times as fast, so that the hour takes three minutes; what stands in the case happens
at its minute. With BIGROOM_SCREENS=folder each screen leaves its pictures there.
"""

import asyncio
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from playwright.async_api import expect

from app.meetings.rows import Action, Item, Meeting
from app.rooms.log import Entry
from app.rooms.rows import MeetingRole
from tests.e2e.on_time import (
    LATE,
    LONDON,
    THURSDAY,
    TUESDAY,
    Hour,
    a_room_in,
    at_a_screen,
    at_their_places,
    clock,
    everybody_is_a_member,
    hour_bar,
    it_meets,
    socket_of,
)
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.faults.agreement import differences, read, seen_by
from tests.support.browser import DESKTOP, PHONE, Opens
from tests.support.cases import CYSTIC_FIBROSIS, SEPSIS, Play
from tests.support.fast import FastTime
from tests.support.scale import tell
from tests.support.server import Server

FACTOR = 20


async def test_the_sepsis_hour_keeps_its_time_and_its_promises(tmp_path: Path, person: Opens) -> None:
    world = FastTime(THURSDAY + timedelta(hours=12, minutes=18) - LONDON, FACTOR)
    with a_room_in(world, SEPSIS, tmp_path) as (server, play):
        await asyncio.to_thread(everybody_is_a_member, play)
        async with at_their_places(Hour(world, server, play), person) as hour:
            await before_half_past(hour)
            await it_starts_with_sixteen(hour)
            await the_timekeeper_hands_over(hour)
            await nobody_counts_while_maya_tells(hour)
            await the_registrar_is_away(hour)
            await the_server_dies(hour)
            await another_item_pays(hour)
            await it_is_paused(hour)
            await what_is_promised(hour)
            await the_score(hour)
            await it_ends(hour)
            await plan_and_log_agree(hour)
        await a_week_later(world, server, play, person)


async def test_the_clinics_45_minutes_come_back_at_eight_when_the_clocks_have_changed(
    tmp_path: Path, person: Opens
) -> None:
    world = FastTime(TUESDAY + timedelta(hours=7, minutes=55) - LONDON, 3 * FACTOR)
    with a_room_in(world, CYSTIC_FIBROSIS, tmp_path) as (server, play):
        await asyncio.to_thread(play.everybody_joins)
        await asyncio.to_thread(it_meets, play, TUESDAY)
        hour = Hour(world, server, play, TUESDAY)
        steve = hour.screens["steve"] = await at_a_screen(world, play, person, "steve", DESKTOP)
        lou = hour.screens["lou"] = await at_a_screen(world, play, person, "lou", PHONE)
        async with socket_of(play.people["martin"]).stay() as hour.sockets["martin"]:
            await hour.until("08:00")
            await steve.button(t("meetings.hour.start")).click()
            await hour.has_begun()
            for number in range(1, len(hour.items) + 1):
                await hour.item_is_on(number)
                await hour.until_over(timedelta())
                await (hour.next("steve") if number < len(hour.items) else hour.ends("steve"))
            await expect(hour_bar(lou).get_by_text("08:00")).to_be_visible()
            for screen in hour.everywhere:
                await screen.will_lose_its_line()
        room, log = read(server.sqlite_url, play.room_id)
        (held,) = room.where(Meeting, state="ended")
        items = {item.id: item for item in room.where(Item, meeting_id=held.id)}
        assert [items[id].spent_ms for id in hour.items] == told_by(log, hour.items)
        coming = sorted(meeting.starts_at for meeting in room.where(Meeting, state="planned"))
        assert coming[:2] == [datetime(2026, 11, day, 8, 0, tzinfo=UTC) for day in (3, 17)]


async def before_half_past(hour: Hour) -> None:
    """The room says when it meets; who is here early waits."""
    await hour.until("12:24")
    for screen in (hour.screens["maya"], hour.screens["leroy"]):
        await expect(hour_bar(screen).get_by_text(t("meetings.hour.next_today", time="12:30"))).to_be_visible()
    await pictures(hour, "before")


async def it_starts_with_sixteen(hour: Hour) -> None:
    await hour.until("12:30")
    await hour.screens["ralph"].button(t("meetings.hour.start")).click()
    await hour.has_begun()
    await hour.item_is_on(1)
    await hour.until("12:31:20")
    for key in LATE[:1]:
        hour.sockets[key] = await hour.more.enter_async_context(socket_of(hour.play.people[key]).stay())


async def the_timekeeper_hands_over(hour: Hour) -> None:
    """The bleep goes off in item 2: one press, everybody is told, and the controls are where they are needed."""
    leroy = hour.screens["leroy"]
    await hour.until("12:32")
    await hour.next()
    await hour.item_is_on(2)
    await expect(leroy.button(t("meetings.hour.more_time"))).to_have_count(0)
    await hour.says("grace", type_="meetings.hand_over", role="timekeeper", member_id=hour.play.members["leroy"])
    await expect(leroy.button(t("meetings.hour.more_time"))).to_be_visible()
    await hour.until("12:33")
    await hour.next()
    await hour.item_is_on(3)


async def nobody_counts_while_maya_tells(hour: Hour) -> None:
    """The coach sees the time, the wall and Maya do not."""
    await hour.until("12:34")
    await hour.next()
    await hour.item_is_on(4)
    await expect(clock(hour.screens["ralph"])).to_be_visible()
    for screen in hour.everywhere:
        if screen not in (hour.screens["maya"], hour.wall):
            continue
        await expect(hour_bar(screen).get_by_text(t("meetings.hour.listening"), exact=True)).to_be_visible()
        await expect(clock(screen)).to_have_count(0)
    await hour.until("12:36")
    await pictures(hour, "story")
    await hour.until("12:41")
    await hour.next()
    await hour.item_is_on(5)


async def the_registrar_is_away(hour: Hour) -> None:
    """Sam's phone has no signal for 90 seconds; then it shows the same as all others."""
    sam = hour.screens["sam"]
    await hour.until("12:45")
    await sam.person.context.set_offline(True)
    await hour.until("12:46:30")
    await sam.person.context.set_offline(False)
    await hour.until("12:47")
    await hour.next()
    await hour.item_is_on(6)
    await differences_seen(hour)


async def the_server_dies(hour: Hour) -> None:
    """kill -9 in the middle of an item: its end stays where it was."""
    await hour.until("12:51")
    ends_at = hour.now_on()["ends_at"]
    hour.server.kill()
    hour.world.run(hour.server)
    await asyncio.to_thread(hour.server.start)
    for client in hour.sockets.values():
        await client.live()
    assert hour.now_on()["ends_at"] == ends_at
    await hour.until("12:54")
    await differences_seen(hour)
    await hour.until("12:56")
    await hour.next()
    await hour.item_is_on(7)


async def another_item_pays(hour: Hour) -> None:
    """The timekeeper renegotiates: two more minutes, and the main work has two less. Then it runs over."""
    leroy = hour.screens["leroy"]
    await hour.until("13:04")
    await leroy.button(t("meetings.hour.more_time")).click()
    main = hour.agenda()[7]
    payer = t("meetings.hour.payer", number=8, title=main["title"], count=main["minutes"])
    await leroy.dialog.get_by_role("radio", name=payer, exact=True).check()
    await leroy.dialog.get_by_role("button", name=t("meetings.hour.give", count=2), exact=True).click()
    await hour.somebody.until(lambda: hour.agenda()[7]["seconds"] == 14 * 60)
    assert hour.agenda()[6]["seconds"] == 12 * 60
    await hour.until_over(timedelta(seconds=30))
    for screen in hour.everywhere:
        await expect(clock(screen)).to_contain_text("+")
    await pictures(hour, "over")
    await hour.until("13:09")
    await hour.next()
    await hour.item_is_on(8)


async def it_is_paused(hour: Hour) -> None:
    """A minute that no item has: the clock stands on every screen, and goes on from there."""
    await hour.until("13:12")
    hour.sockets["rosa"] = await hour.more.enter_async_context(socket_of(hour.play.people["rosa"]).stay())
    await hour.screens["leroy"].button(t("meetings.hour.pause")).click()
    for screen in hour.everywhere:
        await expect(hour_bar(screen).get_by_text(t("meetings.hour.paused_by", name="Leroy"))).to_be_visible()
    await hour.until("13:13")
    await hour.screens["leroy"].button(t("meetings.hour.resume")).click()
    await expect(hour.screens["sam"].page.get_by_text(t("meetings.hour.paused_by", name="Leroy"))).to_have_count(0)
    await hour.until("13:22")
    await hour.next()
    await hour.item_is_on(9)


async def what_is_promised(hour: Hour) -> None:
    case, members = hour.play.case, hour.play.members
    for decision in case["decisions"]:
        said = {"decision_id": str(uuid4()), "text": decision, "method": "multi_vote"}
        await hour.says("tom", type_="meetings.add_decision", **said)
    await hour.until("13:25")
    await hour.next()
    await hour.item_is_on(10)
    for action in case["actions"]:
        asked = {"sponsor_ask": True} if action.get("sponsor_ask") else {}
        said = {"action_id": str(uuid4()), "text": action["what"], "member_id": members[action["who"]], **asked}
        await hour.says("tom", type_="meetings.add_action", **said)


async def the_score(hour: Hour) -> None:
    """Seventeen scores, turned over together."""
    await hour.until("13:28")
    await hour.next()
    await hour.item_is_on(11)
    meeting_id, scores = hour.meeting["id"], hour.play.case["evaluation"]["scores"]
    givers = [key for key in hour.sockets if key not in ("ralph", "anne")][: len(scores) - 1]
    if not hour.rows("score"):
        await hour.says("amir", type_="meetings.open_score", meeting_id=meeting_id)
    for key, score in zip(givers, scores, strict=False):
        await hour.says(key, type_="meetings.give_score", meeting_id=meeting_id, score=score)
    await hour.says("anne", type_="meetings.give_score", meeting_id=meeting_id, score=scores[-1])
    await hour.says("amir", type_="meetings.reveal_scores", meeting_id=meeting_id)
    await pictures(hour, "score")


async def it_ends(hour: Hour) -> None:
    await hour.until("13:30")
    await hour.ends("ralph")
    next_week = t("meetings.hour.next_on", day="Thursday 29 October", time="12:30")
    for screen in hour.screens.values():
        await expect(hour_bar(screen).get_by_text(next_week)).to_be_visible()
    await pictures(hour, "after")


async def plan_and_log_agree(hour: Hour) -> None:
    """What was planned, what it took, and what the log tells of it; the same for all who were there."""
    room, log = read(hour.server.sqlite_url, hour.play.room_id)
    assert [entry.seq for entry in log] == list(range(1, len(log) + 1))
    (meeting,) = room.where(Meeting, state="ended")
    items = {item.id: item for item in room.where(Item, meeting_id=meeting.id) if item.removed_at is None}
    agenda = [items[id] for id in hour.items]
    assert [item.minutes for item in agenda] == [item["minutes"] for item in hour.play.case["agenda"]]
    assert sum(item.minutes for item in agenda) == meeting.minutes == 60
    assert [item.seconds - 60 * item.minutes for item in agenda] == [0, 0, 0, 0, 0, 0, 120, -120, 0, 0, 0]
    assert {item.state for item in agenda} == {"done"}
    assert [item.spent_ms for item in agenda] == told_by(log, hour.items)
    assert meeting.started_at is not None
    assert meeting.ended_at is not None
    took = meeting.ended_at - meeting.started_at
    stood = paused_for(log)
    assert sum(item.spent_ms for item in agenda) == (took - stood) // timedelta(milliseconds=1)
    (timekeeper,) = room.where(MeetingRole, role="timekeeper")
    assert timekeeper.member_id == hour.play.members["leroy"]
    for key, client in hour.sockets.items():
        await client.reaches(room.seq)
        if client.seq == room.seq:
            assert differences(client.visible(), seen_by(room, hour.play.members[key])) == [], key
    tell_the_hour(agenda, took, stood)


def told_by(log: list[Entry], ids: list[str]) -> list[int]:
    """What each item took in all, by the facts of those that followed it."""
    took: dict[str, int] = {}
    for fact in facts(log):
        if fact["type"] == "meetings.item_started" and fact["left_id"]:
            took[fact["left_id"]] = fact["spent_ms"]
        elif fact["type"] == "meetings.meeting_ended":
            took[fact["item_id"]] = fact["spent_ms"]
    return [took[id] for id in ids]


def paused_for(log: list[Entry]) -> timedelta:
    stood, since = timedelta(), None
    for entry in log:
        type = orjson.loads(entry.fact)["type"]
        if type == "meetings.meeting_paused":
            since = entry.at
        elif type == "meetings.meeting_resumed" and since is not None:
            stood, since = stood + (entry.at - since), None
    return stood


def facts(log: list[Entry]) -> list[dict[str, Any]]:
    return [orjson.loads(entry.fact) for entry in log]


def tell_the_hour(agenda: list[Item], took: timedelta, stood: timedelta) -> None:
    for item in agenda:
        tell(f"{item.title}: planned {item.minutes} min, had {item.seconds / 60:g}, took {item.spent_ms / 60000:.1f}")
    tell(f"in all {took.total_seconds() / 60:.1f} min, of them paused {stood.total_seconds() / 60:.1f}")


async def a_week_later(world: FastTime, server: Server, play: Play, person: Opens) -> None:
    """The clocks have gone back, the hour has not moved, and the promises are there."""
    server.kill()
    world.skip(timedelta(days=7, hours=1) - timedelta(minutes=66))
    world.run(server)
    await asyncio.to_thread(server.start)
    room, _ = read(server.sqlite_url, play.room_id)
    coming = min((row for row in room.where(Meeting, state="planned")), key=lambda row: row.starts_at)
    assert coming.starts_at == datetime(2026, 10, 29, 12, 30, tzinfo=UTC)
    assert {action.text for action in room.where(Action)} == {action["what"] for action in play.case["actions"]}
    dina = await at_a_screen(world, play, person, "dina", DESKTOP)
    await expect(hour_bar(dina).get_by_text(t("meetings.hour.next_today", time="12:30"))).to_be_visible()
    await dina.go("actions")
    for action in play.case["actions"]:
        await expect(dina.main.get_by_role("listitem").filter(has_text=action["what"])).to_be_visible()
    await dina.will_lose_its_line()


async def differences_seen(hour: Hour) -> None:
    """How far apart the countdowns of all screens are, as they stand: told, not asserted."""
    shown = await asyncio.gather(*(seconds_shown(screen) for screen in hour.everywhere))
    tell(f"countdowns at {hour.world.now():%H:%M:%S}: {sorted(shown)} s, read within {FACTOR} x what that takes")


async def seconds_shown(screen: Screen) -> int:
    text = (await clock(screen).text_content()) or ""
    found = re.search(r"([+]?)(\d+):(\d\d)", text)
    assert found is not None, text
    return (-1 if found[1] else 1) * (60 * int(found[2]) + int(found[3]))


async def pictures(hour: Hour, name: str) -> None:
    folder = os.environ.get("BIGROOM_SCREENS")
    for screen in hour.everywhere if folder else ():
        await screen.page.screenshot(path=Path(str(folder)) / f"on-time-{name}-{screen.person.name.lower()}.png")
