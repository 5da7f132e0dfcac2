"""A coach whose Trust signs her in: the button, the way there and back, and her account."""

import json
from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from tests.e2e.doors import Doors
from tests.e2e.words import t
from tests.support.browser import PHONE, Opens
from tests.support.server import Server
from tests.support.trust import CLIENT, SECRET, Trust

BUTTON = "Sign in with the Trust"
THEIR_PAGES = (
    "404|fonts.googleapis.com|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_PROXY|ERR_TUNNEL"
)
"""The provider's own pages ask for fonts elsewhere and for an icon that is not there."""


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A house at whose door the Trust's button is."""
    folder = tmp_path_factory.mktemp("trusting")
    secret = folder / "secret"
    secret.write_text(SECRET)
    server = Server(folder)
    trust = Trust(f"{server.url}/api/oidc/trust/callback")
    issuer = {"name": "trust", "issuer": trust.issuer, "client_id": CLIENT, "secret_file": str(secret), "label": BUTTON}
    server.machine = {"BIGROOM_OIDC_ISSUERS": json.dumps([issuer])}
    server.start()
    yield server
    server.close()
    trust.close()


async def signs_in(page: Page, name: str) -> None:
    """At the Trust's own pages: a name, any password, and yes."""
    await page.get_by_role("button", name=BUTTON).click()
    await page.locator("[name=login]").fill(name)
    await page.locator("[name=password]").fill("anything")
    await page.get_by_role("button", name="Sign-in").click()
    await page.get_by_role("button", name="Continue").click()


async def test_a_coach_comes_by_the_trusts_button_and_is_told_kindly_when_she_may_not(
    trusting: Server, person: Opens
) -> None:
    dina = await person("Dina", PHONE)
    dina.expect_errors(THEIR_PAGES)
    page, doors = dina.page, Doors(dina, trusting.url)
    await page.goto(f"{trusting.url}/signin")
    await signs_in(page, "dina")
    await expect(doors.refusal).to_have_text(t("refused.no_account_yet"))
    await expect(doors.field("people.password")).to_be_visible()
    assert page.url == f"{trusting.url}/signin"
    assert await dina.barriers() == []
    await dina.picture("signin-with-the-trust")

    await page.goto(f"{trusting.url}/setup#token={trusting.setup_token}")
    await page.get_by_role("button", name=BUTTON).click()
    await expect(doors.button("people.new_room")).to_be_visible()
    await page.get_by_role("link", name=t("people.my_account")).click()
    await expect(page.get_by_text(t("people.linked", label=BUTTON))).to_be_visible()
    assert await dina.barriers() == []
    await dina.picture("my-account")


async def test_a_coach_chooses_a_password_and_signs_out_everywhere(trusting: Server, person: Opens) -> None:
    old, new = "a long walk by the sea", "a short swim in the rain"
    grace = await person("Grace")
    grace.expect_errors("422")
    page, doors = grace.page, Doors(grace, trusting.url)
    invited = trusting.run("coaches", "invite").partition("#token=")[2].strip()
    await doors.set_up(invited, "Grace", "grace@example.org", old)
    await page.get_by_role("link", name=t("people.my_account")).click()
    await doors.field("people.old_password").fill(old)
    await doors.field("people.new_password").fill("P@ssword2026")
    await doors.button("people.keep_password").click()
    await expect(doors.refusal).to_have_text(t("refused.password_common"))
    await doors.field("people.new_password").fill(new)
    await doors.button("people.keep_password").click()
    await expect(page.get_by_role("main").get_by_text(t("people.password_changed"))).to_be_visible()
    assert await grace.barriers() == []
    await grace.picture("my-account-with-a-password")
    await doors.button("people.sign_out_everywhere").click()
    await doors.shows("people.sign_in")
    await doors.give_email("grace@example.org", new)
    await doors.button("people.sign_in").click()
    await doors.shows("people.my_rooms")
