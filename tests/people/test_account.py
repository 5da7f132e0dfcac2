"""A coach changes the password, comes by a link without it, and signs out everywhere."""

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from app.people import accounts, one_time
from app.people.rows import Account
from app.people.sessions import browser_of
from tests.people.conftest import House

OLD, NEW = "a long walk by the sea", "a short swim in the rain"


@pytest_asyncio.fixture
async def account(house: House) -> Account:
    password_hash = await house.people.passwords.hash(OLD)
    with house.people.db.session() as sql:
        return accounts.make(sql, email="maya@example.org", name="Maya", password_hash=password_hash, now=house.clock())


async def by_password(house: House, password: str = OLD) -> tuple[AsyncClient, int]:
    browser = house.browser()
    answer = await browser.post("/api/session", json={"email": "maya@example.org", "password": password})
    return browser, answer.status_code


def a_link(house: House, account: Account) -> str:
    with house.people.db.session() as sql:
        until = house.clock() + one_time.SIGN_IN_FOR
        return one_time.make(sql, "sign_in", account_id=account.id, expires_at=until)


async def by_link(house: House, account: Account) -> AsyncClient:
    browser = house.browser()
    answer = await browser.post("/api/session", json={"token": a_link(house, account)})
    assert answer.status_code == 200
    return browser


async def changes(browser: AsyncClient, new: str = NEW, old: str | None = None) -> Response:
    return await browser.post("/api/account/password", json={"new": new} | ({"old": old} if old else {}))


def session_of(house: House, browser: AsyncClient) -> str | None:
    with house.people.db.session() as sql:
        known = browser_of(sql, browser.cookies.get("bigroom") or "", house.clock())
        return known.session_id if known else None


async def test_who_knows_the_old_password_chooses_a_new_one(house: House, account: Account) -> None:
    browser, _ = await by_password(house)
    assert (await changes(browser, old=OLD)).status_code == 204
    assert [(await by_password(house, word))[1] for word in (OLD, NEW)] == [401, 200]


@pytest.mark.parametrize("old", [None, NEW])
async def test_an_open_browser_alone_changes_no_password(house: House, account: Account, old: str | None) -> None:
    browser, _ = await by_password(house)
    refused = await changes(browser, old=old)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")
    assert (await by_password(house))[1] == 200


async def test_guessing_the_old_password_ends_for_a_minute(house: House, account: Account) -> None:
    browser, _ = await by_password(house)
    for _ in range(20):
        assert (await changes(browser, old="is it this one then")).status_code == 403
    assert (await changes(browser, old=OLD)).status_code == 429


async def test_a_new_password_signs_every_other_browser_out(house: House, account: Account) -> None:
    told: list[str] = []
    house.people.on_session_ended.append(told.append)
    browser, _ = await by_password(house)
    other, _ = await by_password(house)
    lost, left_lying = session_of(house, other), a_link(house, account)
    copied = browser.cookies["bigroom"]
    assert (await changes(browser, old=OLD)).status_code == 204
    assert told == [lost]
    assert (session_of(house, other), session_of(house, browser) is None) == (None, False)
    with house.people.db.session() as sql:
        assert browser_of(sql, copied, house.clock()) is None
    assert (await house.browser().post("/api/session", json={"token": left_lying})).status_code == 401


async def test_who_came_by_a_link_chooses_a_new_password_within_the_hour(house: House, account: Account) -> None:
    browser = await by_link(house, account)
    assert (await browser.get("/api/account")).json()["needs_password"] is False
    assert (await changes(browser)).status_code == 204
    assert (await by_password(house, NEW))[1] == 200
    assert (await browser.get("/api/account")).json()["needs_password"] is True
    assert (await changes(browser, OLD)).json()["code"] == "wrong_password"


async def test_an_hour_after_the_link_the_old_password_is_asked_for(house: House, account: Account) -> None:
    browser = await by_link(house, account)
    house.clock.passes(hours=1)
    assert (await changes(browser)).json()["code"] == "wrong_password"


async def test_a_new_password_is_held_to_the_same_as_the_first(house: House, account: Account) -> None:
    browser, _ = await by_password(house)
    for new, code in (
        ("short", "password_too_short"),
        ("Password2026", "password_common"),
        ("maya@example.org", "password_about_you"),
    ):
        refused = await changes(browser, new, OLD)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await by_password(house))[1] == 200


async def test_signing_out_everywhere_leaves_no_browser_and_no_link(house: House, account: Account) -> None:
    told: list[str] = []
    house.people.on_session_ended.append(told.append)
    (browser, _), (other, _) = await by_password(house), await by_password(house)
    ids, left_lying = [session_of(house, one) for one in (browser, other)], a_link(house, account)
    assert (await browser.delete("/api/account/sessions")).status_code == 204
    assert sorted(told) == sorted(str(one) for one in ids)
    assert [session_of(house, one) for one in (browser, other)] == [None, None]
    assert (await house.browser().post("/api/session", json={"token": left_lying})).status_code == 401
    assert (await by_password(house))[1] == 200


async def test_an_account_is_shown_to_its_coach_alone(house: House, account: Account) -> None:
    browser, _ = await by_password(house)
    assert (await browser.get("/api/account")).json() == {
        "name": "Maya",
        "email": "maya@example.org",
        "has_password": True,
        "needs_password": True,
        "linked": [],
    }
    assert (await house.browser().get("/api/account")).json() is None
    assert (await changes(house.browser(), old=OLD)).status_code == 401
    assert (await house.browser().delete("/api/account/sessions")).status_code == 401
