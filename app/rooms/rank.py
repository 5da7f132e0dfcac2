"""Ranks: texts that sort by code unit, with room for another one between any two.

A rank is a whole number and perhaps a fraction. Appending and prepending count the whole number on, so ten
thousand cards in a row still have four letters; only squeezing in between makes a fraction.

    whole number  its first letter says how many digits follow: a0 … az, b00 … bzz, c000 …
                  below zero everything is mirrored (0 ↔ z), so that it sorts the other way: Pz … P0, Ozz …
    fraction      digits that never end in 0
"""

from collections.abc import Iterable

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
ZERO = DIGITS.index("a")
"""Place of the letter that begins the shortest whole numbers from zero on."""


def between(low: str | None, high: str | None) -> str:
    """A rank after `low` and before `high`; None says that nothing stands on that side."""
    if high is None:
        return _whole(0 if low is None else _split(low)[0] + 1)
    number, fraction = _split(high)
    if low is None:
        return _whole(number if fraction else number - 1)
    if low >= high:
        raise ValueError("there is nothing between a rank and an earlier one")
    lower, after = _split(low)
    if lower == number:
        return _whole(number) + _middle(after, fraction)
    following = _whole(lower + 1)
    return following if following < high else _whole(lower) + _middle(after, None)


def placed(rank: str, low: str | None, others: Iterable[str]) -> str:
    """Directly behind `low` among the others, or first; `rank` itself where that is so already."""
    high = min((other for other in others if low is None or other > low), default=None)
    stands = (low is None or low < rank) and (high is None or rank < high)
    return rank if stands else between(low, high)


def _middle(low: str, high: str | None) -> str:
    """A fraction about half-way; None is the end of the whole number."""
    same = 0 if high is None else _shared(low, high)
    if high is not None and same:
        return high[:same] + _middle(low[same:], high[same:])
    first = DIGITS.index(low[0]) if low else 0
    last = BASE if high is None else DIGITS.index(high[0])
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)


def _shared(low: str, high: str) -> int:
    """How many digits both begin with, `low` going on with zeros."""
    padded = low.ljust(len(high), DIGITS[0])
    return next(place for place, digit in enumerate(high) if digit != padded[place])


def _whole(number: int) -> str:
    if number < 0:
        return _mirrored(_whole(-1 - number))
    digits, rest = "", number + 1
    while rest > 0:
        # Every digit counts from one, so that no whole number has two spellings: az is followed by b00.
        rest, digit = divmod(rest - 1, BASE)
        digits = DIGITS[digit] + digits
    return DIGITS[ZERO + len(digits) - 1] + digits


def _split(rank: str) -> tuple[int, str]:
    """The whole number and the fraction."""
    first = DIGITS.index(rank[0])
    length = max(first, BASE - 1 - first) - ZERO + 1
    whole, fraction = rank[: length + 1], rank[length + 1 :]
    return (_number(whole) if first >= ZERO else -1 - _number(_mirrored(whole))), fraction


def _number(whole: str) -> int:
    number = 0
    for digit in whole[1:]:
        number = number * BASE + DIGITS.index(digit) + 1
    return number - 1


def _mirrored(text: str) -> str:
    return "".join(DIGITS[BASE - 1 - DIGITS.index(digit)] for digit in text)
