"""A coach who is locked out comes back by the coach beside them, where the operator allows it."""

from collections.abc import AsyncIterator

import orjson
import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.trail import ENTRY
from app.people import accounts
from tests.people.conftest import a_whole_house
from tests.people.test_joining import PASSWORD, Hospital, set_up

GRACE = {"email": "grace@example.org", "password": "ten green bottles"}


@pytest_asyncio.fixture
async def hospital(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Hospital]:
    may = getattr(request, "param", True)
    async with a_whole_house(sqlite_url, coaches_vouch=may) as (house, engine):
        maya = house.browser()
        await set_up(house, maya)
        made = (await maya.post("/api/rooms", json={"name": "Sepsis", "method": "flow_roadmap"})).json()
        yield Hospital(house, engine, maya, made["room_id"], made["member_id"])


async def coach(hospital: Hospital) -> tuple[AsyncClient, str]:
    """Grace, a second coach with an account."""
    grace = hospital.browser()
    came = await hospital.joined("Grace", "coach", grace)
    assert (await grace.post("/api/account", json=GRACE)).status_code == 201
    return grace, came["member_id"]


def place(hospital: Hospital, member_id: str) -> str:
    return f"/api/rooms/{hospital.room_id}/members/{member_id}/sign_in_link"


async def possible(hospital: Hospital, member_id: str, browser: AsyncClient | None = None) -> bool:
    return bool((await (browser or hospital.maya).get(place(hospital, member_id))).json()["possible"])


async def vouch(hospital: Hospital, member_id: str, browser: AsyncClient | None = None) -> Response:
    return await (browser or hospital.maya).post(place(hospital, member_id), json={})


async def test_a_locked_out_coach_comes_back_by_the_other_ones_link_once(hospital: Hospital) -> None:
    _, grace_id = await coach(hospital)
    assert await possible(hospital, grace_id)
    url = (await vouch(hospital, grace_id)).json()["url"]
    tablet, token = hospital.browser(), url.partition("/signin#token=")[2]
    assert (await tablet.post("/api/session", json={"token": token})).json()["name"] == "Grace"
    assert (await tablet.post("/api/account/password", json={"new": PASSWORD})).status_code == 204
    assert (await hospital.browser().post("/api/session", json={"token": token})).status_code == 401
    assert (await hospital.browser().post("/api/session", json=GRACE)).status_code == 401


async def test_the_trail_says_which_coach_made_the_link(hospital: Hospital) -> None:
    _, grace_id = await coach(hospital)
    await vouch(hospital, grace_id)
    with hospital.house.people.db.engine.connect() as connection:
        asked = select(ENTRY.c.details).where(ENTRY.c.what == "people.link_made", ENTRY.c.room_id == hospital.room_id)
        (details,) = connection.execute(asked).scalars()
    assert orjson.loads(details)["by"] == hospital.maya_id


async def test_the_link_ends_after_an_hour(hospital: Hospital) -> None:
    _, grace_id = await coach(hospital)
    token = (await vouch(hospital, grace_id)).json()["url"].partition("#token=")[2]
    hospital.house.clock.passes(hours=1)
    assert (await hospital.browser().post("/api/session", json={"token": token})).status_code == 401


@pytest.mark.parametrize("hospital", [False], indirect=True)
async def test_unless_the_operator_allows_it_no_coach_opens_anothers_account(hospital: Hospital) -> None:
    _, grace_id = await coach(hospital)
    assert not await possible(hospital, grace_id)
    refused = await vouch(hospital, grace_id)
    assert (refused.status_code, refused.json()["code"]) == (403, "only_operators_vouch")


async def test_only_a_coach_of_the_room_vouches_and_only_for_another_coach_of_it(hospital: Hospital) -> None:
    grace, grace_id = await coach(hospital)
    dina = hospital.browser()
    dina_id = (await hospital.joined("Dina", "member", dina))["member_id"]
    stranger = hospital.browser()
    for browser, about, status in (
        (dina, grace_id, 403),
        (hospital.maya, dina_id, 404),
        (hospital.maya, hospital.maya_id, 404),
        (hospital.maya, hospital.room_id, 404),
        (stranger, grace_id, 401),
    ):
        assert (await vouch(hospital, about, browser)).status_code == status
    assert not await possible(hospital, grace_id, dina)
    assert not await possible(hospital, dina_id)
    assert (await hospital.do("rooms.set_part", member_id=grace_id, part="member")).status_code == 200
    assert (await vouch(hospital, grace_id)).status_code == 404
    assert (await vouch(hospital, hospital.maya_id, grace)).status_code == 403


async def test_a_coach_without_an_account_or_with_one_that_has_ended_gets_a_way_back_instead(
    hospital: Hospital,
) -> None:
    _, grace_id = await coach(hospital)
    sam_id = (await hospital.joined("Sam", "coach"))["member_id"]
    with hospital.house.people.db.session() as sql:
        account = accounts.by_email(sql, GRACE["email"])
        assert account is not None
        accounts.disable(sql, account, hospital.house.clock())
    for member_id in (sam_id, grace_id):
        assert not await possible(hospital, member_id)
        refused = await vouch(hospital, member_id)
        assert (refused.status_code, refused.json()["code"]) == (409, "no_account_here")
