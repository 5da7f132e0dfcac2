"""The two practice cases: who comes, what they write, and what the room makes of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent / "cases"
SEPSIS, CYSTIC_FIBROSIS = "sepsis", "cystic-fibrosis"
NAMES = (SEPSIS, CYSTIC_FIBROSIS)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Command = dict[str, Any]
Line = tuple[str, Command]
"""Who says what: the key of a person and one command."""


@cache
def case(name: str) -> dict[str, Any]:
    """The case as its file tells it."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


@dataclass
class Cast:
    """A case in a real room: its people, cards, themes and steps with the ids they have there."""

    case: dict[str, Any]
    board_id: str
    steps: dict[tuple[str, str], str]
    members: dict[str, str]
    cards: dict[int, str] = field(default_factory=dict)
    """By their number in the case, from 1."""
    themes: dict[str, str] = field(default_factory=dict)
    ideas: dict[str, str] = field(default_factory=dict)
    """By their letter, and the one that is in test by what it is called."""
    again: dict[str, str] = field(default_factory=dict)
    """Ideas that somebody else has had, too, by their words."""

    map_id: str = field(default_factory=lambda: str(uuid4()))

    @property
    def coach(self) -> str:
        """Who made the room."""
        return next(coaches(self.case))

    @property
    def second(self) -> str:
        """The second coach, where there are two."""
        return list(coaches(self.case))[-1]

    @property
    def leader(self) -> str:
        leader: str = self.case["roles"]["leader"]
        return leader

    @property
    def recorder(self) -> str:
        recorder: str = self.case["roles"]["recorder"]
        return recorder


def coaches(case: dict[str, Any]) -> Iterator[str]:
    return (person["key"] for person in case["people"] if person["part"] == "coach")


def guests(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Who comes in by a link: everybody but the coach who made the room and those without a device."""
    first = next(coaches(case))
    return [person for person in case["people"] if person["key"] != first and not person.get("without_device")]


# What is said, in the order of an hour. A line can be said over HTTP, by a socket, or pressed in a browser.


def without_a_device(case: dict[str, Any], members: dict[str, str]) -> Iterator[Line]:
    """The coach enters who takes part by telephone."""
    for person in case["people"]:
        if person.get("without_device"):
            members[person["key"]] = str(uuid4())
            who = {"member_id": members[person["key"]], "name": person["name"], "voice": person["voice"]}
            yield next(coaches(case)), {"type": "rooms.add_person", **who}


def introduction(cast: Cast) -> Iterator[Line]:
    """The coach who made the room came in by their account: now they say who they are here."""
    me = {key: value for key, value in cast.case["people"][0].items() if key in ("name", "voice", "microsystem")}
    yield cast.coach, {"type": "rooms.set_me", **me}


def roles(cast: Cast) -> Iterator[Line]:
    for role, key in cast.case["roles"].items():
        yield cast.coach, {"type": "rooms.assign_role", "role": role, "member_id": cast.members[key]}


def cards(cast: Cast) -> Iterator[Line]:
    """Each card by who types it, with what belongs to it from the first moment."""
    for number, card in enumerate(cast.case["board"]["cards"], 1):
        cast.cards.setdefault(number, str(uuid4()))
        yield card["typed_by"], adding(cast, number)
        yield from ((card["typed_by"], command) for command in about(cast, number))


def adding(cast: Cast, number: int) -> Command:
    card = cast.case["board"]["cards"][number - 1]
    known = {name: card[name] for name in ("column", "text", "kind", "from_patient") if card.get(name) is not None}
    proxy = {"proxy_for": cast.members[card["proxy_for"]]} if "proxy_for" in card else {}
    return {"type": "board.add_card", "card_id": cast.cards[number], "board_id": cast.board_id, **known, **proxy}


def about(cast: Cast, number: int) -> Iterator[Command]:
    """How sure they are, and why they believe it."""
    card = cast.case["board"]["cards"][number - 1]
    told = {name: card[name] for name in ("confidence", "evidence") if name in card}
    if told:
        yield {"type": "board.set_card", "card_id": cast.cards[number], **told}


def themes(cast: Cast) -> Iterator[Line]:
    """A coach names the themes; each card is put into its theme by who typed it."""
    for theme in cast.case["board"]["themes"]:
        title = theme["title"]
        id = cast.themes.setdefault(title, str(uuid4()))
        making = {"type": "board.add_theme", "theme_id": id, "board_id": cast.board_id, "title": title}
        yield cast.second, making
        for number in theme["cards"]:
            typed_by = cast.case["board"]["cards"][number - 1]["typed_by"]
            # Asked for now: pressed in a browser, the theme has got another id meanwhile.
            moving = {"card_id": cast.cards[number], "theme_id": cast.themes[title]}
            yield typed_by, {"type": "board.move_card", **moving}


def choice(cast: Cast) -> Iterator[Line]:
    theme_id = cast.themes[cast.case["board"]["chosen_theme"]]
    yield cast.coach, {"type": "board.choose_theme", "theme_id": theme_id, "reason": cast.case["chosen_theme_reason"]}


def aims(cast: Cast) -> Iterator[Line]:
    """The global aim is agreed, the specific one is proposed."""
    for kind in ("global", "specific"):
        id = str(uuid4())
        writing = {"type": "roadmap.set_aim", "aim_id": id, "kind": kind, "slots": cast.case[f"{kind}_aim"]}
        yield cast.second, writing
        yield cast.second, {"type": "roadmap.propose_aim", "aim_id": id}
        if kind == "global":
            yield cast.coach, {"type": "roadmap.agree_aim", "aim_id": id}


def steps(cast: Cast) -> Iterator[Line]:
    """The coach tells of the time before the first hour, the leader of what came then."""
    for stage, key, state in cast.case["steps"]:
        who = cast.coach if stage == "pre_phase" else cast.leader
        yield who, {"type": "roadmap.set_step", "step_id": cast.steps[stage, key], "state": state}


def series(cast: Cast, today: date | None = None) -> Iterator[Line]:
    """The hour that comes back, from its next weekday on."""
    told = cast.case["room"]["series"]
    rest = {key: told[key] for key in ("every_weeks", "start", "minutes", "timezone")}
    yield cast.coach, {"type": "meetings.set_series", "starts_on": next_day(told, today).isoformat(), **rest}


def next_day(series: dict[str, Any], today: date | None = None) -> date:
    """The next day of the series' name, never today: the hour may be over."""
    today = today or datetime.now(ZoneInfo(series["timezone"])).date()
    ahead = (WEEKDAYS.index(series["weekday"]) - today.weekday()) % len(WEEKDAYS)
    return today + timedelta(days=ahead or len(WEEKDAYS))


def decisions(cast: Cast) -> Iterator[Line]:
    for text in cast.case.get("decisions", ()):
        writing = {"type": "meetings.add_decision", "decision_id": str(uuid4()), "text": text, "method": "multi_vote"}
        yield cast.recorder, writing


def promises(cast: Cast, today: date | None = None) -> Iterator[Line]:
    """Who does what by when; what has two weeks is due at the meeting after the next one, by its day."""
    later = next_day(cast.case["room"]["series"], today) + timedelta(weeks=1)
    for action in cast.case.get("actions", ()):
        due = {} if action["by"] == "next meeting" else {"due_on": later.isoformat()}
        asked = {"sponsor_ask": True} if action.get("sponsor_ask") else {}
        promise = {"action_id": str(uuid4()), "text": action["what"], "member_id": cast.members[action["who"]]}
        yield cast.recorder, {"type": "meetings.add_action", **promise, **due, **asked}


MEETINGS: tuple[Callable[[Cast], Iterator[Line]], ...] = (series, decisions, promises)
"""When the room meets, and what it has promised for next time."""
PARTS: tuple[Callable[[Cast], Iterator[Line]], ...] = (introduction, roles, cards, themes, choice, aims, steps)
"""The case from the first name to where its roadmap stands."""
