"""Whatever is sent, there is a clear answer and never a 5xx."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from httpx import AsyncClient

from tests.people.conftest import House, a_whole_house

MAYA = {"name": "Maya", "email": "maya@example.org", "password": "a long walk by the sea"}
HALF = '"\\ud800"'


@pytest_asyncio.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    async with a_whole_house(database_url) as (house, _engine):
        yield house


async def coach(house: House) -> AsyncClient:
    maya = house.browser()
    assert (await maya.post("/api/setup", json={"token": house.setup_token(), **MAYA})).status_code == 201
    return maya


async def send(browser: AsyncClient, path: str, body: str) -> tuple[int, Any]:
    answer = await browser.post(path, content=body.encode(), headers={"Content-Type": "application/json"})
    return answer.status_code, answer.json()


async def test_half_a_character_is_refused_wherever_text_goes(house: House) -> None:
    maya = await coach(house)
    for path, body in {
        "/api/setup": f'{{"token": {HALF}, "name": "a", "email": "a@b.c", "password": "long enough"}}',
        "/api/setup ": f'{{"token": "a", "name": {HALF}, "email": "a@b.c", "password": "long enough"}}',
        "/api/session": f'{{"email": "\\ud800@b.c", "password": {HALF}}}',
        "/api/session ": f'{{"token": {HALF}}}',
        "/api/rooms": f'{{"name": {HALF}, "method": "flow_roadmap"}}',
        "/api/rooms ": f'{{"name": "a", "method": {HALF}}}',
        "/api/join": f'{{"token": "a", "name": {HALF}}}',
        "/api/join ": f'{{"way_back": {HALF}}}',
    }.items():
        status, problem = await send(maya, path.strip(), body)
        assert (status, problem["code"]) == (422, "bad_command"), path


@pytest.mark.parametrize("room", ["%00", "null", "..", "00000000-0000-0000-0000-000000000000", "x" * 300])
async def test_no_address_of_a_room_breaks_anything(house: House, room: str) -> None:
    maya = await coach(house)
    answer = await maya.post(f"/api/rooms/{room}/invitations", json={"part": "member"})
    assert answer.status_code in (404, 405, 422)
    assert (await maya.get(f"/api/rooms/{room}/snapshot")).status_code in (404, 422)


@pytest.mark.parametrize(
    "expires_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0500-01-01T00:00:00Z", "tomorrow", 1e300]
)
async def test_a_moment_outside_the_calendar_is_refused(house: House, expires_at: object) -> None:
    maya = await coach(house)
    made = (await maya.post("/api/rooms", json={"name": "Sepsis", "method": "flow_roadmap"})).json()
    body = {"part": "member", "expires_at": expires_at}
    answer = await maya.post(f"/api/rooms/{made['room_id']}/invitations", json=body)
    assert answer.status_code == 422
    assert answer.json()["params"]["field"] == "expires_at"


async def test_a_nul_in_a_name_becomes_a_blank(house: House) -> None:
    maya = house.browser()
    body = {**MAYA, "name": "Ma\x00ya", "token": house.setup_token()}
    assert (await maya.post("/api/setup", json=body)).status_code == 201
    signed_in = await maya.post("/api/session", json={"email": MAYA["email"], "password": MAYA["password"]})
    assert signed_in.json()["name"] == "Ma ya"


async def test_the_whole_way_in_works_alike_on_both_engines(house: House) -> None:
    maya, dina, tablet = await coach(house), house.browser(), house.browser()
    made = (await maya.post("/api/rooms", json={"name": "Sepsis", "method": "flow_roadmap"})).json()
    place = f"/api/rooms/{made['room_id']}"
    invited = (await maya.post(f"{place}/invitations", json={"part": "member"})).json()
    came = (await dina.post("/api/join", json={"token": invited["token"], "name": "Dina"})).json()
    back = (await tablet.post("/api/join", json={"way_back": came["way_back"]["phrase"]})).json()
    assert back["member_id"] == came["member_id"]
    (listed,) = (await tablet.get("/api/rooms")).json()
    assert listed["part"] == "member"
    began = house.clock()
    assert (await tablet.delete("/api/session")).status_code == 204
    assert len(await house.people.ended_since(began)) == 1
    assert (await maya.delete(f"{place}/invitations/{invited['invitation_id']}")).status_code == 204
    late = await house.browser().post("/api/join", json={"token": invited["token"], "name": "Sam"})
    assert late.status_code == 404
    again = await maya.post("/api/session", json={"email": MAYA["email"], "password": MAYA["password"]})
    assert again.status_code == 200
