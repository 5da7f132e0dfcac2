"""The gate before every route: right Host, equal Origin, JSON of a sane size, headers on every answer."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.people.problems import Problem, problem_json
from app.settings import Settings

LARGEST_BODY = 64 * 1024
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_ANY_HOST = ("/healthz", "/readyz", "/metrics")
_READING = ("GET", "HEAD", "OPTIONS")

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def origin_of(settings: Settings, host: str) -> str | None:
    """The one Origin that pages of this server have when asked for by this Host; None for a wrong Host.

    With BIGROOM_PUBLIC_URL it is that address. Without it the server is for this machine alone.
    """
    name = _without_port(host)
    if settings.origin is not None:
        own = _usual(settings.origin)
        is_ours = name in _LOCAL or _usual(f"{urlsplit(own).scheme}://{host}") == own
        return own if is_ours else None
    return _usual(f"http://{host}") if name in _LOCAL else None


def is_from_our_pages(settings: Settings, headers: Headers) -> bool:
    """Whether a state-changing call or an upgrade comes from a page of ours. No Origin is a wrong one."""
    said = headers.getlist("origin")
    expected = origin_of(settings, headers.get("host", ""))
    return len(said) == 1 and expected is not None and said[0] == expected


class Gate:
    """Pure ASGI and outermost, so that every kind of answer carries the headers. Streams pass unbuffered."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._upgrade(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, _with_headers(scope, send))
        else:
            await self.app(scope, receive, send)

    async def _upgrade(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_from_our_pages(self.settings, Headers(scope=scope)):
            await self.app(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope)
        if refused is None:
            await self.app(scope, _no_larger(receive), send)
        else:
            await refused(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if scope["path"] in _ANY_HOST:
            return None
        if origin_of(self.settings, headers.get("host", "")) is None:
            return problem_json(421, "wrong_host", {"setting": "BIGROOM_PUBLIC_URL"})
        if scope["method"] in _READING:
            return None
        if not is_from_our_pages(self.settings, headers):
            return problem_json(403, "wrong_origin", {})
        return _bad_body(headers)


def _bad_body(headers: Headers) -> Response | None:
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        return problem_json(413, "too_large", {"most": LARGEST_BODY})
    has_body = length != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and kind != "application/json":
        return problem_json(415, "json_only", {})
    return None


def _no_larger(receive: Receive) -> Receive:
    """Bodies without a length are counted as they come."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise Problem(413, "too_large", most=LARGEST_BODY)
        return message

    return counted


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope["path"].startswith("/api/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _usual(origin: str) -> str:
    """An origin as browsers write it: small letters, without the scheme's own port."""
    origin = origin.lower()
    for scheme, port in (("http://", ":80"), ("https://", ":443")):
        if origin.startswith(scheme):
            origin = origin.removesuffix(port)
    return origin
