"""Change concepts: general approaches that breed ideas. Versioned data, one file a version and language.

Ideas name the concept that bred them, so a file that has been released is never changed: a new version is a new file.
"""

from pathlib import Path

from app.rooms.values import Key, Note, Title, Value


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


def prompts_in(language: str) -> Prompts:
    """The newest in this language, else in the first one there is."""
    spoken = [prompts for prompts in PROMPTS if prompts.language == language] or [PROMPTS[0]]
    return max(spoken, key=lambda prompts: prompts.version)
