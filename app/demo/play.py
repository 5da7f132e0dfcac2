"""A case played into a server over HTTP: a room, its people, and what each of them says."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from app.demo.case import MEETINGS, PARTS, Cast, Line, case, coaches, guests, without_a_device
from app.demo.ideas import IDEAS
from app.demo.process_map import MAP

PATIENCE = 60.0
"""Seconds that a server may take for one call."""
BUSY = (429, 503)
TRIES = 5

Told = Callable[[], None]
"""Called after each line."""
Part = Callable[[Cast], Iterator[Line]]
WHOLE: tuple[Part, ...] = (*PARTS, *MEETINGS, *MAP, *IDEAS)
"""Everything there is of a case."""


class Unplayable(Exception):
    """A call that the server did not take: which one, and what it said."""


@dataclass(frozen=True)
class Guest:
    """A member of one room, by the cookie of their browser."""

    url: str
    room_id: str
    member_id: str
    part: str
    cookie: str


class Play:
    """One room of a case, and the cookies of the browsers that are in it."""

    def __init__(self, url: str, coach_cookie: str, name: str, room_name: str | None = None) -> None:
        self.url = url
        self.case = case(name)
        self.members: dict[str, str] = {}
        self._http = httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False)
        room = {key: self.case["room"][key] for key in ("name", "method", "pathway")}
        made = self.call("POST", "/api/rooms", room | ({"name": room_name} if room_name else {}), cookie=coach_cookie)
        self.room_id: str = made.json()["room_id"]
        self.people: Mapping[str, Guest] = {}
        self._comes_in(self.first, made.json()["member_id"], "coach", coach_cookie)

    @property
    def first(self) -> str:
        """The coach who made the room."""
        return next(coaches(self.case))

    def everybody_joins(self, *, but: Collection[str] = (), told: Told = lambda: None) -> None:
        coming = [person for person in guests(self.case) if person["key"] not in but]
        links = self.links(coming)
        for person in coming:
            self.join(person, links[person["part"]])
            told()

    def links(self, coming: Collection[dict[str, Any]]) -> dict[str, str]:
        """Part → the token of a link for it."""
        return {part: self.invite(part, max_uses=100)["token"] for part in {person["part"] for person in coming}}

    def join(self, person: dict[str, Any], token: str) -> None:
        told = {key: person[key] for key in ("name", "voice", "microsystem") if key in person}
        joined = self.call("POST", "/api/join", {"token": token, **told})
        self._comes_in(person["key"], joined.json()["member_id"], person["part"], cookie_of(joined))

    def cast(self) -> Cast:
        """Everybody who is in the room by now, and the ids of its board and steps."""
        rows = self.snapshot()["rows"]
        board = next(board["id"] for board in rows["board"] if board["step_key"] is None)
        ids = {(step["stage"], step["key"]): step["id"] for step in rows["step"]}
        return Cast(self.case, board, ids, self.members)

    def say(self, lines: Iterator[Line], told: Told = lambda: None) -> None:
        for who, command in lines:
            body = {"type": "do", "id": str(uuid4()), "command": command}
            self.call("POST", f"/api/rooms/{self.room_id}/commands", body, cookie=self.people[who].cookie)
            told()

    def invite(self, part: str, **limits: Any) -> dict[str, str]:
        path = f"/api/rooms/{self.room_id}/invitations"
        invited: dict[str, str] = self.call("POST", path, {"part": part, **limits}, cookie=self._cookie).json()
        return invited

    def way_back(self, key: str) -> str:
        """A link by which somebody of the case comes in as themselves, on any device."""
        path = f"/api/rooms/{self.room_id}/members/{self.members[key]}/way_back"
        url: str = self.call("POST", path, cookie=self._cookie).json()["url"]
        return url

    def snapshot(self) -> dict[str, Any]:
        """What the first coach sees."""
        seen: dict[str, Any] = self.call("GET", f"/api/rooms/{self.room_id}/snapshot", cookie=self._cookie).json()
        return seen

    def call(self, method: str, path: str, body: Any = None, *, cookie: str = "") -> httpx.Response:
        """One call of one browser. A busy server is asked again; what cannot be is told at once."""
        headers = {"Origin": self.url} | ({"Cookie": cookie} if cookie else {})
        for _ in range(TRIES):
            answer = self._http.request(method, path, json=body, headers=headers)
            self._http.cookies.clear()
            if answer.status_code not in BUSY:
                break
            time.sleep(float(answer.headers.get("Retry-After", 1)))
        if answer.is_error:
            raise Unplayable(f"{method} {path} {body}: {answer.status_code} {answer.text}")
        return answer

    def close(self) -> None:
        self._http.close()

    @property
    def _cookie(self) -> str:
        return self.people[self.first].cookie

    def _comes_in(self, key: str, member_id: str, part: str, cookie: str) -> None:
        self.members[key] = member_id
        self.people = {**self.people, key: self._guest(member_id, part, cookie)}

    def _guest(self, member_id: str, part: str, cookie: str) -> Guest:
        return Guest(self.url, self.room_id, member_id, part, cookie)


def gather(room: Play, told: Told = lambda: None) -> None:
    """All are members, also who has no device."""
    room.everybody_joins(told=told)
    room.say(without_a_device(room.case, room.members), told)


def fill(room: Play, told: Told = lambda: None, parts: Iterable[Part] = PARTS) -> None:
    """Everybody comes, and says everything."""
    gather(room, told)
    cast = room.cast()
    for part in parts:
        room.say(part(cast), told)


def length(name: str) -> int:
    """How many lines `fill` tells of a whole case."""
    told = case(name)
    members = {person["key"]: person["key"] for person in told["people"]}
    steps = {(stage, key): key for stage, key, _state in told["steps"]}
    cast = Cast(told, "", steps, members)
    lines = sum(1 for part in WHOLE for _ in part(cast))
    return len(guests(told)) + sum(1 for _ in without_a_device(told, {})) + lines


def cookie_of(answer: httpx.Response) -> str:
    """What the browser sends from now on."""
    return answer.headers["set-cookie"].partition(";")[0]
