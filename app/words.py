"""The message catalogue: every sentence a person reads, by code. One for both sides."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson


@cache
def catalogue() -> dict[str, str]:
    """All `app/*/en.json` merged."""
    words: dict[str, str] = {}
    for file in sorted(Path(__file__).parent.glob("*/en.json")):
        words.update(orjson.loads(file.read_bytes()))
    return words


def sentence(code: str, params: dict[str, Any]) -> str:
    """The English sentence of a refusal; the code where the catalogue has none for it."""
    words = catalogue()
    reason = f"refused.{code}.{params.get('reason')}"
    text = words.get(reason) or words.get(f"refused.{code}", code)
    for name, value in params.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
