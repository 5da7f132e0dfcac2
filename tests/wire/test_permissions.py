"""P10: only those who may, by the generated table, on every message, at once, and never across rooms."""

import random
from typing import Any
from uuid import uuid4

import pytest

from tests.support.client import Client, http_client
from tests.support.company import Company, Somebody
from tests.wire.bodies import Bodies, rows_of
from tests.wire.ways import WAYS, Told, Way, asking

PARTS = ("coach", "member", "sponsor", "observer", "wall")
ROLES = ("leader", "recorder", "timekeeper", "facilitator")
TRIES_ACROSS_ROOMS = 500


def somebody_who_is(viewer: str, company: Company) -> Somebody:
    """A new person with this part, or a member who holds this meeting role."""
    person = company.join("member" if viewer in ROLES else viewer, f"A {viewer}")
    if viewer in ROLES:
        company.assign(viewer, person)
    return person


def grants_of(viewer: str, protocol: dict[str, Any]) -> set[str]:
    holders = {"member", viewer} if viewer in ROLES else {viewer}
    return {name for name, granted in protocol["permissions"].items() if holders & set(granted)}


def in_order(protocol: dict[str, Any]) -> list[str]:
    """All commands; who leaves can say nothing more, so that comes last."""
    return sorted(protocol["commands"], key=lambda name: (name == "rooms.leave", name))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("viewer", [*PARTS, *ROLES])
async def test_P10_a_command_is_allowed_exactly_as_the_table_says(
    viewer: str, way: Way, company: Company, protocol: dict[str, Any]
) -> None:
    person, may = somebody_who_is(viewer, company), grants_of(viewer, protocol)
    author = person if "board.contribute" in may else company.coach
    bodies = Bodies(protocol, rows_of(company, author))
    async with asking(person, way) as ask:
        told = {name: await ask(bodies.command(name)) for name in in_order(protocol)}
    for name, rule in protocol["commands"].items():
        if rule["internal"]:
            assert (told[name].code, told[name].params) == ("not_allowed", {"needs": "internal"}), name
        elif rule["needs"] in may:
            # A rule may still want more (others' words are the recorder's), but only what this person lacks.
            assert told[name].code not in ("bad_command", "unknown_command"), (name, told[name])
            assert told[name].params.get("needs") not in may, (name, told[name])
        else:
            assert (told[name].code, told[name].params) == ("not_allowed", {"needs": rule["needs"]}), name
    assert {name for name, answer in told.items() if answer.code == "ack"} >= acked_by_all_who_may(may, protocol)


def acked_by_all_who_may(may: set[str], protocol: dict[str, Any]) -> set[str]:
    """So that "allowed" is more than another refusal: these have nothing else to be refused for."""
    plain = ("board.add_card", "board.add_theme", "board.remove_card", "rooms.bring_everyone", "rooms.rename_room")
    plain += ("roadmap.set_step", "board.choose_theme", "rooms.add_person", "rooms.set_me", "rooms.leave")
    return {name for name in plain if protocol["commands"][name]["needs"] in may}


async def test_P10_another_rooms_ids_are_no_ids(
    company: Company, other_room: Company, protocol: dict[str, Any]
) -> None:
    """500 tries by coaches of one room with rows of another: told exactly what they are told of nothing at all."""
    chance = random.Random(10)
    theirs = Bodies(protocol, rows_of(other_room, other_room.coach))
    ours = Bodies(protocol, rows_of(company, company.coach))
    tries = attempts(protocol, ours.known, theirs.known)
    for _ in range(5):
        stranger = company.join("coach" if False else "member")
        company.do({"type": "rooms.set_part", "member_id": stranger.member_id, "part": "coach"}, company.coach)
        async with asking(stranger, "socket") as say, asking(stranger, "post") as post:
            for n in range(TRIES_ACROSS_ROOMS // 10):
                name, field = chance.choice(tries)
                ask = chance.choice((say, post))
                told = await ask({**ours.command(name), field: theirs.known[field]})
                nothing = await ask({**ours.command(name), field: str(uuid4())})
                assert told == nothing, (n, name, field)
                assert told.code == "not_found", (name, field)


def attempts(protocol: dict[str, Any], ours: dict[str, str], theirs: dict[str, str]) -> list[tuple[str, str]]:
    """Each command with each of its fields that names a row which has to be there."""
    return [
        (name, field)
        for name, rule in protocol["commands"].items()
        for field in rule["schema"]["properties"]
        if field in theirs and not rule["internal"] and not makes(name, field)
    ]


def makes(name: str, field: str) -> bool:
    """Whether a row that is not there yet gets this id."""
    verb, _, noun = name.partition(".")[2].partition("_")
    return name == "roadmap.set_aim" or (verb == "add" and field in (f"{noun}_id", "member_id"))


async def test_who_leaves_hears_that_it_is_stored_and_then_goodbye(company: Company) -> None:
    tab = company.join().client()
    async with tab.visit():
        assert (await tab.do({"type": "rooms.leave"}))["type"] == "ack"
        assert await tab.closed() == 4403
    assert tab.bye is not None
    assert tab.bye["code"] == 4403
