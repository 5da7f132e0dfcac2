"""Coaches come and go; their browser stays the same browser."""

import pytest_asyncio
from httpx import AsyncClient, Response
from starlette.requests import Request

from app.people import accounts, memberships, one_time
from app.people.rows import Account, Membership
from app.people.sessions import Browser, begin, browser_of
from tests.people.conftest import House

PASSWORD = "a long walk by the sea"
SEPSIS, FIBROSIS = "5e951500-0000-4000-8000-000000000001", "5e951500-0000-4000-8000-000000000002"


@pytest_asyncio.fixture
async def account(house: House) -> Account:
    password_hash = await house.people.passwords.hash(PASSWORD)
    with house.people.db.session() as sql:
        return accounts.make(sql, email="maya@example.org", name="Maya", password_hash=password_hash, now=house.clock())


async def sign_in(browser: AsyncClient, email: str = "maya@example.org", password: str = PASSWORD) -> Response:
    return await browser.post("/api/session", json={"email": email, "password": password})


async def browser_behind(house: House, client: AsyncClient) -> Browser | None:
    with house.people.db.session() as sql:
        return browser_of(sql, client.cookies.get("bigroom") or "", house.clock())


def guest(house: House, client: AsyncClient, rooms: dict[str, str]) -> None:
    """This browser has joined rooms without an account."""
    with house.people.db.session() as sql:
        cookie = begin(sql, house.clock())
        for room_id, member_id in rooms.items():
            memberships.remember(sql, cookie.browser, room_id, member_id)
    client.cookies.set("bigroom", cookie.token, domain="127.0.0.1", path="/")


async def test_a_coach_signs_in_whatever_the_capitals_of_the_address(house: House, account: Account) -> None:
    answer = await sign_in(house.browser(), "MAYA@Example.Org")
    assert answer.status_code == 200
    assert answer.json() == {"account_id": account.id, "name": "Maya"}


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(house: House, account: Account) -> None:
    wrong = await sign_in(house.browser(), password="another walk entirely")
    unknown = await sign_in(house.browser(), email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert wrong.json()["code"] == "wrong_sign_in"
    assert "set-cookie" not in wrong.headers


async def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(house: House, account: Account) -> None:
    compared: list[str | None] = []
    match = house.people.passwords._match

    def counted(password: str, kept: str | None) -> bool:
        compared.append(kept)
        return match(password, kept)

    house.people.passwords._match = counted  # type: ignore[method-assign]
    await sign_in(house.browser(), email="nobody@example.org")
    await sign_in(house.browser(), password="another walk entirely")
    assert compared == [None, account.password_hash]


async def test_guessing_passwords_ends_for_a_minute_and_only_for_that_address(house: House, account: Account) -> None:
    guesser = house.browser(came_from="203.0.113.9")
    for _ in range(20):
        assert (await sign_in(guesser, password="is it this one then")).status_code == 401
    stopped = await sign_in(guesser)
    assert (stopped.status_code, stopped.json()["code"]) == (429, "too_many_tries")
    assert int(stopped.headers["retry-after"]) <= 60
    assert (await sign_in(house.browser(came_from="198.51.100.4"))).status_code == 200


async def test_signing_in_keeps_what_this_browser_was(house: House, account: Account) -> None:
    browser = house.browser()
    guest(house, browser, {SEPSIS: "dina"})
    await sign_in(browser)
    known = await browser_behind(house, browser)
    assert known is not None
    assert await house.people.read(lambda sql: memberships.member_in(sql, known, SEPSIS)) == "dina"
    elsewhere = house.browser()
    await sign_in(elsewhere)
    there = await browser_behind(house, elsewhere)
    assert there is not None
    assert await house.people.read(lambda sql: memberships.member_in(sql, there, SEPSIS)) == "dina"


async def test_an_account_that_is_somebody_in_the_room_stays_that_person(house: House, account: Account) -> None:
    first = house.browser()
    guest(house, first, {SEPSIS: "maya-the-coach"})
    await sign_in(first)
    second = house.browser()
    guest(house, second, {SEPSIS: "a-guest", FIBROSIS: "maya"})
    await sign_in(second)
    known = await browser_behind(house, second)
    assert known is not None
    with house.people.db.session() as sql:
        assert memberships.all_of(sql, known) == {SEPSIS: "maya-the-coach", FIBROSIS: "maya"}
        assert sql.get(Membership, (known.session_id, SEPSIS)) is None


async def test_a_cookie_copied_before_signing_in_opens_nothing_afterwards(house: House, account: Account) -> None:
    browser = house.browser()
    guest(house, browser, {SEPSIS: "dina"})
    copied, before = browser.cookies["bigroom"], await browser_behind(house, browser)
    await sign_in(browser)
    after = await browser_behind(house, browser)
    assert before is not None
    assert after is not None
    assert after.session_id == before.session_id
    with house.people.db.session() as sql:
        assert browser_of(sql, copied, house.clock()) is None


async def test_signing_out_ends_the_session_and_tells_the_open_sockets(house: House, account: Account) -> None:
    told: list[str] = []
    house.people.on_session_ended.append(told.append)
    browser = house.browser()
    await sign_in(browser)
    known = await browser_behind(house, browser)
    copied = browser.cookies["bigroom"]
    assert known is not None
    house.clock.passes(minutes=1)
    began = house.clock()
    answer = await browser.delete("/api/session")
    assert answer.status_code == 204
    assert browser.cookies.get("bigroom") is None
    assert told == [known.session_id]
    assert await house.people.ended_since(began) == [known.session_id]
    with house.people.db.session() as sql:
        assert browser_of(sql, copied, house.clock()) is None


async def test_signing_out_without_a_session_is_no_trouble(house: House) -> None:
    assert (await house.browser().delete("/api/session")).status_code == 204


async def test_a_locked_out_coach_signs_in_by_the_operators_link_once(house: House, account: Account) -> None:
    with house.people.db.session() as sql:
        until = house.clock() + one_time.SIGN_IN_FOR
        token = one_time.make(sql, "sign_in", account_id=account.id, expires_at=until)
    assert (await house.browser().post("/api/session", json={"token": token})).status_code == 200
    again = await house.browser().post("/api/session", json={"token": token})
    assert (again.status_code, again.json()["code"]) == (401, "wrong_sign_in")


async def test_a_sign_in_link_ends_after_an_hour(house: House, account: Account) -> None:
    with house.people.db.session() as sql:
        until = house.clock() + one_time.SIGN_IN_FOR
        token = one_time.make(sql, "sign_in", account_id=account.id, expires_at=until)
    house.clock.passes(hours=1)
    assert (await house.browser().post("/api/session", json={"token": token})).status_code == 401


async def test_a_disabled_coach_is_out_at_once_and_cannot_come_back(house: House, account: Account) -> None:
    browser = house.browser()
    await sign_in(browser)
    known = await browser_behind(house, browser)
    assert known is not None
    with house.people.db.session() as sql:
        accounts.disable(sql, sql.get_one(Account, account.id), house.clock())
    assert await browser_behind(house, browser) is None
    assert await house.people.ended_since(house.clock()) == [known.session_id]
    assert (await sign_in(house.browser())).status_code == 401


async def test_a_sign_in_with_half_of_everything_is_told_what_to_give(house: House) -> None:
    answer = await house.browser().post("/api/session", json={"email": "maya@example.org"})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_command")


async def test_a_shared_computer_forgets_after_the_meeting(house: House, account: Account) -> None:
    with house.people.db.session() as sql:
        from app.people.sessions import forget_by_itself

        cookie = begin(sql, house.clock())
        forget_by_itself(sql, cookie.browser, house.clock())
        house.clock.passes(hours=3, minutes=59)
        assert browser_of(sql, cookie.token, house.clock()) is not None
        began = house.clock()
        house.clock.passes(minutes=1)
        assert browser_of(sql, cookie.token, house.clock()) is None
    assert await house.people.ended_since(began) == [cookie.browser.session_id]


async def test_a_browser_is_seen_at_most_once_an_hour(house: House, account: Account) -> None:
    browser = house.browser()
    await sign_in(browser)
    began = house.clock()
    for minutes, seen in ((59, began), (1, None)):
        house.clock.passes(minutes=minutes)
        await browser.post("/api/session", json={"token": "none"})
        known = await browser_behind(house, browser)
        assert known is not None
        assert known.seen_at == (seen or house.clock())


async def test_a_full_disk_keeps_nobody_from_reading(house: House, account: Account) -> None:
    browser = house.browser()
    await sign_in(browser)
    house.clock.passes(hours=2)
    with house.people.db.engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON people_session BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        connection.commit()
    request = Request({"type": "http", "headers": [(b"cookie", f"bigroom={browser.cookies['bigroom']}".encode())]})
    assert await house.people.find_browser(request) is not None


async def test_a_browser_that_stays_away_for_more_than_a_year_is_forgotten(house: House, account: Account) -> None:
    browser = house.browser()
    await sign_in(browser)
    house.clock.passes(days=401)
    assert await browser_behind(house, browser) is None


async def test_the_clock_tells_the_servers_time(house: House) -> None:
    answer = await house.browser().get("/api/clock")
    assert answer.json() == {"now": int(house.clock().timestamp() * 1000)}


async def test_the_cookie_of_a_public_server_never_travels_in_the_clear(public_house: House) -> None:
    password_hash = await public_house.people.passwords.hash(PASSWORD)
    with public_house.people.db.session() as sql:
        accounts.make(sql, email="maya@example.org", name="Maya", password_hash=password_hash, now=public_house.clock())
    answer = await sign_in(public_house.browser("https://bigroom.example"))
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-bigroom=")
    for wanted in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert wanted in cookie
    assert "Domain" not in cookie
