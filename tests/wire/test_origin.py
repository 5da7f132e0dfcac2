"""P12: other sites cannot act for you."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from app.rooms.values import id_from
from tests.support.client import http_client
from tests.support.company import Company, Somebody
from tests.support.lines import SUBPROTOCOL
from tests.support.server import Server

WRONG = {
    "none": None,
    "empty": "",
    "null": "null",
    "another scheme": "https://127.0.0.1:{port}",
    "scheme in capitals": "HTTP://127.0.0.1:{port}",
    "no port": "http://127.0.0.1",
    "another port": "http://127.0.0.1:1{port}",
    "another name of this machine": "http://localhost:{port}",
    "this machine as a number": "http://2130706433:{port}",
    "another host": "http://evil.example:{port}",
    "our name as a prefix": "http://127.0.0.1:{port}.evil.example",
    "our name as a suffix": "http://evil-127.0.0.1:{port}",
    "our name as a user": "http://127.0.0.1:{port}@evil.example",
    "a user at our name": "http://user@127.0.0.1:{port}",
    "a dot at the end": "http://127.0.0.1.:{port}",
    "a slash at the end": "http://127.0.0.1:{port}/",
    "ours among two": "http://127.0.0.1:{port}, http://evil.example",
    "a file": "file://",
}
CSP = ("default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'")


@pytest.fixture(params=list(WRONG.values()), ids=list(WRONG))
def wrong_origin(request: pytest.FixtureRequest, server: Server) -> str | None:
    pattern: str | None = request.param
    return None if pattern is None else pattern.format(port=server.port)


async def upgrade_status(somebody: Somebody, *headers: str) -> int:
    """How the server answers an upgrade with exactly these headers; 101 when a socket opens."""
    port = int(somebody.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [
        f"GET /api/rooms/{somebody.room_id}/live HTTP/1.1",
        *headers,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
        f"Cookie: {somebody.cookie}",
    ]
    try:
        writer.write("\r\n".join([*lines, "", ""]).encode())
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
        await writer.wait_closed()


async def test_P12_another_sites_socket_is_refused_before_the_upgrade(
    wrong_origin: str | None, company: Company
) -> None:
    headers = [] if wrong_origin is None else [f"Origin: {wrong_origin}"]
    assert await upgrade_status(company.coach, host_of(company), *headers) == 403


async def test_P12_two_origins_are_refused_though_both_are_ours(company: Company) -> None:
    ours = f"Origin: {company.server.url}"
    assert await upgrade_status(company.coach, host_of(company), ours) == 101
    assert await upgrade_status(company.coach, host_of(company), ours, ours) in (400, 403)


async def test_P12_an_upgrade_for_another_host_is_refused_though_its_origin_is_equal(company: Company) -> None:
    assert await upgrade_status(company.coach, "Host: evil.example", "Origin: http://evil.example") == 403


def host_of(company: Company) -> str:
    return f"Host: 127.0.0.1:{company.server.port}"


COMMAND = id_from("a command")
CALLS: list[tuple[str, str, Any]] = [
    ("POST", "/commands", {"type": "do", "id": COMMAND, "command": {"type": "rooms.set_me", "name": "Mallory"}}),
    ("POST", "/invitations", {"part": "coach"}),
    ("DELETE", f"/invitations/{id_from('a link')}", None),
    ("POST", f"/members/{id_from('somebody')}/way_back", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_P12_another_sites_call_changes_nothing(
    method: str, path: str, body: Any, wrong_origin: str | None, company: Company
) -> None:
    before = company.snapshot(company.coach)
    async with http_client(company.server.url, company.coach.cookie) as browser:
        del browser.headers["Origin"]
        headers = {} if wrong_origin is None else {"Origin": wrong_origin}
        answer = await browser.request(method, f"/api/rooms/{company.room_id}{path}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")
    assert company.snapshot(company.coach) == before


def routes(company: Company) -> Iterator[tuple[str, str]]:
    """Every route that the server says it has, with ids in its path."""
    spoken = company.call("GET", "/api/openapi.json").json()["paths"]
    its_method = {"key": "flow_roadmap", "version": "1"}
    ids = {"room_id": company.room_id, "member_id": company.coach.member_id, **its_method}
    for path, methods in spoken.items():
        for name in re.findall(r"{(\w+)", path):
            ids.setdefault(name, str(uuid4()))
        for method in methods:
            yield method.upper(), path.format(**ids)
    yield from (("GET", path) for path in ("/", "/join", "/assets/none.js", "/api/none", "/healthz", "/metrics"))
    yield from (("PUT", "/api/rooms"), ("OPTIONS", "/api/rooms"), ("HEAD", "/"))


async def test_P12_every_answer_of_every_route_carries_the_headers(company: Company) -> None:
    asked = list(routes(company))
    assert len(asked) > 20
    async with http_client(company.server.url) as browser:
        for method, path in asked:
            for headers in ({}, {"Host": "evil.example"}, {"Origin": "http://evil.example"}):
                answer = await browser.request(method, path, headers=headers)
                sent = answer.headers
                policy = sent["content-security-policy"].split("; ")
                assert set(CSP) <= set(policy), (method, path)
                assert "unsafe" not in sent["content-security-policy"]
                assert sent["referrer-policy"] == "no-referrer"
                assert sent["x-content-type-options"] == "nosniff"
                assert sent["cross-origin-opener-policy"] == "same-origin"
                assert "access-control-allow-origin" not in sent


HOSTS = ["evil.example", "127.0.0.1.evil.example", "127.0.0.1.", "localhost.evil.example", "192.0.2.7:8000", "", "::1"]


@pytest.mark.parametrize("host", HOSTS)
async def test_P12_a_wrong_host_is_told_the_setting_and_nothing_else(host: str, company: Company) -> None:
    async with http_client(company.server.url, company.coach.cookie) as browser:
        for method, path in (("GET", "/"), ("GET", "/api/rooms"), ("DELETE", "/api/session")):
            answer = await browser.request(method, path, headers={"Host": host, "Origin": f"http://{host}"})
            told = answer.json()
            assert (answer.status_code, told["code"]) == (421, "wrong_host")
            assert told["params"] == {"setting": "BIGROOM_PUBLIC_URL"}
            assert "BIGROOM_PUBLIC_URL" in told["text"]
        for path in ("/healthz", "/readyz", "/metrics"):
            assert (await browser.get(path, headers={"Host": host or "10.0.0.1"})).status_code == 200


async def test_P12_the_cookie_is_nobodys_to_read_or_to_send_from_elsewhere(company: Company) -> None:
    token = company.invite("member")["token"]
    joined = company.call("POST", "/api/join", {"token": token, "name": "Maya"})
    parts = {part.strip().lower() for part in joined.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite=lax", "path=/"} <= parts
