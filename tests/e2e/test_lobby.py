"""Who comes by the code waits at the door, and a coach says who it is."""

import re
from typing import Any

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.doors import Doors
from tests.e2e.fitting import misfits
from tests.e2e.screen import Screen
from tests.e2e.words import begins_with, t
from tests.support.browser import NARROWEST, PHONE, Opens
from tests.support.company import Company


async def test_dina_comes_by_the_code_and_is_let_in_without_loading_anything_again(
    person: Opens, arrive: Arrives, room: Company
) -> None:
    anne = await arrive("Anne", room.coach)
    _, dina = await knocks(person, room, "Dina", "Patient")
    await expect(dina.heading).to_have_text("Sepsis")
    await expect(dina.main.get_by_text(t("rooms.lets_in"), exact=True)).to_be_visible()
    await anne.is_told(t("rooms.somebody_waits", name="Dina"))
    await expect(anne.page.get_by_text(t("rooms.waits", names="Dina", count=1), exact=True)).to_be_visible()
    await dina.page.evaluate("window.isStillHere = true")
    await anne.page.get_by_role("button", name=begins_with(t("rooms.admit"))).click()
    await dina.is_here()
    await dina.is_told(t("rooms.let_in", name="Dina"))
    await expect(dina.main.get_by_text(t("rooms.you_are_in", name="Dina"), exact=True)).to_be_visible()
    assert await dina.page.evaluate("window.isStillHere")
    await expect(anne.members.group(t("rooms.here"))).to_contain_text(re.compile("Dina.*Patient"))
    await dina.button(t("rooms.make_way_back")).click()
    await expect(dina.main.get_by_label(t("rooms.way_back_words"), exact=True)).to_be_visible()


async def test_dina_from_last_week_is_let_in_as_herself(person: Opens, arrive: Arrives, room: Company) -> None:
    last_week = room.join(name="Dina", voice="patient")
    anne = await arrive("Anne", room.coach)
    _, dina = await knocks(person, room, "dina")
    await anne.button(t("rooms.lobby_more")).click()
    item = anne.dialog.get_by_role("listitem")
    await item.get_by_role("button", name=begins_with(t("rooms.is_from_before", name="Dina"))).click()
    await expect(item.get_by_role("combobox")).to_be_focused()
    await item.get_by_role("button", name=t("rooms.admit_as"), exact=True).click()
    await dina.is_here()
    await expect(dina.main.get_by_text(t("rooms.welcome_back", name="Dina"), exact=True)).to_be_visible()
    members = room.snapshot(room.coach)["rows"]["member"]
    assert sorted(member["id"] for member in members if member["state"] == "active") == sorted(
        [room.coach.member_id, last_week.member_id]
    )


async def test_who_is_not_let_in_is_told_kindly(person: Opens, arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    _, somebody = await knocks(person, room, "Somebody")
    await anne.button(t("rooms.lobby_more")).click()
    await anne.dialog.get_by_role("button", name=begins_with(t("rooms.deny"))).click()
    await expect(somebody.heading).to_have_text(t("rooms.ended_denied"))
    await expect(anne.dialog.get_by_text(t("rooms.nobody_waits"), exact=True)).to_be_visible()


async def test_a_name_can_be_corrected_at_the_door(person: Opens, arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    doors, dina = await knocks(person, room, "Dian", "Patient")
    await dina.button(t("rooms.correct_name")).click()
    await doors.field("rooms.my_first_name").fill("Dina")
    await dina.button(t("rooms.save")).click()
    await expect(anne.page.get_by_text(t("rooms.waits", names="Dina", count=1), exact=True)).to_be_visible()


async def test_only_coaches_learn_that_somebody_waits(person: Opens, arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    anne = await arrive("Anne", room.coach)
    await knocks(person, room, "Dina")
    await expect(anne.page.get_by_text(t("rooms.waits", names="Dina", count=1), exact=True)).to_be_visible()
    await nina.all_saved()
    await expect(nina.page.get_by_text("Dina")).to_have_count(0)


async def test_somebody_taken_out_comes_back_to_a_closed_door_and_waits(
    person: Opens, arrive: Arrives, room: Company
) -> None:
    anne = await arrive("Anne", room.coach)
    link = room.invite("member")["url"]
    visitor = await person("Nina")
    doors = Doors(visitor, room.server.url)
    await doors.join(link, "Nina")
    nina = Screen(visitor, room.server.url, room.room_id)
    await nina.is_here()
    await anne.members.open("Nina")
    await anne.button(t("rooms.remove_person", name="Nina")).click()
    await anne.dialog.get_by_role("checkbox").check()
    await anne.button(t("rooms.remove_sure")).click()
    await expect(nina.heading).to_have_text(t("rooms.ended_removed"))
    await visitor.page.goto(room.server.url)
    await visitor.page.goto(link)
    await expect(nina.main.get_by_text(t("rooms.lets_in"), exact=True)).to_be_visible()
    await expect(anne.button(t("rooms.door_is_closed"))).to_be_visible()
    await anne.page.get_by_role("button", name=begins_with(t("rooms.admit"))).click()
    await nina.is_here()


async def test_the_door_is_closed_and_opened_in_plain_words(arrive: Arrives, person: Opens, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    await anne.button(t("rooms.door_is_open")).click()
    await anne.button(t("rooms.close_door")).click()
    await expect(anne.dialog.get_by_text(t("rooms.door_closed_says"), exact=True)).to_be_visible()
    visitor = await person("Rosa")
    await Doors(visitor, room.server.url).join(room.invite("member")["url"], "Rosa")
    await expect(anne.dialog.get_by_role("listitem")).to_contain_text("Rosa")
    await anne.button(t("rooms.open_door")).click()
    await expect(anne.dialog.get_by_text(t("rooms.door_open_says"), exact=True)).to_be_visible()


async def test_the_door_keeps_nobody_out(person: Opens, arrive: Arrives, room: Company) -> None:
    room.join(name="Dina", voice="patient")
    anne = await arrive("Anne", room.coach, NARROWEST, reduced_motion="reduce")
    _, dina = await knocks(person, room, "Dina", "Patient", device=NARROWEST)
    for screen in (dina, anne):
        assert await screen.person.barriers() == []
        assert await misfits(screen.page) == []
    await anne.button(t("rooms.lobby_more")).click()
    await anne.dialog.get_by_role("button", name=begins_with(t("rooms.is_from_before", name="Dina"))).click()
    assert await anne.person.barriers() == []
    assert await misfits(anne.page) == []


async def knocks(person: Opens, room: Company, name: str, voice: str = "", **how: Any) -> tuple[Doors, Screen]:
    """Somebody who comes by the code, as far as the door."""
    path = f"/api/rooms/{room.room_id}/code"
    code = room.call("GET", path, cookie=room.coach.cookie).json()["code"]
    visitor = await person(name, **({"device": PHONE} | how))
    doors = Doors(visitor, room.server.url)
    await visitor.page.goto(room.server.url)
    await doors.field("people.join_with_code").fill(code)
    await doors.button("people.join").click()
    await doors.field("people.your_first_name").fill(name)
    if voice:
        await visitor.page.get_by_role("radio", name=voice, exact=True).check()
    await doors.button("people.let_me_in").click()
    screen = Screen(visitor, room.server.url, room.room_id)
    await expect(screen.main.get_by_text(t("rooms.lets_in"), exact=True)).to_be_visible()
    return doors, screen
