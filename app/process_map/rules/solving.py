"""How often something comes round: exactly as long as that is quick. Pure: numbers in, numbers out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Any

Often = Fraction | int
"""A whole number where no way parts: those are far quicker, and most of a map is such."""
MOST_STEPS, MOST_WAYS = 24, 36
"""Larger loops are counted in floats: fractions would grow long, and the whole room waits for them."""
LONG, KEPT = 256, 128
"""Bits: a fraction whose parts are longer is rounded to so many. Totals have two decimals."""


def part(number: Often, share: Often) -> Often:
    """So much of it."""
    if share == 1:
        return number
    return share if number == 1 else _shortened(number * share)


def altogether(numbers: Sequence[Often]) -> Often:
    return numbers[0] if len(numbers) == 1 else _shortened(sum(numbers))


def _shortened(number: Often) -> Often:
    """The same, or where it has grown too long to be counted with, what differs from it by 2⁻¹²⁸ at most."""
    if number.denominator == 1:
        return number.numerator
    if number.denominator.bit_length() > LONG:
        return Fraction(round(number * 2**KEPT), 2**KEPT)
    return number


def solved(rows: Mapping[str, Mapping[str, Often]], given: Mapping[str, Often]) -> dict[str, Often]:
    """x = given + rows · x, by elimination; who has the fewest neighbours first, so that little fills up."""
    is_small = len(rows) <= MOST_STEPS and sum(map(len, rows.values())) <= MOST_WAYS
    of: Any = Fraction if is_small else float
    left = {id: {to: of(by) for to, by in row.items()} for id, row in rows.items()}
    known = {id: of(value) for id, value in given.items()}
    users: dict[str, set[str]] = {id: set() for id in left}
    for user, row in left.items():
        for id in row:
            users[id].add(user)
    waiting = [(_neighbours(left[id], users[id]), id) for id in left]
    heapify(waiting)
    order: dict[str, None] = {}
    while waiting:
        neighbours, one = heappop(waiting)
        if one in order or neighbours != _neighbours(left[one], users[one]):
            # It is further down with as many as it has by now.
            continue
        order[one] = None
        _eliminate(one, left, known, users)
        for id in users[one] | left[one].keys():
            heappush(waiting, (_neighbours(left[id], users[id]), id))
    for one in reversed(order):
        known[one] += sum(by * known[to] for to, by in left[one].items())
    return {id: _shortened(Fraction(value)) for id, value in known.items()}


def _neighbours(row: Mapping[str, Any], users: set[str]) -> int:
    return len(row) * len(users)


def _eliminate(one: str, left: dict[str, dict[str, Any]], known: dict[str, Any], users: dict[str, set[str]]) -> None:
    """Put what one is made of in its place wherever it is used."""
    itself = 1 - left[one].pop(one, 0)
    users[one].discard(one)
    known[one] /= itself
    row = left[one] = {to: by / itself for to, by in left[one].items()}
    for to in row:
        users[to].discard(one)
    for user in users[one]:
        of_user = left[user]
        by = of_user.pop(one)
        known[user] += by * known[one]
        for to, further in row.items():
            if to in of_user:
                of_user[to] += by * further
            else:
                of_user[to] = by * further
                users[to].add(user)
