"""The address that people type, from outside in: certificate, the right server, its clock, what comes through."""

import contextlib
import json
import secrets
import ssl
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from app.keeping.doctor.findings import Finding, skipped, well, wrong
from app.keeping.doctor.stored import APART
from app.people.check import APART as WORDS_APART
from app.people.check import PROVES, WORDS
from app.people.keys import Keys, KeysUnreadable
from app.people.links import base_of
from app.rooms.socket import SUBPROTOCOL
from app.settings import Settings

PATIENCE = 10.0
FEW_DAYS = 14


def address(settings: Settings) -> Iterator[Finding]:
    """Nothing further in is looked at where the outermost does not answer."""
    base = base_of(settings).rstrip("/")
    if settings.public_url is None:
        told = "not set: only browsers on this machine are answered"
        yield skipped("Public URL", told)
    is_reached = False
    for finding in _answers(base, settings):
        is_reached = not finding.is_wrong
        yield finding
    if not is_reached:
        return
    if settings.is_https:
        yield _certificate(base)
        yield _proxies(settings)
    yield _web_socket(base)
    yield _stream(base)


def _answers(base: str, settings: Settings) -> Iterator[Finding]:
    nonce = secrets.token_hex(16)
    before = time.time()
    try:
        with _asked(base, f"/api/check/house?nonce={nonce}") as answer:
            status, date, body = answer.status, answer.headers["date"], answer.read(10_000)
    except ssl.SSLCertVerificationError as trouble:
        yield wrong("Public URL", f"{base}: {trouble.verify_message}.", "Renew the certificate, or name it in full.")
        return
    except (OSError, HTTPException) as trouble:
        started = "Is the server started, and does the proxy lead to it?"
        yield wrong("Public URL", f"{base} cannot be reached: {str(trouble) or type(trouble).__name__}.", started)
        return
    if status == 421:
        told = f"The server behind {base} goes by another name."
        yield wrong(
            "Public URL", told, "Name this address in BIGROOM_PUBLIC_URL, and let the proxy pass Host as it came."
        )
        return
    if not _is_ours(status, body, settings, nonce):
        told = f"{base} answers {status}, and not as this server with this master key."
        yield wrong("Public URL", told, "See where the proxy leads, and BIGROOM_KEYS here and there.")
        return
    if date is not None:
        yield _clock(parsedate_to_datetime(date).timestamp(), before)
    yield well("Public URL", f"{base} is this server")


def _is_ours(status: int, body: bytes, settings: Settings, nonce: str) -> bool:
    try:
        told = json.loads(body)["proof"] if status == 200 else None
    except (ValueError, KeyError, TypeError):
        return False
    return told is not None and told == _proof(settings, nonce)


def _proof(settings: Settings, nonce: str) -> str | None:
    """What only a server with our master key can say. Without the key here we cannot know."""
    with contextlib.suppress(KeysUnreadable):
        if settings.keys_file.exists():
            return Keys.from_file(settings.keys_file).hashed(PROVES, nonce)
    return None


def _clock(theirs: float, before: float) -> Finding:
    """The header has whole seconds only."""
    apart = max(before - theirs - 1, theirs - time.time(), 0.0)
    if apart > APART:
        return wrong(
            "Clock", f"That of the public URL differs by {apart:.0f} s.", "Let all machines keep time with NTP."
        )
    return well("Clock", "as that of the public URL")


def _certificate(base: str) -> Finding:
    connection = _connection(base)
    assert isinstance(connection, HTTPSConnection)
    connection.connect()
    found = connection.sock.getpeercert() or {}
    connection.close()
    days = (ssl.cert_time_to_seconds(str(found["notAfter"])) - time.time()) / 86400
    if days < FEW_DAYS:
        return wrong(
            "Certificate", f"It ends in {days:.0f} days.", "Renew it, and see why that did not happen by itself."
        )
    return well("Certificate", f"{days:.0f} days left")


def _proxies(settings: Settings) -> Finding:
    if settings.trusted_proxies:
        return well("Proxies", f"{settings.trusted_proxies} may say where people come from")
    told = "None is trusted, so that all people seem to come from one address."
    return wrong(
        "Proxies", told, "Name the proxy's address in BIGROOM_TRUSTED_PROXIES: wrong codes are limited by address."
    )


def _web_socket(base: str) -> Finding:
    """Without a session the server says so in a frame: that shows that frames come through."""
    url = base.replace("http", "ws", 1) + "/api/rooms/doctor/live"
    passing = "Let the proxy pass Upgrade, Connection, Host and Origin. Until then people get a stream."
    try:
        with connect(
            url,
            origin=Origin(_origin(base)),
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            open_timeout=PATIENCE,
            proxy=None,
        ) as socket:
            socket.recv(timeout=PATIENCE)
    except InvalidHandshake as trouble:
        return wrong("WebSocket", f"It does not come through: {trouble}.", passing)
    except (WebSocketException, OSError) as trouble:
        return wrong("WebSocket", f"It is cut before a word comes: {type(trouble).__name__}.", passing)
    return well("WebSocket", "comes through")


def _stream(base: str) -> Finding:
    held = "Turn the proxy's buffering off for /api/ (nginx: proxy_buffering off)."
    try:
        with _asked(base, "/api/check/stream") as answer:
            answer.readline()
            first = last = time.monotonic()
            while answer.readline():
                last = time.monotonic()
    except (OSError, HTTPException) as trouble:
        return wrong("Stream", f"It does not come through: {trouble}.", held)
    if last - first < WORDS_APART * (WORDS - 1) / 2:
        return wrong("Stream", "It is held back until it has ended.", held)
    return well("Stream", "comes word by word")


@contextlib.contextmanager
def _asked(base: str, path: str) -> Iterator[HTTPResponse]:
    connection = _connection(base)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        yield connection.getresponse()
    finally:
        connection.close()


def _connection(base: str) -> HTTPConnection:
    parts = urlsplit(base)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=PATIENCE, context=ssl.create_default_context())
    return HTTPConnection(host, parts.port, timeout=PATIENCE)


def _origin(base: str) -> str:
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}".lower()
