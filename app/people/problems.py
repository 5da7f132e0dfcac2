"""What goes wrong over HTTP, told alike everywhere: problem+json (RFC 9457) with a code and a sentence."""

from http import HTTPStatus
from math import ceil
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.words import sentence

log = structlog.get_logger()

_CODES = {404: "not_found", 405: "not_allowed_here", 413: "too_large", 415: "json_only"}


class Problem(HTTPException):
    """No, with a stable code for the program and a kind sentence for the person."""

    def __init__(self, status: int, code: str, *, headers: dict[str, str] | None = None, **params: Any) -> None:
        super().__init__(status, code, headers)
        self.code = code
        self.params = params


def no_session() -> Problem:
    return Problem(401, "no_session")


def not_now(code: str, seconds: float) -> Problem:
    wait = ceil(seconds)
    return Problem(429, code, headers={"Retry-After": str(wait)}, seconds=wait)


def wrong_link() -> Problem:
    """One answer for links, codes and phrases that are wrong, used up, expired or revoked."""
    return Problem(404, "link_not_found")


def problem_json(status: int, code: str, params: dict[str, Any], headers: dict[str, str] | None = None) -> JSONResponse:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "params": params,
        "text": sentence(code, params),
    }
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def tell_problems(app: FastAPI) -> None:
    """Every route of this app answers what goes wrong as problem+json."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _bad_body)
    app.add_exception_handler(SQLAlchemyError, _storage)


async def _http(_request: Request, trouble: Exception) -> JSONResponse:
    assert isinstance(trouble, HTTPException)
    headers = dict(trouble.headers or {})
    if isinstance(trouble, Problem):
        return problem_json(trouble.status_code, trouble.code, trouble.params, headers)
    code = _CODES.get(trouble.status_code, "bad_request")
    return problem_json(trouble.status_code, code, {}, headers)


async def _bad_body(_request: Request, trouble: Exception) -> JSONResponse:
    assert isinstance(trouble, RequestValidationError)
    return problem_json(422, "bad_command", bad_field(trouble.errors()[0]))


async def _storage(_request: Request, trouble: Exception) -> JSONResponse:
    log.error("storage", trouble=type(trouble).__name__)
    return problem_json(503, "storage", {"retry_ms": 1000}, {"Retry-After": "1"})


def bad_field(wrong: dict[str, Any]) -> dict[str, Any]:
    """The field, the reason as a word and the limit: the catalogue has a sentence for each reason."""
    if wrong["type"] == "json_invalid":
        return {"field": "body", "reason": "json_invalid"}
    field = ".".join(str(step) for step in wrong["loc"][1:]) or "body"
    limits = wrong.get("ctx", {})
    limit = limits.get("max_length", limits.get("min_length"))
    return {"field": field, "reason": wrong["type"]} | ({} if limit is None else {"limit": limit})
