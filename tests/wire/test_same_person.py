"""P19: the same person next week, whatever their browser has forgotten."""

from uuid import uuid4

from app.demo.play import cookie_of
from tests.support.company import Company, Somebody


def writes(company: Company, by: Somebody) -> str:
    board, card = company.lens_board(), str(uuid4())
    column = board["columns"][0]["key"]
    add = {"type": "board.add_card", "card_id": card, "board_id": board["id"], "column": column, "text": "Mine"}
    company.do(add, by)
    return card


def members(company: Company) -> set[str]:
    return {row["id"] for row in company.snapshot(company.coach)["rows"]["member"]}


async def test_P19_a_browser_that_forgets_its_cookies_returns_with_four_words(company: Company) -> None:
    dina = company.join(name="Dina")
    company.assign("recorder", dina)
    card = writes(company, dina)
    path = f"/api/rooms/{company.room_id}/members/{dina.member_id}/way_back"
    phrase = company.call("POST", path, cookie=dina.cookie).json()["phrase"]
    before = members(company)
    answer = company.call("POST", "/api/join", {"way_back": phrase})
    back = Somebody(dina.url, dina.room_id, answer.json()["member_id"], "member", cookie_of(answer))
    assert back.member_id == dina.member_id
    assert members(company) == before, "0 new members"
    company.do({"type": "board.edit_card", "card_id": card, "text": "Mine still", "base_rev": 0}, back)
    roles = company.snapshot(back)["rows"]["role"]
    assert [role["role"] for role in roles if role["member_id"] == back.member_id] == ["recorder"]


async def test_P19_two_entries_become_one_and_both_browsers_are_that_one(company: Company) -> None:
    dina, again = company.join(name="Dina"), company.join(name="Dina")
    card = writes(company, again)
    path = f"/api/rooms/{company.room_id}/members/{again.member_id}/way_back"
    phrase = company.call("POST", path, cookie=again.cookie).json()["phrase"]
    tab = again.client()
    async with tab.visit():
        joining = {"type": "rooms.join_members", "keep_id": dina.member_id, "drop_id": again.member_id}
        company.do(joining, company.coach)
        assert await tab.closed() == 1012
    rooms = company.call("GET", "/api/rooms", cookie=again.cookie).json()
    assert [(room["id"], room["member_id"]) for room in rooms] == [(company.room_id, dina.member_id)]
    back = again.client()
    async with back.visit():
        assert back.member_id == dina.member_id
        edited = await back.do({"type": "board.edit_card", "card_id": card, "text": "Ours", "base_rev": 0})
        assert edited["type"] == "ack"
        assert again.member_id not in back.rows["member"]
    answer = company.call("POST", "/api/join", {"way_back": phrase})
    assert answer.json()["member_id"] == dina.member_id
