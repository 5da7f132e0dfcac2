"""The first coach of a fresh server, and the operator's invitations."""

from datetime import timedelta

from app.people import one_time
from app.people.setup import ensure_setup_token
from tests.people.conftest import SETUP_TOKEN, House

Person = dict[str, str]


def setup_link(house: House) -> str | None:
    return ensure_setup_token(house.people.settings, house.people.db)


def invitation(house: House) -> str:
    with house.people.db.session() as sql:
        until = house.clock() + one_time.INVITE_FOR
        return one_time.make(sql, "operator_invite", expires_at=until)


async def test_the_first_coach_opens_the_printed_link_and_is_signed_in(house: House, maya: Person) -> None:
    assert setup_link(house) == f"http://127.0.0.1:8000/setup#token={SETUP_TOKEN}"
    browser = house.browser()
    answer = await browser.post("/api/setup", json={"token": SETUP_TOKEN, **maya})
    assert answer.status_code == 201
    assert set(answer.json()) == {"account_id"}
    assert browser.cookies.get("bigroom")


async def test_the_setup_link_works_once(house: House, maya: Person) -> None:
    setup_link(house)
    await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya})
    again = await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya, "email": "grace@example.org"})
    assert (again.status_code, again.json()["code"]) == (410, "setup_link_used")


async def test_once_there_is_a_coach_no_setup_link_is_offered(house: House, maya: Person) -> None:
    setup_link(house)
    await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya})
    assert setup_link(house) is None


async def test_a_wrong_setup_link_is_refused(house: House, maya: Person) -> None:
    setup_link(house)
    answer = await house.browser().post("/api/setup", json={"token": "wrong", **maya})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_setup_link")


async def test_without_a_link_nobody_learns_which_addresses_are_taken(house: House, maya: Person) -> None:
    await house.browser().post("/api/setup", json={"token": invitation(house), **maya})
    for email in (maya["email"], "nobody@example.org"):
        answer = await house.browser().post("/api/setup", json={"token": "wrong", **maya, "email": email})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_setup_link")


async def test_an_invited_coach_makes_an_account_and_every_setup_link_ends(house: House, maya: Person) -> None:
    setup_link(house)
    token = invitation(house)
    answer = await house.browser().post("/api/setup", json={"token": token, **maya})
    assert answer.status_code == 201
    late = await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya, "email": "x@example.org"})
    assert late.status_code == 410


async def test_an_invitation_left_lying_for_a_week_has_ended(house: House, maya: Person) -> None:
    token = invitation(house)
    house.clock.passes(days=7)
    answer = await house.browser().post("/api/setup", json={"token": token, **maya})
    assert answer.status_code == 410


async def test_an_address_that_is_taken_does_not_spend_the_invitation(house: House, maya: Person) -> None:
    await house.browser().post("/api/setup", json={"token": invitation(house), **maya})
    second = invitation(house)
    taken = await house.browser().post("/api/setup", json={"token": second, **maya, "email": "MAYA@example.ORG"})
    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")
    other = await house.browser().post("/api/setup", json={"token": second, **maya, "email": "grace@example.org"})
    assert other.status_code == 201


async def test_a_short_password_is_refused_with_the_length_it_needs(house: House, maya: Person) -> None:
    setup_link(house)
    answer = await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya, "password": "too short"})
    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["params"]) == ("password_too_short", {"least": 10})


async def test_a_field_we_do_not_know_is_named_and_refused(house: House, maya: Person) -> None:
    answer = await house.browser().post("/api/setup", json={"token": SETUP_TOKEN, **maya, "colour": "red"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "bad_command"
    assert answer.json()["params"] == {"field": "colour", "reason": "extra_forbidden"}


async def test_a_body_that_is_not_json_is_told_so(house: House) -> None:
    answer = await house.browser().post("/api/setup", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["params"]["field"]) == (422, "body")


async def test_tokens_and_passwords_are_in_the_database_as_hashes_only(house: House, maya: Person) -> None:
    setup_link(house)
    browser = house.browser()
    await browser.post("/api/setup", json={"token": SETUP_TOKEN, **maya})
    with house.people.db.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    for secret in (SETUP_TOKEN, maya["password"], browser.cookies["bigroom"]):
        assert secret not in dump


def test_an_invitation_lasts_a_week_and_a_sign_in_link_an_hour() -> None:
    assert timedelta(days=7) == one_time.INVITE_FOR
    assert timedelta(hours=1) == one_time.SIGN_IN_FOR
