"""Who does what, on screens: a bleep, a line that drops, hands on the wall, a round that names nobody who waits."""

from playwright.async_api import Locator, expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import t
from tests.support.browser import PHONE, Opens
from tests.support.company import Company


def role(name: str) -> str:
    return t(f"meetings.rota.the_{name}")


def duty(screen: Screen, name: str) -> Locator:
    """The slip that says what a role asks of whoever holds it."""
    return screen.page.get_by_role("region", name=t("meetings.rota.mine", role=role(name)), exact=True)


async def test_a_bleep_goes_off_and_the_next_timekeepers_buttons_appear(room: Company, arrive: Arrives) -> None:
    grace, leroy = room.join(name="Grace"), room.join(name="Leroy", voice="support")
    room.assign("timekeeper", grace)
    coach = await arrive("Anne", room.coach)
    phone = await arrive("Grace", grace, PHONE, at="now")
    his = await arrive("Leroy", leroy)
    await expect(duty(his, "timekeeper")).to_have_count(0)
    await duty(phone, "timekeeper").get_by_role("button", name=t("meetings.rota.hand_over"), exact=True).click()
    await phone.dialog.get_by_role("button", name="Leroy").click()
    await expect(phone.dialog).to_have_count(0)
    await expect(duty(phone, "timekeeper")).to_have_count(0)
    await expect(
        duty(his, "timekeeper").get_by_role("button", name=t("meetings.rota.hand_over"), exact=True)
    ).to_be_visible()
    await coach.is_told(t("meetings.rota.now_is", name="Leroy", role=role("timekeeper")))
    await his.is_told(t("meetings.rota.you_are", role=role("timekeeper")))


async def test_a_line_that_drops_moves_no_role(room: Company, arrive: Arrives) -> None:
    grace = room.join(name="Grace")
    room.assign("timekeeper", grace)
    coach = await arrive("Anne", room.coach)
    phone = await arrive("Grace", grace, PHONE, at="now")
    await expect(duty(phone, "timekeeper")).to_be_visible()
    await phone.page.goto("about:blank")
    away = coach.members.group(t("rooms.not_here")).get_by_role("listitem").filter(has_text="Grace")
    await expect(away.get_by_text(t("rooms.role_timekeeper"), exact=True)).to_be_visible()
    await phone.open("now")
    await expect(duty(phone, "timekeeper")).to_be_visible()


async def test_hands_stand_on_the_wall_in_their_order(room: Company, arrive: Arrives, person: Opens) -> None:
    leroy, maya = room.join(name="Leroy"), room.join(name="Maya", voice="patient")
    coach = await arrive("Anne", room.coach)
    his = await arrive("Leroy", leroy, PHONE, at="now")
    hers = await arrive("Maya", maya)
    wall = await Wall.hangs(await person("The wall", FULL_HD), room)
    await his.button(t("meetings.turns.raise_hand")).click()
    await expect(wall.page.get_by_text(t("meetings.turns.would_speak", names="Leroy"))).to_be_visible()
    await hers.button(t("meetings.turns.raise_hand")).click()
    both = t("meetings.turns.would_speak", names=t("rooms.and", some="Leroy", last="Maya"))
    await expect(wall.page.get_by_text(both)).to_be_visible()
    await coach.button(t("meetings.turns.give_to", name="Leroy")).click()
    await expect(wall.page.get_by_text(t("meetings.turns.speaks", name="Leroy"))).to_be_visible()
    await expect(wall.page.get_by_text(t("meetings.turns.would_speak", names="Maya"))).to_be_visible()
    await his.is_told(t("meetings.turns.your_turn"))


async def test_in_a_round_the_wall_names_only_who_speaks_and_passing_tells_nobody(
    room: Company, arrive: Arrives, person: Opens
) -> None:
    people = {name: room.join(name=name) for name in ("Leroy", "Maya", "Tom")}
    coach = await arrive("Anne", room.coach)
    screens = {name: await arrive(name, somebody) for name, somebody in people.items()}
    wall = await Wall.hangs(await person("The wall", FULL_HD), room)
    await coach.button(t("meetings.turns.start_round", count=3)).click()
    line = wall.page.get_by_role("region", name=t("meetings.turns.title"), exact=True)
    await expect(line).to_contain_text(t("meetings.turns.to_come", count=2))
    shown = await line.inner_text()
    (speaker,) = (name for name in people if name in shown)
    waiting = [name for name in people if name != speaker]
    assert not any(name in shown for name in waiting)
    await screens[waiting[0]].button(t("meetings.turns.pass")).click()
    await expect(line).to_contain_text(t("meetings.turns.to_come", count=1))
    still = await line.inner_text()
    assert not any(name in still for name in waiting)
    await screens[speaker].button(t("meetings.turns.done")).click()
    await expect(wall.page.get_by_text(t("meetings.turns.speaks", name=waiting[1]))).to_be_visible()
    await expect(wall.page.get_by_text(t("meetings.turns.last_one"))).to_be_visible()


async def test_who_is_asked_for_a_role_says_no_and_the_coach_sees_nothing(room: Company, arrive: Arrives) -> None:
    tom = room.join(name="Tom")
    coach, his = await arrive("Anne", room.coach, at="agenda"), await arrive("Tom", tom)
    room.do(
        {
            "type": "meetings.offer_role",
            "offer_id": "0b6f0d9c-6a0e-4f6e-9a63-0d9b8f6f6d10",
            "role": "timekeeper",
            "member_id": tom.member_id,
        },
        room.coach,
    )
    asked = t("meetings.rota.would_you_next", name="Anne", role=role("timekeeper"))
    await expect(his.page.get_by_role("paragraph").filter(has_text=asked)).to_be_visible()
    await his.button(t("meetings.rota.rather_not")).click()
    await expect(his.page.get_by_role("paragraph").filter(has_text=asked)).to_have_count(0)
    assert room.snapshot(room.coach)["rows"]["offer"][0]["member_id"] == tom.member_id
    assert "declined" not in room.snapshot(room.coach)["rows"]
    await coach.all_saved()
