"""Ballots on somebody's screen: how one is made, filled in, closed and read."""

from typing import Any

from playwright.async_api import Locator, expect

from tests.e2e.screen import Screen
from tests.e2e.words import t


class Ballots:
    """The place `#ballot` of one screen."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page

    def row(self, letter: str) -> Locator:
        return self.page.locator(f"li[data-letter={letter}]")

    def vote(self, letter: str) -> Locator:
        """The button of an idea: pressed while my vote is there."""
        return self.row(letter).get_by_role("button").first

    async def puts(self, *letters: str) -> None:
        for letter in letters:
            await self.vote(letter).click()
            await expect(self.vote(letter)).to_have_attribute("aria-pressed", "true")

    async def press(self, code: str, **params: Any) -> None:
        await self.screen.button(t(code, **params)).click()

    async def says(self, words: str) -> None:
        await expect(self.page.get_by_text(words).first).to_be_visible()

    async def has_left(self, count: int) -> None:
        await self.says(t("votes.left", count=count) if count else t("votes.none_left"))

    async def steps_to(self, count: int) -> None:
        """So many are to be kept."""
        number = self.page.get_by_role("group", name=t("votes.keep_top"), exact=True)
        while (now := int(await number.get_by_role("status").inner_text())) != count:
            name = t("votes.one_more_of") if now < count else t("votes.one_less")
            await number.get_by_role("button", name=name, exact=True).click()

    async def bars(self) -> list[tuple[str, int]]:
        """Letters with their votes, as they stand."""
        await expect(self.page.locator("li .track").first).to_be_visible()
        rows = self.page.locator("ol li:has(.track)")
        letters = await rows.locator(".letter").all_inner_texts()
        votes = await rows.locator(".track b").all_inner_texts()
        return [(letter, int(text.split()[0])) for letter, text in zip(letters, votes, strict=True)]
