"""What stands on the screens, by the catalogue's codes and by the method's data: tests repeat no sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from typing import Any

from app.roadmap.methods import METHODS
from app.rooms.method import Method, MethodStep
from app.words import catalogue

SHORTENED_TO = 48
LONGER = 1.4
PADDING = " õñé ţŵó ţĥŕéé ƒôúŕ ƒîṽé ŝîẋ ŝéṽéñ éîĝĥţ ñîñé ţéñ"
PSEUDO = "?lang=pseudo"

_is_pseudo = ContextVar("is_pseudo", default=False)


@contextmanager
def in_pseudo() -> Iterator[None]:
    """Inside the block the screens speak the pseudo-language: every sentence longer, and between brackets."""
    token = _is_pseudo.set(True)
    try:
        yield
    finally:
        _is_pseudo.reset(token)


def t(code: str, **params: Any) -> str:
    """The sentence as the browser fills it in. A code that nobody has written fails here."""
    words = catalogue()
    if "count" in params and code not in words:
        code = f"{code}.{'one' if params['count'] == 1 else 'other'}"
    return re.sub(r"\{(\w+)\}", lambda gap: str(params.get(gap[1], gap[0])), _dressed(words[code]))


def begins_like(code: str) -> re.Pattern[str]:
    """With the words of a sentence as far as its first gap."""
    return begins_with(_dressed(catalogue()[code]).partition("{")[0])


def begins_with(words: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(words.strip()))


def ends_with(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words.strip()) + "$")


def _dressed(words: str) -> str:
    if not _is_pseudo.get():
        return words
    missing = max(0, ceil(len(words) * LONGER) - len(words) - 2)
    return f"[{words}{(PADDING * (missing // len(PADDING) + 1))[:missing]}]"


def shortened(text: str) -> str:
    """As much of a card as the name of its button says."""
    if len(text) <= SHORTENED_TO:
        return text
    cut = text[:SHORTENED_TO]
    return cut[: max(cut.rfind(" "), SHORTENED_TO // 2)] + "…"


def method(key: str = "flow_roadmap") -> Method:
    """The newest version of a method, as a new room gets it."""
    return max((method for method in METHODS if method.key == key), key=lambda method: method.version)


def step(key: str, of: str = "flow_roadmap") -> MethodStep:
    return next(step for stage in method(of).stages for step in stage.steps if step.key == key)
