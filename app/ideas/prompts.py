"""Change concepts: general approaches that breed ideas. Versioned data, one file a version and language.

Ideas name the concept that bred them, so a file that has been released is never changed: a new version is a new file.
"""

from collections.abc import Sequence
from pathlib import Path

from app.rooms.values import Key, Note, Title, Value

ENGLISH = "en"


class Concept(Value):
    key: Key
    title: Title
    question: Note


class Prompts(Value):
    key: str
    version: int
    language: str
    concepts: tuple[Concept, ...]


PROMPTS: tuple[Prompts, ...] = tuple(
    Prompts.model_validate_json(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("prompts.*.json"))
)


def prompts_in(language: str, among: Sequence[Prompts] = PROMPTS) -> Prompts:
    """The newest in this language, else in another country's way of speaking it, else in English."""
    for is_right in (
        lambda spoken: spoken == language,
        lambda spoken: _spoken(spoken) == _spoken(language),
        lambda spoken: _spoken(spoken) == ENGLISH,
    ):
        if found := [prompts for prompts in among if is_right(prompts.language)]:
            return max(found, key=lambda prompts: prompts.version)
    return among[0]


def _spoken(language: str) -> str:
    """`de` of `de-CH`."""
    return language.partition("-")[0].lower()
