"""People in a real browser: one Chromium a session, one context per person, no error unnoticed."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from tests.support.chromium import find_chromium
from tests.support.server import ROOT

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
)
PICTURES = ROOT / "test-results"
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOST_LINE = (
    "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING"
    "|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|WebSocket"
)
"""What Chromium itself complains of when a test has cut the line or killed the server."""

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Device:
    width: int
    height: int
    is_touch: bool = False


DESKTOP = Device(1280, 800)
TABLET = Device(820, 1180, is_touch=True)
PHONE = Device(390, 844, is_touch=True)
NARROWEST = Device(320, 640, is_touch=True)


@dataclass
class Person:
    """Somebody at a device of their own: `person.page` is their first tab."""

    name: str
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)

    def expect_errors(self, pattern: str) -> None:
        """This person's browser may complain like this: Chromium also reports the line that a test cuts."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [error for error in self.errors if not any(known.search(error) for known in self._expected)]

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.errors.append(f"{self.name}: {error}"))
        page.on("console", self._hear)

    async def new_tab(self) -> Page:
        return await self.context.new_page()

    async def picture(self, title: str) -> Path:
        """A screenshot to look at, in test-results/."""
        path = PICTURES / f"{title}.png"
        await self.page.screenshot(path=path)
        return path

    async def barriers(self, *rules: str) -> list[str]:
        """What axe finds on this person's page that keeps somebody out: empty when nothing does.

        By all rules of WCAG 2.2 A and AA and the best practice, or by these only.
        """
        # Evaluated, not added as a script: the page's own security policy forbids foreign scripts.
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(_axe_source())
        asked = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
        options = {"resultTypes": ["violations"], "runOnly": asked}
        # What is behind an open dialog is out of everybody's reach.
        run = "options => axe.run(document.querySelector('dialog[open]') ?? document, options)"
        found = await self.page.evaluate(run, options)
        return [_told(violation) for violation in found["violations"]]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{self.name}: {message.text}")


Opens = Callable[..., Awaitable[Person]]
"""Type of the `person` fixture."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        raise RuntimeError("No Chromium found: name it with CHROMIUM=/path/to/chromium.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        await browser.close()


class Company:
    """The people of one test. Leaving fails the test when a browser has complained."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._people: list[Person] = []

    async def person(self, name: str, device: Device = DESKTOP, theme: Theme = "light", **options: Any) -> Person:
        context = await self._browser.new_context(
            locale="en-GB",
            timezone_id="Europe/London",
            color_scheme=theme,
            viewport={"width": device.width, "height": device.height},
            has_touch=device.is_touch,
            **options,
        )
        person = Person(name, context, await context.new_page())
        person.watch(person.page)
        context.on("page", person.watch)
        self._people.append(person)
        return person

    async def leave(self) -> None:
        for person in self._people:
            await person.context.close()
        errors = [error for person in self._people for error in person.unexpected()]
        assert not errors, "a browser complained:\n" + "\n".join(errors)


def _axe_source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def _told(violation: dict[str, Any]) -> str:
    where = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} ({where})"
