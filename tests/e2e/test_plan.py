"""The coach says when the room meets and makes the agenda; a member sees both, also on a phone."""

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE
from tests.support.company import Company

AUDIT = "Bleep audit"


async def the_series(anne: Screen) -> None:
    await anne.button(t("meetings.plan.when_we_meet")).click()
    dialog = anne.dialog
    await dialog.get_by_label(t("meetings.plan.first_day"), exact=True).fill("2036-04-03")
    await dialog.get_by_label(t("meetings.plan.start"), exact=True).fill("12:30")
    await anne.button(t("meetings.plan.save")).click()
    await expect(anne.heading).to_have_text("Thursday 3 April 2036, 12:30 to 13:30")


async def shows(screen: Screen, *titles: str) -> None:
    """These items, in this order, first of all."""
    items = screen.page.get_by_role("region", name=t("meetings.plan.agenda"), exact=True).locator("[id^='item-']")
    for at, title in enumerate(titles):
        await expect(items.nth(at)).to_have_text(title)


async def test_the_coach_sets_the_series_and_the_agenda_and_a_member_sees_it_on_a_phone(
    arrive: Arrives, room: Company
) -> None:
    anne = await arrive("Anne", room.coach, at="agenda")
    nina = await arrive("Nina", room.join(name="Nina"), PHONE, at="agenda")
    await expect(nina.heading).to_have_text(t("meetings.plan.none"))
    await the_series(anne)
    await expect(nina.heading).to_have_text("Thursday 3 April 2036, 12:30 to 13:30")
    await shows(nina, "Welcome and why we are here", "Who is here: name, where I speak from")
    await expect(anne.main.get_by_text(t("meetings.plan.adds_up", planned=60, minutes=60))).to_be_visible()
    await anne.button(t("meetings.plan.add_item")).click()
    await anne.dialog.get_by_label(t("meetings.plan.item_title"), exact=True).fill(AUDIT)
    await anne.dialog.get_by_role("button", name=t("meetings.plan.add_item"), exact=True).click()
    too_many = t("meetings.plan.too_many", count=5, planned=65, minutes=60)
    await anne.is_told(too_many)
    await expect(nina.main.get_by_text(too_many)).to_be_visible()
    await expect(nina.page.get_by_text(AUDIT, exact=True)).to_be_visible()
    assert await nina.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_items_are_moved_by_keys_and_by_hand(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach, at="agenda")
    nina = await arrive("Nina", room.join(name="Nina"), at="agenda")
    await the_series(anne)
    first, second, third = (
        "Welcome and why we are here",
        "Who is here: name, where I speak from",
        "How we work: the roadmap and the hour",
    )
    item = anne.button(t("meetings.plan.open_item", number=2, title=second))
    await item.focus()
    await anne.page.keyboard.press("Alt+ArrowUp")
    await shows(nina, second, first, third)
    await anne.is_told(t("meetings.plan.moved_to", title=second, at=1, count=8))
    await expect(anne.button(t("meetings.plan.open_item", number=1, title=second))).to_be_focused()
    rows = anne.page.locator(".item")
    await rows.nth(2).drag_to(rows.nth(0), target_position={"x": 100, "y": 3})
    await shows(nina, third, second, first)
    await anne.page.keyboard.press("Control+z")
    await shows(nina, second, first, third)


async def test_the_end_of_the_hour_is_kept_until_somebody_means_it(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach, at="agenda")
    await the_series(anne)
    score = "Score out of ten"
    await anne.button(t("meetings.plan.open_item", number=8, title=score)).click()
    await anne.button(t("meetings.plan.take_off")).click()
    await anne.button(t("meetings.plan.kept_leave")).click()
    await anne.button(t("meetings.plan.take_off")).click()
    await anne.button(t("meetings.plan.kept_mean_it")).click()
    await expect(anne.button(t("meetings.plan.open_item", number=8, title=score))).to_have_count(0)
    await anne.page.get_by_text(t("meetings.plan.taken_off", count=1)).click()
    await anne.button(t("meetings.plan.put_back_item", title=score)).click()
    await expect(anne.button(t("meetings.plan.open_item", number=8, title=score))).to_be_visible()


async def test_a_date_is_skipped_with_a_word_why_and_takes_place_after_all(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach, at="agenda")
    nina = await arrive("Nina", room.join(name="Nina"), at="agenda")
    await the_series(anne)
    day = "Thursday 10 April 2036"
    await anne.button(t("meetings.plan.skip_day", day=day)).click()
    await anne.dialog.get_by_role("button", name=t("meetings.plan.skip"), exact=True).click()
    await expect(anne.refusal).to_contain_text(t("meetings.plan.reason_missing"))
    await anne.dialog.get_by_label(t("meetings.plan.why_skipped"), exact=True).fill("Easter")
    await anne.dialog.get_by_role("button", name=t("meetings.plan.skip"), exact=True).click()
    await expect(nina.page.get_by_text(t("meetings.plan.skipped_because", reason="Easter"))).to_be_visible()
    await anne.button(t("meetings.plan.unskip_day", day=day)).click()
    await expect(nina.page.get_by_role("link", name=day, exact=True)).to_be_visible()
