"""An operator at the keyboard, and the open sockets of those it is about."""

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from httpx import AsyncClient
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.cli import main
from tests.support.server import Server

PASSWORD = "a long walk by the sea"


def token_in(printed: str) -> str:
    found = re.search(r"#token=(\S+)", printed)
    assert found, printed
    return found[1]


class Operator:
    """Somebody at the server's keyboard, with the server's own settings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def sets(self, **settings: object) -> None:
        for name, value in settings.items():
            self._monkeypatch.setenv(f"BIGROOM_{name.upper()}", str(value))

    def types(self, *words: str) -> str:
        """What the command prints."""
        self._monkeypatch.setattr(sys, "argv", ["bigroom", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code, self._capsys.readouterr().err
        return self._capsys.readouterr().out

    def is_told(self, *words: str) -> str:
        """What the command says when it cannot."""
        self._monkeypatch.setattr(sys, "argv", ["bigroom", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        return self._capsys.readouterr().err


@pytest.fixture
def operator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest, tmp_path: Path
) -> Operator:
    operator = Operator(monkeypatch, capsys)
    if "server" in request.fixturenames:
        server: Server = request.getfixturevalue("server")
        operator.sets(data=server.folder / "data", port=server.port)
    else:
        operator.sets(data=tmp_path / "data")
    return operator


@pytest_asyncio.fixture
async def maya(server: Server) -> AsyncIterator[AsyncClient]:
    """The first coach, signed in."""
    async with browser(server) as client:
        body = {"name": "Maya", "email": "maya@example.org", "password": PASSWORD, "token": server.setup_token}
        assert (await client.post("/api/setup", json=body)).status_code == 201
        yield client


def browser(server: Server) -> AsyncClient:
    return AsyncClient(base_url=server.url, headers={"Origin": server.url})


def live(server: Server, client: AsyncClient, room_id: str) -> connect:
    cookie = f"bigroom={client.cookies['bigroom']}"
    address = f"{server.url.replace('http', 'ws')}/api/rooms/{room_id}/live"
    return connect(
        address,
        subprotocols=["bigroom.v1"],  # type: ignore[list-item]
        origin=server.url,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
    )


async def until_bye(socket: ClientConnection) -> dict[str, Any]:
    """Read on until the server says why it ends."""
    try:
        async for frame in socket:
            for message in orjson.loads(frame):
                if message["type"] == "bye":
                    bye: dict[str, Any] = message
                    return bye
    except ConnectionClosed as closed:
        pytest.fail(f"closed without a word: {closed}")
    pytest.fail("closed without a word")


async def a_room(client: AsyncClient) -> str:
    made = await client.post("/api/rooms", json={"name": "Sepsis", "method": "flow_roadmap"})
    room_id: str = made.json()["room_id"]
    return room_id


def test_before_anybody_has_an_account_the_list_says_where_to_begin(operator: Operator) -> None:
    assert "`bigroom serve` prints the first coach's link" in operator.types("coaches", "list")


def test_bringing_the_database_up_to_date_twice_does_nothing_twice(operator: Operator) -> None:
    assert operator.types("migrate") == operator.types("migrate") == "The database is up to date.\n"


def test_a_coach_nobody_knows_is_told_kindly(operator: Operator) -> None:
    told = operator.is_told("coaches", "link", "nobody@example.org")
    assert "Nobody has an account with nobody@example.org" in told


def test_settings_that_cannot_be_used_are_named(operator: Operator, tmp_path: Path) -> None:
    operator.sets(database="postgresql://nobody@127.0.0.1:1/none")
    assert "The database cannot be used" in operator.is_told("migrate")
    operator.sets(bus="carrier-pigeon://loft")
    assert "BIGROOM_BUS" in operator.is_told("migrate")
    operator.sets(bus="memory://", oidc_issuers="the Trust's, please")
    assert "BIGROOM_OIDC_ISSUERS: it is no JSON" in operator.is_told("migrate")
    (tmp_path / "file").write_text("in the way")
    operator.sets(oidc_issuers="", bus="memory://", data=tmp_path / "file" / "data")
    assert "BIGROOM_DATA" in operator.is_told("migrate")


async def test_the_server_prints_its_address_and_the_first_coachs_link(server: Server) -> None:
    assert f"Bigroom serves on {server.url}" in server.log()
    assert f"{server.url}/setup#token={server.setup_token}" in server.log()


async def test_an_operator_invites_a_second_coach_and_lets_a_locked_out_one_back_in(
    server: Server, maya: AsyncClient, operator: Operator
) -> None:
    token = token_in(operator.types("coaches", "invite"))
    async with browser(server) as grace:
        body = {"name": "Grace", "email": "grace@example.org", "password": PASSWORD, "token": token}
        assert (await grace.post("/api/setup", json=body)).status_code == 201
    listed = operator.types("coaches", "list").splitlines()
    assert [line.split() for line in listed] == [["grace@example.org", "Grace"], ["maya@example.org", "Maya"]]
    printed = operator.types("coaches", "link", "MAYA@example.org")
    assert f"{server.url}/signin#token=" in printed
    async with browser(server) as elsewhere:
        assert (await elsewhere.post("/api/session", json={"token": token_in(printed)})).status_code == 200


async def test_signing_out_closes_this_browsers_sockets_at_once(server: Server, maya: AsyncClient) -> None:
    room_id = await a_room(maya)
    async with live(server, maya, room_id) as socket:
        await socket.recv()
        assert (await maya.delete("/api/session")).status_code == 204
        assert (await until_bye(socket))["code"] == 4401


async def test_a_disabled_coachs_sockets_close_though_another_process_did_it(
    server: Server, maya: AsyncClient, operator: Operator
) -> None:
    room_id = await a_room(maya)
    async with live(server, maya, room_id) as socket:
        await socket.recv()
        assert "signed out everywhere" in operator.types("coaches", "disable", "maya@example.org")
        assert (await until_bye(socket))["code"] == 4401
    assert (await maya.get("/api/rooms")).status_code == 401
    assert "(disabled)" in operator.types("coaches", "list")
    assert "disabled" in operator.is_told("coaches", "link", "maya@example.org")


async def test_a_socket_of_another_site_is_refused_before_the_upgrade(server: Server, maya: AsyncClient) -> None:
    room_id = await a_room(maya)
    maya.headers["Origin"] = "http://evil.example"
    assert (await maya.delete("/api/session")).status_code == 403
    address = f"{server.url.replace('http', 'ws')}/api/rooms/{room_id}/live"
    with pytest.raises(Exception, match="403"):
        await connect(address, origin="http://evil.example")  # type: ignore[arg-type]
