"""What stands on the screens, by the catalogue's codes and by the method's data: tests repeat no sentence."""

import re
from typing import Any

from app.roadmap.methods import METHODS
from app.rooms.method import Method, MethodStep
from app.words import catalogue

SHORTENED_TO = 48


def t(code: str, **params: Any) -> str:
    """The sentence as the browser fills it in. A code that nobody has written fails here."""
    words = catalogue()
    if "count" in params and code not in words:
        code = f"{code}.{'one' if params['count'] == 1 else 'other'}"
    return re.sub(r"\{(\w+)\}", lambda gap: str(params.get(gap[1], gap[0])), words[code])


def ends_with(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words.strip()) + "$")


def begins_with(words: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(words.strip()))


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
