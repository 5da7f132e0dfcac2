"""A room on a real server with people in it: set up, invited and joined over HTTP."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from app.demo.play import Guest, cookie_of
from tests.support.client import Client
from tests.support.houses import House
from tests.support.lines import PATIENCE, Transport
from tests.support.server import Server

COACH = {"name": "Anne", "email": "anne@example.org", "password": "a long walk by the sea"}


@dataclass(frozen=True)
class Somebody(Guest):
    """A guest who can open a tab."""

    def client(self, transport: Transport = "socket", *, keeps_frames: bool = False, through: str = "") -> Client:
        """A new tab, which knows nothing yet; `through` a proxy when its address is given."""
        url = through or self.url
        return Client(url, self.room_id, self.cookie, keeps_frames=keeps_frames, transport=transport)


class Company:
    """One room of the first coach of a server, and who comes to it."""

    def __init__(
        self, server: Server, cookie: str, method: str = "flow_roadmap", servers: tuple[Server, ...] = ()
    ) -> None:
        self.server = server
        self.servers = servers or (server,)
        """All processes of the house: who joins comes to one after the other."""
        self._joined = 0
        self._http = httpx.Client(base_url=server.url, timeout=PATIENCE, trust_env=False, verify=False)
        made = self.call("POST", "/api/rooms", {"name": "Sepsis", "method": method}, cookie=cookie).json()
        self.room_id: str = made["room_id"]
        self.coach = Somebody(server.url, self.room_id, made["member_id"], "coach", cookie)
        self._links: dict[str, str] = {}

    def close(self) -> None:
        self._http.close()

    def call(self, method: str, path: str, body: Any = None, *, cookie: str = "") -> httpx.Response:
        """One call of one browser; what cannot be is told at once."""
        answer = self.ask(method, path, body, cookie=cookie)
        answer.raise_for_status()
        return answer

    def ask(self, method: str, path: str, body: Any = None, *, cookie: str = "") -> httpx.Response:
        headers = {"Origin": self.server.url} | ({"Cookie": cookie} if cookie else {})
        answer = self._http.request(method, path, json=body, headers=headers)
        self._http.cookies.clear()
        return answer

    def invite(self, part: str, **limits: Any) -> dict[str, str]:
        """A fresh link by the coach."""
        path = f"/api/rooms/{self.room_id}/invitations"
        invited: dict[str, str] = self.call("POST", path, {"part": part, **limits}, cookie=self.coach.cookie).json()
        return invited

    def join(self, part: str = "member", name: str = "Nina", voice: str | None = "nurse") -> Somebody:
        """A new person in a browser of their own."""
        if part not in self._links:
            self._links[part] = self.invite(part, max_uses=1000)["token"]
        body = {"token": self._links[part], "name": name, "voice": voice}
        joined = self.call("POST", "/api/join", body)
        member_id = joined.json()["member_id"]
        self._joined += 1
        server = self.servers[self._joined % len(self.servers)]
        return Somebody(server.url, self.room_id, member_id, part, cookie_of(joined))

    def assign(self, role: str, to: Somebody) -> None:
        command = {"type": "rooms.assign_role", "role": role, "member_id": to.member_id}
        self.do(command, self.coach)

    def do(self, command: dict[str, Any], by: Somebody, id: str | None = None) -> int:
        """One command over HTTP; gives the seq of its ack."""
        body = {"type": "do", "id": id or str(uuid4()), "command": command}
        seq: int = self.call("POST", f"/api/rooms/{self.room_id}/commands", body, cookie=by.cookie).json()["seq"]
        return seq

    def snapshot(self, of: Somebody) -> dict[str, Any]:
        found: dict[str, Any] = self.call("GET", f"/api/rooms/{self.room_id}/snapshot", cookie=of.cookie).json()
        return found

    def lens_board(self) -> dict[str, Any]:
        """The board of the room's lenses."""
        boards: list[dict[str, Any]] = self.snapshot(self.coach)["rows"]["board"]
        return next(board for board in boards if board["step_key"] is None)


@contextmanager
def a_company(folder: Path, database: str | None = None, **settings: str) -> Iterator[Company]:
    """A server of its own with one room, until the block ends."""
    server = Server(folder, database, **settings)
    try:
        server.start()
        company = Company(server, set_up(server))
        yield company
        company.close()
    finally:
        server.close()


@contextmanager
def a_full_house(folder: Path, house: House, **settings: str) -> Iterator[Company]:
    """All processes of a house with one room, until the block ends. They share the database and the master key."""
    shared = {"bus": house.bus, "keys": str(folder / "keys"), **settings}
    servers = tuple(Server(folder / f"process-{n}", house.database, **shared) for n in range(house.processes))
    try:
        for server in servers:
            server.runs_in = house.runs_in
            server.start()
        company = Company(servers[0], set_up(servers[0]), servers=servers)
        with closing(company):
            yield company
    finally:
        for server in servers:
            server.close()


def set_up(server: Server) -> str:
    """The first coach of a fresh server; gives the cookie of their browser."""
    with httpx.Client(base_url=server.url, timeout=PATIENCE, trust_env=False, verify=False) as browser:
        body = {"token": server.setup_token, **COACH}
        answer = browser.post("/api/setup", json=body, headers={"Origin": server.url})
        answer.raise_for_status()
        return cookie_of(answer)
