"""How good was this hour? Everybody says so on a screen of their own, and all of it shows at once."""

from uuid import uuid4

from playwright.async_api import expect

from tests.e2e.conftest import Arrives
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import t
from tests.support.browser import PHONE, Opens
from tests.support.company import Company


def a_meeting_that_is_scored(room: Company) -> str:
    meeting = str(uuid4())
    room.do({"type": "meetings.add_meeting", "meeting_id": meeting}, room.coach)
    room.do({"type": "meetings.start_meeting", "meeting_id": meeting}, room.coach)
    room.do({"type": "meetings.open_score", "meeting_id": meeting}, room.coach)
    room.do({"type": "rooms.bring_everyone", "view": "score"}, room.coach)
    return meeting


async def test_five_people_score_and_what_they_gave_shows_at_once_on_phone_and_wall(
    arrive: Arrives, person: Opens, room: Company
) -> None:
    meeting = a_meeting_that_is_scored(room)
    maya, *others = [room.join(name=name) for name in ("Maya", "Leroy", "Dina", "Tom", "Grace")]
    for other, score in zip(others, (8, 9, 10, 6), strict=True):
        give = {"type": "meetings.give_score", "meeting_id": meeting, "score": score, "change": "stickers"}
        room.do(give, other)
    anne = await arrive("Anne", room.coach, at="score")
    phone = await arrive("Maya", maya, PHONE, at="now")
    await phone.page.get_by_role("radio", name="7", exact=True).check()
    await phone.page.keyboard.press("ArrowRight")
    await expect(phone.page.get_by_text(t("meetings.score.yours_is_in", score=8))).to_be_visible()
    await phone.page.get_by_label(t("meetings.score.keep")).fill("stories")
    await phone.page.keyboard.press("Enter")
    await phone.all_saved()
    await expect(anne.main.get_by_text(t("meetings.score.given.other", count=5))).to_be_visible()
    await expect(anne.main.get_by_text("stickers")).to_have_count(0)
    await anne.button(t("meetings.score.reveal")).click()
    await expect(anne.main.get_by_text(t("meetings.score.out_of.other", count=5))).to_be_visible()
    await phone.go("score")
    await expect(phone.main.get_by_text("8.2", exact=True).first).to_be_visible()
    await expect(phone.main.get_by_text("stories")).to_be_visible()
    assert await phone.person.barriers() == []
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    await wall.turn()
    await expect(wall.heading).to_have_text(t("meetings.score.title"))
    await expect(wall.page.get_by_text("8.2", exact=True).first).to_be_visible()
