"""Who may do what, as the protocol's table says: the oracle that docs, screens and other tests read."""

import pytest

from app.tools import registry

CONTRIBUTE = {"rooms.view", "rooms.word", "rooms.contribute", "board.contribute", "roadmap.contribute"}
TABLE = {
    "coach": {
        *CONTRIBUTE,
        "rooms.record",
        "rooms.steer",
        "rooms.bring",
        "rooms.admit",
        "rooms.code",
        "rooms.manage",
        "rooms.hold",
        "rooms.hear",
        "board.record",
        "board.steer",
        "board.capture",
        "board.coaches",
        "board.release",
        "roadmap.steps",
        "roadmap.steer",
    },
    "member": CONTRIBUTE,
    "sponsor": CONTRIBUTE,
    "observer": {"rooms.view", "rooms.word"},
    "wall": {"rooms.view", "rooms.code"},
    "leader": {"rooms.bring", "roadmap.steps"},
    "recorder": {"rooms.record", "board.record"},
    "timekeeper": set(),
    "facilitator": {"board.capture"},
}


def of_these_tools(permissions: frozenset[str]) -> set[str]:
    return {name for name in permissions if name.partition(".")[0] in ("rooms", "board", "roadmap")}


@pytest.mark.parametrize("grantee", TABLE)
def test_each_part_and_role_has_what_the_table_says(grantee: str) -> None:
    assert of_these_tools(registry().grants[grantee]) == TABLE[grantee]


def test_every_rule_needs_something_that_somebody_has() -> None:
    held = frozenset().union(*registry().grants.values())
    assert {rule.needs for rule in registry().rules.values()} - held == {"internal"}


def test_the_server_alone_makes_rooms_and_lets_people_in() -> None:
    internal = {name for name, rule in registry().rules.items() if rule.is_internal}
    assert internal >= {"rooms.make_room", "rooms.join", "rooms.raise_part", "rooms.come_back"}
