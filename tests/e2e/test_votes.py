"""The room narrows fourteen ideas to three: at screens, at sockets and on the wall, and nobody sees who chose what."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import expect

from app.demo.case import without_a_device
from tests.e2e.ballots import Ballots
from tests.e2e.conftest import Arrives, House, remembered
from tests.e2e.fitting import data_of, misfits, untranslated
from tests.e2e.screen import Screen
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import PSEUDO, in_pseudo, method, t
from tests.support.browser import NARROWEST, PHONE, TABLET, Opens
from tests.support.cases import SEPSIS, Play, case
from tests.support.client import Client
from tests.support.company import Somebody

LATE, AWAY = "rosa", "kate"
AT_SCREENS = ("anne", "maya", "tom")
CALM = {"reduced_motion": "reduce"}


class Room:
    """The sepsis room with its ideas; most of its people are at sockets."""

    def __init__(self, play: Play, everybody: AsyncExitStack) -> None:
        self.play = play
        self.case = play.case["ballot"]
        self.everybody = everybody
        self.sockets: dict[str, Client] = {}

    def do(self, who: str, type: str, **fields: Any) -> None:
        body = {"type": "do", "id": str(uuid4()), "command": {"type": type, **fields}}
        path = f"/api/rooms/{self.play.room_id}/commands"
        self.play.call("POST", path, body, cookie=self.play.people[who].cookie)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.play.snapshot()["rows"].get(kind, [])
        return found

    def letters(self) -> None:
        """Fourteen ideas, and the sticker that is in test already."""
        sticker = str(uuid4())
        self.do("amir", "ideas.add_idea", idea_id=sticker, text="Red sepsis sticker on the notes")
        self.do("anne", "ideas.clarify_idea", idea_id=sticker)
        self.do("anne", "ideas.set_state", idea_id=sticker, state="testing")
        for _, text, who in self.play.case["ideas"]:
            proxy = {"proxy_for": self.play.members[who]} if who not in self.play.people else {}
            self.do("tom" if proxy else who, "ideas.add_idea", idea_id=str(uuid4()), text=text, **proxy)
        self.do("anne", "ideas.set_letters")

    async def sits_down(self, who: str) -> None:
        client = self.play.people[who].client()
        self.sockets[who] = await self.everybody.enter_async_context(client.stay())

    async def votes(self, round: str) -> None:
        """All who are at sockets, at once, as the case has it."""
        chosen = {who: letters for who, letters in self.case[round]["ballots"].items() if who in self.sockets}
        await asyncio.gather(*[self._puts(who, letters) for who, letters in chosen.items()])

    async def _puts(self, who: str, letters: list[str]) -> None:
        ballot = self._live()
        for letter in letters:
            option = next(
                row["id"]
                for row in self.sockets[who].rows["option"].values()
                if (row["ballot_id"], row["letter"]) == (ballot, letter)
            )
            await self.says(who, "votes.set_votes", ballot_id=ballot, option_id=option, votes=1)

    async def says(self, who: str, type: str, **fields: Any) -> None:
        answer = await self.sockets[who].do({"type": type, **fields})
        assert answer["type"] == "ack", answer

    def _live(self) -> str:
        return next(str(row["id"]) for row in self.rows("ballot") if row["state"] == "open")

    def described(self) -> set[str]:
        """ "Nurse, Emergency department": as screens tell people of one name apart."""
        titles = {voice.key: voice.title for voice in method().voices}
        said = ((titles.get(row["voice"]), row["microsystem"]) for row in self.rows("member"))
        return {", ".join(filter(None, about)) for about in said}

    def states(self) -> dict[str, str]:
        return {row["letter"]: row["state"] for row in self.rows("idea") if row["letter"]}


@pytest_asyncio.fixture(loop_scope="session")
async def sepsis(house: House) -> AsyncIterator[Room]:
    play = Play(house.url, house.coach_cookie, SEPSIS)
    await asyncio.to_thread(play.everybody_joins, but=(LATE,))
    async with AsyncExitStack() as everybody:
        room = Room(play, everybody)
        play.say(without_a_device(play.case, play.members))
        room.do("anne", "rooms.assign_role", role="recorder", member_id=play.members["tom"])
        await asyncio.to_thread(room.letters)
        room.do("anne", "rooms.bring_everyone", view="board")
        for who in play.people:
            if who not in (*AT_SCREENS, AWAY):
                await room.sits_down(who)
        yield room
    play.close()


async def test_fourteen_ideas_become_three_in_two_rounds(arrive: Arrives, person: Opens, sepsis: Room) -> None:
    anne = await arrive("Anne", sepsis.play.people["anne"])
    maya = await arrive("Maya", sepsis.play.people["maya"], TABLET, **CALM)
    tom = await arrive("Tom", sepsis.play.people["tom"], PHONE, **CALM)
    wall = await hung(person, sepsis)
    await anne.go("ballot")
    await a_coach_opens(anne, maya, tom, wall)
    await a_mis_tap_is_mended_by_keys(maya)
    await a_fifth_vote_is_refused_and_moved(tom)
    await somebody_comes_late(sepsis)
    await sepsis.votes("round_1")
    await joe_votes_by_telephone(tom)
    await expect(wall.page.get_by_text(t("votes.turnout", finished=15, of=15))).to_be_visible()
    await the_first_round_is_shown(sepsis, anne, maya, tom, wall)
    await the_second_round_decides(sepsis, anne, maya, tom, wall)
    kept, left = sepsis.case["round_2"]["selected"], sepsis.case["round_2"]["not_now"]
    assert sepsis.states() == dict.fromkeys(kept, "selected") | dict.fromkeys(left, "not_now")
    sticker = next(idea for idea in sepsis.rows("idea") if idea["letter"] is None)
    assert sticker["state"] == "testing"


async def hung(person: Opens, sepsis: Room) -> Wall:
    play = sepsis.play
    someone = await person("Wall", FULL_HD, **CALM)
    play.join({"key": "wall", "name": "Seminar room", "part": "wall"}, play.invite("wall")["token"])
    screen = play.people["wall"]
    assert isinstance(screen, Somebody)
    await remembered(someone, screen)
    await someone.page.goto(f"{play.url}/rooms/{play.room_id}")
    wall = Wall(someone)
    await expect(wall.page.get_by_text(t("rooms.wall_how"), exact=True)).to_be_visible()
    return wall


async def a_coach_opens(anne: Screen, maya: Screen, tom: Screen, wall: Wall) -> None:
    """One sentence and Open. Who is at the room's place comes along, and everybody is told."""
    ballots = Ballots(anne)
    await ballots.press("votes.vote_on", what=t("votes.ideas", count=14))
    await ballots.says("14 ideas: 4 votes each, one per idea, 90 seconds, secret")
    await ballots.press("votes.clarify_first")
    await maya.is_told(t("rooms.brought_you", name="Anne", place=t("rooms.place_ballot")))
    await expect(wall.heading).to_have_text(t("votes.question_ideas"))
    await expect(wall.page.get_by_text("Culture bottles in the triage room")).to_be_visible()
    await ballots.press("votes.open")
    for screen in (maya, tom):
        await screen.is_told(t("votes.has_opened", question=t("votes.question_ideas")))
        await Ballots(screen).has_left(4)
    await expect(wall.page.get_by_role("timer")).to_be_visible()


async def a_mis_tap_is_mended_by_keys(maya: Screen) -> None:
    """A letter goes to its row, Enter votes, minus takes it back: the mouse stays where it is."""
    ballots, keys = Ballots(maya), maya.page.keyboard
    await ballots.vote("N").focus()
    for letter in "aceg":
        await keys.press(letter)
        await expect(ballots.vote(letter.upper())).to_be_focused()
        await keys.press("Enter")
    await ballots.has_left(0)
    await keys.press("-")
    await maya.is_told(t("votes.gave_back", letter="G"))
    await keys.press("ArrowDown")
    await expect(ballots.vote("H")).to_be_focused()
    await keys.press("Space")
    await ballots.has_left(0)
    assert await maya.person.barriers() == []


async def a_fifth_vote_is_refused_and_moved(tom: Screen) -> None:
    ballots = Ballots(tom)
    await ballots.puts("B", "C", "F", "K")
    await ballots.vote("L").click()
    nth = t("votes.nth").split(" | ")[3]
    await expect(ballots.row("L")).to_contain_text(t("votes.too_many", nth=nth, count=4, letter="L")[:28])
    assert await tom.person.barriers() == []
    await ballots.row("L").get_by_role("button", name=t("votes.move_one", **{"from": "K", "to": "L"})).click()
    await expect(ballots.vote("L")).to_have_attribute("aria-pressed", "true")
    await expect(ballots.vote("K")).to_have_attribute("aria-pressed", "false")
    await tom.all_saved()


async def somebody_comes_late(sepsis: Room) -> None:
    """While it is open: as many votes as everybody."""
    rosa = next(person for person in sepsis.play.case["people"] if person["key"] == LATE)
    token = sepsis.play.invite(rosa["part"])["token"]
    await asyncio.to_thread(sepsis.play.join, rosa, token)
    await sepsis.sits_down(LATE)


async def joe_votes_by_telephone(tom: Screen) -> None:
    """He is told who will know; and then nothing of it is on the recorder's phone."""
    ballots = Ballots(tom)
    await tom.button(t("votes.enter_for", name="Joe")).click()
    await ballots.says(t("votes.proxy_knows", name="Joe"))
    await ballots.puts("A", "B", "D", "G")
    await ballots.press("votes.finish")
    await expect(tom.page.get_by_role("heading", name=t("votes.who_is_next"))).to_be_focused()
    await expect(tom.page.locator("[aria-pressed=true]")).to_have_count(0)
    await ballots.press("votes.back_to_mine")
    await ballots.has_left(0)


async def the_first_round_is_shown(sepsis: Room, anne: Screen, maya: Screen, tom: Screen, wall: Wall) -> None:
    """Nothing before, everything at once, and the same for all. Who ties across the line stays."""
    coach = Ballots(anne)
    await expect(wall.page.locator(".track")).to_have_count(0)
    await coach.press("votes.close")
    await coach.says(t("votes.is_closed"))
    await expect(anne.page.locator(".track")).to_have_count(0)
    await coach.press("votes.reveal")
    totals = list(sepsis.case["round_1"]["totals"].items())
    for screen in (anne, maya, tom):
        assert await Ballots(screen).bars() == totals
    await expect(wall.page.get_by_text("12", exact=False).first).to_be_visible()
    assert await anne.person.barriers() == []
    await coach.steps_to(4)
    await coach.says("5 ideas go on. D and E have 6 votes each and tie, so both stay.")
    await coach.press("votes.again_on", count=5)
    await coach.says("5 ideas: 1 vote each, 90 seconds, secret")


async def the_second_round_decides(sepsis: Room, anne: Screen, maya: Screen, tom: Screen, wall: Wall) -> None:
    """The same letters; one abstains, which is not a vote for nothing; a patient's idea is asked about once more."""
    coach = Ballots(anne)
    await coach.press("votes.open")
    await Ballots(maya).puts("A")
    await Ballots(tom).puts("A")
    await tom.button(t("votes.enter_for", name="Joe")).click()
    await Ballots(tom).puts("A")
    await Ballots(tom).press("votes.finish")
    await Ballots(tom).press("votes.back_to_mine")
    await sepsis.says("mei", "votes.abstain", ballot_id=sepsis._live())
    await sepsis.votes("round_2")
    await expect(wall.page.get_by_text(t("votes.turnout", finished=15, of=15))).to_be_visible()
    await coach.press("votes.close")
    await coach.press("votes.reveal")
    assert await coach.bars() == list(sepsis.case["round_2"]["totals"].items())
    await coach.says("14 of 15 voted, 1 abstained, 1 by proxy.")
    await coach.steps_to(3)
    await coach.says(t("votes.no_patients"))
    await coach.says("Patient card: what is happening in the next hour")
    await coach.press("votes.decide", count=3)
    await expect(wall.page.get_by_text("3 ideas go on.")).to_be_visible()
    for screen in (maya, tom):
        await Ballots(screen).says("3 ideas go on.")
    assert await tom.person.barriers() == []
    assert await wall.person.barriers() == []
    await tom.page.get_by_role("link", name=t("votes.question_ideas")).click()
    await Ballots(tom).says("5 ideas go on.")


async def test_no_state_of_a_ballot_keeps_anybody_out_on_the_smallest_phone(arrive: Arrives, sepsis: Room) -> None:
    """In a longer language: everything is whole, nothing is wider than the screen, and axe has nothing to say."""
    anne = await arrive("Anne", sepsis.play.people["anne"], NARROWEST, **CALM)
    known = data_of(case(SEPSIS)) | sepsis.described() | {t("votes.question_ideas")}
    with in_pseudo():
        await anne.open("ballot", PSEUDO)
        async for name in states_of_a_ballot(sepsis, anne):
            assert await anne.person.barriers() == [], name
            assert await misfits(anne.page) == [], name
            assert await untranslated(anne.page, known) == [], name


async def states_of_a_ballot(sepsis: Room, anne: Screen) -> AsyncIterator[str]:
    """As a coach who votes sees them, one after the other."""
    ballots, id, me = Ballots(anne), str(uuid4()), {"member_id": sepsis.play.members["anne"]}

    def does(what: str, **fields: Any) -> None:
        sepsis.do("anne", f"votes.{what}_ballot", ballot_id=id, **fields)

    await expect(anne.button(t("votes.for_later"))).to_be_visible()
    await ballots.press("votes.for_later")
    yield "none"
    does("draft", of="ideas", question=t("votes.question_ideas"), seconds=90)
    sepsis.do("anne", "votes.set_voter", ballot_id=id, votes=True, **me)
    await ballots.press("votes.change")
    yield "changing a draft"
    does("open")
    await ballots.puts("A", "B", "C", "D")
    await ballots.vote("E").click()
    yield "open, with one vote too many"
    await anne.button(t("votes.pass_to", name="Joe")).click()
    yield "a device to be passed"
    await ballots.press("votes.i_am", name="Joe")
    await ballots.puts("A")
    yield "somebody else's votes"
    await ballots.press("votes.finish")
    yield "clean between people"
    await ballots.press("votes.back_to_mine")
    does("pause")
    await ballots.says(t("votes.paused_says"))
    yield "paused"
    does("open")
    await sepsis.votes("round_1")
    does("close")
    await ballots.says(t("votes.is_closed"))
    yield "closed"
    does("reveal")
    await ballots.steps_to(1)
    await anne.button(t("votes.decide", count=1)).click()
    yield "revealed, one would be left"
    await anne.page.get_by_role("radio", name=t("votes.cut_hand"), exact=True).check()
    yield "by hand"
    options = [row["id"] for row in sepsis.rows("option") if row["letter"] in ("A", "B", "C")]
    does("decide", kept=options)
    await ballots.says(t("votes.go_on_ideas", count=3))
    yield "decided"
