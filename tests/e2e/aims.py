"""The aim on somebody's screen: a sentence with gaps, written in place."""

from typing import Any

from playwright.async_api import Locator, Page

from tests.e2e.words import t

LISTS = ("benefits", "reasons")


class Aims:
    def __init__(self, page: Page) -> None:
        self._page = page

    def gap(self, slot: str, number: int = 1) -> Locator:
        return self._page.get_by_label(t(f"roadmap.slot.{slot}", number=number), exact=True)

    async def write(self, slots: dict[str, Any]) -> None:
        """Every gap in the order of the sentence; it is saved as one goes."""
        for slot, said in slots.items():
            if slot == "direction":
                await self.gap(slot).select_option(value=said)
                continue
            for number, text in enumerate(said if isinstance(said, list) else [said], 1):
                await self.gap(slot, number).fill(text)
                await self.gap(slot, number).blur()

    def button(self, what: str) -> Locator:
        return self._page.get_by_role("button", name=t(f"roadmap.{what}"), exact=True)

    @property
    def paper(self) -> Locator:
        return self._page.get_by_role("article")

    @property
    def band(self) -> Locator:
        """Above the roadmap."""
        return self._page.get_by_role("region", name=t("roadmap.our_aim"), exact=True)


def sentence(kind: str, slots: dict[str, Any]) -> str:
    """The aim as everybody reads it."""
    return t(f"roadmap.sentence.{kind}", **{slot: _said(said) for slot, said in slots.items()})


def _said(said: Any) -> str:
    if isinstance(said, str):
        return said
    return said[0] if len(said) == 1 else t("rooms.and", some=", ".join(said[:-1]), last=said[-1])
