"""The whole hour without a mouse: a coach leads it, a member takes part, and neither touches anything but keys."""

from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.test_keyboard import reach
from tests.e2e.words import begins_with, t
from tests.support.company import Company

PROMISE, DECISION = "Bring the trolley to the late shift", "We begin with the first dose"


async def test_an_hour_is_led_and_lived_through_by_keys_alone(arrive: Arrives, room: Company) -> None:
    maya = room.join(name="Maya", voice="patient")
    room.assign("recorder", maya)
    coach, member = await arrive("Anne", room.coach, at="agenda"), await arrive("Maya", maya, at="agenda")
    await it_begins(coach, member)
    await it_is_paced(coach, member)
    await the_recorder_writes(member)
    await hands_and_roles(coach, member)
    await it_is_scored_and_ends(coach, member)


async def it_begins(coach: Screen, member: Screen) -> None:
    await press(coach, coach.button(t("meetings.plan.begin_now")))
    await press(coach, coach.button(t("meetings.hour.start")))
    await is_on(member, "1")


async def it_is_paced(coach: Screen, member: Screen) -> None:
    """Next, back, a pause, two minutes that another item pays, and a jump in the agenda."""
    keys = coach.page.keyboard
    await keys.press(".")
    await is_on(member, "2")
    await keys.press(",")
    await is_on(member, "1")
    await keys.press("p")
    await expect(bar(member).get_by_text(t("meetings.hour.paused_by", name="Anne"))).to_be_visible()
    await keys.press("p")
    await expect(bar(member).get_by_text(t("meetings.hour.paused_by", name="Anne"))).to_have_count(0)
    await keys.press("t")
    await reach(coach.page, coach.dialog.get_by_role("radio", name=t("meetings.hour.minutes.other", count=2)))
    payers = coach.dialog.get_by_role("group", name=t("meetings.hour.who_pays"), exact=True).get_by_role("radio")
    await reach(coach.page, payers.first)
    await keys.press("ArrowDown")
    await expect(payers.nth(1)).to_be_checked()
    await press(coach, coach.dialog.get_by_role("button", name=t("meetings.hour.give.other", count=2), exact=True))
    await member.is_told(t("meetings.hour.has_more_time.other", count=2))
    await panel(coach, t("meetings.plan.tab"))
    fourth = begins_with(t("meetings.plan.go_to_item", number=4, title=""))
    await press(coach, coach.page.get_by_role("button", name=fourth))
    await is_on(member, "4")
    await panel(coach, t("rooms.people"))


async def the_recorder_writes(member: Screen) -> None:
    await press(member, member.button(t("meetings.turns.ready")))
    await expect(member.button(t("meetings.turns.ready"))).to_have_attribute("aria-pressed", "true")
    await member.go("actions")
    await write(member, t("meetings.close.what"), PROMISE)
    await expect(member.main.get_by_role("checkbox", name=PROMISE, exact=True)).to_be_visible()
    await member.go("decisions")
    await write(member, t("meetings.close.what_decided"), DECISION)
    await expect(member.main.get_by_text(DECISION, exact=True)).to_be_visible()


async def hands_and_roles(coach: Screen, member: Screen) -> None:
    """Maya raises her hand and is given the turn; then her pen goes to the coach."""
    await press(member, member.button(t("meetings.turns.raise_hand")))
    await press(coach, coach.button(t("meetings.turns.give_to", name="Maya")))
    await member.is_told(t("meetings.turns.your_turn"))
    await press(coach, coach.button(t("meetings.turns.end_turn")))
    await press(member, member.button(t("meetings.rota.hand_over")))
    await press(member, member.dialog.get_by_role("button", name="Anne"))
    await coach.is_told(t("meetings.rota.you_are", role=t("meetings.rota.the_recorder")))


async def it_is_scored_and_ends(coach: Screen, member: Screen) -> None:
    for screen in (coach, member):
        await screen.go("score")
    await press(coach, coach.button(t("meetings.score.open")))
    for screen, keys in ((coach, "Space"), (member, "ArrowRight")):
        await reach(screen.page, screen.main.get_by_role("radio", name="0", exact=True))
        await screen.page.keyboard.press(keys)
        await expect(screen.main.get_by_role("button", name=t("meetings.score.take_back"))).to_be_visible()
    await press(coach, coach.button(t("meetings.score.reveal")))
    await expect(member.main.get_by_text(t("meetings.score.out_of.other", count=2))).to_be_visible()
    await press(coach, coach.button(t("meetings.hour.more")))
    await press(coach, coach.button(t("meetings.hour.end")))
    await press(coach, coach.dialog.get_by_role("button", name=t("meetings.hour.end"), exact=True))
    await member.is_told(t("meetings.hour.has_ended"))


async def press(screen: Screen, wanted: Locator) -> None:
    await reach(screen.page, wanted)
    await screen.page.keyboard.press("Enter")


async def write(screen: Screen, label: str, words: str) -> None:
    await reach(screen.page, screen.main.get_by_label(label, exact=True))
    await screen.page.keyboard.type(words)
    await screen.page.keyboard.press("Enter")


async def is_on(screen: Screen, number: str) -> None:
    await expect(bar(screen).locator(".number")).to_contain_text(number)


def bar(screen: Screen) -> Locator:
    return screen.page.get_by_role("region", name=t("rooms.this_hour"), exact=True)


async def panel(screen: Screen, name: str) -> None:
    """Beside the stage; arrows go from tab to tab."""
    await reach(screen.page, screen.page.get_by_role("tab", selected=True))
    for _ in range(await screen.page.get_by_role("tab").count()):
        if await screen.page.get_by_role("tab", name=name, selected=True).count():
            return
        await screen.page.keyboard.press("ArrowRight")
    await expect(screen.page.get_by_role("tab", name=name, selected=True)).to_be_visible()
