"""Letters: what people call an idea when they speak of it, A to Z and then AA, AB…"""

from collections.abc import Collection, Iterator
from itertools import count
from typing import Annotated

from pydantic import Field as Limits

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Letter = Annotated[str, Limits(pattern=r"^[A-Z]{1,3}$")]


def letter(n: int) -> str:
    """The n-th letter, from 0: A … Z, AA, AB …"""
    before, last = divmod(n, len(ALPHABET))
    return (letter(before - 1) if before else "") + ALPHABET[last]


def free_letters(taken: Collection[str]) -> Iterator[str]:
    """One letter after the other that is not taken."""
    return (one for one in map(letter, count()) if one not in taken)
