"""What becomes of a map: it is agreed and drawn anew, filled from a table, and from going along with a patient."""

import re
from uuid import uuid4

from playwright.async_api import expect

from app.demo.case import SEPSIS, Cast, case
from app.demo.process_map import drawn
from tests.e2e.conftest import Arrives
from tests.e2e.process_maps import MAP, NODES, TITLE, called, chooses, reads
from tests.e2e.test_print import pages, prints
from tests.e2e.wall import FULL_HD, Wall
from tests.e2e.words import t
from tests.support.browser import NARROWEST, PHONE, Opens
from tests.support.company import Company

KEPT_OF_ANYTHING = {"id", "created_at", "removed_at", "redacted_at", "locked_by"}
LEAD, WAIT = MAP["expect"]["lead_time"], MAP["expect"]["wait_time"]
NEXT = t("process_map.title_version", map=TITLE, n=2)
TABLE = (
    "What happens\tWhere\tWait (min)\tTakes\tHelps the patient?\n"
    "Ambulance hands over\tEmergency department\t25\t10 min\tyes\n"
    "Find a chair\tEmergency department\tabout an hour\t\tno\n"
    "Call the porter\tPorters\t1 h 30 min\t2\tneeded\n"
)


async def test_the_room_agrees_its_map_draws_the_next_version_and_reads_what_is_saved(
    arrive: Arrives, person: Opens, room: Company
) -> None:
    _the_map(room)
    anne = await arrive("Anne", room.coach, at="process_map", theme="dark")
    maya = await arrive("Maya", room.join(name="Maya", voice="patient"), PHONE, at="process_map")
    await anne.button(t("process_map.agree")).press("Enter")
    await anne.button(t("process_map.agree_yes")).press("Enter")
    await expect(maya.main.get_by_text(t("process_map.agree"), exact=True)).to_have_count(0)
    await expect(maya.page.get_by_role("form", name=t("process_map.new_step"))).to_have_count(0)
    await anne.button(t("process_map.draw_next")).press("Enter")
    await expect(anne.heading).to_have_text(NEXT)
    # Nobody is taken along by who draws elsewhere.
    await expect(maya.main.get_by_role("link", name=NEXT, exact=True).first).to_be_visible()
    await expect(maya.heading).to_have_text(TITLE)
    await maya.go("agenda")
    await expect(maya.heading).not_to_have_text(TITLE)
    await maya.go("process_map")
    await expect(maya.heading).to_have_text(TITLE)
    wall = await Wall.hangs(await person("Wall", FULL_HD), room)
    await anne.button(t("rooms.bring_everyone")).click()
    await maya.button(t("rooms.go_there")).or_(maya.page.get_by_role("link", name=t("rooms.go_there"))).click()
    await expect(maya.heading).to_have_text(NEXT)
    await anne.button(t("process_map.as_list")).press("Enter")
    await chooses(anne, "w2", t("process_map.remove"))

    taken = f"{NODES['w2']['wait']} min"
    percent = t("process_map.percent", n=round(100 * NODES["w2"]["wait"] / LEAD))
    saves = t("process_map.saves", time=taken, percent=percent)
    for somebody in (anne, maya):
        await reads(somebody, LEAD - NODES["w2"]["wait"], WAIT - NODES["w2"]["wait"])
        beside = somebody.main.get_by_role("region", name=f"{t('process_map.beside')} {TITLE}")
        await expect(beside).to_contain_text(saves)
        await expect(beside).to_contain_text(t("process_map.waits_less", time=taken))
        gone = beside.get_by_role("listitem").filter(has_text=NODES["w2"]["text"])
        await expect(gone).to_contain_text(t("process_map.less", time=taken))
        assert await somebody.person.barriers() == []
    await expect(wall.page.get_by_text(saves)).to_be_visible()
    await wall.turn()

    assert await pages(anne) == 1
    paper = await prints(anne)
    await expect(paper).to_contain_text(saves)
    await anne.page.emulate_media(media="null")
    await anne.page.evaluate("dispatchEvent(new Event('afterprint'))")
    # It is compared with none, and with the agreed one again; that one says what has been drawn since.
    choice = maya.page.get_by_label(t("process_map.compare_with"), exact=True)
    await choice.select_option(label=t("process_map.compare_none"))
    await expect(anne.main.get_by_text(saves)).to_have_count(0)
    await choice.select_option(label=TITLE)
    await anne.main.get_by_role("link", name=TITLE, exact=True).first.click()
    await expect(anne.main.get_by_text(t("process_map.compared_with_it"))).to_contain_text(NEXT)
    await expect(anne.heading).to_be_focused()
    # Which of two maps it is that everyone is brought to says the address.
    await anne.page.evaluate("location.hash = 'process_map'")
    await expect(anne.page).to_have_url(re.compile(r"#process_map/.+"))


async def test_a_table_is_brought_in_by_keyboard_and_a_time_that_was_not_understood_is_said(
    arrive: Arrives, room: Company
) -> None:
    map_id = _the_map(room)
    dina = await arrive("Dina", room.join(name="Dina"), at=f"process_map/{map_id}")
    await dina.button(t("process_map.as_list")).press("Enter")
    await dina.page.get_by_text(t("process_map.import"), exact=True).press("Enter")
    field = dina.page.get_by_label(t("process_map.import_paste"), exact=True)
    await field.focus()
    await dina.page.keyboard.insert_text(TABLE)
    await dina.button(t("process_map.import_look")).press("Enter")
    understood = dina.page.get_by_role("heading", name=t("process_map.understood", count=3), exact=True)
    await expect(understood).to_be_focused()
    trouble = t("process_map.trouble_time_unclear", line=3, said="about an hour")
    await expect(dina.main.get_by_text(trouble, exact=True)).to_be_visible()
    porter = dina.main.get_by_role("listitem").filter(has_text="Call the porter")
    await expect(porter).to_contain_text(f"Porters, 2 min, {t('process_map.waits_for', time='90 min')}")
    assert await dina.person.barriers() == []
    await reads(dina, LEAD, WAIT)

    await dina.button(t("process_map.import_put", count=3)).press("Enter")
    await expect(called(dina, "Call the porter", "activity")).to_be_visible()
    await expect(dina.page.get_by_text(t("process_map.imported", count=3), exact=True)).to_be_visible()
    await expect(field).to_have_value("")
    await expect(dina.page.get_by_text(t("process_map.lanes", count=5), exact=True)).to_be_visible()


async def test_who_goes_along_with_a_patient_fills_the_waits_and_says_nowhere_who_it_was(
    arrive: Arrives, room: Company
) -> None:
    map_id = _the_map(room)
    rosa = await arrive("Rosa", room.join(name="Rosa"), NARROWEST, at=f"process_map/{map_id}", theme="dark")
    tom = await arrive("Tom", room.join(name="Tom"), at=f"process_map/{map_id}")
    await rosa.page.get_by_text(t("process_map.shadow_somebody"), exact=True).press("Enter")
    await rosa.button(t("process_map.shadowing_begin")).press("Enter")
    await expect(rosa.refusal.filter(has_text=t("refused.consent_first").split(".")[0])).to_be_visible()
    await rosa.page.get_by_label(t("process_map.consent"), exact=True).press("Space")
    await rosa.button(t("process_map.shadowing_begin")).press("Enter")
    record = rosa.page.get_by_role("region", name=t("process_map.patient_letter", letter="A"), exact=True)
    what = record.get_by_label(t("process_map.touchpoint_what"), exact=True)
    await expect(what).to_be_focused()
    for words, key, waited, felt in (("Sits in the corridor", "w1", 48, 0), ("A nurse takes blood", "b", 5, 3)):
        await record.get_by_label(t("process_map.touchpoint_step"), exact=True).select_option(label=NODES[key]["text"])
        await record.get_by_label(t("process_map.touchpoint_waited"), exact=True).fill(f"{waited} min")
        feeling = record.get_by_label(t("process_map.feeling"), exact=True)
        await feeling.select_option(label=t(f"process_map.feeling_{felt}"))
        await what.fill(words)
        await what.press("Enter")
        await expect(record.get_by_role("listitem").filter(has_text=words)).to_contain_text(
            t("process_map.waited", n=waited)
        )
        await expect(what).to_have_value("")

    # It was a minute less.
    await rosa.button(t("process_map.touchpoint_change", what="Sits in the corridor")).press("Enter")
    corridor = record.get_by_role("listitem").first
    await corridor.get_by_label(t("process_map.touchpoint_waited"), exact=True).fill("47")
    await corridor.get_by_role("button", name=t("process_map.save_words"), exact=True).press("Enter")
    await expect(corridor).to_contain_text(t("process_map.waited", n=47))
    assert await rosa.person.barriers() == []
    await rosa.button(t("process_map.fill_waits")).press("Enter")
    for somebody in (rosa, tom):
        await reads(somebody, LEAD - 20 + 47 + 5, WAIT - 20 + 47 + 5)
    (shadowing,) = room.snapshot(room.coach)["rows"]["shadowing"]
    assert set(shadowing) - KEPT_OF_ANYTHING == {"map_id", "letter", "consent", "observer_id", "day", "note"}
    assert (shadowing["letter"], shadowing["consent"], shadowing["note"]) == ("A", True, None)


def _the_map(room: Company) -> str:
    """The map of the case, as a coach has drawn it."""
    cast = Cast(case(SEPSIS), "", {}, {}, map_id=str(uuid4()))
    for _, command in drawn(cast):
        room.do(command, room.coach)
    return cast.map_id
