"""A room on somebody's screen: what they see of it and do with it, found by the words that stand there."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.aims import Aims
from tests.e2e.board import Board
from tests.e2e.members import Members
from tests.e2e.themes import Themes
from tests.e2e.words import t
from tests.support.browser import LOST_LINE, Person

NOTHING_COMES = """() => {
    const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/')).length
    const before = window.filesBefore
    window.filesBefore = files
    return before === files
}"""
"""No file came since the last look. The network itself is never idle: a stream stays open."""


class Screen:
    """One person's first tab."""

    def __init__(self, person: Person, url: str, room_id: str) -> None:
        self.person = person
        self.url = url
        self.room_id = room_id
        self.page: Page = person.page
        self.board = Board(self.page)
        self.themes = Themes(self.page)
        self.aims = Aims(self.page)
        self.members = Members(self.page)

    async def open(self, place: str = "roadmap", query: str = "") -> None:
        """By its address, as a bookmark would."""
        await self.page.goto(f"{self.url}/rooms/{self.room_id}{query}#{place}")
        await self.is_here()

    async def go(self, place: str) -> None:
        """To another place of the room, without loading the page again."""
        await self.page.evaluate("place => { location.hash = place }", place)

    async def is_here(self) -> None:
        """The room has come, and the line is good."""
        await expect(self.bar.get_by_text(t("rooms.saved"), exact=True)).to_be_visible()
        await expect(self.heading).to_be_visible()

    async def has_everything(self) -> None:
        """What comes after the room has come, too: from now on the line may go."""
        await self.page.wait_for_function(NOTHING_COMES, polling=500)

    async def will_lose_its_line(self) -> None:
        """Its dialogs and other screens come ahead while the line is good; the browser complains once it is not."""
        await self.has_everything()
        self.person.expect_errors(LOST_LINE)

    async def all_saved(self) -> None:
        await expect(self.bar.get_by_text(t("rooms.saved"), exact=True)).to_be_visible()

    @property
    def bar(self) -> Locator:
        return self.page.get_by_role("banner")

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def refusal(self) -> Locator:
        return self.page.get_by_role("note")

    def told(self, words: str) -> Locator:
        """Said to a screen reader, by the one voice of the page."""
        return self.page.get_by_role("status").filter(has_text=words)

    async def is_told(self, words: str) -> None:
        await expect(self.told(words).first).to_be_attached()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def choose(self, item: str) -> None:
        """From the menu of the room."""
        await self.button(t("rooms.more")).click()
        await self.page.get_by_role("button", name=item, exact=True).click()

    async def invite(self) -> None:
        """By the button of the bar, or on a phone by the menu."""
        button = self.bar.get_by_role("button", name=t("rooms.invite"), exact=True)
        await (button.click() if await button.is_visible() else self.choose(t("rooms.invite")))

    async def close_dialog(self) -> None:
        await self.dialog.get_by_role("button", name=t("rooms.close"), exact=True).click()
        await expect(self.dialog).to_have_count(0)
