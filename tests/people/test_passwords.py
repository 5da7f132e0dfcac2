"""Which passwords will do, and which are tried first."""

import pytest

from app.people.passwords import unfit

DINA = ("Dina Okafor", "dina.okafor@trust.example")


@pytest.mark.parametrize(
    "password", ["a long walk by the sea", "ten green bottles", "Tuesday porridge, no salt", "ü" * 3 + "ß€ñøλж漢"]
)
def test_a_few_words_in_a_row_will_do(password: str) -> None:
    assert unfit(password, *DINA) is None


@pytest.mark.parametrize("password", ["", "too short"])
def test_nine_characters_are_too_few(password: str) -> None:
    assert unfit(password, *DINA) == "password_too_short"


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "qwertyuiop",
        "PASSWORD123",
        "P@ssw0rd2026!",
        "123 sunshine",
        "Liverpool-1892",
        "aaaaaaaaaaaa",
        "abababababab",
    ],
)
def test_what_is_tried_first_will_not_do_however_it_is_dressed(password: str) -> None:
    assert unfit(password, *DINA) == "password_common"


@pytest.mark.parametrize(
    "password", ["dina.okafor", "Dina Okafor 1974", "dina.okafor@trust.example", "Bigroom Dina Okafor", "bigroom2026"]
)
def test_what_everybody_knows_of_somebody_will_not_do(password: str) -> None:
    assert unfit(password, *DINA) == "password_about_you"


def test_a_name_within_something_longer_does_no_harm() -> None:
    assert unfit("dina.okafor walks by the sea", *DINA) is None
