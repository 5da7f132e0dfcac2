"""Words that may tell who a patient is are found, and a meeting's ordinary words are left alone."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demo import case as demo
from app.rooms.privacy import country_of, find_private

HERE = Path(__file__).parent.parent
VECTORS = json.loads((HERE / "vectors" / "privacy.json").read_text(encoding="utf-8"))
YEAR = 2026


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_server_and_browser_find_the_same(vector: dict[str, Any]) -> None:
    found = find_private(vector["text"], vector["country"], YEAR)
    assert [[finding.kind, finding.text] for finding in found] == vector["found"]


def test_a_finding_says_where_it_stands() -> None:
    (finding,) = find_private("She is 943 476 5919.", "GB", YEAR)
    assert (finding.start, finding.text) == (7, "943 476 5919")


@pytest.mark.parametrize("spacing", ["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}"])
def test_a_thousand_valid_nhs_numbers_are_all_found(spacing: str) -> None:
    for number in _nhs_numbers(1000):
        text = f"Seen on the ward: {spacing.format(number[:3], number[3:6], number[6:])}, twice."
        (finding,) = find_private(text, "GB", YEAR)
        assert finding.kind in ("nhs_number", "chi")


@pytest.mark.parametrize("case", ["sepsis", "cystic-fibrosis"])
def test_ordinary_words_of_a_meeting_raise_no_alarm(case: str) -> None:
    words = demo.case(case)
    assert [(text, found) for text in _texts(words) if (found := find_private(text, "GB", YEAR))] == []


@pytest.mark.parametrize(
    ("language", "timezone", "country"),
    [
        ("en-GB", "Europe/London", "GB"),
        ("sv-se", "Europe/Stockholm", "SE"),
        ("sv", "Europe/Stockholm", "SE"),
        ("en", "Europe/London", "GB"),
    ],
)
def test_the_country_comes_from_the_rooms_language_or_its_time_zone(language: str, timezone: str, country: str) -> None:
    assert country_of(language, timezone) == country


def _nhs_numbers(count: int) -> Iterator[str]:
    chance = random.Random(5)
    while count:
        nine = [chance.randrange(10) for _ in range(9)]
        check = (11 - sum(digit * (10 - place) for place, digit in enumerate(nine)) % 11) % 11
        if check < 10:
            count -= 1
            yield "".join(map(str, [*nine, check]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
