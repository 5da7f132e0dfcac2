"""The themes on somebody's screen."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.words import t


class Themes:
    def __init__(self, page: Page) -> None:
        self._page = page

    def theme(self, title: str) -> Locator:
        return self._page.get_by_role("region", name=title, exact=True)

    async def make(self, *titles: str) -> None:
        """One field and Enter, like a card."""
        field = self._page.get_by_label(t("board.new_theme"), exact=True)
        for title in titles:
            await field.fill(title)
            await field.press("Enter")
            await expect(self.theme(title)).to_be_visible()

    async def rename(self, old: str, new: str) -> None:
        await self.theme(old).get_by_role("button", name=t("board.theme_menu", theme=old), exact=True).click()
        await self.theme(old).get_by_role("button", name=t("board.rename_theme"), exact=True).click()
        name = self.theme(old).get_by_label(t("board.theme_name"), exact=True)
        await name.fill(new)
        await name.press("Enter")

    def choose_button(self, title: str) -> Locator:
        return self.theme(title).get_by_role("button", name=t("board.choose_theme"), exact=True)

    async def choose(self, title: str, reason: str) -> None:
        dialog = await self.give_reason(title, reason)
        await expect(dialog).to_have_count(0)

    async def give_reason(self, title: str, reason: str) -> Locator:
        await self.choose_button(title).click()
        dialog = self._page.get_by_role("dialog", name=t("board.start_with", theme=title), exact=True)
        await dialog.get_by_label(t("board.why_this_one")).fill(reason)
        await dialog.get_by_role("button", name=t("board.start_with_it"), exact=True).click()
        return dialog
