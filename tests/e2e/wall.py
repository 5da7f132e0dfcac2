"""A wall: a screen for everybody, on which nobody presses anything."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import remembered
from tests.e2e.words import t
from tests.support.browser import Device, Person
from tests.support.company import Company

FULL_HD = Device(1920, 1080)
PRESSED = "button, a[href], input, select, textarea, summary"
"""Nothing of this stands on a wall."""

ABOVE_THE_FOOT = """title => {
  const lists = [...document.querySelectorAll('main section')]
  const list = lists.find(each => each.querySelector('h2')?.textContent === title)
  const cards = [...list.querySelectorAll('li')].filter(card => card.checkVisibility())
  const foot = document.querySelector('footer').getBoundingClientRect().top
  return cards.length > 0 && cards.every(card => card.getBoundingClientRect().bottom <= foot)
}"""


class Wall:
    """One screen that came in by a wall's link."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: Page = person.page

    @classmethod
    async def hangs(cls, person: Person, room: Company, query: str = "") -> "Wall":
        """It opens the room, and stays for the whole hour."""
        await remembered(person, room.join("wall", name="Seminar room", voice=None))
        await person.page.goto(f"{room.server.url}/rooms/{room.room_id}{query}")
        wall = cls(person)
        await expect(wall.page.get_by_text(t("rooms.wall_how"), exact=True)).to_be_visible()
        return wall

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def list(self, title: str) -> Locator:
        return self.page.get_by_role("region", name=title, exact=True)

    def cards(self, title: str) -> Locator:
        """Those that are shown."""
        return self.list(title).get_by_role("listitem").filter(visible=True)

    async def stays_above_its_foot(self, title: str) -> None:
        """Every card that is shown in this list is whole."""
        await self.page.wait_for_function(ABOVE_THE_FOOT, arg=title)

    async def turn(self) -> None:
        """To the room, or back to the welcome."""
        await self.page.keyboard.press("Space")
