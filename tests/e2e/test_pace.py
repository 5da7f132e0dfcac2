"""The hour on a coach's desktop, the timekeeper's phone and the wall: one begins it, all see the same of it."""

from asyncio import gather
from collections.abc import Iterable
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import t
from tests.support.browser import NARROWEST, PHONE, Opens
from tests.support.company import Company

WELCOME, STORY, IDEAS, SCORE = "Welcome", "Patient story", "First dose in 60 minutes", "Score out of ten"
REASON = "meetings.hour.stop_fire"


def a_meeting(room: Company) -> str:
    """It should begin now, and has four items; the third opens the board."""
    meeting = str(uuid4())
    say(room, {"type": "meetings.add_meeting", "meeting_id": meeting})
    for row in room.snapshot(room.coach)["rows"]["item"]:
        say(room, {"type": "meetings.remove_item", "item_id": row["id"], "even_protected": True})
    before = None
    for title, minutes, more in (
        (WELCOME, 2, {}),
        (STORY, 7, {"is_story": True}),
        (IDEAS, 16, {"opens": "board"}),
        (SCORE, 5, {}),
    ):
        item = {"item_id": str(uuid4()), "meeting_id": meeting, "title": title, "minutes": minutes, "after": before}
        say(room, {"type": "meetings.add_item", **item, **more})
        before = item["item_id"]
    return meeting


def say(room: Company, command: dict[str, object]) -> None:
    room.do(command, room.coach)


def hour(page: Page) -> Locator:
    return page.get_by_role("region", name=t("rooms.this_hour"))


async def says(words: str, *bars: Locator) -> None:
    for bar in bars:
        await expect(bar).to_contain_text(words)


async def same_time(bars: Iterable[Locator]) -> None:
    shown = [await bar.get_by_role("timer").locator("span").first.inner_text() for bar in bars]
    assert len(set(shown)) == 1, shown


async def test_the_hour_begins_waits_takes_longer_and_stops_for_a_fire_alarm_on_every_screen(
    arrive: Arrives, person: Opens, room: Company
) -> None:
    a_meeting(room)
    given.cards(room, room.coach, "value", "Somebody said the word sepsis")
    leroy = room.join(name="Leroy")
    room.assign("timekeeper", leroy)
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    anne, phone = await gather(arrive("Anne", room.coach, at="roadmap"), arrive("Leroy", leroy, PHONE, at="now"))
    foot = wall.page.get_by_role("contentinfo")
    bars = (hour(anne.page), hour(phone.page), foot)

    await anne.button(t("meetings.hour.start")).click()
    await says(WELCOME, *bars)
    await says(t("meetings.hour.left_of", count=2), *bars)
    await says(t("meetings.hour.ends"), *bars)
    await expect(phone.button(t("meetings.hour.next_item"))).to_have_count(0)

    await anne.page.keyboard.press(".")
    await says(t("meetings.hour.listening"), foot)
    await expect(foot.get_by_role("timer")).to_have_count(0)
    await expect(hour(anne.page).get_by_role("timer")).to_be_visible()

    await anne.page.keyboard.press(".")
    await says(IDEAS, *bars)
    await expect(wall.heading).to_have_text(t("board.title"))
    await expect(anne.heading).to_have_text(t("board.title"))

    await phone.button(t("meetings.hour.more_time")).click()
    await phone.dialog.get_by_role("radio", name=SCORE).check()
    await phone.button(t("meetings.hour.give", count=2)).click()
    await says(t("meetings.hour.left_of", count=18), *bars)

    await phone.button(t("meetings.hour.pause")).click()
    await says(t("meetings.hour.paused_by", name="Leroy"), *bars)
    await same_time(bars)
    await anne.page.keyboard.press("p")
    await says(t("meetings.hour.left_of", count=18), *bars)

    await anne.button(t("meetings.hour.more")).click()
    await anne.button(t("meetings.hour.stop")).click()
    await anne.dialog.get_by_role("button", name=t(REASON), exact=True).click()
    for bar in bars[:2]:
        await expect(bar.get_by_role("timer")).to_have_count(0)
    items = room.snapshot(room.coach)["rows"]["item"]
    assert [row["state"] for row in items if row["title"] in (IDEAS, SCORE) and row["removed_at"] is None][:2] == [
        "left",
        "left",
    ]


async def test_nobody_is_kept_out_of_the_hour(arrive: Arrives, person: Opens, room: Company) -> None:
    meeting = a_meeting(room)
    say(room, {"type": "meetings.start_meeting", "meeting_id": meeting})
    wall = await person("Wall", FULL_HD)
    await Wall.hangs(wall, room)
    anne, nina = await gather(
        arrive("Anne", room.coach, theme="dark"), arrive("Nina", room.join(), NARROWEST, at="now")
    )
    for screen in (anne, nina):
        await expect(hour(screen.page).get_by_role("timer")).to_be_visible()
        assert await screen.person.barriers() == []
        assert await screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await wall.barriers() == []
    await anne.page.keyboard.press("t")
    await expect(anne.dialog).to_be_visible()
    assert await anne.person.barriers() == []
    await anne.page.keyboard.press("Escape")
    await anne.page.keyboard.press("?")
    await expect(anne.dialog.get_by_text(t("meetings.hour.key_next"), exact=True)).to_be_visible()
