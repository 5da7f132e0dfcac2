"""Four words that bring somebody back as themselves, easy to say on the telephone."""

import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files

WORDS_IN_A_PHRASE = 4
_BETWEEN_WORDS = re.compile(r"[^a-z]+")


@cache
def words() -> tuple[str, ...]:
    """2,048 short, kind words; no two of them are a single slip of a key apart."""
    return tuple(files("app.people").joinpath("words.txt").read_text(encoding="utf-8").split())


def new_phrase() -> str:
    return " ".join(secrets.choice(words()) for _ in range(WORDS_IN_A_PHRASE))


def as_phrase(text: str) -> str:
    """The phrase as it was given, whatever capitals, hyphens or blanks somebody types."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return " ".join(word for word in _BETWEEN_WORDS.split(plain) if word)


def is_a_phrase(text: str) -> bool:
    """Whether this is four words of ours, and so worth a look-up."""
    typed = as_phrase(text).split()
    return len(typed) == WORDS_IN_A_PHRASE and set(typed) <= set(words())
