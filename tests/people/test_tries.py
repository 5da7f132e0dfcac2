"""How often somebody may guess in a minute."""

import pytest
from starlette.requests import HTTPConnection

from app.people.address import address_of, networks
from app.people.tries import TriesHere


class Watch:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_ten_guesses_a_minute_from_one_address() -> None:
    watch = Watch()
    tries = TriesHere(10, 100, clock=watch)
    assert [tries.take("ward") for _ in range(10)] == [None] * 10
    assert tries.take("ward") == 60
    watch.seconds = 59.5
    assert tries.take("ward") == 0.5
    watch.seconds = 60
    assert tries.take("ward") is None


def test_a_hundred_guesses_a_minute_from_everywhere() -> None:
    tries = TriesHere(10, 100, clock=Watch())
    assert all(tries.take(f"address {n}") is None for n in range(100))
    assert tries.take("one more") is not None


def test_P11_of_ten_thousand_guesses_at_most_a_hundred_a_minute_get_through() -> None:
    watch = Watch()
    tries = TriesHere(10, 100, clock=watch)
    through = [n for n in range(10_000) if tries.take(f"address {n % 500}") is None]
    assert len(through) == 100


def test_a_right_answer_was_no_guess() -> None:
    tries = TriesHere(2, clock=Watch())
    for _ in range(5):
        assert tries.take("ward") is None
        tries.give_back("ward")


def test_addresses_are_forgotten_after_their_minute() -> None:
    watch = Watch()
    tries = TriesHere(10, clock=watch)
    for n in range(50):
        tries.take(f"address {n}")
    watch.seconds = 61
    tries.take("ward")
    assert list(tries._by) == ["ward"]


def came(client: str, said: str = "") -> HTTPConnection:
    headers = [(b"x-forwarded-for", said.encode())] if said else []
    return HTTPConnection({"type": "http", "client": (client, 4000), "headers": headers})


@pytest.mark.parametrize(
    ("client", "said", "trusted", "address"),
    [
        ("192.0.2.1", "", "", "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", "", "192.0.2.1"),
        ("10.0.0.2", "203.0.113.9", "10.0.0.0/8", "203.0.113.9"),
        ("10.0.0.2", "6.6.6.6, 203.0.113.9, 10.0.0.7", "10.0.0.0/8", "203.0.113.9"),
        ("10.0.0.2", "not an address", "10.0.0.2", "not an address"),
        ("2001:db8:1:2:3:4:5:6", "", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "", "192.0.2.1"),
    ],
)
def test_only_trusted_proxies_are_believed(client: str, said: str, trusted: str, address: str) -> None:
    assert address_of(came(client, said), networks(trusted)) == address
