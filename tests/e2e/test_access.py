"""Nobody is kept out: axe on every screen in both themes, small windows, large text, a longer language."""

from asyncio import gather
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.e2e import given, tour, tour_of_hour
from tests.e2e.conftest import Arrives, House
from tests.e2e.fitting import data_of, misfits, untranslated
from tests.e2e.screen import Screen
from tests.e2e.words import PSEUDO, in_pseudo, t
from tests.support.browser import DESKTOP, NARROWEST, Device, Opens, Person
from tests.support.cases import SEPSIS, Play, case, play
from tests.support.company import Company

LOW = Device(640, 400)
"""A small laptop at 200 %."""
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that another theme can break."""
LIVE = "[role=status]:not(output), [role=alert], [role=log], [aria-live]:not([aria-live=off], [role=status])"
"""All that a screen reader says by itself."""
CALM = {"reduced_motion": "reduce"}


@pytest.fixture(scope="module")
def sepsis(house: House) -> Iterator[Play]:
    """Everything in it: nineteen people, sixteen cards, long names, a very long card."""
    room = play(house.url, house.coach_cookie, SEPSIS)
    yield room
    room.close()


@pytest.fixture
def step_id(sepsis: Play) -> str:
    return step_of(sepsis.snapshot())


async def test_no_page_before_the_room_keeps_anybody_out(person: Opens, room: Company) -> None:
    dina = await person("Dina", **CALM)
    dina.expect_errors("401|404")
    tours = (tour.pages(dina, room.server.url, room.invite("member")["token"]), tour.home(dina, room.server.url))
    async for name in tour.together(*tours):
        await keeps_nobody_out(dina, name)


async def test_no_screen_of_a_full_room_keeps_anybody_out(arrive: Arrives, sepsis: Play, step_id: str) -> None:
    anne = await arrive("Anne", sepsis.people["anne"], **CALM)
    async for name in tour.together(*tours_of_a_coach(anne, step_id)):
        await keeps_nobody_out(anne.person, name)


async def test_no_screen_of_an_empty_room_keeps_anybody_out(arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach, **CALM)
    async for name in tour.places(anne, given.step_id(room, "fishbone")):
        await keeps_nobody_out(anne.person, name)


async def test_no_screen_of_a_phone_keeps_anybody_out(arrive: Arrives, sepsis: Play, step_id: str) -> None:
    maya = await arrive("Maya", sepsis.people["maya"], NARROWEST, **CALM)
    async for name in tour.places(maya, step_id):
        await keeps_nobody_out(maya.person, name)


async def test_no_screen_of_a_meeting_keeps_anybody_out(arrive: Arrives, room: Company) -> None:
    room.join(name="Nina")
    anne = await arrive("Anne", room.coach, **CALM)
    hour = tour_of_hour.whole(anne, lambda command: room.do(command, room.coach), room.coach.member_id)
    async for name in hour:
        await keeps_nobody_out(anne.person, name)


async def test_not_even_offline_or_when_it_is_over_is_anybody_kept_out(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"), NARROWEST, **CALM)
    await nina.will_lose_its_line()
    await nina.person.context.set_offline(True)
    await expect(nina.page.get_by_text(t("rooms.offline_title"), exact=True)).to_be_visible()
    await nina.board.write("Value", "Waiting without being looked at")
    await keeps_nobody_out(nina.person, "offline")
    assert await misfits(nina.page) == []
    await nina.person.context.set_offline(False)
    await nina.all_saved()
    await nina.board.remove("Waiting without being looked at")
    await nina.main.get_by_text(t("board.removed", count=1), exact=True).click()
    await keeps_nobody_out(nina.person, "a card removed")
    members = room.snapshot(room.coach)["rows"]["member"]
    who = next(member["id"] for member in members if member["name"] == "Nina")
    room.do({"type": "rooms.remove_member", "member_id": who}, room.coach)
    await expect(nina.heading).to_have_text(t("rooms.ended_removed"))
    await keeps_nobody_out(nina.person, "ended")


@pytest.mark.parametrize("device", [NARROWEST, LOW], ids=["320x640", "640x400"])
async def test_every_screen_fits_a_small_window(
    device: Device, arrive: Arrives, person: Opens, sepsis: Play, step_id: str
) -> None:
    anne, visitor = await gather(arrive("Anne", sepsis.people["anne"], device, **CALM), person("Dina", device))
    visitor.expect_errors("401|404")
    async for name in tour.together(*tours_of_a_coach(anne, step_id)):
        assert await misfits(anne.page) == [], name
    pages = tour.pages(visitor, sepsis.url, sepsis.invite("member")["token"])
    async for name in tour.together(pages, tour.home(visitor, sepsis.url)):
        assert await misfits(visitor.page) == [], name


@pytest.mark.parametrize("device", [DESKTOP, NARROWEST], ids=["1280x800", "320x640"])
async def test_every_screen_fits_in_large_text(device: Device, arrive: Arrives, sepsis: Play, step_id: str) -> None:
    maya = await arrive("Maya", sepsis.people["maya"], device, **CALM)
    await maya.choose(t("rooms.looks"))
    await maya.dialog.get_by_role("radio", name=t("rooms.text_larger"), exact=True).check()
    await maya.close_dialog()
    async for name in tour.together(tour.places(maya, step_id), tour.a_card(maya)):
        assert await misfits(maya.page) == [], name


@pytest.mark.parametrize("device", [DESKTOP, NARROWEST], ids=["1280x800", "320x640"])
async def test_a_longer_language_is_whole_and_fits(
    device: Device, arrive: Arrives, person: Opens, sepsis: Play, step_id: str
) -> None:
    mine = sepsis.call("GET", "/api/rooms", cookie=sepsis.people["anne"].cookie).json()
    known = data_of(case(SEPSIS)) | {room["name"] for room in mine}
    anne, visitor = await gather(arrive("Anne", sepsis.people["anne"], device, **CALM), person("Dina", device))
    visitor.expect_errors("401|404")
    with in_pseudo():
        await anne.open("board", PSEUDO)
        async for name in tour.together(*tours_of_a_coach(anne, step_id)):
            assert await untranslated(anne.page, known) == [], name
            assert await misfits(anne.page) == [], name
        pages = tour.pages(visitor, sepsis.url, sepsis.invite("member")["token"], PSEUDO)
        async for name in tour.together(pages, tour.home(visitor, sepsis.url, PSEUDO)):
            assert await untranslated(visitor.page, known) == [], name
            assert await misfits(visitor.page) == [], name


def tours_of_a_coach(screen: Screen, step_id: str) -> tuple[tour.Tour, ...]:
    """Everything there is in a full room."""
    quiet = (tour.places(screen, step_id), tour.a_card(screen), tour.writing(screen))
    return (*quiet, tour.dialogs_of_a_coach(screen, "Nina"))


async def keeps_nobody_out(somebody: Person, screen: str) -> None:
    """In light by every rule; in dark by those that colours can break. And only one voice speaks by itself."""
    assert await somebody.page.locator(LIVE).count() == 1, screen
    assert await somebody.barriers() == [], screen
    await somebody.page.emulate_media(color_scheme="dark")
    assert await somebody.barriers(*COLOURS) == [], f"{screen}, dark"
    await somebody.page.emulate_media(color_scheme="light")


def step_of(snapshot: dict[str, dict[str, list[dict[str, str]]]]) -> str:
    """A step with a page of its own, with many columns."""
    return next(step["id"] for step in snapshot["rows"]["step"] if step["key"] == "fishbone")
