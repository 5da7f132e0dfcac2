"""The browser that the other tests trust: it reports what goes wrong and finds what keeps people out."""

import pytest
from playwright.async_api import Browser, Route

from tests.support.browser import PHONE, Company, Opens

ADDRESS = "http://bigroom.test/"
STRICT = {"content-type": "text/html", "content-security-policy": "default-src 'self'; script-src 'self'"}


async def test_everybody_speaks_british_english_on_a_device_of_their_own(person: Opens) -> None:
    dina = await person("Dina", PHONE, "dark")
    said = "[navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]"
    assert await dina.page.evaluate(said) == ["en-GB", True, PHONE.width]


async def test_a_complaint_of_the_browser_fails_the_test(browser: Browser) -> None:
    company = Company(browser)
    dina = await company.person("Dina")
    await dina.page.evaluate("console.error('the card is gone')")
    with pytest.raises(AssertionError, match="Dina: the card is gone"):
        await company.leave()


async def test_a_complaint_that_the_test_provoked_is_no_failure(browser: Browser) -> None:
    company = Company(browser)
    dina = await company.person("Dina")
    dina.expect_errors("ERR_INTERNET_DISCONNECTED")
    await dina.page.evaluate("console.error('net::ERR_INTERNET_DISCONNECTED')")
    await company.leave()


async def test_barriers_are_found_under_the_strictest_policy(person: Opens) -> None:
    async def answer(route: Route) -> None:
        await route.fulfill(headers=STRICT, body="<html lang=en><title>t</title><h1>Hi</h1><button></button>")

    dina = await person("Dina")
    await dina.page.route("**/*", answer)
    await dina.page.goto(ADDRESS)
    assert any(barrier.startswith("button-name:") for barrier in await dina.barriers())
