"""While everybody writes, somebody who listens is told little, and somebody who types is left alone."""

from asyncio import Event, create_task
from itertools import cycle

from playwright.async_api import Page, Route, expect

from tests.e2e import given
from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import begins_like, t
from tests.support.company import Company
from tests.support.listening import field, heard, listen

COLUMNS = ("value", "involve", "visualisation", "evidence", "vision")
CARDS, AUTHORS, MINUTES = 60, 15, 3
MOST = 12
HALF = "Nobody could tell me whether she had"
APART_MS = MINUTES * 60_000 // CARDS

OPENED = "() => document.querySelector('dialog[open]')?.innerText"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


async def test_sixty_cards_in_three_minutes_are_at_most_twelve_messages_and_move_no_half_typed_text(
    arrive: Arrives, room: Company
) -> None:
    given.cards(room, room.coach, "value", "What was there before")
    authors = [room.join(name=f"Author {number}") for number in range(AUTHORS)]
    nina = await arrive("Nina", room.join(name="Nina"))
    await nina.has_everything()
    page = await _in_slow_motion(nina)
    before = await _half_typed(nina)
    await listen(page)
    for number, (author, column) in enumerate(zip(cycle(authors), cycle(COLUMNS), strict=False), 1):
        if number > CARDS:
            break
        given.cards(room, author, column, f"Thought {number}")
        await expect(page.get_by_role("button", name=begins_like("board.open_card"))).to_have_count(number + 1)
        await page.clock.run_for(APART_MS)
    said = await heard(page)
    assert 1 <= len(said) <= MOST, said
    assert await field(page) == before
    # Twelve cards have been pinned up above it, and it is still in sight.
    await expect(nina.board.field("Vision")).to_be_in_viewport()
    # What was not said by itself is told on request, and nothing is counted twice.
    await page.keyboard.press("Escape")
    await page.keyboard.press("s")
    await page.clock.run_for(2_000)
    told = (await heard(page))[len(said) :]
    assert len(told) == 1
    counted = sum(int(word) for word in " ".join([*said, *told]).replace(",", " ").split() if word.isdigit())
    assert counted == CARDS


async def test_who_wants_only_what_concerns_them_hears_the_news_when_they_ask(arrive: Arrives, room: Company) -> None:
    tom = room.join(name="Tom")
    nina = await arrive("Nina", room.join(name="Nina"))
    await nina.has_everything()
    await nina.choose(t("rooms.looks"))
    await nina.dialog.get_by_role("radio", name=t("rooms.voice_needed"), exact=True).check()
    await nina.close_dialog()
    page = await _in_slow_motion(nina)
    await listen(page)
    given.cards(room, tom, "value", "One", "Two")
    await expect(nina.board.handle("Two")).to_be_visible()
    # Less than it takes until nobody heard of means that the line is gone.
    await page.clock.run_for(25_000)
    assert await heard(page) == []
    await page.keyboard.press("s")
    await page.clock.run_for(2_000)
    news = t("rooms.news_cards", count=2, list="Value")
    assert await heard(page) == [t("rooms.news_since", news=news)]


async def test_single_keys_can_be_turned_off_and_are_remembered(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    await nina.has_everything()
    await nina.page.keyboard.press("?")
    await expect(nina.dialog).to_contain_text(t("board.key_write"))
    await nina.dialog.get_by_role("button", name=t("rooms.help_turn_off"), exact=True).click()
    await expect(nina.dialog).not_to_contain_text(t("board.key_write"))
    await nina.close_dialog()
    await nina.page.reload()
    await nina.is_here()
    await nina.has_everything()
    await nina.page.keyboard.press("n")
    await nina.page.keyboard.press("?")
    await expect(nina.board.field("Value")).to_have_count(0)
    await expect(nina.dialog).to_have_count(0)
    await nina.choose(t("rooms.help"))
    await nina.dialog.get_by_role("button", name=t("rooms.help_turn_on"), exact=True).click()
    await nina.close_dialog()
    await nina.page.keyboard.press("n")
    await expect(nina.board.field("Value")).to_be_focused()


async def test_a_card_opens_with_all_its_buttons_so_that_none_moves_under_a_finger(
    arrive: Arrives, room: Company
) -> None:
    given.cards(room, room.coach, "value", "What was there before")
    anne = await arrive("Anne", room.coach, at="roadmap")
    line = Event()

    async def hold(route: Route) -> None:
        await line.wait()
        await route.continue_()

    await anne.page.route("**/ParkCard*", hold)
    await anne.go("board")
    first_seen = create_task(anne.page.wait_for_function(OPENED))
    await anne.board.handle("What was there before").click()
    await anne.page.evaluate(TWO_FRAMES)
    line.set()
    words = await (await first_seen).json_value()
    assert t("board.take_out") in words
    assert t("meetings.close.park_this") in words
    await anne.board.close()


async def _in_slow_motion(screen: Screen) -> Page:
    """Its clock moves only when the story says so; the line and the people are real."""
    await screen.page.clock.install()
    await screen.page.reload()
    await screen.is_here()
    await screen.has_everything()
    await screen.page.clock.run_for(1_000)
    return screen.page


async def _half_typed(screen: Screen) -> list[object]:
    """Somebody has begun a card, and their cursor stands in the middle of it."""
    written = await screen.board.begin("Vision")
    await written.press_sequentially(HALF)
    for _ in range(4):
        await written.press("ArrowLeft")
    return await field(screen.page)
