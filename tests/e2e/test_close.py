"""What a meeting promises comes back at the next one, and is ticked where everybody sees it."""

from uuid import uuid4

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.screen import Screen
from tests.e2e.words import t
from tests.support.browser import PHONE
from tests.support.company import Company

WHAT = "Stock one red trolley for the late shift"


def an_hour_begins(room: Company) -> None:
    meeting = str(uuid4())
    room.do({"type": "meetings.add_meeting", "meeting_id": meeting}, room.coach)
    room.do({"type": "meetings.start_meeting", "meeting_id": meeting}, room.coach)


def it_ends(room: Company) -> None:
    room.do({"type": "meetings.end_meeting"}, room.coach)


async def promised(screen: Screen, what: str, who: str) -> None:
    await screen.main.get_by_label(t("meetings.close.what"), exact=True).fill(what)
    people = screen.main.get_by_label(t("meetings.close.who"), exact=True)
    member = people.get_by_role("option").filter(has_text=who)
    await people.select_option(await member.get_attribute("value"))
    await screen.main.get_by_role("button", name=t("meetings.close.promise"), exact=True).click()
    await screen.is_told(t("meetings.close.promised", name=who))


async def test_a_promise_for_somebody_absent_comes_back_and_is_ticked(room: Company, arrive: Arrives) -> None:
    """The recorder writes it down on a phone; two hours later a coach ticks it, and the phone shows so."""
    recorder = room.join(name="Tom")
    room.join(name="Nina")
    room.assign("recorder", recorder)
    an_hour_begins(room)
    tom = await arrive("Tom", recorder, PHONE, at="actions")
    await promised(tom, WHAT, "Nina")
    await expect(tom.main.get_by_role("heading", name=t("meetings.close.later"), exact=True)).to_be_visible()
    it_ends(room)
    an_hour_begins(room)
    anne = await arrive("Anne", room.coach, at="actions")
    for screen in (anne, tom):
        last_time = screen.main.get_by_role("heading", name=t("meetings.close.last_time"), exact=True)
        await expect(last_time).to_be_visible()
    it_ends(room)
    an_hour_begins(room)
    for screen in (anne, tom):
        await expect(screen.main.get_by_text(t("meetings.close.carried", count=1), exact=True)).to_be_visible()
    await anne.main.get_by_role("checkbox", name=WHAT, exact=True).check()
    await expect(tom.main.get_by_role("checkbox", name=WHAT, exact=True)).to_be_checked()
    assert await anne.person.barriers() == []
    assert await tom.person.barriers() == []


async def test_a_decision_is_read_back_and_corrected_where_it_stands(room: Company, arrive: Arrives) -> None:
    """Maya hears it read; the recorder corrects it, and everybody still finds what was said first."""
    recorder, patient = room.join(name="Tom"), room.join(name="Maya", voice="patient")
    room.assign("recorder", recorder)
    an_hour_begins(room)
    tom = await arrive("Tom", recorder, at="record")
    maya = await arrive("Maya", patient, at="record")
    field = tom.main.get_by_label(t("meetings.close.what_decided"), exact=True)
    await field.fill("Test A and B")
    await tom.main.get_by_role("button", name=t("meetings.close.add_decision"), exact=True).click()
    await expect(maya.main.get_by_text("Test A and B", exact=True)).to_be_visible()
    await expect(maya.main.get_by_label(t("meetings.close.what_decided"), exact=True)).to_have_count(0)
    await tom.button(t("meetings.close.correct_of", what="Test A and B")).click()
    await field.first.fill("Test A, B and C")
    await tom.main.get_by_role("button", name=t("meetings.close.save_words"), exact=True).click()
    await expect(maya.main.get_by_text("Test A, B and C", exact=True)).to_be_visible()
    await maya.main.get_by_text(t("meetings.close.first_heard"), exact=True).click()
    await expect(maya.main.get_by_text("Test A and B", exact=True)).to_be_visible()
    it_ends(room)
    ended = maya.main.get_by_role("heading", name=t("meetings.close.we_left_with"), exact=True)
    await expect(ended).to_be_visible()
    assert await maya.person.barriers() == []


async def test_a_parked_thought_comes_onto_the_next_agenda_in_one_press(room: Company, arrive: Arrives) -> None:
    patient = room.join(name="Maya", voice="patient")
    planned = {"type": "meetings.add_meeting", "meeting_id": str(uuid4()), "day": "2036-04-03", "start": "12:30"}
    room.do(planned, room.coach)
    maya = await arrive("Maya", patient, at="parked")
    anne = await arrive("Anne", room.coach, at="parked")
    await maya.main.get_by_label(t("meetings.close.what_parked"), exact=True).fill("Who parks the ambulance?")
    await maya.page.keyboard.press("Enter")
    await anne.button(t("meetings.close.schedule_of", what="Who parks the ambulance?")).click()
    await expect(maya.main.get_by_text(t("meetings.close.nothing_parked"), exact=True)).to_be_visible()
    items = [item["title"] for item in room.snapshot(room.coach)["rows"]["item"]]
    assert "Who parks the ambulance?" in items
