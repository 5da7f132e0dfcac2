"""Two commands from hearing of Bigroom to walking into its practice rooms."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from app.demo.case import CYSTIC_FIBROSIS, SEPSIS, case
from app.demo.play import cookie_of
from tests.support.ports import free_port

BIGROOM = str(Path(sys.executable).with_name("bigroom"))
PHONE = "Sam, a registrar, on a telephone"
END = "Ctrl-C ends the demo"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "BIGROOM_DATA": str(tmp_path), "BIGROOM_PORT": str(free_port()), "BIGROOM_HOST": "127.0.0.1"}


@contextmanager
def demo(environment: dict[str, str], *options: str) -> Iterator[list[str]]:
    """Runs while the block does; gives what it said until it waited."""
    process = subprocess.Popen([BIGROOM, "demo", *options], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith(END):
                break
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.communicate()[0]
    assert process.returncode == 0, rest


def walk_in(link: str) -> dict[str, Any]:
    """The room as a browser sees it that opens this link."""
    address = urlsplit(link)
    by, url = address.fragment.removeprefix("token="), f"{address.scheme}://{address.netloc}"
    body = {"way_back": by} if address.path == "/back" else {"token": by, "name": "Me"}
    with httpx.Client(base_url=url, trust_env=False, headers={"Origin": url}) as browser:
        joined = browser.post("/api/join", json=body).raise_for_status()
        browser.headers["Cookie"] = cookie_of(joined)
        found: dict[str, Any] = browser.get(f"/api/rooms/{joined.json()['room_id']}/snapshot").json()["rows"]
    return {**found, "me": next(row for row in found["member"] if row["id"] == joined.json()["member_id"])}


def links(said: list[str]) -> dict[str, str]:
    """Who a link is for → the link; later rooms have the last word."""
    found = (re.fullmatch(r"  (.+?) +(http\S+)", line) for line in said)
    return {match[1]: match[2] for match in found if match}


def test_both_rooms_are_there_every_link_walks_in_and_what_is_changed_stays(environment: dict[str, str]) -> None:
    with demo(environment) as said:
        ways = links(said)
        on_tablet, on_telephone = (walk_in(ways[who]) for who in ("Maya, a patient, on a tablet", PHONE))
        assert [room["me"]["name"] for room in (on_tablet, on_telephone)] == ["Maya", "Sam"]
        assert on_tablet["me"]["voice"] == "patient"
        assert len(on_telephone["card"]) == len(case(SEPSIS)["board"]["cards"])
        assert walk_in(ways["Anne, a coach"])["me"]["part"] == "coach"
        assert [row["text"] for row in on_tablet["action"]] == [told["what"] for told in case(SEPSIS)["actions"]]
        assert [row["text"] for row in on_tablet["decision"]] == case(SEPSIS)["decisions"]
        lettered = {row["letter"]: row["text"] for row in on_tablet["idea"] if row["letter"]}
        assert lettered == {letter: text for letter, text, _who in case(SEPSIS)["ideas"]}
        first = min(row["starts_at"] for row in on_tablet["meeting"] if row["state"] == "planned")
        assert datetime.fromisoformat(first).strftime("%A") == "Thursday"
        clinic = walk_in(ways["Yourself, a new member"])
        assert clinic["room"][0]["name"] == case(CYSTIC_FIBROSIS)["room"]["name"]
        assert walk_in(ways["The wall, a screen for all"])["me"]["part"] == "wall"
    with demo(environment) as said:
        assert links(said) == ways
        people = walk_in(ways["Lou, a patient"])["member"]
        assert "Me" in {person["name"] for person in people}
    with demo(environment, "--reset") as said:
        assert "Me" not in {person["name"] for person in walk_in(links(said)["Lou, a patient"])["member"]}


def test_the_hours_people_play_it_before_ones_eyes(environment: dict[str, str]) -> None:
    with demo(environment, "--live", "--speed", "1800") as said:
        room = walk_in(links(said)["Anne, a coach"])
        assert room["room"][0]["name"].endswith(", live")
        told = case(SEPSIS)
        assert {card["text"] for card in room["card"]} == {card["text"] for card in told["board"]["cards"]}
        assert {theme["title"] for theme in room["theme"]} == {theme["title"] for theme in told["board"]["themes"]}
        assert len(room["idea"]) == told["raw_ideas_count"] + 1
        assert {idea["letter"] for idea in room["idea"]} == {None, *(letter for letter, _text, _who in told["ideas"])}
        assert room["place"][0]["view"] == "ideas"
        already = subprocess.run([BIGROOM, "demo", "--reset"], env=environment, capture_output=True, text=True)
        assert (already.returncode, "runs already" in already.stderr) == (1, True)
