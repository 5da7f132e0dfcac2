"""`bigroom demo`: two rooms with everything in them, served on this machine, and links to walk in by."""

import asyncio
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import typer

from app.db import Database
from app.demo.case import CYSTIC_FIBROSIS, NAMES, SEPSIS, case
from app.demo.live import MINUTES, live
from app.demo.play import WHOLE, Play, cookie_of, fill, gather, length
from app.keeping.keyboard import settings_here, stop
from app.keeping.serving import is_served
from app.people.links import base_of

COACH = {"name": "Anne", "email": "anne@example.org", "password": "a big room once a week"}
OURS = ("DATA", "DATABASE", "BUS", "KEYS", "SETUP_TOKEN")
"""Settings of the house that a demo has its own of: it never touches the house's rooms."""
WALKS_IN = {
    SEPSIS: {
        "Anne, a coach": "anne",
        "Nina, a nurse": "nina",
        "Maya, a patient, on a tablet": "maya",
        "Sam, a registrar, on a telephone": "sam",
    },
    CYSTIC_FIBROSIS: {"Steve, the coach": "steve", "Lou, a patient": "lou"},
}
BROWSERS = (
    "Each link makes a browser that person: open two of them in two browsers, or one in a private window.\n"
    "To come as yourself use the last link of a room."
)

Links = dict[str, dict[str, str]]
"""Room → what a link is for → the link."""


def demo(*, is_live: bool, speed: float, reset: bool) -> None:
    """Serve the demo until told to stop."""
    settings = settings_here()
    folder = settings.data / "demo"
    _be_alone(folder)
    kept = folder / "links.json"
    if folder.exists() and (reset or not kept.exists()):
        # Without links it was left while it was being set up.
        shutil.rmtree(folder)
    url = base_of(settings).rstrip("/")
    with _server(folder, url) as (process, token):
        cookie = _coach(url, token)
        if not kept.exists():
            kept.write_text(json.dumps({name: _room(url, cookie, name) for name in NAMES}), encoding="utf-8")
        _tell(json.loads(kept.read_text(encoding="utf-8")), url)
        if is_live:
            _play_live(url, cookie, speed)
        typer.echo("\nCtrl-C ends the demo; next time it is as you leave it.")
        process.wait()


def _be_alone(folder: Path) -> None:
    """Nobody's room is taken away under them."""
    if folder.exists():
        database = Database(f"sqlite:///{folder.absolute() / 'bigroom.sqlite3'}")
        if is_served(database):
            stop("The demo runs already. End it with Ctrl-C first; nothing was changed.")
        database.close()


@contextmanager
def _server(folder: Path, url: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server of the demo's own, and the token that sets it up."""
    for told in (signal.SIGINT, signal.SIGTERM):
        # Also where whoever started us has told us to ignore Ctrl-C, as a shell does in the background.
        signal.signal(told, signal.default_int_handler)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    token, log = secrets.token_urlsafe(), folder / "server.log"
    theirs = {name: value for name, value in os.environ.items() if name not in {f"BIGROOM_{own}" for own in OURS}}
    environment = {**theirs, "BIGROOM_DATA": str(folder), "BIGROOM_SETUP_TOKEN": token}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(process, url, log)
        yield process, token
    except KeyboardInterrupt:
        typer.echo("")
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    with httpx.Client(trust_env=False) as browser:
        while process.poll() is None:
            try:
                if browser.get(f"{url}/readyz").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    stop(f"The demo's server did not start. What it said is in {log}; is another one running on {url}?")


def _coach(url: str, token: str) -> str:
    """The cookie of the coach who makes the rooms: signed up the first time, signed in afterwards."""
    with httpx.Client(base_url=url, trust_env=False, headers={"Origin": url}) as browser:
        answer = browser.post("/api/setup", json={"token": token, **COACH})
        if answer.is_error:
            answer = browser.post("/api/session", json={key: COACH[key] for key in ("email", "password")})
        return cookie_of(answer.raise_for_status())


def _room(url: str, cookie: str, name: str) -> dict[str, str]:
    """One case played into the server; gives the links into it."""
    room = Play(url, cookie, name)
    with typer.progressbar(length=length(name), label=f"{room.case['room']['name']:26}") as bar:
        fill(room, told=lambda: bar.update(1), parts=WHOLE)
    links = {who: room.way_back(key) for who, key in WALKS_IN[name].items()}
    return links | _for_anybody(room)


def _for_anybody(room: Play) -> dict[str, str]:
    wall, member = (room.invite(part)["url"] for part in ("wall", "member"))
    return {"The wall, a screen for all": wall, "Yourself, a new member": member}


def _play_live(url: str, cookie: str, speed: float) -> None:
    title = f"{case(SEPSIS)['room']['name']}, live"
    room = Play(url, cookie, SEPSIS, title)
    gather(room)
    _tell({SEPSIS: {"Anne, a coach": room.way_back(room.first)} | _for_anybody(room)}, url, title)
    with typer.progressbar(length=MINUTES, label="The hour") as bar:
        asyncio.run(live(room, speed, told=lambda minute: bar.update(int(minute) - bar.pos)))


def _tell(links: Links, url: str, title: str | None = None) -> None:
    for name, ways in links.items():
        typer.echo(f"\n{title or case(name)['room']['name']}")
        for who, link in ways.items():
            typer.echo(f"  {who:34} {link}")
    if title is None:
        typer.echo(f"\n{BROWSERS}\nAnne's account: {url}/signin, {COACH['email']}, {COACH['password']}")
