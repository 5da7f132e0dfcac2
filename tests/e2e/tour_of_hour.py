"""All screens of a meeting one after the other, before it, in it and after it, as its coach sees them."""

from asyncio import to_thread
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, expect

from tests.e2e.screen import Screen
from tests.e2e.tour import Tour, together
from tests.e2e.words import begins_like, t

Says = Callable[[dict[str, Any]], object]
"""Gives the server a command of the coach's."""


class Given:
    """What the room already holds: a series, ground rules, words, promises, decisions, and who does what."""

    def __init__(self, coach_id: str, meeting_id: str) -> None:
        self.coach_id = coach_id
        self.rule, self.consent, self.decision, self.action = (str(uuid4()) for _ in range(4))
        self.meeting = meeting_id

    def series(self) -> dict[str, Any]:
        return {
            "type": "meetings.set_series",
            "starts_on": "2036-04-03",
            "start": "12:30",
            "every_weeks": 1,
            "minutes": 60,
        }

    def said(self) -> Iterator[dict[str, Any]]:
        yield {"type": "rooms.assign_role", "role": "timekeeper", "member_id": self.coach_id}
        yield {"type": "meetings.propose_rule", "ground_rule_id": self.rule, "text": "We start and end on time."}
        yield {"type": "meetings.agree_rules", "number": 1}
        yield {"type": "meetings.propose_rule", "ground_rule_id": str(uuid4()), "text": "Rank stays outside."}
        word = {"word": "EPR", "meaning": "Electronic patient record: what we write about you, on a computer."}
        yield {"type": "meetings.add_term", "term_id": str(uuid4()), **word}
        yield {"type": "meetings.ask_what", "question_id": str(uuid4()), "word": "Lactate"}

    def said_in_the_hour(self) -> Iterator[dict[str, Any]]:
        yield {"type": "meetings.add_meeting", "meeting_id": self.meeting}
        yield {"type": "meetings.start_meeting", "meeting_id": self.meeting}
        decided = {"text": "We test option B first", "method": "consensus", "dissent": "Too soon for nights"}
        yield {"type": "meetings.add_decision", "decision_id": self.decision, **decided}
        what = {"action_id": self.action, "text": "Stock one red trolley", "member_id": self.coach_id}
        yield {"type": "meetings.add_action", **what, "sponsor_ask": True}
        yield {"type": "meetings.add_parked", "parked_id": str(uuid4()), "text": "Who parks the ambulance?"}
        about = {"target": "decision", "target_id": self.decision}
        yield {"type": "meetings.ask_consent", "consent_id": self.consent, **about}


async def whole(screen: Screen, says: Says, coach_id: str) -> Tour:
    """A room without meetings becomes one with a series, then an hour is on, then it is stopped."""
    given = Given(coach_id, str(uuid4()))

    async def say(*commands: dict[str, Any]) -> None:
        for command in commands:
            await to_thread(says, command)

    await screen.go("agenda")
    await expect(screen.heading).to_have_text(t("meetings.plan.none"))
    yield "no meeting planned"
    await say(given.series(), *given.said())
    async for name in together(planning(screen), agreed(screen, given)):
        yield name
    await say(*given.said_in_the_hour())
    async for name in an_hour(screen, given, say):
        yield name


async def planning(screen: Screen) -> Tour:
    await screen.go("agenda")
    await expect(items(screen).first).to_be_visible()
    yield "the agenda"
    for name, opener in {
        "when we meet": screen.button(t("meetings.plan.when_we_meet")),
        "this meeting": screen.button(t("meetings.plan.change_meeting")),
        "an item": items(screen).nth(1),
        "one more item": screen.button(t("meetings.plan.add_item")),
        "moving a meeting": screen.page.get_by_role("button", name=begins_like("meetings.plan.move_day")).first,
        "skipping a meeting": screen.page.get_by_role("button", name=begins_like("meetings.plan.skip_day")).first,
        "one more meeting": screen.button(t("meetings.plan.add_meeting")),
        "handing a role over": screen.button(t("meetings.rota.hand_over")).first,
    }.items():
        async for shown in in_dialog(screen, name, opener):
            yield shown


async def agreed(screen: Screen, given: Given) -> Tour:
    await shows(screen, "rules", t("meetings.rules.title"))
    yield "ground rules"
    await shows(screen, f"rules/{given.rule}", t("meetings.rules.a_rule"))
    yield "one ground rule"
    await shows(screen, "glossary", t("meetings.terms.title"))
    yield "what words mean"


async def an_hour(screen: Screen, given: Given, say: Callable[..., Any]) -> Tour:
    await screen.go("agenda")
    await expect(screen.page.get_by_text(t("meetings.plan.on_now"), exact=True)).to_be_visible()
    yield "the agenda of the hour that is on"
    async for name in in_dialog(screen, "more time", screen.button(t("meetings.hour.more_time"))):
        yield name
    for code in ("end", "stop"):
        await screen.button(t("meetings.hour.more")).click()
        opener = screen.button(t(f"meetings.hour.{code}"))
        async for name in in_dialog(screen, f"asked: {code}", opener):
            yield name
    await screen.go(f"consent/{given.consent}")
    await screen.main.get_by_role("radio", name=begins_like("meetings.consent.yes_but")).check()
    yield "can we live with it"
    await say(
        {"type": "meetings.answer_consent", "consent_id": given.consent, "says": "yes_but", "text": "Not at night"}
    )
    await say({"type": "meetings.show_consent", "consent_id": given.consent})
    await expect(screen.main.get_by_text("Not at night", exact=True)).to_be_visible()
    yield "we can live with it"
    for place in ("actions", "decisions", "parked", "record"):
        await screen.go(place)
        tab = screen.main.get_by_role("link", name=t(f"rooms.place_{place}"), exact=True)
        await expect(tab).to_have_attribute("aria-current", "page")
        yield f"{place} in the hour"
    await say({"type": "meetings.stop_here", "reason": "Fire alarm"})
    await expect(screen.page.get_by_text("Fire alarm").first).to_be_visible()
    yield "the record of a stopped meeting"
    await screen.go(f"agenda/{given.meeting}")
    await expect(screen.main.get_by_text(t("meetings.plan.stopped_because", reason="Fire alarm"))).to_be_visible()
    yield "a meeting that was stopped"
    await screen.go("agenda")
    await expect(items(screen).first).to_be_visible()
    yield "the agenda after it"


async def in_dialog(screen: Screen, name: str, opener: Locator) -> Tour:
    await opener.click()
    await expect(screen.dialog).to_be_visible()
    yield name
    await screen.page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)


async def shows(screen: Screen, place: str, heading: str) -> None:
    await screen.go(place)
    await expect(screen.heading).to_have_text(heading)


def items(screen: Screen) -> Locator:
    return screen.main.locator("button[id^='item-']")
