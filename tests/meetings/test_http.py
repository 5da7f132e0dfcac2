"""Past meetings, calendars and the next meeting, asked for over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from tests.support.company import Company, a_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder: Path = tmp_path_factory.mktemp("meetings")
    with a_company(folder) as company:
        yield company


def an_hour(company: Company) -> str:
    """One that was begun and ended just now."""
    meeting = str(uuid4())
    company.do({"type": "meetings.add_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.start_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.end_meeting"}, company.coach)
    return meeting


def test_a_past_meeting_is_read_with_its_items_long_after(company: Company) -> None:
    first, _, _ = an_hour(company), an_hour(company), an_hour(company)
    member = company.join()
    assert first not in {row["meeting_id"] for row in company.snapshot(member)["rows"]["item"]}
    path = f"/api/rooms/{company.room_id}/meetings"
    assert first in {row["id"] for row in company.call("GET", path, cookie=member.cookie).json()["rows"]["meeting"]}
    rows = company.call("GET", f"{path}/{first}", cookie=member.cookie).json()["rows"]
    assert [row["id"] for row in rows["meeting"]] == [first]
    assert {row["state"] for row in rows["item"]} == {"done", "left"}
    assert "shelved_at" not in rows["item"][0]


def test_only_who_is_in_the_room_reads_its_meetings_and_calendars(company: Company) -> None:
    meeting = an_hour(company)
    for path in ("meetings", f"meetings/{meeting}", "meetings.ics", f"meetings/{meeting}.ics"):
        asked = f"/api/rooms/{company.room_id}/{path}"
        assert company.ask("GET", asked).status_code == 401
        assert company.ask("GET", asked, cookie=company.join().cookie).status_code == 200
    gone = f"/api/rooms/{company.room_id}/meetings/{uuid4()}"
    assert company.ask("GET", gone, cookie=company.coach.cookie).status_code == 404


def test_the_list_of_rooms_says_when_each_meets_next_and_a_calendar_takes_it(company: Company) -> None:
    series = {"every_weeks": 1, "starts_on": "2036-04-03", "start": "12:30", "minutes": 45}
    company.do({"type": "meetings.set_series", **series}, company.coach)
    (room,) = company.call("GET", "/api/rooms", cookie=company.coach.cookie).json()
    assert room["next_meeting"]["starts_at"] == "2036-04-03T11:30:00.000Z"
    file = company.call("GET", f"/api/rooms/{company.room_id}/meetings.ics", cookie=company.coach.cookie)
    assert file.headers["content-type"].startswith("text/calendar")
    read: Any = Calendar.from_ical(file.content)
    assert f"/rooms/{company.room_id}" in str(read.walk("VEVENT")[0]["URL"])


def test_whoever_has_a_link_reads_what_the_room_has_agreed_before_they_agree(company: Company) -> None:
    link = company.invite("member")
    asked = {"token": link["token"]}
    assert company.call("POST", "/api/join/agreed", asked).json() == {"rules": []}
    rule = {"ground_rule_id": str(uuid4()), "text": "Rank stays outside."}
    company.do({"type": "meetings.propose_rule", **rule}, company.coach)
    assert company.call("POST", "/api/join/agreed", asked).json() == {"rules": []}
    company.do({"type": "meetings.agree_rules", "number": 1}, company.coach)
    assert company.call("POST", "/api/join/agreed", asked).json() == {"rules": ["Rank stays outside."]}
    path = f"/api/rooms/{company.room_id}/invitations/{link['invitation_id']}"
    company.call("DELETE", path, cookie=company.coach.cookie)
    for token in (link["token"], "no-link-at-all"):
        assert company.call("POST", "/api/join/agreed", {"token": token}).json() == {"rules": []}
