"""A code on the way in: typed, pasted, scanned, mistyped."""

import re

from playwright.async_api import expect

from tests.e2e.conftest import House
from tests.e2e.doors import Doors
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE, Opens
from tests.support.company import Company

CODE = "8QW2 M4CX"


async def test_a_code_falls_into_two_groups_while_it_is_typed(person: Opens, house: House) -> None:
    dina = await person("Dina", PHONE)
    doors = Doors(dina, house.url)
    await dina.page.goto(house.url)
    await doors.field("people.join_with_code").press_sequentially("8qw2m4cx")
    await expect(doors.field("people.join_with_code")).to_have_value(CODE)
    await doors.button("people.join").click()
    await expect(doors.field("people.the_code")).to_have_value(CODE)
    await expect(doors.field("people.your_first_name")).to_be_visible()


async def test_a_code_with_a_letter_missing_is_said_before_it_is_sent(person: Opens, house: House) -> None:
    dina = await person("Dina")
    doors = Doors(dina, house.url)
    await dina.page.goto(house.url)
    await doors.field("people.join_with_code").fill("8qw2 m4c")
    await doors.button("people.join").click()
    await expect(doors.refusal).to_contain_text(t("people.code_not_whole"))
    await expect(doors.field("people.join_with_code")).to_be_focused()
    await doors.field("people.join_with_code").fill("8qw2 m4cx")
    await expect(doors.refusal).to_have_count(0)


async def test_a_code_can_be_corrected_where_the_name_is_said(person: Opens, house: House) -> None:
    dina = await person("Dina")
    dina.expect_errors("404")
    doors = Doors(dina, house.url)
    await dina.page.goto(f"{house.url}/join#code={CODE.replace(' ', '')}")
    await doors.field("people.your_first_name").fill("Dina")
    await doors.button("people.let_me_in").click()
    await expect(doors.refusal).to_contain_text(t("people.code_opens_nothing"))
    await doors.field("people.the_code").fill("8QW2 M4C9")
    await expect(doors.refusal).to_have_count(0)
    await expect(doors.field("people.your_first_name")).to_have_value("Dina")


async def test_a_whole_link_pasted_for_a_code_is_followed(person: Opens, room: Company) -> None:
    dina = await person("Dina")
    doors = Doors(dina, room.server.url)
    await dina.page.goto(room.server.url)
    await doors.field("people.join_with_code").fill(f"Hello Dina, {room.invite('member')['url']} Anne")
    await doors.field("people.your_first_name").fill("Dina")
    await doors.button("people.let_me_in").click()
    await Screen(dina, room.server.url, room.room_id).is_here()


async def test_a_link_that_a_mail_scanner_has_mangled_lets_in(person: Opens, room: Company) -> None:
    token = room.invite("member")["token"]
    for mangled in (f"/join%23token={token}", f"/join%2523token={token}", f"/join?token={token}"):
        dina = await person("Dina")
        await Doors(dina, room.server.url).join(f"{room.server.url}{mangled}", "Dina")
        await Screen(dina, room.server.url, room.room_id).is_here()
        await expect(dina.page).to_have_url(re.compile(f"/rooms/{room.room_id}$"))
