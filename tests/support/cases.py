"""The two rehearsal cases of tests/cases: who comes, what they write, and what the room makes of it.

`python -m tests.support.cases sepsis --url http://127.0.0.1:8000 --token <set-up token>` plays one into a server, by
the same calls that a browser makes, and prints links to look at it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.support.company import COACH, Somebody, cookie_of

FOLDER = Path(__file__).parent.parent / "cases"
SEPSIS, CYSTIC_FIBROSIS = "sepsis", "cystic-fibrosis"
NAMES = (SEPSIS, CYSTIC_FIBROSIS)
PATIENCE = 60.0

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


PARTS: tuple[Callable[[Cast], Iterator[Line]], ...] = (introduction, roles, cards, themes, choice, aims, steps)
"""The case from the first name to where its roadmap stands."""


# A case played into a server over HTTP.


class Play:
    """One room of a case, and the cookies of the browsers that are in it."""

    def __init__(self, url: str, coach_cookie: str, name: str, told: dict[str, Any] | None = None) -> None:
        self.url = url
        self.case = told or case(name)
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)
        room = {key: self.case["room"][key] for key in ("name", "method", "pathway")}
        made = self.call("POST", "/api/rooms", room, cookie=coach_cookie).json()
        self.room_id: str = made["room_id"]
        first = next(coaches(self.case))
        self.people = {first: self._somebody(made["member_id"], "coach", coach_cookie)}
        self.members = {first: self.people[first].member_id}

    def everybody_joins(self, *, but: Collection[str] = ()) -> None:
        coming = [person for person in guests(self.case) if person["key"] not in but]
        links = {part: self.invite(part, max_uses=100) for part in {person["part"] for person in coming}}
        for person in coming:
            self.join(person, links[person["part"]]["token"])

    def join(self, person: dict[str, Any], token: str) -> None:
        told = {key: person[key] for key in ("name", "voice", "microsystem") if key in person}
        joined = self.call("POST", "/api/join", {"token": token, **told})
        self.members[person["key"]] = joined.json()["member_id"]
        cookie = cookie_of(joined)
        self.people[person["key"]] = self._somebody(self.members[person["key"]], person["part"], cookie)

    def cast(self) -> Cast:
        """Everybody who is in the room by now, and the ids of its board and steps."""
        rows = self.snapshot()["rows"]
        board = next(board["id"] for board in rows["board"] if board["step_key"] is None)
        ids = {(step["stage"], step["key"]): step["id"] for step in rows["step"]}
        return Cast(self.case, board, ids, self.members)

    def say(self, lines: Iterator[Line]) -> None:
        for who, command in lines:
            body = {"type": "do", "id": str(uuid4()), "command": command}
            self.call("POST", f"/api/rooms/{self.room_id}/commands", body, cookie=self.people[who].cookie)

    def invite(self, part: str, **limits: Any) -> dict[str, str]:
        path = f"/api/rooms/{self.room_id}/invitations"
        invited: dict[str, str] = self.call("POST", path, {"part": part, **limits}, cookie=self._coach.cookie).json()
        return invited

    def snapshot(self) -> dict[str, Any]:
        """What the first coach sees."""
        path = f"/api/rooms/{self.room_id}/snapshot"
        seen: dict[str, Any] = self.call("GET", path, cookie=self._coach.cookie).json()
        return seen

    def call(self, method: str, path: str, body: Any = None, *, cookie: str = "") -> httpx.Response:
        """One call of one browser; what cannot be is told at once."""
        headers = {"Origin": self.url} | ({"Cookie": cookie} if cookie else {})
        answer = self._http.request(method, path, json=body, headers=headers)
        self._http.cookies.clear()
        if answer.is_error:
            raise RuntimeError(f"{method} {path} {body}: {answer.status_code} {answer.text}")
        return answer

    def close(self) -> None:
        self._http.close()

    @property
    def _coach(self) -> Somebody:
        return self.people[next(coaches(self.case))]

    def _somebody(self, member_id: str, part: str, cookie: str) -> Somebody:
        return Somebody(self.url, self.room_id, member_id, part, cookie)


def play(url: str, coach_cookie: str, name: str) -> Play:
    """A room with the whole case in it."""
    room = Play(url, coach_cookie, name)
    room.everybody_joins()
    room.say(without_a_device(room.case, room.members))
    cast = room.cast()
    for part in PARTS:
        room.say(part(cast))
    return room


def first_coach(url: str, token: str) -> str:
    """Sets a fresh server up, or signs in where this has happened; gives the cookie of the coach's browser."""
    with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False, headers={"Origin": url}) as browser:
        answer = browser.post("/api/setup", json={"token": token, **COACH})
        if answer.status_code in (403, 410):
            signing_in = {"email": COACH["email"], "password": COACH["password"]}
            answer = browser.post("/api/session", json=signing_in)
        answer.raise_for_status()
        return cookie_of(answer)


def main() -> None:
    parser = argparse.ArgumentParser(description="Plays a rehearsal case into a server and prints links to look at it.")
    parser.add_argument("case", choices=NAMES)
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the server is")
    parser.add_argument("--token", default="", help="the one-time set-up token that a fresh server has printed")
    asked = parser.parse_args()
    room = play(asked.url.rstrip("/"), first_coach(asked.url.rstrip("/"), asked.token), asked.case)
    lines = [
        f"The room is at {room.url}/rooms/{room.room_id}",
        f"As its first coach: {room.url}/signin, {COACH['email']}, {COACH['password']}",
        *(f"As a new {part}: {room.invite(part)['url']}" for part in ("coach", "member", "sponsor", "observer")),
    ]
    room.close()
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
