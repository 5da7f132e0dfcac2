"""An operator at the keyboard, and the open sockets of those it is about."""

import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from httpx import AsyncClient
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.server import Server

PASSWORD = "a long walk by the sea"


def token_in(printed: str) -> str:
    found = re.search(r"#token=(\S+)", printed)
    assert found, printed
    return found[1]


@pytest.fixture
def stopped(tmp_path: Path) -> Server:
    """A server that has never been started."""
    (tmp_path / "server").mkdir()
    return Server(tmp_path / "server")


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


def test_before_anybody_has_an_account_the_list_says_where_to_begin(stopped: Server) -> None:
    assert "`bigroom serve` prints the first coach's link" in stopped.run("coaches", "list")


def test_bringing_the_database_up_to_date_twice_does_nothing_twice(stopped: Server) -> None:
    assert stopped.run("migrate") == stopped.run("migrate") == "The database is up to date.\n"


def test_a_coach_nobody_knows_is_told_kindly(stopped: Server) -> None:
    with pytest.raises(subprocess.CalledProcessError) as wrong:
        stopped.run("coaches", "link", "nobody@example.org")
    assert wrong.value.returncode == 1
    assert "Nobody has an account with nobody@example.org" in wrong.value.stderr
    assert "Traceback" not in wrong.value.stderr


def test_settings_that_cannot_be_used_are_named_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as wrong:
        Server(tmp_path, database="postgresql://nobody@127.0.0.1:1/none").run("migrate")
    assert "The database cannot be used" in wrong.value.stderr
    with pytest.raises(subprocess.CalledProcessError) as wrong:
        Server(tmp_path, bus="carrier-pigeon://loft").run("migrate")
    assert "BIGROOM_BUS" in wrong.value.stderr
    assert "Traceback" not in wrong.value.stderr


async def test_the_server_prints_its_address_and_the_first_coachs_link(server: Server) -> None:
    assert f"Bigroom serves on {server.url}" in server.log()
    assert f"{server.url}/setup#token={server.setup_token}" in server.log()


async def test_an_operator_invites_a_second_coach(server: Server, maya: AsyncClient) -> None:
    token = token_in(server.run("coaches", "invite"))
    async with browser(server) as grace:
        body = {"name": "Grace", "email": "grace@example.org", "password": PASSWORD, "token": token}
        assert (await grace.post("/api/setup", json=body)).status_code == 201
    listed = server.run("coaches", "list").splitlines()
    assert [line.split() for line in listed] == [["grace@example.org", "Grace"], ["maya@example.org", "Maya"]]


async def test_a_locked_out_coach_gets_back_in(server: Server, maya: AsyncClient) -> None:
    printed = server.run("coaches", "link", "MAYA@example.org")
    assert f"{server.url}/signin#token=" in printed
    async with browser(server) as elsewhere:
        assert (await elsewhere.post("/api/session", json={"token": token_in(printed)})).status_code == 200


async def test_signing_out_closes_this_browsers_sockets_at_once(server: Server, maya: AsyncClient) -> None:
    room_id = await a_room(maya)
    async with live(server, maya, room_id) as socket:
        await socket.recv()
        assert (await maya.delete("/api/session")).status_code == 204
        assert (await until_bye(socket))["code"] == 4401


async def test_a_disabled_coachs_sockets_close_though_another_process_did_it(server: Server, maya: AsyncClient) -> None:
    room_id = await a_room(maya)
    async with live(server, maya, room_id) as socket:
        await socket.recv()
        assert "signed out everywhere" in server.run("coaches", "disable", "maya@example.org")
        assert (await until_bye(socket))["code"] == 4401
    assert (await maya.get("/api/rooms")).status_code == 401
    assert "(disabled)" in server.run("coaches", "list")
    with pytest.raises(subprocess.CalledProcessError) as wrong:
        server.run("coaches", "link", "maya@example.org")
    assert "disabled" in wrong.value.stderr


async def test_a_socket_of_another_site_is_refused_before_the_upgrade(server: Server, maya: AsyncClient) -> None:
    room_id = await a_room(maya)
    maya.headers["Origin"] = "http://evil.example"
    assert (await maya.delete("/api/session")).status_code == 403
    address = f"{server.url.replace('http', 'ws')}/api/rooms/{room_id}/live"
    with pytest.raises(Exception, match="403"):
        await connect(address, origin="http://evil.example")  # type: ignore[arg-type]
