"""A room that is taken along is the same room where it arrives."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest

from app.keeping.room_copy import read
from app.keeping.rooms import NotDone
from tests.faults.agreement import read as stored
from tests.people.test_operating import token_in
from tests.support.company import Company, a_company

OURS = "What the two of us promise each other"
ALONE = "For the coaches alone"
FORMULA = '=HYPERLINK("http://evil.example","Mrs Smith")'


def filled(company: Company) -> None:
    """Cards of several people, one removed, a theme that was chosen, an aim, a step under way, markup and signs."""
    board = company.lens_board()
    maya = company.join("member", "Maya <b>O’Neill</b> ☂", "patient")
    on = {"board_id": board["id"], "column": board["columns"][0]["key"]}
    cards = [str(uuid4()) for _ in range(3)]
    for card, text in zip(cards, ("<script>alert(1)</script>", FORMULA, "Gone again"), strict=True):
        company.do({"type": "board.add_card", "card_id": card, "text": text, **on}, maya)
    company.do({"type": "board.remove_card", "card_id": cards[2]}, maya)
    theme = str(uuid4())
    company.do({"type": "board.add_theme", "theme_id": theme, "board_id": board["id"], "title": "Waiting"}, maya)
    company.do({"type": "board.choose_theme", "theme_id": theme, "reason": "Half of us said it"}, company.coach)
    company.do({"type": "rooms.say_word", "word_id": str(uuid4()), "text": ALONE}, maya)
    ours = next(of for of in company.snapshot(company.coach)["rows"]["board"] if of["audience"] == "coaches")
    ours_on = {"board_id": ours["id"], "column": ours["columns"][0]["key"]}
    company.do({"type": "board.add_card", "card_id": str(uuid4()), "text": OURS, **ours_on}, company.coach)
    slots = {"process": "the first dose", "place": "the sepsis pathway"}
    company.do({"type": "roadmap.set_aim", "aim_id": str(uuid4()), "kind": "global", "slots": slots}, company.coach)
    step = company.snapshot(company.coach)["rows"]["step"][0]["id"]
    company.do({"type": "roadmap.set_step", "step_id": step, "state": "doing", "note": "Dina asks IT"}, company.coach)


def by_id(rows: dict[str, list[dict[str, Any]]], leaving: str = "") -> dict[str, dict[str, Any]]:
    return {noun: {row["id"]: row for row in of} for noun, of in rows.items() if noun != leaving}


def exported(company: Company, tmp_path: Path) -> Path:
    file = tmp_path / "room.zip"
    assert "rows are in" in company.server.run("export", company.room_id, str(file))
    return file


def test_P15_an_exported_room_is_equal_after_it_is_imported(company: Company, another: str, tmp_path: Path) -> None:
    filled(company)
    file = exported(company, tmp_path)
    before, _ = stored(company.server.database_url, company.room_id)
    database = None if another.startswith("sqlite") else another
    with a_company(tmp_path / "elsewhere", database) as elsewhere:
        said = elsewhere.server.run("import", str(file))
        after, log = stored(elsewhere.server.database_url, company.room_id)
        assert {row.id: row for row in after.all()} == {row.id: row for row in before.all() if row.copied}
        assert [entry.seq for entry in log] == [1]
        assert after.epoch != before.epoch
        back = elsewhere.call("POST", "/api/join", {"way_back": token_in(said)})
        assert back.json()["member_id"] == company.coach.member_id
        cookie = back.headers["set-cookie"].partition(";")[0]
        there = elsewhere.call("GET", f"/api/rooms/{company.room_id}/snapshot", cookie=cookie).json()["rows"]
        assert by_id(there) == by_id(company.snapshot(company.coach)["rows"], leaving="word")
        assert "already" in elsewhere.server.is_told("import", str(file))


def test_a_copy_opens_in_a_spreadsheet_and_in_a_browser_and_does_nothing_there(
    company: Company, tmp_path: Path
) -> None:
    filled(company)
    with zipfile.ZipFile(exported(company, tmp_path)) as copy:
        cards = list(csv.DictReader(io.StringIO(copy.read("csv/card.csv").decode("utf-8-sig"))))
        record = copy.read("record.html").decode()
        assert not [name for name in copy.namelist() if ALONE.encode() in copy.read(name)]
    assert f"'{FORMULA}" in {card["text"] for card in cards}
    assert "owner_id" not in cards[0]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in record
    assert "<script" not in record
    for words in ("Maya &lt;b&gt;O’Neill&lt;/b&gt; ☂", "Waiting: Half of us said it", "Dina asks IT", "the first dose"):
        assert words in record
    assert "Gone again" not in record
    assert OURS not in record
    assert OURS in {card["text"] for card in cards}


def test_the_list_says_which_rooms_there_are_and_who_is_in_one(company: Company) -> None:
    maya = company.join("member", "Maya")
    assert [company.room_id, "2", "Sepsis"] == [
        word for n, word in enumerate(company.server.run("rooms", "list").split()) if n != 2
    ]
    people = company.server.run("rooms", "people", company.room_id)
    assert maya.member_id in people
    assert "Anne" in people


def test_an_operator_finds_words_that_may_tell_who_a_patient_is(company: Company) -> None:
    board = company.lens_board()
    at = {"type": "board.add_card", "board_id": board["id"], "column": board["columns"][0]["key"]}
    assert "Nothing looks like" in company.server.run("rooms", "look", company.room_id)
    card = str(uuid4())
    company.do({**at, "card_id": card, "text": "Bed 9, 943 476 5919, waited for an hour"}, company.coach)
    said = company.server.run("rooms", "look", company.room_id)
    assert f"nhs_number       943 476 5919          card {card}" in said
    assert "waited" not in said
    company.server.run("erase", "text", company.room_id, "card", card, "--yes")
    assert "Nothing looks like" in company.server.run("rooms", "look", company.room_id)


def test_a_coach_takes_the_same_copy_from_the_room_and_nobody_else_does(company: Company, tmp_path: Path) -> None:
    filled(company)
    path = f"/api/rooms/{company.room_id}/export"
    answer = company.ask("GET", path, cookie=company.coach.cookie)
    assert answer.headers["content-disposition"].startswith('attachment; filename="sepsis-')
    assert answer.headers["cache-control"] == "no-store"
    with (
        zipfile.ZipFile(io.BytesIO(answer.content)) as taken,
        zipfile.ZipFile(exported(company, tmp_path)) as written,
    ):
        assert taken.namelist() == written.namelist()
        theirs, operators = (orjson.loads(copy.read("room.json"))["rows"] for copy in (taken, written))
    assert theirs == operators
    refused = company.ask("GET", path, cookie=company.join("member").cookie)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        orjson.dumps({"bigroom": "poem"}),
        orjson.dumps({"bigroom": "room", "format": 1, "shape": 1, "room_id": "x", "rows": {}}),
        orjson.dumps({"bigroom": "room", "format": 1, "shape": 1, "room_id": "x", "rows": {"room": [{"id": "x"}]}}),
        orjson.dumps({"bigroom": "room", "format": 1, "shape": 999, "room_id": "x", "rows": {}}),
        orjson.dumps([]),
    ],
)
def test_what_is_no_copy_of_a_room_is_told_kindly(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.zip"
    if content == b"no zip":
        file.write_bytes(content)
    else:
        with zipfile.ZipFile(file, "w") as copy:
            copy.writestr("room.json", content)
    with pytest.raises(NotDone, match=file.name):
        read(file)
