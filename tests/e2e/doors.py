"""The pages before the room on somebody's screen: setting up, joining, coming back, signing in."""

from playwright.async_api import Locator, Page, expect

from tests.e2e.words import t
from tests.support.browser import Person


class Doors:
    def __init__(self, person: Person, url: str) -> None:
        self.page: Page = person.page
        self.url = url

    def field(self, code: str) -> Locator:
        """By its label, whatever hint stands below."""
        return self.page.get_by_label(t(code), exact=True)

    def button(self, code: str) -> Locator:
        return self.page.get_by_role("button", name=t(code), exact=True)

    @property
    def refusal(self) -> Locator:
        return self.page.get_by_role("note")

    async def shows(self, code: str) -> None:
        """A page with this heading."""
        await expect(self.page.get_by_role("heading", level=1, name=t(code), exact=True)).to_be_visible()

    async def set_up(self, token: str, name: str, email: str, password: str, query: str = "") -> None:
        await self.page.goto(f"{self.url}/setup{query}#token={token}")
        await self.field("people.your_name").fill(name)
        await self.give_email(email, password)
        await self.button("people.begin").click()

    async def make_room(self, name: str, kind: str = "for_a_pathway", *, teams: str = "") -> None:
        await self.button("people.new_room").click()
        await self.field("people.room_name").fill(name)
        await self.page.get_by_role("radio", name=t(f"people.{kind}"), exact=True).check()
        if teams:
            await self.field("people.microsystems").fill(teams)
        await self.button("people.make_room").click()

    async def join(self, link: str, name: str, voice: str = "") -> None:
        """Two fields, one of which can be left out."""
        await self.page.goto(link)
        await self.field("people.your_first_name").fill(name)
        if voice:
            await self.page.get_by_role("radio", name=voice, exact=True).check()
        await self.button("people.let_me_in").click()

    async def sign_in(self, email: str, password: str, query: str = "") -> None:
        await self.page.goto(f"{self.url}/signin{query}")
        await self.give_email(email, password)
        await self.button("people.sign_in").click()

    async def come_back(self, words: str) -> None:
        await self.page.goto(f"{self.url}/back")
        await self.field("people.four_words").fill(words)
        await self.button("people.come_back").click()

    async def give_email(self, email: str, password: str) -> None:
        await self.field("people.email").fill(email)
        await self.field("people.password").fill(password)
