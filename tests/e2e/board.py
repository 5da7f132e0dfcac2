"""The board on somebody's screen: columns, cards, and what is said about a card."""

from collections.abc import Sequence

from playwright.async_api import Locator, Page, expect

from tests.e2e.words import begins_like, ends_with, shortened, t


class Board:
    """A column is found by its title, a card by its words."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def column(self, title: str) -> Locator:
        return self._page.get_by_role("region", name=title, exact=True)

    def handle(self, text: str) -> Locator:
        """The button that opens a card; with the keyboard, the card itself."""
        return self._page.get_by_role("button", name=t("board.open_card", text=shortened(text)), exact=True)

    def card(self, text: str) -> Locator:
        return self._page.get_by_role("listitem").filter(has=self.handle(text))

    def cards(self, column: str) -> Locator:
        """The buttons of all cards of a column, in their order."""
        return self.column(column).get_by_role("button", name=begins_like("board.open_card"))

    async def shows(self, column: str, texts: Sequence[str]) -> None:
        """These cards, in this order, and no other."""
        cards = self.cards(column)
        await expect(cards).to_have_count(len(texts))
        for at, text in enumerate(texts):
            await expect(cards.nth(at)).to_have_accessible_name(t("board.open_card", text=shortened(text)))

    # Writing

    def field(self, column: str) -> Locator:
        return self._page.get_by_role("textbox", name=t("board.your_card", list=column), exact=True)

    def opener(self, column: str) -> Locator:
        return self.column(column).get_by_role("button", name=ends_with(t("board.to_list", list=column)))

    async def begin(self, column: str) -> Locator:
        await self.opener(column).click()
        await expect(self.field(column)).to_be_focused()
        return self.field(column)

    async def write(self, column: str, *texts: str) -> None:
        """One card after the other in the same field, as somebody does who has several thoughts."""
        field = self.field(column)
        if not await field.is_visible():
            # By a key: where all write at once, a card that comes in above moves the button from under the finger.
            await self.opener(column).press("Enter")
            await expect(field).to_be_focused()
        for text in texts:
            await field.fill(text)
            await field.press("Enter")
            await expect(self.handle(text)).to_be_attached()

    async def stop_writing(self, column: str) -> None:
        await self.field(column).press("Escape")

    # One card

    @property
    def dialog(self) -> Locator:
        return self._page.get_by_role("dialog")

    async def open(self, text: str) -> Locator:
        await self.handle(text).click()
        await expect(self.dialog).to_be_visible()
        return self.dialog

    async def close(self) -> None:
        await self.dialog.get_by_role("button", name=t("rooms.close"), exact=True).click()
        await expect(self.dialog).to_have_count(0)

    async def change_words(self, old: str, new: str) -> None:
        dialog = await self.open(old)
        await dialog.get_by_label(t("board.words"), exact=True).fill(new)
        await dialog.get_by_role("button", name=t("board.save_words"), exact=True).click()
        await self.close()

    async def move(self, text: str, *, column: str = "", after: str = "", theme: str = "") -> None:
        """By "Move to…"."""
        dialog = await self.open(text)
        if column:
            await dialog.get_by_label(t("board.column"), exact=True).select_option(label=column)
        if after:
            await dialog.get_by_label(t("board.place"), exact=True).select_option(label=after)
        if theme:
            await dialog.get_by_label(t("board.theme"), exact=True).select_option(label=theme)
        await dialog.get_by_role("button", name=t("board.move"), exact=True).click()
        await expect(dialog).to_have_count(0)

    async def remove(self, text: str) -> None:
        dialog = await self.open(text)
        await dialog.get_by_role("button", name=t("board.remove"), exact=True).click()
        await expect(dialog).to_have_count(0)

    async def take_out(self, text: str) -> None:
        """Redact: the words go for good."""
        dialog = await self.open(text)
        await dialog.get_by_role("button", name=t("board.take_out"), exact=True).click()
        await dialog.get_by_role("button", name=t("board.take_out_for_good"), exact=True).click()

    async def say(self, text: str, *, kind: str = "", sure: str = "") -> None:
        """What kind of card it is and how sure the team is: said at once, each by itself."""
        dialog = await self.open(text)
        if kind:
            await dialog.get_by_role("radio", name=t(f"board.kind.{kind}"), exact=True).check()
        if sure:
            await dialog.get_by_role("radio", name=t(f"board.sure.{sure}"), exact=True).check()
        await self.close()

    async def add_evidence(self, text: str, evidence: dict[str, str]) -> None:
        dialog = await self.open(text)
        await dialog.get_by_role("button", name=t("board.add_evidence"), exact=True).click()
        for name, value in evidence.items():
            await dialog.get_by_label(t(f"board.evidence_{name}"), exact=True).fill(value)
        await dialog.get_by_role("button", name=t("board.add_evidence"), exact=True).click()
        await expect(dialog.get_by_text(evidence["text"], exact=True)).to_be_visible()
        await self.close()
