"""Refusals and failures of the kernel as HTTP answers: problem+json with the status that fits their code."""

from math import ceil

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.people.problems import problem_json
from app.rooms.engine import Failure
from app.rooms.kernel import Refusal

_STATUS = {"not_allowed": 403, "not_found": 404, "bad_command": 422, "unknown_command": 422}


def tell_refusals(app: FastAPI) -> None:
    """Routes let refusals and failures fly; this app tells them."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Failure, _failed)


async def _refused(_request: Request, no: Exception) -> Response:
    assert isinstance(no, Refusal)
    return problem_json(_STATUS.get(no.code, 409), no.code, no.params)


async def _failed(_request: Request, trouble: Exception) -> Response:
    assert isinstance(trouble, Failure)
    status = 429 if trouble.code == "too_many" else 503
    wait = str(ceil(trouble.retry_ms / 1000))
    return problem_json(status, trouble.code, {"retry_ms": trouble.retry_ms}, {"Retry-After": wait})
