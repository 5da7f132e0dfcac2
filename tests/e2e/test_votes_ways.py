"""Other ways to vote: points and stacks, with names, for somebody else and anew, a run-off, and by a poster."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.ballots import Ballots
from tests.e2e.conftest import Arrives
from tests.e2e.doors import Doors
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE, Opens
from tests.support.company import Company, Somebody

CALM = {"reduced_motion": "reduce"}
IDEAS = ("Red trolley", "Sticker on the notes", "Sepsis six card", "Call the porter", "Ask the family", "Night box")


class Choosing:
    """A small room with six ideas, A to F; Nina and Joe have no screen here."""

    def __init__(self, room: Company) -> None:
        self.room = room
        self.nina = room.join(name="Nina")
        self.joe = str(uuid4())
        self.does("rooms.add_person", member_id=self.joe, name="Joe", voice="carer")
        for text in IDEAS:
            self.does("ideas.add_idea", idea_id=str(uuid4()), text=text)
        self.does("ideas.set_letters")

    def does(self, type: str, by: Somebody | None = None, **fields: Any) -> None:
        self.room.do({"type": type, **fields}, by or self.room.coach)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.room.snapshot(self.room.coach)["rows"].get(kind, [])
        return found

    def the(self, **fields: Any) -> dict[str, Any]:
        """The ballot that is like this."""
        (found,) = (row for row in self.rows("ballot") if fields.items() <= row.items())
        return found

    def puts(self, by: Somebody, *letters: str, apart: bool = False) -> None:
        ballot_id = self.the(state="open", apart=apart)["id"]
        of = {row["letter"]: row["id"] for row in self.rows("option") if row["ballot_id"] == ballot_id}
        for letter in letters:
            self.does("votes.set_votes", by, ballot_id=ballot_id, option_id=of[letter], votes=1)


@pytest.fixture
def choosing(room: Company) -> Choosing:
    return Choosing(room)


async def test_points_are_given_once_and_a_vote_that_is_called_off_says_why(
    arrive: Arrives, room: Company, choosing: Choosing
) -> None:
    anne = await arrive("Anne", room.coach, at="ballot", **CALM)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), PHONE, at="ballot", **CALM)
    coach, patient = Ballots(anne), Ballots(maya)
    await coach.press("votes.vote_on", what=t("votes.ideas", count=6))
    await coach.press("votes.change")
    await anne.page.get_by_role("radio", name=t("votes.preset.ranked"), exact=True).check()
    await coach.says(t("votes.each_weighted", points="5, 3 and 1"))
    await coach.press("votes.open")
    for letter, points in (("A", 5), ("B", 3), ("C", 1)):
        await points_for(patient, letter, points).click()
    await patient.says(t("votes.all_given"))
    await points_for(patient, "D", 5).click()
    await maya.is_told(t("votes.points_moved", count=5, **{"from": "A", "to": "D"}))
    await expect(points_for(patient, "A", 5)).to_have_attribute("aria-pressed", "false")
    assert await maya.person.barriers() == []
    await anne.button(t("votes.more")).click()
    await coach.press("votes.void")
    dialog = anne.dialog
    await dialog.get_by_role("button", name=t("votes.void_it"), exact=True).click()
    await expect(dialog.get_by_text(t("votes.say_why"))).to_be_visible()
    await dialog.get_by_label(t("votes.void_why")).fill("B and C are the same.")
    await dialog.get_by_role("button", name=t("votes.void_it"), exact=True).click()
    for screen in (anne, maya):
        await Ballots(screen).says(t("votes.because", reason="B and C are the same."))


async def test_votes_with_names_are_stacked_entered_anew_and_a_tie_goes_to_a_run_off(
    arrive: Arrives, room: Company, choosing: Choosing
) -> None:
    anne = await arrive("Anne", room.coach, at="ballot", **CALM)
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), PHONE, at="ballot", **CALM)
    writes = room.join(name="Tom")
    room.assign("recorder", writes)
    tom = await arrive("Tom", writes, PHONE, at="ballot", **CALM)
    coach, patient, recorder = Ballots(anne), Ballots(maya), Ballots(tom)
    question = t("votes.question_ideas")
    ways: dict[str, Any] = {"of": "ideas", "question": question, "mode": "open", "preset": "thirds_stacked"}
    choosing.does("votes.draft_ballot", ballot_id=str(uuid4()), **ways)
    await coach.press("votes.open")
    # Twice in a moment is two votes, and everybody sees whose they are.
    more = patient.row("A").get_by_role("button", name=t("votes.one_more_for", letter="A", words=IDEAS[0]), exact=True)
    await more.dblclick()
    await patient.has_left(0)
    for ballots in (recorder, coach):
        await expect(ballots.page.locator("li", has_text=IDEAS[0]).locator(".who")).to_contain_text("Ma 2")
    await one_more(recorder, "A")
    await one_more(recorder, "B")
    # Joe has said one thing on the telephone, and then another one.
    await enters_for_joe(tom, "E", "F")
    await tom.button(t("votes.enter_for", name="Joe")).click()
    await recorder.press("votes.begin_again")
    await tom.is_told(t("votes.began_again"))
    for letter in "CD":
        await one_more(recorder, letter)
    await recorder.press("votes.finish")
    await recorder.press("votes.back_to_mine")
    await expect(patient.row("C").locator(".who")).to_contain_text("Jo")
    await expect(patient.row("E").locator(".who")).to_have_count(0)
    assert await tom.person.barriers() == []
    choosing.puts(choosing.nina, "B", "C")
    await coach.press("votes.close")
    await coach.press("votes.reveal")
    assert (await coach.bars())[:4] == [("A", 3), ("B", 2), ("C", 2), ("D", 1)]
    await coach.steps_to(2)
    await coach.press("votes.run_off", letters="B and C")
    await coach.press("votes.open")
    await patient.says(t("votes.already_in", count=1, letters="A"))
    await one_vote(patient, "B")
    await one_vote(recorder, "B")
    await coach.press("votes.close")
    await coach.press("votes.reveal")
    await coach.steps_to(1)
    await coach.press("votes.decide", count=1)
    for ballots in (coach, patient, recorder):
        await ballots.says(t("votes.go_on_ideas", count=2))
        await ballots.says(t("votes.line_top", count=1))
    chosen = {row["letter"] for row in choosing.rows("idea") if row["state"] == "selected"}
    assert chosen == {"A", "B"}


async def test_who_cannot_be_in_the_hour_votes_by_a_poster_and_is_counted_apart(
    arrive: Arrives, person: Opens, room: Company, choosing: Choosing
) -> None:
    anne = await arrive("Anne", room.coach, at="ballot", **CALM)
    coach = Ballots(anne)
    await coach.press("votes.for_later")
    await anne.page.get_by_label(t("votes.one_question")).fill("What would help at night?")
    await coach.press("votes.prepare_it")
    await coach.press("votes.open")
    link = await printed_poster(anne)
    ballot = choosing.the(apart=True)
    olu = await person("Olu", PHONE, **CALM)
    await Doors(olu, room.server.url).join(f"{link}&at=ballot/{ballot['id']}", "Olu")
    night = Screen(olu, room.server.url, room.room_id)
    await expect(night.heading).to_have_text("What would help at night?")
    await Ballots(night).puts("F")
    await night.all_saved()
    # The hour goes its own way beside it.
    live = str(uuid4())
    choosing.does("votes.draft_ballot", ballot_id=live, of="ideas", question=t("votes.question_ideas"))
    choosing.does("votes.open_ballot", ballot_id=live)
    choosing.puts(choosing.nina, "A", "B")
    for id in (live, ballot["id"]):
        choosing.does("votes.close_ballot", ballot_id=id)
        choosing.does("votes.reveal_ballot", ballot_id=id)
    spent = {row["id"]: (row["ballots"], row["spent"]) for row in choosing.rows("tally")}
    assert spent == {live: (1, 2), ballot["id"]: (1, 1)}
    for screen in (anne, night):
        await screen.go(f"ballot/{ballot['id']}")
        await Ballots(screen).says(t("votes.counted_apart"))
        await Ballots(screen).says(t("votes.withheld_alone"))
    await expect(anne.button(t("votes.decide", count=1))).to_have_count(0)
    assert await olu.barriers() == []


def points_for(ballots: Ballots, letter: str, points: int) -> Locator:
    words = IDEAS["ABCDEF".index(letter)]
    name = t("votes.points_each_for", count=points, letter=letter, words=words)
    return ballots.row(letter).get_by_role("button", name=name, exact=True)


async def one_more(ballots: Ballots, letter: str) -> None:
    words = IDEAS["ABCDEF".index(letter)]
    name = t("votes.one_more_for", letter=letter, words=words)
    await ballots.row(letter).get_by_role("button", name=name, exact=True).click()


async def one_vote(ballots: Ballots, letter: str) -> None:
    """In a round of two there is one each, though up to three might be on one."""
    await one_more(ballots, letter)
    await ballots.has_left(0)


async def enters_for_joe(tom: Screen, *letters: str) -> None:
    ballots = Ballots(tom)
    await tom.button(t("votes.enter_for", name="Joe")).click()
    for letter in letters:
        await one_more(ballots, letter)
    await ballots.press("votes.finish")


async def printed_poster(anne: Screen) -> str:
    """One sheet, and on it until when; gives where its link leads."""
    await anne.page.evaluate("() => { window.print = () => dispatchEvent(new Event('beforeprint')) }")
    async with anne.page.expect_response(lambda answer: answer.url.endswith("/invitations")) as made:
        await anne.button(t("votes.print_poster")).click()
    link: str = (await (await made.value).json())["url"]
    await anne.page.emulate_media(media="print")
    await expect(anne.page.get_by_role("article")).to_have_count(1)
    await expect(anne.page.get_by_role("article")).to_contain_text(t("votes.poster_without"))
    pdf = await anne.page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") == 1
    await anne.page.emulate_media(media="null")
    await anne.page.evaluate("dispatchEvent(new Event('afterprint'))")
    return link
