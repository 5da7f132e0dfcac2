"""Coming in: a coach by an account, everybody else by a link, and back as the same person."""

import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.e2e.conftest import Arrives, House
from tests.e2e.doors import Doors
from tests.e2e.networks import Network, over_every_network
from tests.e2e.screen import Screen
from tests.e2e.words import begins_like, begins_with, t
from tests.support.browser import LOST_LINE, PHONE, Opens
from tests.support.company import COACH, Company
from tests.support.server import Server

ROOM = re.compile(r"/rooms/[0-9a-f-]{36}")


async def test_a_coach_sets_up_makes_a_room_and_somebody_joins_on_a_phone(server: Server, person: Opens) -> None:
    coach = await person("Anne")
    doors = Doors(coach, server.url)
    await doors.set_up(server.setup_token, **COACH)
    await doors.shows("people.my_rooms")
    await doors.make_room("Sepsis pathway", teams="Emergency department\nPharmacy")
    await expect(coach.page).to_have_url(ROOM)
    anne = Screen(coach, server.url, coach.page.url.rpartition("/")[2])
    await anne.is_here()
    await anne.button(t("rooms.invite")).click()
    await anne.button(t("rooms.make_link")).click()
    link = await anne.dialog.get_by_label(t("rooms.link_for", part="member"), exact=True).inner_text()
    assert link.startswith(f"{server.url}/join#token=")
    await anne.close_dialog()

    visitor = await person("Maya", PHONE)
    await Doors(visitor, server.url).join(link, "Maya", "Patient")
    maya = Screen(visitor, server.url, anne.room_id)
    await maya.is_here()
    await expect(visitor.page).to_have_url(re.compile(f"{anne.room_id}$"))
    await expect(maya.main.get_by_text(t("rooms.you_are_in", name="Maya"))).to_be_visible()
    await expect(anne.members.group(t("rooms.here"))).to_contain_text(re.compile("Maya.*Patient"))


async def test_a_pathway_asks_for_the_second_coach_and_one_team_does_not(person: Opens, house: House) -> None:
    coach = await person("Anne")
    doors = Doors(coach, house.url)
    await doors.sign_in(COACH["email"], COACH["password"])
    await doors.make_room("Sepsis pathway")
    await expect(coach.page.get_by_role("button", name=t("rooms.invite_second"), exact=True)).to_be_visible()
    await coach.page.get_by_role("link", name=t("rooms.my_rooms"), exact=True).click()
    await doors.make_room("Cystic fibrosis clinic", "for_a_microsystem")
    await expect(coach.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(coach.page.get_by_role("button", name=t("rooms.invite"), exact=True)).to_be_visible()
    await expect(coach.page.get_by_role("button", name=t("rooms.invite_second"), exact=True)).to_have_count(0)


@over_every_network
async def test_somebody_joins_on_a_phone_and_is_seen_by_who_is_there(
    network: Network, arrive: Arrives, person: Opens, room: Company
) -> None:
    anne = await arrive("Anne", room.coach)
    visitor = await person("Maya", PHONE)
    visitor.expect_errors(LOST_LINE)
    url = await network.to(room.server.url)
    await Doors(visitor, url).join(f"{url}/join#token={room.invite('member')['token']}", "Maya", "Patient")
    maya = Screen(visitor, url, room.room_id)
    await maya.is_here()
    await expect(anne.members.group(t("rooms.here"))).to_contain_text(re.compile("Maya.*Patient"))


async def test_two_coaches_are_equals(person: Opens, arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    second = await person("Ralph")
    await Doors(second, room.server.url).join(room.invite("coach")["url"], "Ralph")
    ralph = Screen(second, room.server.url, room.room_id)
    await ralph.is_here()
    await expect(ralph.button(t("rooms.invite"))).to_be_visible()
    await expect(ralph.button(t("rooms.change_person", name="Anne"))).to_be_visible()
    await expect(anne.button(t("rooms.change_person", name="Ralph"))).to_be_visible()


async def test_the_same_browser_opening_the_link_again_is_the_same_person(person: Opens, room: Company) -> None:
    visitor = await person("Dina", PHONE)
    link = room.invite("member")["url"]
    await Doors(visitor, room.server.url).join(link, "Dina")
    dina = Screen(visitor, room.server.url, room.room_id)
    await dina.is_here()
    await visitor.page.goto(room.server.url)
    await visitor.page.goto(link)
    await dina.is_here()
    await expect(dina.main.get_by_text(t("rooms.welcome_back", name="Dina"))).to_be_visible()
    assert names(room) == ["Anne", "Dina"]


async def test_somebody_else_at_the_same_computer_is_one_press_away(person: Opens, room: Company) -> None:
    visitor = await person("Dina")
    doors = Doors(visitor, room.server.url)
    link = room.invite("member")["url"]
    await doors.join(link, "Dina")
    dina = Screen(visitor, room.server.url, room.room_id)
    await dina.is_here()
    await visitor.page.goto(room.server.url)
    await visitor.page.goto(link)
    await dina.button(t("rooms.not_me", name="Dina")).click()
    await doors.field("people.your_first_name").fill("Rosa")
    await doors.button("people.let_me_in").click()
    await expect(dina.main.get_by_text(t("rooms.you_are_in", name="Rosa"))).to_be_visible()
    assert names(room) == ["Anne", "Dina", "Rosa"]


async def test_four_words_on_another_browser_give_the_same_person(person: Opens, room: Company) -> None:
    at_work = await person("Dina")
    await Doors(at_work, room.server.url).join(room.invite("member")["url"], "Dina")
    dina = Screen(at_work, room.server.url, room.room_id)
    await dina.is_here()
    words = await dina.main.get_by_label(t("rooms.way_back_words"), exact=True).inner_text()
    assert len(words.split()) == 4

    at_home = await person("Dina at home", PHONE)
    await Doors(at_home, room.server.url).come_back(words.upper())
    again = Screen(at_home, room.server.url, room.room_id)
    await again.is_here()
    await expect(again.main.get_by_text(t("rooms.welcome_back", name="Dina"))).to_be_visible()
    assert names(room) == ["Anne", "Dina"]


async def test_words_that_nobody_has_open_nothing_and_stay_in_the_field(person: Opens, house: House) -> None:
    dina = await person("Dina")
    dina.expect_errors("404")
    doors = Doors(dina, house.url)
    await doors.come_back("river seldom copper lantern")
    await expect(doors.refusal).to_contain_text(t("refused.link_not_found"))
    await expect(doors.field("people.four_words")).to_have_value("river seldom copper lantern")


async def test_a_link_that_opens_nothing_says_what_to_do(person: Opens, room: Company) -> None:
    dina = await person("Dina")
    dina.expect_errors("404")
    doors = Doors(dina, room.server.url)
    await doors.join(f"{room.server.url}/join#token=nobody-has-made-this-link", "Dina")
    await doors.shows("people.link_ended")
    soon = (datetime.now(UTC) + timedelta(milliseconds=1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    await doors.join(room.invite("member", expires_at=soon)["url"], "Dina")
    await doors.shows("people.link_ended")
    used = room.invite("member", max_uses=1)
    room.call("POST", "/api/join", {"token": used["token"], "name": "Nina"})
    await doors.join(used["url"], "Dina")
    await doors.shows("people.link_ended")


async def test_a_link_that_the_coach_has_closed_opens_nothing(person: Opens, arrive: Arrives, room: Company) -> None:
    anne = await arrive("Anne", room.coach)
    link = room.invite("member")["url"]
    await anne.button(t("rooms.invite")).click()
    await anne.button(t("rooms.close_link")).click()
    await expect(anne.button(t("rooms.close_link"))).to_have_count(0)
    dina = await person("Dina")
    dina.expect_errors("404")
    await Doors(dina, room.server.url).join(link, "Dina")
    await Doors(dina, room.server.url).shows("people.link_ended")


async def test_a_coach_signs_out_and_in_again(person: Opens, house: House) -> None:
    coach = await person("Anne")
    coach.expect_errors("401")
    doors = Doors(coach, house.url)
    await doors.sign_in(COACH["email"], "a short walk by the lake")
    await expect(doors.refusal).to_contain_text(t("refused.wrong_sign_in"))
    await expect(doors.field("people.email")).to_have_value(COACH["email"])
    await doors.give_email(COACH["email"], COACH["password"])
    await doors.button("people.sign_in").click()
    await doors.shows("people.my_rooms")
    await doors.button("people.sign_out").click()
    await doors.shows("people.one_good_hour")
    await coach.page.goto(f"{house.url}/home")
    await doors.shows("people.sign_in")


async def test_a_password_that_is_too_short_is_said_under_its_field(server: Server, person: Opens) -> None:
    coach = await person("Anne")
    coach.expect_errors("422")
    doors = Doors(coach, server.url)
    await doors.set_up(server.setup_token, "Anne", "anne@example.org", "short")
    await expect(doors.refusal).to_contain_text(t("refused.password_too_short", least=10))
    await expect(doors.field("people.your_name")).to_have_value("Anne")


async def test_signing_out_in_the_room_ends_it_in_every_tab(arrive: Arrives, room: Company) -> None:
    nina = await arrive("Nina", room.join(name="Nina"))
    other = await nina.person.new_tab()
    await other.goto(f"{room.server.url}/rooms/{room.room_id}#board")
    await expect(other.get_by_role("heading", level=1)).to_be_visible()
    await nina.choose(t("rooms.sign_out"))
    await expect(nina.page.get_by_role("heading", name=t("people.one_good_hour"))).to_be_visible()
    await expect(other.get_by_role("heading", name=t("rooms.ended_signed_out"), exact=True)).to_be_visible()


async def test_finishing_on_a_shared_computer_leaves_nobody_and_nothing_there(person: Opens, room: Company) -> None:
    visitor = await person("Dina")
    doors = Doors(visitor, room.server.url)
    await visitor.page.goto(room.invite("member")["url"])
    await doors.field("people.your_first_name").fill("Dina")
    await visitor.page.get_by_role("checkbox", name=begins_with(t("people.shared_computer"))).check()
    await doors.button("people.let_me_in").click()
    dina = Screen(visitor, room.server.url, room.room_id)
    await dina.is_here()
    await expect(dina.main.get_by_text(begins_like("people.forgets_at"))).to_be_visible()
    await dina.choose(t("people.finish_here"))
    await doors.shows("people.one_good_hour")
    assert await visitor.page.evaluate("sessionStorage.length") == 0
    visitor.expect_errors("401")
    await visitor.page.goto(f"{room.server.url}/rooms/{room.room_id}")
    await expect(visitor.page.get_by_role("heading", name=t("rooms.ended_signed_out"), exact=True)).to_be_visible()


async def test_not_dina_is_in_the_menu_all_the_time(arrive: Arrives, room: Company) -> None:
    dina = await arrive("Dina", room.join(name="Dina"))
    doors = Doors(dina.person, room.server.url)
    await dina.choose(t("rooms.not_me", name="Dina"))
    await dina.dialog.get_by_role("button", name=t("rooms.come_in_as_another"), exact=True).click()
    await doors.shows("people.join_with_code")
    assert names(room) == ["Anne", "Dina"]


def names(room: Company) -> list[str]:
    return sorted(member["name"] for member in room.snapshot(room.coach)["rows"]["member"])
