"""People come into a room by link, stay themselves, and come back."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from sqlmodel import select

from app.people.rows import AccountMembership, Membership, WayBack
from app.rooms.engine import Engine, Failure
from app.rooms.kernel import Command
from app.rooms.messages import Join
from tests.people.conftest import House, a_whole_house

PASSWORD = "a long walk by the sea"
MAYA = {"name": "Maya", "email": "maya@example.org", "password": PASSWORD}


class Hospital:
    """A serving app, Maya signed in as its first coach, and a room of hers."""

    def __init__(self, house: House, engine: Engine, maya: AsyncClient, room_id: str, maya_id: str) -> None:
        self.house = house
        self.engine = engine
        self.maya = maya
        self.room_id = room_id
        self.maya_id = maya_id

    def browser(self, came_from: str = "192.0.2.1") -> AsyncClient:
        return self.house.browser(came_from=came_from)

    async def invitation(self, part: str = "member", **limits: Any) -> dict[str, str]:
        answer = await self.maya.post(f"/api/rooms/{self.room_id}/invitations", json={"part": part, **limits})
        assert answer.status_code == 201, answer.text
        made: dict[str, str] = answer.json()
        return made

    async def link(self, part: str = "member", **limits: Any) -> str:
        return (await self.invitation(part, **limits))["token"]

    async def joined(self, name: str, part: str = "member", browser: AsyncClient | None = None) -> dict[str, Any]:
        answer = await join(browser or self.browser(), token=await self.link(part), name=name)
        assert answer.status_code == 200, answer.text
        came: dict[str, Any] = answer.json()
        return came

    async def rows(self, kind: str) -> list[dict[str, Any]]:
        answer = await self.maya.get(f"/api/rooms/{self.room_id}/snapshot")
        found: list[dict[str, Any]] = answer.json()["rows"].get(kind, [])
        return found

    async def names(self) -> list[str]:
        return sorted(row["name"] for row in await self.rows("member"))

    async def do(self, command: str, browser: AsyncClient | None = None, **fields: Any) -> Response:
        body = {"type": "do", "id": str(uuid4()), "command": {"type": command, **fields}}
        return await (browser or self.maya).post(f"/api/rooms/{self.room_id}/commands", json=body)


@pytest_asyncio.fixture
async def hospital(sqlite_url: str) -> AsyncIterator[Hospital]:
    async with a_whole_house(sqlite_url) as (house, engine):
        maya = house.browser()
        await set_up(house, maya)
        made = (await maya.post("/api/rooms", json={"name": "Sepsis", "method": "flow_roadmap"})).json()
        yield Hospital(house, engine, maya, made["room_id"], made["member_id"])


async def set_up(house: House, browser: AsyncClient) -> None:
    answer = await browser.post("/api/setup", json={"token": house.setup_token(), **MAYA})
    assert answer.status_code == 201, answer.text


async def join(browser: AsyncClient, **body: Any) -> Response:
    return await browser.post("/api/join", json=body)


async def test_dina_joins_with_her_name_and_where_she_speaks_from(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link()
    answer = await join(dina, token=token, name=" Dina ", voice="patient", microsystem="Ward 4")
    assert answer.status_code == 200
    came = answer.json()
    assert (came["room_id"], came["part"]) == (hospital.room_id, "member")
    assert came["way_back"]["url"].startswith("http://127.0.0.1:8000/back#token=")
    assert len(came["way_back"]["phrase"].split()) == 4
    (row,) = [row for row in await hospital.rows("member") if row["id"] == came["member_id"]]
    assert (row["name"], row["voice"], row["microsystem"]) == ("Dina", "patient", "Ward 4")
    (listed,) = (await dina.get("/api/rooms")).json()
    assert (listed["id"], listed["name"], listed["part"]) == (hospital.room_id, "Sepsis", "member")


async def test_opening_a_link_without_a_name_asks_for_one_and_spends_nothing(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link(max_uses=1)
    asked = await join(dina, token=token)
    assert asked.status_code == 422
    assert asked.json()["params"] == {"field": "name", "reason": "missing"}
    assert dina.cookies.get("bigroom")
    assert (await join(dina, token=token, name="Dina")).status_code == 200


async def test_the_same_browser_joining_again_stays_the_same_person(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link(max_uses=1)
    first = (await join(dina, token=token, name="Dina")).json()
    again = await join(dina, token=token, name="Somebody else")
    assert again.status_code == 200
    assert again.json() == {"room_id": hospital.room_id, "member_id": first["member_id"], "part": "member"}
    assert await hospital.names() == ["Dina", "Maya"]


async def test_not_dina_makes_another_person_on_the_same_browser(hospital: Hospital) -> None:
    shared = hospital.browser()
    token = await hospital.link()
    dina = (await join(shared, token=token, name="Dina")).json()
    sam = (await join(shared, token=token, name="Sam", as_new=True)).json()
    assert sam["member_id"] != dina["member_id"]
    again = (await join(shared, token=token)).json()
    assert again["member_id"] == sam["member_id"]


async def test_a_coach_lends_her_laptop_and_stays_herself_elsewhere(hospital: Hospital) -> None:
    sam = (await join(hospital.maya, token=await hospital.link(), name="Sam", as_new=True)).json()
    assert (await hospital.maya.get("/api/rooms")).json()[0]["member_id"] == sam["member_id"]
    elsewhere = hospital.browser()
    await elsewhere.post("/api/session", json={"email": MAYA["email"], "password": PASSWORD})
    assert (await elsewhere.get("/api/rooms")).json()[0]["member_id"] == hospital.maya_id


@pytest.mark.parametrize(
    ("first", "then", "part"),
    [
        ("observer", "sponsor", "sponsor"),
        ("sponsor", "member", "member"),
        ("member", "coach", "coach"),
        ("observer", "coach", "coach"),
        ("member", "observer", "member"),
        ("coach", "member", "coach"),
        ("member", "wall", "member"),
    ],
)
async def test_a_link_raises_and_never_lowers(hospital: Hospital, first: str, then: str, part: str) -> None:
    browser = hospital.browser()
    came = await hospital.joined("Grace", first, browser)
    again = await join(browser, token=await hospital.link(then))
    assert again.json() == {"room_id": hospital.room_id, "member_id": came["member_id"], "part": part}


async def test_a_coach_link_lets_one_person_in_and_lasts_a_week(hospital: Hospital) -> None:
    invited = await hospital.invitation("coach")
    (row,) = await hospital.rows("invitation")
    assert (row["id"], row["max_uses"], row["uses"]) == (invited["invitation_id"], 1, 0)
    assert row["expires_at"] is not None
    assert (await join(hospital.browser(), token=invited["token"], name="Grace")).json()["part"] == "coach"
    assert (await join(hospital.browser(), token=invited["token"], name="Sam")).status_code == 404


async def test_a_wall_is_no_person_and_gets_no_way_back(hospital: Hospital) -> None:
    came = (await join(hospital.browser(), token=await hospital.link("wall"), name="Wall of Ward 4")).json()
    assert came["part"] == "wall"
    assert "way_back" not in came


async def test_P11_wrong_used_up_expired_and_revoked_links_get_one_same_answer(hospital: Hospital) -> None:
    used_up = await hospital.link(max_uses=1)
    await join(hospital.browser(), token=used_up, name="Dina")
    expired = await hospital.link(expires_at="2020-01-01T00:00:00.000Z")
    revoked = await hospital.invitation()
    place = f"/api/rooms/{hospital.room_id}/invitations/{revoked['invitation_id']}"
    assert (await hospital.maya.delete(place)).status_code == 204
    answers = [
        await join(hospital.browser(), token=token, name="Sam")
        for token in (used_up, expired, revoked["token"], "A" * 22, "nonsense")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    wrong_code = await join(hospital.browser(), code="23456789", name="Sam")
    assert (wrong_code.status_code, wrong_code.text) == (404, answers[0].text)
    assert await hospital.names() == ["Dina", "Maya"]


async def test_a_member_with_a_dead_link_still_walks_in_as_themselves(hospital: Hospital) -> None:
    dina = hospital.browser()
    invited = await hospital.invitation()
    first = (await join(dina, token=invited["token"], name="Dina")).json()
    await hospital.maya.delete(f"/api/rooms/{hospital.room_id}/invitations/{invited['invitation_id']}")
    assert (await join(dina, token=invited["token"])).json()["member_id"] == first["member_id"]


async def test_a_whole_link_may_be_pasted(hospital: Hospital) -> None:
    invited = await hospital.invitation()
    assert (await join(hospital.browser(), token=invited["url"], name="Dina")).status_code == 200


@pytest.mark.parametrize("body", [{}, {"token": "a", "code": "b"}, {"name": "Dina"}, {"token": "a", "as_news": True}])
async def test_joining_with_less_or_more_than_one_way_is_told(hospital: Hospital, body: dict[str, Any]) -> None:
    answer = await join(hospital.browser(), **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_command")


async def test_only_coaches_invite_and_revoke(hospital: Hospital) -> None:
    dina = hospital.browser()
    await hospital.joined("Dina", browser=dina)
    place = f"/api/rooms/{hospital.room_id}/invitations"
    refused = await dina.post(place, json={"part": "member"})
    assert (refused.status_code, refused.json()["params"]) == (403, {"needs": "rooms.manage"})
    invited = await hospital.invitation()
    assert (await dina.delete(f"{place}/{invited['invitation_id']}")).status_code == 403
    stranger = await hospital.browser().post(place, json={"part": "member"})
    assert stranger.status_code == 401
    assert (await hospital.maya.delete(f"{place}/{uuid4()}")).status_code == 404
    assert (await hospital.maya.post(place, json={"part": "boss"})).status_code == 422


async def test_a_room_one_is_not_in_and_no_room_answer_alike(hospital: Hospital) -> None:
    other = (await hospital.maya.post("/api/rooms", json={"name": "CF", "method": "improvement_ramp"})).json()
    dina = hospital.browser()
    await hospital.joined("Dina", browser=dina)
    answers = [
        await dina.post(f"/api/rooms/{room}/invitations", json={"part": "member"})
        for room in (other["room_id"], str(uuid4()))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


# Coming back


async def test_P19_four_words_bring_the_same_person_back_on_another_device(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    tablet = hospital.browser()
    typed = came["way_back"]["phrase"].upper().replace(" ", "-")
    back = await join(tablet, way_back=typed)
    assert back.json() == {"room_id": hospital.room_id, "member_id": came["member_id"], "part": "member"}
    assert await hospital.names() == ["Dina", "Maya"]
    assert (await tablet.get(f"/api/rooms/{hospital.room_id}/snapshot")).status_code == 200


async def test_the_link_back_does_the_same_even_pasted_whole(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    back = await join(hospital.browser(), way_back=came["way_back"]["url"])
    assert back.json()["member_id"] == came["member_id"]


async def test_who_joined_as_a_new_person_by_mistake_becomes_themselves_again(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    tablet = hospital.browser()
    await hospital.joined("Dina again", browser=tablet)
    await join(tablet, way_back=came["way_back"]["phrase"])
    assert (await tablet.get("/api/rooms")).json()[0]["member_id"] == came["member_id"]


async def test_a_new_way_back_ends_the_old_one(hospital: Hospital) -> None:
    dina = hospital.browser()
    came = await hospital.joined("Dina", browser=dina)
    place = f"/api/rooms/{hospital.room_id}/members/{came['member_id']}/way_back"
    made = (await dina.post(place)).json()
    for old in (came["way_back"]["phrase"], came["way_back"]["url"]):
        assert (await join(hospital.browser(), way_back=old)).status_code == 404
    for new in (made["phrase"], made["url"]):
        assert (await join(hospital.browser(), way_back=new)).json()["member_id"] == came["member_id"]


async def test_a_way_back_is_made_by_oneself_or_a_coach(hospital: Hospital) -> None:
    dina, sam = hospital.browser(), hospital.browser()
    came = await hospital.joined("Dina", browser=dina)
    await hospital.joined("Sam", browser=sam)
    place = f"/api/rooms/{hospital.room_id}/members/{came['member_id']}/way_back"
    refused = await sam.post(place)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    by_coach = (await hospital.maya.post(place)).json()
    assert (await join(hospital.browser(), way_back=by_coach["phrase"])).json()["member_id"] == came["member_id"]
    nobody = f"/api/rooms/{hospital.room_id}/members/{uuid4()}/way_back"
    assert (await hospital.maya.post(nobody)).status_code == 404


async def test_somebody_on_the_telephone_comes_later_with_a_tablet_as_the_same_person(hospital: Hospital) -> None:
    rose = str(uuid4())
    assert (await hospital.do("rooms.add_person", member_id=rose, name="Rose")).status_code == 200
    made = (await hospital.maya.post(f"/api/rooms/{hospital.room_id}/members/{rose}/way_back")).json()
    assert (await join(hospital.browser(), way_back=made["phrase"])).json()["member_id"] == rose


async def test_phrases_and_links_are_kept_as_hashes_only(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    with hospital.house.people.db.engine.connect() as connection:
        dump = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert came["way_back"]["phrase"] not in dump
    assert came["way_back"]["url"].partition("token=")[2] not in dump
    with hospital.house.people.db.session() as sql:
        kept = sql.get_one(WayBack, (hospital.room_id, came["member_id"]))
        assert len(kept.phrase_hash) == len(kept.link_hash) == 64


async def test_P11_wrong_phrases_stop_after_ten_and_links_go_on(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    ward = "203.0.113.9"
    for _ in range(10):
        wrong = await join(hospital.browser(came_from=ward), way_back="amber basil cedar dolphin")
        assert wrong.status_code == 404
    for body in ({"way_back": came["way_back"]["phrase"]}, {"code": "23456789"}):
        stopped = await join(hospital.browser(came_from=ward), **body)
        assert (stopped.status_code, stopped.json()["code"]) == (429, "use_the_link")
    by_link = await join(hospital.browser(came_from=ward), way_back=came["way_back"]["url"])
    assert by_link.json()["member_id"] == came["member_id"]
    assert (await join(hospital.browser(came_from=ward), token=await hospital.link(), name="Sam")).status_code == 200


async def test_right_phrases_and_wrong_links_are_not_counted(hospital: Hospital) -> None:
    came = await hospital.joined("Dina")
    for _ in range(11):
        assert (await join(hospital.browser(), way_back="B" * 22)).status_code == 404
        assert (await join(hospital.browser(), way_back=came["way_back"]["phrase"])).status_code == 200


# Leaving, being taken out, sharing


async def test_who_left_comes_back_as_the_same_person_by_the_same_link(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link()
    came = (await join(dina, token=token, name="Dina")).json()
    assert (await hospital.do("rooms.leave", dina)).status_code == 200
    assert (await dina.get(f"/api/rooms/{hospital.room_id}/snapshot")).status_code == 404
    assert (await dina.get("/api/rooms")).json() == []
    assert (await join(dina, token=token)).json()["member_id"] == came["member_id"]
    assert (await dina.get(f"/api/rooms/{hospital.room_id}/snapshot")).status_code == 200


async def test_who_left_does_not_come_back_by_a_link_that_has_ended(hospital: Hospital) -> None:
    dina = hospital.browser()
    invited = await hospital.invitation()
    await join(dina, token=invited["token"], name="Dina")
    await hospital.do("rooms.leave", dina)
    await hospital.maya.delete(f"/api/rooms/{hospital.room_id}/invitations/{invited['invitation_id']}")
    assert (await join(dina, token=invited["token"])).status_code == 404


async def test_who_was_taken_out_waits_whether_by_link_by_words_or_as_somebody_new(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link()
    came = (await join(dina, token=token, name="Dina")).json()
    taken_out = await hospital.do("rooms.remove_member", member_id=came["member_id"], close_door=False)
    assert taken_out.status_code == 200
    place = f"/api/rooms/{hospital.room_id}/members/{came['member_id']}/way_back"
    assert (await hospital.maya.post(place)).status_code == 404
    waiting = {"waiting": True, "room_id": hospital.room_id, "member_id": came["member_id"]}
    for as_new in (False, True):
        answer = await join(dina, token=token, name="Dina", as_new=as_new)
        assert (answer.status_code, answer.json()) == (202, waiting)
    answer = await join(hospital.browser(), way_back=came["way_back"]["phrase"])
    assert (answer.status_code, answer.json()) == (202, waiting)
    assert [row["state"] for row in await hospital.rows("member") if row["id"] == came["member_id"]] == ["waiting"]


async def test_a_shared_computer_gets_a_cookie_that_ends_with_the_browser(hospital: Hospital) -> None:
    browser = hospital.browser()
    answer = await join(browser, token=await hospital.link(), name="Dina", shared_computer=True)
    assert "Max-Age" not in answer.headers["set-cookie"]
    hospital.house.clock.passes(hours=4)
    assert (await browser.get("/api/rooms")).status_code == 401


async def test_an_own_device_keeps_its_cookie_for_a_year_and_renews_it(hospital: Hospital) -> None:
    browser = hospital.browser()
    token = await hospital.link()
    first = await join(browser, token=token, name="Dina")
    again = await join(browser, token=token)
    assert "Max-Age=34560000" in first.headers["set-cookie"]
    assert "Max-Age=34560000" in again.headers["set-cookie"]


# Accounts and rooms


async def test_a_coach_by_link_makes_an_account_and_is_the_same_person_everywhere(hospital: Hospital) -> None:
    grace = hospital.browser()
    came = await hospital.joined("Grace", "coach", grace)
    made = await grace.post("/api/account", json={"email": "grace@example.org", "password": "ten green bottles"})
    assert made.status_code == 201
    (told,) = (await grace.get("/api/rooms")).json()
    assert (told["part"], told["member_id"]) == ("coach", came["member_id"])
    phone = hospital.browser()
    await phone.post("/api/session", json={"email": "grace@example.org", "password": "ten green bottles"})
    assert (await phone.get("/api/rooms")).json()[0]["member_id"] == came["member_id"]
    again = await grace.post("/api/account", json={"email": "g@example.org", "password": "ten green bottles"})
    assert (again.status_code, again.json()["code"]) == (409, "has_account")


async def test_an_address_that_is_taken_is_told_and_members_get_no_account(hospital: Hospital) -> None:
    grace, dina = hospital.browser(), hospital.browser()
    await hospital.joined("Grace", "coach", grace)
    await hospital.joined("Dina", "member", dina)
    taken = await grace.post("/api/account", json={"email": "MAYA@example.org", "password": "ten green bottles"})
    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")
    body = {"email": "dina@example.org", "password": "ten green bottles"}
    assert (await dina.post("/api/account", json=body)).status_code == 403
    assert (await hospital.browser().post("/api/account", json=body)).status_code == 401


async def test_a_new_room_needs_an_account_and_a_method_we_know(hospital: Hospital) -> None:
    dina = hospital.browser()
    await hospital.joined("Dina", browser=dina)
    body = {"name": "Stroke", "method": "flow_roadmap"}
    assert (await hospital.browser().post("/api/rooms", json=body)).status_code == 401
    assert (await dina.post("/api/rooms", json=body)).json()["code"] == "not_signed_in"
    for wrong, field in (({"method": "guesswork"}, "method"), ({"name": " "}, "name"), ({"colour": "red"}, "colour")):
        answer = await hospital.maya.post("/api/rooms", json={**body, **wrong})
        assert (answer.status_code, answer.json()["params"]["field"]) == (422, field)
    assert len((await hospital.maya.get("/api/rooms")).json()) == 1


async def test_an_account_makes_as_many_rooms_as_the_operator_allows(sqlite_url: str) -> None:
    async with a_whole_house(sqlite_url, rooms_per_account=1) as (house, _engine):
        maya = house.browser()
        await set_up(house, maya)
        body = {"name": "Stroke", "method": "flow_roadmap", "pathway": ["Door", "Scan"]}
        assert (await maya.post("/api/rooms", json=body)).status_code == 201
        refused = await maya.post("/api/rooms", json=body)
        assert (refused.status_code, refused.json()["params"]) == (409, {"most": 1})


async def test_my_rooms_tell_which_stages_are_under_way(hospital: Hospital) -> None:
    async def told() -> Any:
        (room,) = (await hospital.maya.get("/api/rooms")).json()
        return room["stage"]

    assert await told() is None
    steps = {step["stage"]: step for step in await hospital.rows("step")}
    first, second = list(steps)[:2]
    method = (await hospital.maya.get("/api/methods/flow_roadmap/1")).json()
    title = {stage["key"]: stage["title"] for stage in method["stages"]}
    await hospital.do("roadmap.set_step", step_id=steps[second]["id"], state="doing")
    assert await told() == title[second]
    await hospital.do("roadmap.set_step", step_id=steps[first]["id"], state="doing")
    assert await told() == f"{title[first]}, {title[second]}"


async def test_my_rooms_without_a_session_are_401(hospital: Hospital) -> None:
    assert (await hospital.browser().get("/api/rooms")).json()["code"] == "no_session"


# Crashes in between


async def test_a_membership_whose_member_was_never_stored_counts_as_none(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link()
    run = hospital.engine.run
    broke: list[Command] = []

    async def breaks(room_id: str, command: Command, by: str | None, **how: Any) -> int:
        if isinstance(command, Join) and not broke:
            broke.append(command)
            raise Failure("storage", 1000)
        return await run(room_id, command, by, **how)

    hospital.engine.run = breaks  # type: ignore[method-assign]
    failed = await join(dina, token=token, name="Dina")
    assert (failed.status_code, failed.json()["code"]) == (503, "storage")
    with hospital.house.people.db.session() as sql:
        assert len(sql.exec(select(Membership)).all()) == 1
    assert (await dina.get("/api/rooms")).json() == []
    assert (await join(dina, token=token, name="Dina")).status_code == 200
    assert await hospital.names() == ["Dina", "Maya"]


async def test_a_join_that_was_stored_though_the_answer_was_lost_happens_once(hospital: Hospital) -> None:
    dina = hospital.browser()
    token = await hospital.link()
    run = hospital.engine.run
    lost: list[int] = []

    async def loses(room_id: str, command: Command, by: str | None, **how: Any) -> int:
        seq = await run(room_id, command, by, **how)
        if isinstance(command, Join) and not lost:
            lost.append(seq)
            raise Failure("storage", 1000)
        return seq

    hospital.engine.run = loses  # type: ignore[method-assign]
    assert (await join(dina, token=token, name="Dina")).status_code == 503
    assert (await join(dina, token=token, name="Dina")).status_code == 200
    assert await hospital.names() == ["Dina", "Maya"]


async def test_a_room_that_could_not_be_made_is_not_in_my_rooms(hospital: Hospital) -> None:
    async def breaks(*_: Any, **__: Any) -> int:
        raise Failure("storage", 1000)

    hospital.engine.run = breaks  # type: ignore[method-assign]
    answer = await hospital.maya.post("/api/rooms", json={"name": "Stroke", "method": "flow_roadmap"})
    assert answer.status_code == 503
    assert len((await hospital.maya.get("/api/rooms")).json()) == 1
    with hospital.house.people.db.session() as sql:
        assert len(sql.exec(select(AccountMembership)).all()) == 2
