"""P15: words can be taken back and people can leave, while the room goes on."""

import asyncio
import time
from pathlib import Path
from uuid import uuid4

from tests.keeping.canary import hits
from tests.support.client import Client
from tests.support.company import Company, Somebody
from tests.support.scale import tell

CANARY = "Featherstonehaugh of bed nine"


async def writes(client: Client, company: Company, text: str) -> str:
    board = company.lens_board()
    card = str(uuid4())
    add = {"type": "board.add_card", "card_id": card, "board_id": board["id"], "column": board["columns"][0]["key"]}
    assert (await client.do({**add, "text": text}))["type"] == "ack"
    return card


def a_copy(company: Company, tmp_path: Path) -> Path:
    file = tmp_path / f"{uuid4()}.zip"
    company.server.run("export", company.room_id, str(file))
    return file


async def erases(company: Company, *what: str) -> float:
    """The operator's command beside a server that runs; gives when it had ended."""
    await asyncio.to_thread(company.server.run, "erase", *what, "--yes")
    return time.monotonic()


async def comes_back(somebody: Somebody, before: Client) -> Client:
    """A tab that was away since before, and asks for what it missed."""
    tab = somebody.client(keeps_frames=True)
    tab.seq, tab.epoch, tab.rows = before.seq, before.epoch, {}
    async with tab.visit():
        await tab.live()
    return tab


async def test_P15_a_text_that_an_operator_erases_is_nowhere_any_more(company: Company, tmp_path: Path) -> None:
    maya = company.join("member", "Maya", "patient")
    coach, away = company.coach.client(), maya.client()
    async with away.visit():
        card = await writes(away, company, f"Mrs {CANARY}")
        await away.do({"type": "board.edit_card", "card_id": card, "text": f"Mr {CANARY}", "base_rev": 0})
        await away.until(lambda: away.rows["card"][card]["rev"] == 1)
    async with coach.stay():
        await coach.until(lambda: CANARY in str(coach.rows))
        ended = await erases(company, "text", company.room_id, "card", card)
        await coach.until(lambda: CANARY not in str(coach.rows))
        took = time.monotonic() - ended
        assert coach.rows["card"][card]["redacted_at"]
        back = await comes_back(maya, away)
        assert CANARY not in "".join(back.frames)
        answer = await coach.do({"type": "rooms.rename_room", "name": "And on we go"})
        assert answer["type"] == "ack"
    assert hits(CANARY, company, a_copy(company, tmp_path)) == []
    tell(f"P15 erased text: 0 hits; off an open screen {max(took, 0):.1f} s after the command had ended")


async def test_P15_an_erased_person_is_somebody_and_their_browser_is_nobodys(company: Company, tmp_path: Path) -> None:
    maya = company.join("member", f"Maya {CANARY}", "patient")
    tab, coach = maya.client(), company.coach.client()
    async with tab.stay(), coach.stay():
        card = await writes(tab, company, "I waited for an hour")
        await coach.until(lambda: card in coach.rows.get("card", {}))
        seq, epoch = coach.seq, coach.epoch
        await erases(company, "person", company.room_id, maya.member_id)
        await tab.until(lambda: tab.closed_with == 4403)
        await coach.until(lambda: CANARY not in str(coach.rows))
        assert coach.rows["member"][maya.member_id]["name"] == "Somebody"
        assert coach.rows["card"][card]["text"] == "I waited for an hour"
        before = company.coach.client()
        before.seq, before.epoch = seq, epoch
        back = await comes_back(company.coach, before)
        assert CANARY not in "".join(back.frames)
    assert company.ask("GET", f"/api/rooms/{company.room_id}/snapshot", cookie=maya.cookie).status_code == 404
    assert hits(CANARY, company, a_copy(company, tmp_path)) == []


async def test_P15_a_persons_words_go_with_them_when_they_ask_for_it(company: Company, tmp_path: Path) -> None:
    maya = company.join("member", "Maya", "patient")
    tab, coach = maya.client(), company.coach.client()
    async with coach.visit():
        async with tab.visit():
            card = await writes(tab, company, CANARY)
        await coach.until(lambda: card in coach.rows.get("card", {}))
        await erases(company, "person", company.room_id, maya.member_id, "--with-words")
        await coach.until(lambda: coach.rows["card"][card]["text"] is None)
    assert hits(CANARY, company, a_copy(company, tmp_path)) == []


async def test_P15_of_an_erased_room_nothing_is_left_and_nobody_is_in_it(company: Company, tmp_path: Path) -> None:
    maya = company.join("member", f"Maya {CANARY}", "patient")
    tab, coach = maya.client(), company.coach.client()
    copy = a_copy(company, tmp_path)
    async with tab.stay(), coach.stay():
        await writes(tab, company, CANARY)
        await erases(company, "room", company.room_id)
        await tab.until(lambda: tab.closed_with in (4403, 4404))
        await coach.until(lambda: coach.closed_with in (4403, 4404))
    assert "There are no rooms yet" in company.server.run("rooms", "list")
    for person in (maya, company.coach):
        assert company.ask("GET", f"/api/rooms/{company.room_id}/snapshot", cookie=person.cookie).status_code == 404
    assert company.call("GET", "/api/rooms", cookie=company.coach.cookie).json() == []
    empty = tmp_path / "nothing.zip"
    assert "There is no room" in company.server.is_told("export", company.room_id, str(empty))
    assert not empty.exists()
    company.server.run("import", str(copy))
    company.server.run("erase", "room", company.room_id, "--yes")
    assert "no room" in company.server.is_told("rooms", "people", company.room_id)


def test_an_operator_who_is_not_sure_changes_nothing(company: Company) -> None:
    assert "Nothing was changed" in company.server.is_told("erase", "room", company.room_id)
    assert company.room_id in company.server.run("rooms", "list")
    assert "only coach" in company.server.is_told("erase", "person", company.room_id, company.coach.member_id, "--yes")
