"""Ranks order cards; the browser computes the same ones from the same vectors."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rooms.rank import between

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "rank.json").read_text(encoding="utf-8"))

moves = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=120)


def put_at(ranks: list[str], place: int) -> str:
    low = ranks[place - 1] if place > 0 else None
    high = ranks[place] if place < len(ranks) else None
    rank = between(low, high)
    ranks.insert(place, rank)
    return rank


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['low']}-{vector['high']}")
def test_the_vectors_of_both_sides_hold(vector: dict[str, str | None]) -> None:
    assert between(vector["low"], vector["high"]) == vector["rank"]


@given(moves)
def test_wherever_cards_are_put_they_stay_in_order_and_apart(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        put_at(ranks, place % (len(ranks) + 1))
    assert ranks == sorted(set(ranks))


@given(moves, st.booleans())
def test_there_is_room_beside_every_rank(places: list[int], is_before: bool) -> None:
    ranks: list[str] = []
    for place in places:
        put_at(ranks, place % (len(ranks) + 1))
    for rank in ranks:
        assert between(None, rank) < rank < between(rank, None)


def test_ten_thousand_cards_in_a_row_keep_short_ranks() -> None:
    last = first = between(None, None)
    for _ in range(10_000):
        last, first = between(last, None), between(None, first)
    assert len(last) <= 5
    assert len(first) <= 5


def test_squeezing_in_at_one_place_grows_by_a_letter_in_five_cards_at_most() -> None:
    for is_low in (True, False):
        low, high = "a0", "a1"
        for _ in range(500):
            middle = between(low, high)
            low, high = (middle, high) if is_low else (low, middle)
        assert len(low) + len(high) <= 2 * (2 + 500 // 5)


def test_shuffling_a_full_board_for_a_year_keeps_ranks_short() -> None:
    chance = random.Random(5)
    ranks: list[str] = []
    for _ in range(300):
        put_at(ranks, len(ranks))
    for _ in range(5_000):
        ranks.pop(chance.randrange(len(ranks)))
        put_at(ranks, chance.randrange(len(ranks) + 1))
    assert ranks == sorted(set(ranks))
    assert max(map(len, ranks)) < 24


@pytest.mark.parametrize(("low", "high"), [("a1", "a0"), ("a1", "a1"), ("a0V", "a0V")])
def test_nothing_lies_between_a_rank_and_an_earlier_one(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="nothing between"):
        between(low, high)
