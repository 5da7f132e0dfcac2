"""Who is in the room, on somebody's screen, and what a coach does about it."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.words import t


class Members:
    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def panel(self) -> Locator:
        return self._page.get_by_role("complementary", name=t("rooms.people"), exact=True)

    def group(self, title: str) -> Locator:
        """Those under one heading of the panel, as its list."""
        heading = self.panel.get_by_role("heading", name=title, exact=True)
        return heading.locator("xpath=following-sibling::*[1]")

    async def open(self, name: str) -> Locator:
        await self._page.get_by_role("button", name=t("rooms.change_person", name=name), exact=True).click()
        dialog = self._page.get_by_role("dialog", name=name, exact=True)
        await expect(dialog).to_be_visible()
        return dialog

    async def set_part(self, name: str, part: str) -> None:
        dialog = await self.open(name)
        await dialog.get_by_role("radio", name=t(f"rooms.part_{part}"), exact=True).check()
        await self._close(dialog)

    async def give_role(self, name: str, role: str) -> None:
        dialog = await self.open(name)
        await dialog.get_by_role("radio", name=t(f"rooms.role_{role}"), exact=True).check()
        await self._close(dialog)

    async def take_out(self, name: str) -> None:
        dialog = await self.open(name)
        await dialog.get_by_role("button", name=t("rooms.remove_person", name=name), exact=True).click()
        await dialog.get_by_role("button", name=t("rooms.remove_sure"), exact=True).click()
        await expect(dialog).to_have_count(0)

    async def _close(self, dialog: Locator) -> None:
        await dialog.get_by_role("button", name=t("rooms.close"), exact=True).click()
        await expect(dialog).to_have_count(0)
