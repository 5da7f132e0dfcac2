"""P10: only those who may, by the generated table, on every message, at once, and never across rooms."""

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest

from app.rooms.values import id_from
from tests.support.client import Client, http_client
from tests.support.company import Company, Somebody, set_up
from tests.support.server import Server
from tests.wire.bodies import ASKED, Bodies, rows_of
from tests.wire.ways import WAYS, Way, asking

PARTS = ("coach", "member", "sponsor", "observer", "wall")
ROLES = ("leader", "recorder", "timekeeper", "facilitator")
TRIES_ACROSS_ROOMS = 500
STRANGERS = 10
"""Coaches of one room who share these tries."""
PLAIN = (
    "board.add_card",
    "board.add_theme",
    "board.choose_theme",
    "board.remove_card",
    "roadmap.set_step",
    "rooms.add_person",
    "rooms.bring_everyone",
    "rooms.leave",
    "rooms.rename_room",
    "rooms.set_me",
)


@pytest.fixture(scope="module")
def unhurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without a limit of commands: there are more of them than somebody may give at once."""
    server = Server(tmp_path_factory.mktemp("unhurried"), commands_per_minute="1000000")
    server.start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def cookie(unhurried: Server) -> str:
    return set_up(unhurried)


@pytest.fixture(scope="module")
def company(unhurried: Server, cookie: str) -> Iterator[Company]:
    with closing(Company(unhurried, cookie)) as company:
        yield company


@pytest.fixture(scope="module")
def other_room(unhurried: Server, cookie: str) -> Iterator[Company]:
    with closing(Company(unhurried, cookie)) as other:
        yield other


@pytest.fixture(scope="module")
def protocol(company: Company) -> dict[str, Any]:
    found: dict[str, Any] = company.call("GET", "/api/protocol.json").json()
    return found


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
    """All commands; who takes a meeting role may more from then on, and who leaves can say nothing more."""
    last = ("meetings.take_role", "rooms.leave")
    return sorted(protocol["commands"], key=lambda name: (last.index(name) if name in last else -1, name))


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
    return {name for name in PLAIN if protocol["commands"][name]["needs"] in may}


async def test_P10_another_rooms_ids_are_no_ids(
    company: Company, other_room: Company, protocol: dict[str, Any]
) -> None:
    """500 tries by coaches of one room with rows of another: told exactly what they are told of nothing at all."""
    chance = random.Random(10)
    theirs, ours = rows_of(other_room, other_room.coach), rows_of(company, company.coach)
    tries, bodies = attempts(protocol, theirs), Bodies(protocol, ours)
    for _ in range(STRANGERS):
        stranger = a_guest_coach(company)
        async with asking(stranger, "socket") as say, asking(stranger, "post") as post:
            for _ in range(TRIES_ACROSS_ROOMS // STRANGERS):
                (name, field), ask = chance.choice(tries), chance.choice((say, post))
                body = {key: value for key, value in bodies.command(name).items() if key not in ASKED.get(name, ())}
                told = await ask({**body, field: theirs[field]})
                nothing = await ask({**body, field: str(uuid4())})
                assert (told.code, told) == ("not_found", nothing), (name, field)


def a_guest_coach(company: Company) -> Somebody:
    """Somebody with every right in this room and without an account."""
    guest = company.join()
    company.do({"type": "rooms.set_part", "member_id": guest.member_id, "part": "coach"}, company.coach)
    return guest


def attempts(protocol: dict[str, Any], theirs: dict[str, str]) -> list[tuple[str, str]]:
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


CALLS = [
    ("GET", "/snapshot", None),
    ("GET", "/export", None),
    ("POST", "/commands", {"type": "do", "id": str(uuid4()), "command": {"type": "rooms.leave"}}),
    ("POST", "/invitations", {"part": "member"}),
    ("DELETE", "/invitations/{invitation}", None),
    ("POST", "/members/{member}/way_back", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_P10_a_room_one_is_not_in_is_no_room(
    method: str, path: str, body: Any, company: Company, other_room: Company
) -> None:
    guest, invited = a_guest_coach(company), other_room.invite("member")
    path = path.format(invitation=invited["invitation_id"], member=other_room.coach.member_id)
    answers = []
    async with http_client(guest.url, guest.cookie) as browser:
        for room_id in (other_room.room_id, str(uuid4()), "no-room", "%00"):
            answers.append(await browser.request(method, f"/api/rooms/{room_id}{path}", json=body))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert answers[0].json()["code"] == "not_found"


@pytest.mark.parametrize(("method", "path"), [call[:2] for call in CALLS[4:]])
async def test_P10_rows_of_another_room_are_not_in_this_one(
    method: str, path: str, company: Company, other_room: Company
) -> None:
    guest, invited = a_guest_coach(company), other_room.invite("member")
    theirs = path.format(invitation=invited["invitation_id"], member=other_room.coach.member_id)
    nobodys = path.format(invitation=str(uuid4()), member=str(uuid4()))
    told, nothing = await guest.client().http(method, theirs), await guest.client().http(method, nobodys)
    assert (told.status_code, told.text) == (404, nothing.text)


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
async def test_P10_without_a_session_there_is_nobody(method: str, path: str, body: Any, company: Company) -> None:
    path = path.format(invitation=str(uuid4()), member=company.coach.member_id)
    answer = await Client(company.server.url, company.room_id, "").http(method, path, body)
    assert (answer.status_code, answer.json()["code"]) == (401, "no_session")


@pytest.mark.parametrize("room_id", ["other", id_from("no room"), "no-room", "%00"])
async def test_P10_the_socket_of_a_room_one_is_not_in_says_the_same_as_of_none(
    room_id: str, company: Company, other_room: Company
) -> None:
    guest = company.join()
    tab = Client(guest.url, other_room.room_id if room_id == "other" else room_id, guest.cookie)
    async with tab.visit():
        assert await tab.closed() == 4404
    assert tab.bye == {"type": "bye", "code": 4404, "retry_ms": None}
    assert tab.member_id is None


async def test_P10_a_demotion_acts_on_the_open_socket(company: Company) -> None:
    guest = a_guest_coach(company)
    tab, bystander = guest.client(), company.join().client()
    rename = {"type": "rooms.rename_room", "name": "By a guest"}
    async with tab.visit(), bystander.visit():
        assert tab.rows["invitation"]
        assert (await tab.do(rename))["type"] == "ack"
        company.do({"type": "rooms.set_part", "member_id": guest.member_id, "part": "observer"}, company.coach)
        await tab.until(lambda: "invitation" not in tab.rows)
        refused = await tab.do({**rename, "name": "Not any more"})
        assert (refused["code"], refused["params"]) == ("not_allowed", {"needs": "rooms.manage"})
        assert (await tab.post(rename)).status_code == 403
        company.do({"type": "rooms.set_part", "member_id": guest.member_id, "part": "coach"}, company.coach)
        await tab.until(lambda: "invitation" in tab.rows)
        assert (await tab.do(rename))["type"] == "ack"
        assert (tab.connections, bystander.is_live) == (1, True)


async def test_P10_a_meeting_role_gives_and_takes_its_rights_at_once(company: Company) -> None:
    leader = company.join()
    bring = {"type": "rooms.bring_everyone", "view": "board"}
    tab = leader.client()
    async with tab.visit():
        assert (await tab.do(bring))["code"] == "not_allowed"
        company.assign("leader", leader)
        assert (await tab.do(bring))["type"] == "ack"
        company.assign("leader", company.join())
        assert (await tab.do(bring))["code"] == "not_allowed"


async def test_P10_the_leader_opens_the_door_while_a_meeting_is_on(company: Company) -> None:
    """Also where no coach is there; and no more once it has ended."""
    leader, meeting_id = company.join(), str(uuid4())
    company.assign("leader", leader)
    company.do({"type": "meetings.add_meeting", "meeting_id": meeting_id}, company.coach)
    company.do({"type": "rooms.close_door"}, company.coach)
    late, later = company.join(name="Rosa"), company.join(name="Mei")
    tab = leader.client()
    async with tab.visit():
        admits = {"type": "rooms.admit_member", "member_id": late.member_id}
        assert late.member_id not in tab.rows["member"]
        assert (await tab.do(admits))["code"] == "not_allowed"
        assert (await tab.do({"type": "meetings.start_meeting", "meeting_id": meeting_id}))["type"] == "ack"
        await tab.until(lambda: late.member_id in tab.rows["member"])
        assert (await tab.do(admits))["type"] == "ack"
        assert (await tab.do({"type": "meetings.end_meeting"}))["type"] == "ack"
        await tab.until(lambda: later.member_id not in tab.rows["member"])
        assert (await tab.do({**admits, "member_id": later.member_id}))["code"] == "not_allowed"
    company.do({"type": "rooms.open_door"}, company.coach)


async def test_P10_a_removal_ends_every_open_socket_of_the_person(company: Company) -> None:
    person = company.join()
    tabs, bystander = [person.client(), person.client()], company.join().client()
    async with tabs[0].visit(), tabs[1].visit(), bystander.visit():
        company.do({"type": "rooms.remove_member", "member_id": person.member_id}, company.coach)
        for tab in tabs:
            assert await tab.closed() == 4403
            assert tab.bye == {"type": "bye", "code": 4403, "retry_ms": None}
        assert (await bystander.do({"type": "rooms.set_me", "name": "Still here"}))["type"] == "ack"
    again = person.client()
    async with again.visit():
        assert await again.closed() == 4403
    assert not again.rows
    assert (await again.http("GET", "/snapshot")).status_code == 404
    assert (await again.post({"type": "rooms.set_me", "name": "Me"})).status_code == 404


async def test_who_leaves_hears_that_it_is_stored_and_then_goodbye(company: Company) -> None:
    tab = company.join().client()
    async with tab.visit():
        assert (await tab.do({"type": "rooms.leave"}))["type"] == "ack"
        assert await tab.closed() == 4403
    assert tab.bye is not None
    assert tab.bye["code"] == 4403
