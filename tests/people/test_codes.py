"""Eight signs open the door for those who have no link, and for nobody who guesses."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.people import codes
from app.people.codes import ALPHABET, as_code, is_a_code
from app.people.tries import Tries, TriesHere
from app.rooms.values import id_from
from tests.people.test_joining import Hospital, hospital, join
from tests.support.scale import by_scale, tell

__all__ = ["hospital"]
WRONG = by_scale(quick=300, short=2_000, full=10_000)


async def code_of(hospital: Hospital) -> str:
    answer = await hospital.maya.get(f"/api/rooms/{hospital.room_id}/code")
    assert answer.status_code == 200
    code: str = answer.json()["code"]
    return code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2345 CFGH", "2345CFGH"),
        ("2345-cfgh", "2345CFGH"),
        (" z5bu CFGH ", "258VCFGH"),
        ("https://bigroom.example/join#code=2345CFGH", "2345CFGH"),
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str, code: str) -> None:
    assert as_code(typed) == code
    assert is_a_code(typed)


def test_what_cannot_be_a_code_is_none() -> None:
    assert not any(map(is_a_code, ("", "2345CFG", "2345CFGHJ", "2345CFGA", "☂☂☂☂☂☂☂☂")))


async def test_a_code_leads_to_the_door(hospital: Hospital) -> None:
    code = await code_of(hospital)
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    dina = hospital.browser()
    answer = await join(dina, code=f"{code[:4]} {code[4:].lower()}", name="Dina")
    assert answer.status_code == 202
    waiting = answer.json()
    assert waiting == {"waiting": True, "room_id": hospital.room_id, "member_id": waiting["member_id"]}
    assert (await hospital.do("rooms.admit_member", member_id=waiting["member_id"])).status_code == 200
    again = await join(dina, code=code)
    assert (again.status_code, again.json()["member_id"]) == (200, waiting["member_id"])


async def test_a_code_is_good_while_it_is_shown_and_a_quarter_of_an_hour_more(hospital: Hospital) -> None:
    code = await code_of(hospital)
    hospital.house.clock.passes(minutes=14)
    assert await code_of(hospital) == code
    hospital.house.clock.passes(minutes=14)
    assert (await join(hospital.browser(), code=code, name="Dina")).status_code == 202
    hospital.house.clock.passes(minutes=2)
    late = await join(hospital.browser(), code=code, name="Tom")
    wrong = await join(hospital.browser("192.0.2.9"), code="22222222", name="Tom")
    assert (late.status_code, late.text) == (404, wrong.text)


async def test_each_day_has_another_code_and_each_room_its_own(hospital: Hospital) -> None:
    code = await code_of(hospital)
    hospital.house.clock.passes(hours=timedelta(days=1).total_seconds() / 3600)
    assert await code_of(hospital) != code
    other = (await hospital.maya.post("/api/rooms", json={"name": "Hips", "method": "flow_roadmap"})).json()
    theirs = (await hospital.maya.get(f"/api/rooms/{other['room_id']}/code")).json()["code"]
    assert theirs != await code_of(hospital)


async def test_only_coaches_and_walls_are_shown_the_code(hospital: Hospital) -> None:
    for part, status in (("member", 403), ("observer", 403), ("wall", 200), ("coach", 200)):
        browser = hospital.browser()
        await hospital.joined("Somebody", part, browser)
        assert (await browser.get(f"/api/rooms/{hospital.room_id}/code")).status_code == status, part


async def test_P11_wrong_codes_are_limited_and_links_and_known_browsers_are_not(hospital: Hospital) -> None:
    hospital.house.people.phrase_tries = Tries(TriesHere(10, 100, clock=lambda: 0.0))
    code, known = await code_of(hospital), hospital.browser()
    await hospital.joined("Tom", browser=known)
    told: Counter[int] = Counter()
    for n in range(WRONG):
        guess = "".join(ALPHABET[n // 20**place % 20] for place in range(8))
        answer = await join(hospital.browser(f"198.51.100.{n % 250}"), code=guess, name="Mallory")
        told[answer.status_code] += 1
        if answer.status_code == 429:
            assert answer.json()["code"] == "use_the_link"
    assert told == {404: 100, 429: WRONG - 100}
    tell(f"P11: of {WRONG} wrong codes in a minute {told[404]} reached the look-up")
    assert (await join(hospital.browser(), code=code, name="Dina")).status_code == 429
    assert (await join(known, code=code)).status_code == 200
    assert (await join(hospital.browser(), token=await hospital.link(), name="Nina")).status_code == 200


async def test_one_address_alone_has_ten_guesses(hospital: Hospital) -> None:
    hospital.house.people.phrase_tries = Tries(TriesHere(10, 100, clock=lambda: 0.0))
    here = [await join(hospital.browser("198.51.100.7"), code="22222222", name="M") for _ in range(12)]
    assert [answer.status_code for answer in here] == [404] * 10 + [429] * 2
    code = await code_of(hospital)
    assert (await join(hospital.browser("198.51.100.8"), code=code, name="Dina")).status_code == 202


async def test_from_half_an_hour_before_a_meeting_to_its_end_the_code_is_good_without_being_shown(
    hospital: Hospital,
) -> None:
    clock, keys = hospital.house.clock, hospital.house.people.keys
    assert (await hospital.do("meetings.add_meeting", meeting_id=id_from("hour"))).status_code == 200
    snapshot = (await hospital.maya.get(f"/api/rooms/{hospital.room_id}/snapshot")).json()
    begins = datetime.fromisoformat(snapshot["rows"]["meeting"][0]["starts_at"])
    for minutes, status in ((-31, 404), (-29, 202), (59, 202), (61, 404)):
        clock.at = begins + timedelta(minutes=minutes)
        code = codes.of_day(keys, hospital.room_id, clock.at)
        answer = await join(hospital.browser(), code=code, name="Dina")
        assert answer.status_code == status, minutes
