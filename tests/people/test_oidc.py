"""Coaches sign in where their Trust signs them in; whatever else comes back from there signs nobody in."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from httpx import AsyncClient
from pydantic import ValidationError
from sqlmodel import select

from app.people import accounts, one_time
from app.people.rows import Account, Identity
from app.people.sessions import browser_of
from app.settings import Issuer, Settings
from tests.people.conftest import ADDRESS, House, a_house
from tests.support.ports import free_port
from tests.support.trust import CLIENT, SECRET, Teller, Trust, a_key

PASSWORD = "a long walk by the sea"
BACK = f"{ADDRESS}/api/oidc/trust/callback"


@pytest.fixture(scope="module")
def trust() -> Iterator[Trust]:
    trust = Trust(BACK)
    yield trust
    trust.close()


@pytest.fixture
def teller() -> Iterator[Teller]:
    teller = Teller()
    yield teller
    teller.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n")
    return file


def at(issuer: str, secret: Path | None, name: str = "trust", new_accounts: bool = True) -> Issuer:
    return Issuer(
        name=name,
        issuer=issuer,
        client_id=CLIENT,
        secret_file=secret,
        label="Sign in with the Trust",
        new_accounts=new_accounts,
    )


@pytest_asyncio.fixture
async def certified(trust: Trust, secret: Path, sqlite_url: str) -> AsyncIterator[House]:
    """A house that trusts the certified provider, and lives in its time."""
    house = a_house(sqlite_url, issuers=(at(trust.issuer, secret),))
    house.clock.at = house.clock.at.now(house.clock.at.tzinfo)
    yield house
    await house.close()


@pytest_asyncio.fixture
async def house(teller: Teller, secret: Path, sqlite_url: str) -> AsyncIterator[House]:
    """A house that trusts an issuer which may say anything."""
    house = a_house(sqlite_url, issuers=(at(teller.issuer, secret),))
    yield house
    await house.close()


async def begin(browser: AsyncClient, name: str = "trust", **body: object) -> str:
    answer = await browser.post(f"/api/oidc/{name}", json=body)
    assert answer.status_code == 200, answer.text
    url: str = answer.json()["url"]
    return url


async def landing(browser: AsyncClient, sent_back: str) -> str:
    """Which page somebody is led to who comes back with this address."""
    answer = await browser.get(sent_back)
    assert answer.status_code == 303
    return answer.headers["location"]


async def told(house: House, teller: Teller, **says: object) -> str:
    """Where a newcomer is led to when the issuer says this."""
    browser = house.browser()
    return await landing(browser, teller.sends_back(await begin(browser), house.clock().timestamp(), **says))


def coaches(house: House) -> list[tuple[str, str]]:
    with house.people.db.session() as sql:
        return [(account.name, account.email) for account in accounts.everybody(sql)]


def signed_in_as(house: House, browser: AsyncClient) -> str | None:
    with house.people.db.session() as sql:
        known = browser_of(sql, browser.cookies.get("bigroom") or "", house.clock())
        account = sql.get(Account, known.account_id) if known and known.account_id else None
        return account.name if account else None


async def test_a_coach_signs_in_at_the_trust_and_is_the_same_coach_the_next_time(
    certified: House, trust: Trust
) -> None:
    for _ in range(2):
        browser = certified.browser()
        assert await landing(browser, await trust.signs_in("dina", await begin(browser))) == "/home"
        assert signed_in_as(certified, browser) == "Dina"
    assert coaches(certified) == [("Dina", "dina@trust.example")]


async def test_a_code_opens_the_house_once(certified: House, trust: Trust) -> None:
    browser = certified.browser()
    address = await begin(browser)
    under_way = browser.cookies["bigroom-under-way"]
    sent_back = await trust.signs_in("dina", address)
    assert await landing(browser, sent_back) == "/home"
    assert await landing(browser, sent_back) == "/signin#refused=sign_in_stale"
    thief = certified.browser()
    thief.cookies.set("bigroom-under-way", under_way, domain="127.0.0.1", path="/")
    assert await landing(thief, sent_back) == "/signin#refused=sign_in_not_believed"
    assert signed_in_as(certified, thief) is None


async def test_a_forged_state_signs_nobody_in(certified: House, trust: Trust) -> None:
    browser = certified.browser()
    sent_back = await trust.signs_in("dina", await begin(browser))
    forged = sent_back.replace("state=", "state=0")
    assert await landing(browser, forged) == "/signin#refused=sign_in_not_believed"
    assert coaches(certified) == []


async def test_what_began_in_one_browser_ends_in_no_other(certified: House, trust: Trust) -> None:
    dina, mallory = certified.browser(), certified.browser()
    sent_back = await trust.signs_in("mallory", await begin(mallory))
    assert await landing(dina, sent_back) == "/signin#refused=sign_in_stale"
    await begin(dina)
    assert await landing(dina, sent_back) == "/signin#refused=sign_in_not_believed"
    assert signed_in_as(certified, dina) is None


async def test_a_cookie_that_we_have_not_signed_is_none(house: House, teller: Teller) -> None:
    browser = house.browser()
    address = await begin(browser)
    said, _, signature = browser.cookies["bigroom-under-way"].rpartition(".")
    for forged in (f"{said}A.{signature}", f"{said}.{'0' * 64}", "no cookie at all", said):
        browser.cookies.set("bigroom-under-way", forged, domain="127.0.0.1", path="/")
        back = teller.sends_back(address, house.clock().timestamp())
        assert await landing(browser, back) == "/signin#refused=sign_in_stale"


async def test_after_ten_minutes_a_sign_in_begins_anew(house: House, teller: Teller) -> None:
    browser = house.browser()
    sent_back = teller.sends_back(await begin(browser), house.clock().timestamp() + 600)
    house.clock.passes(minutes=10)
    assert await landing(browser, sent_back) == "/signin#refused=sign_in_stale"


async def test_what_an_honest_issuer_says_is_believed(house: House, teller: Teller) -> None:
    assert await told(house, teller) == "/home"
    assert await told(house, teller, aud=[CLIENT, "another"], azp=CLIENT) == "/home"


@pytest.mark.parametrize(
    "says",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"iss": "https://another.example"},
        {"sub": ""},
        {"sub": None},
        {"exp": None},
        {"iat": None},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_this_sign_in_signs_nobody_in(
    house: House, teller: Teller, says: dict[str, object]
) -> None:
    assert await told(house, teller, **says) == "/signin#refused=sign_in_not_believed"
    assert coaches(house) == []


async def test_a_token_counts_from_its_moment_until_its_end_and_clocks_may_differ_by_a_minute(
    house: House, teller: Teller
) -> None:
    now = house.clock().timestamp()
    no = "/signin#refused=sign_in_not_believed"
    assert [await told(house, teller, exp=now - ago) for ago in (59, 60)] == ["/home", no]
    assert [await told(house, teller, iat=now + ahead) for ahead in (60, 61)] == ["/home", no]


async def test_a_token_of_a_key_that_the_issuer_does_not_publish_signs_nobody_in(house: House, teller: Teller) -> None:
    teller.key = a_key("one")
    assert await told(house, teller) == "/signin#refused=sign_in_not_believed"
    assert coaches(house) == []


async def test_when_the_issuer_changes_its_key_people_go_on_signing_in(house: House, teller: Teller) -> None:
    assert await told(house, teller) == "/home"
    teller.key = teller.published = a_key("two")
    house.clock.passes(minutes=1)
    assert await told(house, teller) == "/home"


async def test_an_answer_in_the_name_of_another_issuer_is_not_followed(house: House, teller: Teller) -> None:
    teller.supports = {"authorization_response_iss_parameter_supported": True}
    for named in ("", "&iss=https://another.example"):
        browser = house.browser()
        back = teller.sends_back(await begin(browser), house.clock().timestamp()) + named
        assert await landing(browser, back) == "/signin#refused=sign_in_not_believed"
    browser = house.browser()
    back = teller.sends_back(await begin(browser), house.clock().timestamp())
    assert await landing(browser, f"{back}&iss={teller.issuer}") == "/home"


async def test_the_same_subject_of_a_second_issuer_is_another_person(
    teller: Teller, secret: Path, sqlite_url: str
) -> None:
    other = Teller()
    house = a_house(sqlite_url, issuers=(at(teller.issuer, secret), at(other.issuer, None, "other")))
    first, second, again = house.browser(), house.browser(), house.browser()
    now = house.clock().timestamp()
    assert await landing(first, teller.sends_back(await begin(first), now, sub="7")) == "/home"
    says = {"sub": "7", "name": "Mallory"}
    address = await begin(second, "other")
    assert await landing(second, other.sends_back(address, now, **says)) == "/signin#refused=email_has_password"
    address = await begin(again, "other")
    assert await landing(again, other.sends_back(address, now, **says, email="mallory@other.example")) == "/home"
    assert (signed_in_as(house, first), signed_in_as(house, again)) == ("Grace", "Mallory")
    with house.people.db.session() as sql:
        assert len({identity.account_id for identity in sql.exec(select(Identity))}) == 2
    other.close()
    await house.close()


async def test_what_began_at_one_provider_ends_at_no_other(teller: Teller, secret: Path, sqlite_url: str) -> None:
    house = a_house(sqlite_url, issuers=(at(teller.issuer, secret), at("https://other.example", None, "other")))
    browser = house.browser()
    sent_back = teller.sends_back(await begin(browser), house.clock().timestamp())
    mixed_up = sent_back.replace("/oidc/trust/", "/oidc/other/")
    assert await landing(browser, mixed_up) == "/signin#refused=sign_in_stale"
    await house.close()


async def test_an_account_with_a_password_is_never_found_by_its_e_mail(house: House, teller: Teller) -> None:
    with house.people.db.session() as sql:
        accounts.make(sql, email="grace@trust.example", name="Grace", password_hash="-", now=house.clock())
    assert await told(house, teller) == "/signin#refused=email_has_password"
    with house.people.db.session() as sql:
        assert sql.exec(select(Identity)).all() == []


async def with_a_password(house: House) -> AsyncClient:
    """Maya, signed in with hers."""
    maya = house.browser()
    body = {"token": house.setup_token(), "name": "Maya", "email": "maya@example.org", "password": PASSWORD}
    assert (await maya.post("/api/setup", json=body)).status_code == 201
    return maya


async def test_who_is_signed_in_with_a_password_links_the_trust_and_comes_in_either_way(
    house: House, teller: Teller
) -> None:
    maya = await with_a_password(house)
    address = await begin(maya, link=True, password=PASSWORD)
    assert await landing(maya, teller.sends_back(address, house.clock().timestamp())) == "/account"
    assert (await maya.get("/api/account")).json()["linked"] == ["trust"]
    tablet = house.browser()
    assert await landing(tablet, teller.sends_back(await begin(tablet), house.clock().timestamp())) == "/home"
    assert signed_in_as(house, tablet) == "Maya"
    assert coaches(house) == [("Maya", "maya@example.org")]


async def test_linking_asks_for_the_password_and_for_who_is_signed_in(house: House, teller: Teller) -> None:
    maya = await with_a_password(house)
    for browser, password, status in (
        (maya, "not hers at all", 403),
        (maya, "", 403),
        (house.browser(), PASSWORD, 401),
    ):
        body = {"link": True, "password": password}
        assert (await browser.post("/api/oidc/trust", json=body)).status_code == status
    address = await begin(maya, link=True, password=PASSWORD)
    await maya.delete("/api/session")
    back = teller.sends_back(address, house.clock().timestamp())
    assert await landing(maya, back) == "/account#refused=sign_in_stale"
    assert await told(house, teller) == "/home"
    assert signed_in_as(house, maya) is None


async def test_one_identity_is_one_account(house: House, teller: Teller) -> None:
    assert await told(house, teller) == "/home"
    with house.people.db.session() as sql:
        password_hash = await house.people.passwords.hash(PASSWORD)
        accounts.make(sql, email="maya@example.org", name="Maya", password_hash=password_hash, now=house.clock())
    maya = house.browser()
    await maya.post("/api/session", json={"email": "maya@example.org", "password": PASSWORD})
    address = await begin(maya, link=True, password=PASSWORD)
    back = teller.sends_back(address, house.clock().timestamp())
    assert await landing(maya, back) == "/account#refused=linked_elsewhere"
    assert signed_in_as(house, maya) == "Maya"


async def test_who_came_in_at_the_trust_can_choose_a_password_within_the_hour(house: House, teller: Teller) -> None:
    grace = house.browser()
    await landing(grace, teller.sends_back(await begin(grace), house.clock().timestamp()))
    house.clock.passes(hours=1)
    refused = await grace.post("/api/account/password", json={"new": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_longer_vouched_for")
    await landing(grace, teller.sends_back(await begin(grace), house.clock().timestamp()))
    assert (await grace.post("/api/account/password", json={"new": PASSWORD})).status_code == 204
    body = {"email": "grace@trust.example", "password": PASSWORD}
    assert (await house.browser().post("/api/session", json=body)).status_code == 200


async def test_where_the_operator_wants_it_a_new_coach_needs_an_invitation(
    teller: Teller, secret: Path, sqlite_url: str
) -> None:
    house = a_house(sqlite_url, issuers=(at(teller.issuer, secret, new_accounts=False),))
    assert await told(house, teller) == "/signin#refused=no_account_yet"
    with house.people.db.session() as sql:
        token = one_time.make(sql, "operator_invite", expires_at=house.clock() + one_time.INVITE_FOR)
    browser = house.browser()
    address = await begin(browser, token=token)
    late = house.browser()
    also = await begin(late, token=token)
    assert await landing(browser, teller.sends_back(address, house.clock().timestamp())) == "/home"
    says = {"sub": "sam", "email": "sam@trust.example"}
    back = teller.sends_back(also, house.clock().timestamp(), **says)
    assert await landing(late, back) == "/signin#refused=setup_link_used"
    assert await told(house, teller) == "/home"
    assert coaches(house) == [("Grace", "grace@trust.example")]
    refused = await house.browser().post("/api/oidc/trust", json={"token": token})
    assert (refused.status_code, refused.json()["code"]) == (410, "setup_link_used")
    await house.close()


async def test_a_coach_who_has_left_is_out_there_too(house: House, teller: Teller) -> None:
    await told(house, teller)
    with house.people.db.session() as sql:
        account = accounts.by_email(sql, "grace@trust.example")
        assert account is not None
        accounts.disable(sql, account, house.clock())
    assert await told(house, teller) == "/signin#refused=no_account_yet"


async def test_nobody_guesses_a_password_that_is_not_there(house: House, teller: Teller) -> None:
    await told(house, teller)
    body = {"email": "grace@trust.example", "password": ""}
    assert (await house.browser().post("/api/session", json=body)).status_code == 401


async def test_who_breaks_it_off_there_is_told_so(house: House, teller: Teller) -> None:
    browser = house.browser()
    sent_back = teller.sends_back(await begin(browser), house.clock().timestamp())
    broken_off = sent_back.replace("code=", "error=access_denied&error_description=")
    assert await landing(browser, broken_off) == "/signin#refused=sign_in_broken_off"


@pytest.mark.parametrize(
    ("says", "shown"),
    [
        ({"name": None}, "grace"),
        ({"name": None, "given_name": "Grace", "family_name": "Okafor"}, "Grace Okafor"),
        ({"name": "G" * 400}, "G" * 60),
        ({"name": "Gra\x00ce"}, "Gra ce"),
    ],
)
async def test_a_coach_has_a_name_whatever_is_told_of_it(
    house: House, teller: Teller, says: dict[str, object], shown: str
) -> None:
    assert await told(house, teller, **says) == "/home"
    assert coaches(house) == [(shown, "grace@trust.example")]


async def test_without_an_e_mail_there_is_no_account(house: House, teller: Teller) -> None:
    for email in (None, "nonsense", 7):
        assert await told(house, teller, email=email) == "/signin#refused=no_email_told"


async def test_while_the_provider_is_away_passwords_still_work(secret: Path, sqlite_url: str) -> None:
    house = a_house(sqlite_url, issuers=(at(f"http://127.0.0.1:{free_port()}", secret),))
    maya = {"email": "maya@example.org", "password": PASSWORD}
    body = {"token": house.setup_token(), "name": "Maya", **maya}
    assert (await house.browser().post("/api/setup", json=body)).status_code == 201
    away = await house.browser().post("/api/oidc/trust", json={})
    assert (away.status_code, away.json()["code"]) == (503, "provider_away")
    assert (await house.browser().post("/api/session", json=maya)).status_code == 200
    await house.close()


async def test_a_provider_that_goes_away_in_the_middle_is_told_kindly(house: House, teller: Teller) -> None:
    browser = house.browser()
    sent_back = teller.sends_back(await begin(browser), house.clock().timestamp())
    teller.close()
    assert await landing(browser, sent_back) == "/signin#refused=provider_away"


async def test_nobody_is_called_before_somebody_presses_the_button(house: House, teller: Teller) -> None:
    listed = (await house.browser().get("/api/oidc")).json()
    assert (listed, teller.asked) == ([{"name": "trust", "label": "Sign in with the Trust"}], 0)
    for _ in range(3):
        await begin(house.browser())
    assert teller.asked == 1
    house.clock.passes(hours=1)
    await begin(house.browser())
    assert teller.asked == 2


async def test_without_a_provider_there_is_no_button_and_nothing_behind_it(sqlite_url: str) -> None:
    house = a_house(sqlite_url)
    assert (await house.browser().get("/api/oidc")).json() == []
    assert (await house.browser().post("/api/oidc/trust", json={})).status_code == 404
    assert (await house.browser().get("/api/oidc/trust/callback")).status_code == 404
    await house.close()


async def test_another_site_cannot_begin_a_sign_in(house: House) -> None:
    foreign = house.browser()
    foreign.headers["Origin"] = "https://evil.example"
    assert (await foreign.post("/api/oidc/trust", json={})).status_code == 403


async def test_guessing_codes_ends_for_a_minute(house: House, teller: Teller) -> None:
    browser = house.browser(came_from="203.0.113.9")
    for n in range(21):
        back = teller.sends_back(await begin(browser), house.clock().timestamp()).replace("code=", "code=not-")
        expected = "sign_in_not_believed" if n < 20 else "sign_in_crowded"
        assert await landing(browser, back) == f"/signin#refused={expected}"


@pytest.mark.parametrize("issuer", ["http://login.trust.example", "ftp://127.0.0.1", "login.trust.example", "http://"])
def test_a_provider_without_https_is_trusted_on_this_machine_alone(issuer: str) -> None:
    with pytest.raises(ValidationError, match="https"):
        at(issuer, None)


def test_two_providers_need_a_name_and_an_issuer_each() -> None:
    one = at("https://login.trust.example", None)
    for other in (at("https://other.example", None), at(one.issuer, None, "other")):
        with pytest.raises(ValidationError, match="of its own"):
            Settings(oidc_issuers=(one, other))


def test_an_operator_names_providers_as_json(monkeypatch: pytest.MonkeyPatch, secret: Path) -> None:
    named = f'[{{"name": "trust", "issuer": "https://login.trust.example", "client_id": "bigroom", \
"secret_file": "{secret}", "label": "Sign in with the Trust"}}]'
    monkeypatch.setenv("BIGROOM_OIDC_ISSUERS", named)
    assert [one.issuer for one in Settings().oidc_issuers] == ["https://login.trust.example"]
