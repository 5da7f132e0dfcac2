"""What the gate lets through, and what every answer carries."""

from collections.abc import AsyncIterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.people.gate import LARGEST_BODY, Gate
from app.settings import Settings
from tests.people.conftest import ADDRESS, House

WRONG_ORIGINS = [
    None,
    "",
    "null",
    "https://127.0.0.1:8000",
    "http://127.0.0.1",
    "http://127.0.0.1:8001",
    "http://localhost:8000",
    "http://127.0.0.1:8000/",
    "http://127.0.0.1:8000.evil.example",
    "http://evil.example",
    "http://user@127.0.0.1:8000",
    "http://127.0.0.1:8000, http://evil.example",
]


@pytest.mark.parametrize("origin", WRONG_ORIGINS)
async def test_P12_another_site_cannot_act_for_you(house: House, origin: str | None) -> None:
    browser = house.browser()
    del browser.headers["Origin"]
    answer = await browser.delete("/api/session", headers={} if origin is None else {"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")


async def test_P12_two_origins_are_none(house: House) -> None:
    browser = house.browser()
    del browser.headers["Origin"]
    answer = await browser.delete("/api/session", headers=[("Origin", ADDRESS), ("Origin", ADDRESS)])
    assert answer.status_code == 403


async def test_reading_needs_no_origin(house: House) -> None:
    browser = house.browser()
    del browser.headers["Origin"]
    assert (await browser.get("/api/clock")).status_code == 200


@pytest.mark.parametrize("address", [ADDRESS, "http://localhost:5173", "http://[::1]:8000", "http://LOCALHOST"])
async def test_without_a_public_address_only_this_machine_is_served(house: House, address: str) -> None:
    browser = house.browser(address)
    assert (await browser.get("/api/clock")).status_code == 200


@pytest.mark.parametrize(
    "host", ["bigroom.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "::1", "", "192.0.2.7"]
)
async def test_any_other_host_is_told_which_setting_it_lacks(house: House, host: str) -> None:
    answer = await house.browser().get("/api/clock", headers={"Host": host})
    assert (answer.status_code, answer.json()["params"]) == (421, {"setting": "BIGROOM_PUBLIC_URL"})


async def test_a_rebound_name_cannot_act_even_with_an_equal_origin(house: House) -> None:
    answer = await house.browser("http://evil.example").delete("/api/session")
    assert answer.status_code == 421


async def test_a_public_server_answers_to_its_own_name(public_house: House) -> None:
    assert (await public_house.browser("https://bigroom.example").delete("/api/session")).status_code == 204
    assert (await public_house.browser("https://bigroom.example:443").get("/api/clock")).status_code == 200
    assert (await public_house.browser("https://other.example").get("/api/clock")).status_code == 421


async def test_behind_a_proxy_that_names_this_machine_the_public_origin_still_counts(
    public_house: House,
) -> None:
    browser = public_house.browser("http://127.0.0.1:8000")
    assert (await browser.get("/api/clock")).status_code == 200
    assert (await browser.delete("/api/session")).status_code == 403
    named = await browser.delete("/api/session", headers={"Origin": "https://bigroom.example"})
    assert named.status_code == 204


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_watchers_may_use_any_host(house: House, path: str) -> None:
    answer = await house.browser().get(path, headers={"Host": "10.0.0.7"})
    assert answer.status_code == 404


async def test_a_form_of_another_site_is_no_json(house: House) -> None:
    answer = await house.browser().post("/api/session", data={"token": "x"})
    assert (answer.status_code, answer.json()["code"]) == (415, "json_only")


async def test_a_body_that_is_too_large_is_refused_unread(house: House) -> None:
    answer = await house.browser().post("/api/session", json={"token": "x" * LARGEST_BODY})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_body_of_unknown_length_is_counted_as_it_comes(house: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 2):
            yield b" " * 1000

    answer = await house.browser().post("/api/session", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/clock"), ("GET", "/nothing"), ("PUT", "/api/clock")])
async def test_P12_every_answer_carries_the_headers(house: House, method: str, path: str) -> None:
    headers = (await house.browser().request(method, path)).headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "microphone=()" in headers["permissions-policy"]


@pytest.mark.parametrize(("origin", "told"), [(b"http://evil.example", "websocket.close"), (ADDRESS.encode(), "ours")])
async def test_a_socket_of_another_site_is_refused_before_the_upgrade(origin: bytes, told: str) -> None:
    sent: list[str] = []

    async def room(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "ours"})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message["type"])

    headers = [(b"host", b"127.0.0.1:8000"), (b"origin", origin)]
    await Gate(room, Settings())({"type": "websocket", "path": "/", "headers": headers}, receive, send)
    assert sent == [told]
