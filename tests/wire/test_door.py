"""Who waits at the door hears of nothing but their own name, until somebody lets them in."""

import json
from typing import Any

from app.demo.play import cookie_of
from tests.support.company import Company, Somebody


def knocks(company: Company, name: str = "Dina") -> Somebody:
    """Somebody with the code, in a browser of their own."""
    code = company.call("GET", f"/api/rooms/{company.room_id}/code", cookie=company.coach.cookie).json()["code"]
    answer = company.call("POST", "/api/join", {"code": code, "name": name})
    assert answer.status_code == 202
    return Somebody(company.server.url, company.room_id, answer.json()["member_id"], "waiting", cookie_of(answer))


def heard(client: Any) -> str:
    return json.dumps(client.frames)


async def test_who_waits_sees_the_rooms_name_and_their_own_row(company: Company) -> None:
    nina, dina = company.join(name="Nina of the ward"), knocks(company)
    waits, works = dina.client(keeps_frames=True), nina.client(keeps_frames=True)
    async with waits.visit(), works.visit():
        assert {kind: list(rows) for kind, rows in waits.rows.items() if rows} == {
            "room": [company.room_id],
            "member": [dina.member_id],
        }
        company.do({"type": "rooms.rename_room", "name": "Sepsis"}, company.coach)
        seq = company.do({"type": "rooms.bring_everyone", "view": "board"}, company.coach)
        await waits.reaches(seq)
        await works.reaches(seq)
        assert nina.member_id not in heard(waits)
        assert dina.member_id not in heard(works)
        told = await waits.do({"type": "rooms.set_me", "name": "Dora"})
        assert (told["code"], told["params"]) == ("not_allowed", {"needs": "rooms.contribute"})


async def test_who_is_let_in_gets_the_room_at_once_on_the_open_line(company: Company) -> None:
    nina, dina = company.join(name="Nina").client(), knocks(company)
    waits = dina.client()
    async with waits.visit(), nina.visit():
        company.do({"type": "rooms.admit_member", "member_id": dina.member_id}, company.coach)
        await waits.until(lambda: waits.rows.get("board"))
        await nina.until(lambda: dina.member_id in nina.rows["member"])
        await nina.until(lambda: dina.member_id in nina.presence)
        assert waits.connections == 1
        assert (await waits.do({"type": "rooms.set_me", "name": "Dina"}))["type"] == "ack"


async def test_who_is_not_let_in_is_told_goodbye(company: Company) -> None:
    dina = knocks(company)
    waits = dina.client()
    async with waits.visit():
        company.do({"type": "rooms.deny_member", "member_id": dina.member_id}, company.coach)
        assert await waits.closed() == 4403
    async with waits.visit():
        assert await waits.closed() == 4404


async def test_dina_from_last_week_comes_back_as_herself_with_what_was_hers(company: Company) -> None:
    before = company.join(name="Dina")
    company.assign("timekeeper", before)
    dina = knocks(company)
    waits = dina.client()
    async with waits.visit():
        admits = {"type": "rooms.admit_member", "member_id": dina.member_id, "is_member_id": before.member_id}
        company.do(admits, company.coach)
        assert await waits.closed() == 1012
        assert waits.bye is not None
        assert waits.bye["retry_ms"] < 1000
    again = Somebody(dina.url, dina.room_id, before.member_id, "member", dina.cookie).client()
    async with again.visit():
        assert again.member_id == before.member_id
        held = [role["role"] for role in again.rows["role"].values() if role["member_id"] == before.member_id]
        assert held == ["timekeeper"]
    rooms = company.call("GET", "/api/rooms", cookie=dina.cookie).json()
    assert [room["member_id"] for room in rooms] == [before.member_id]
    company.assign("leader", before)


async def test_closing_the_door_makes_links_wait_and_disturbs_nobody_inside(company: Company) -> None:
    nina = company.join(name="Nina").client()
    async with nina.visit():
        company.do({"type": "rooms.close_door"}, company.coach)
        answer = company.call("POST", "/api/join", {"token": company.invite("member")["token"], "name": "Tom"})
        assert answer.status_code == 202
        assert (await nina.do({"type": "rooms.set_me", "name": "Nina"}))["type"] == "ack"
        company.do({"type": "rooms.open_door"}, company.coach)
        answer = company.call("POST", "/api/join", {"token": company.invite("member")["token"], "name": "Tom"})
        assert answer.status_code == 200
