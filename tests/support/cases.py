"""The practice cases in tests: as the demo plays them, by people who can open a tab."""

from collections.abc import Iterable, Mapping

import httpx

from app.demo import play as demo
from app.demo.case import CYSTIC_FIBROSIS, NAMES, PARTS, SEPSIS, Cast, Command, Line, case
from app.demo.ideas import IDEAS
from app.demo.play import cookie_of, fill
from app.demo.process_map import MAP
from tests.support.company import COACH, Somebody

__all__ = [
    "CYSTIC_FIBROSIS",
    "IDEAS",
    "MAP",
    "NAMES",
    "PARTS",
    "SEPSIS",
    "Cast",
    "Command",
    "Line",
    "Play",
    "case",
    "first_coach",
    "play",
]


class Play(demo.Play):
    people: Mapping[str, Somebody]

    def _guest(self, member_id: str, part: str, cookie: str) -> Somebody:
        return Somebody(self.url, self.room_id, member_id, part, cookie)


def play(url: str, coach_cookie: str, name: str, parts: Iterable[demo.Part] = PARTS) -> Play:
    """A room with the case in it as far as where its roadmap stands; with `(*PARTS, *IDEAS)` up to where it votes.

    `(*PARTS, *MAP)`: with its process map.
    """
    room = Play(url, coach_cookie, name)
    fill(room, parts=parts)
    return room


def first_coach(url: str, token: str) -> str:
    """Sets a fresh server up; gives the cookie of the coach's browser."""
    with httpx.Client(base_url=url, timeout=demo.PATIENCE, trust_env=False, headers={"Origin": url}) as browser:
        return cookie_of(browser.post("/api/setup", json={"token": token, **COACH}).raise_for_status())
