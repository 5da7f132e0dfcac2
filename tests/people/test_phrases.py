"""Four words that anybody can say on the telephone."""

from itertools import combinations

import pytest

from app.people.phrases import as_phrase, is_a_phrase, new_phrase, words


def test_there_are_2048_words_so_that_a_phrase_is_44_bits() -> None:
    assert len(words()) == len(set(words())) == 2048


def test_every_word_is_short_and_plain() -> None:
    assert all(word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 9 for word in words())


def test_no_two_words_are_one_slip_of_a_key_apart() -> None:
    gaps: dict[str, set[str]] = {}
    for word in words():
        for place in range(len(word)):
            gaps.setdefault(word[:place] + "?" + word[place + 1 :], set()).add(word)
    changed = [pair for near in gaps.values() for pair in combinations(sorted(near), 2)]
    known = set(words())
    lost = [word for word in words() for i in range(len(word)) if word[:i] + word[i + 1 :] in known]
    assert changed == []
    assert lost == []


def test_a_new_phrase_is_a_phrase() -> None:
    phrase = new_phrase()
    assert len(phrase.split()) == 4
    assert is_a_phrase(phrase)
    assert new_phrase() != phrase


@pytest.mark.parametrize(
    "typed",
    [
        "amber basil cedar daisy",
        "  Amber BASIL, cedar;  daisy. ",
        "amber-basil-cedar-daisy",
        "amber\nbasil\tcedar daisy",
    ],
)
def test_a_phrase_is_the_same_however_it_is_typed(typed: str) -> None:
    assert as_phrase(typed) == "amber basil cedar daisy"


@pytest.mark.parametrize("typed", ["", "amber basil cedar", "amber basil cedar zzzz", "7f3Q-x_aQ"])
def test_anything_else_is_none(typed: str) -> None:
    assert not is_a_phrase(typed)
