"""Addresses that people click. The token travels in the fragment, which no server and no proxy ever logs."""

from typing import Literal

from starlette.requests import HTTPConnection

from app.settings import Settings

Place = Literal["setup", "signin", "join", "back"]


def link(base: str, place: Place, token: str) -> str:
    return f"{base.rstrip('/')}/{place}#token={token}"


def base_of(settings: Settings) -> str:
    """The server's address for somebody at its keyboard."""
    if settings.public_url is not None:
        return settings.public_url
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def base_for(settings: Settings, connection: HTTPConnection) -> str:
    """The server's address in an answer. Without PUBLIC_URL only names of this machine pass the gate."""
    if settings.public_url is not None:
        return settings.public_url
    return f"http://{connection.headers['host']}"
