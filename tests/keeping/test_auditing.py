"""P17: who came in, what they were given, what was copied and what was taken away, as an operator reads it."""

from pathlib import Path
from uuid import uuid4

import pytest

from app.audit.rows import AuditEntry
from app.demo.play import cookie_of
from tests.keeping.test_backup import contents
from tests.people.test_operating import Operator
from tests.support.company import COACH, Company, Somebody

CANARY = "Featherstonehaugh"
AUDIT = AuditEntry.__tablename__


class Keeper(Operator):
    """The operator of the company's server, beside it and without a process of their own."""

    def told(self, *options: str) -> list[tuple[str, str]]:
        """(what, what is known of it) of each entry of the trail."""
        lines = self.types("audit", "list", *options).splitlines()
        return [(what, " ".join(known)) for _n, _at, what, _room, *known in (line.split() for line in lines)]

    def known_of(self, what: str) -> list[str]:
        return [known for told_what, known in self.told() if told_what == what]

    def proves(self, *noted: str) -> str:
        """That the trail is whole; gives how it ends, to note."""
        said = self.types("audit", "verify", *noted)
        assert "entries are as they were written" in said
        return said.split()[-1]


@pytest.fixture
def keeper(company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Keeper:
    keeper = Keeper(monkeypatch, capsys)
    server = company.server
    keeper.sets(data=server.folder / "data", port=server.port, database=server.database_url)
    return keeper


def a_card(company: Company, by: Somebody) -> str:
    board, card = company.lens_board(), str(uuid4())
    add = {"type": "board.add_card", "card_id": card, "board_id": board["id"], "column": board["columns"][0]["key"]}
    company.do({**add, "text": CANARY}, by)
    return card


def test_P17_an_hour_is_told_without_a_word_that_anybody_wrote(
    company: Company, keeper: Keeper, tmp_path: Path
) -> None:
    maya, room = company.join("member", f"Maya {CANARY}", "patient"), company.room_id
    card = a_card(company, maya)
    company.do({"type": "rooms.set_part", "member_id": maya.member_id, "part": "observer"}, company.coach)
    company.do({"type": "rooms.redact", "kind": "card", "row_id": card}, company.coach)
    company.call("GET", f"/api/rooms/{room}/export", cookie=company.coach.cookie)
    keeper.types("export", room, str(tmp_path / "copy.zip"))
    keeper.types("coaches", "invite")
    wrong = {"email": COACH["email"], "password": "not that"}
    assert company.ask("POST", "/api/session", wrong).status_code == 401
    again = company.call("POST", "/api/session", {name: COACH[name] for name in ("email", "password")})
    company.call("DELETE", "/api/session", cookie=cookie_of(again))
    assert [what for what, _ in keeper.told("--room", room)] == [
        "rooms.room_made",
        "rooms.invitation_made",
        "rooms.member_joined",
        "people.way_back_made",
        "rooms.part_set",
        "rooms.redacted",
        "keeping.room_exported",
        "keeping.room_exported",
    ]
    assert keeper.known_of("rooms.part_set")[0].endswith(
        f"by={company.coach.member_id} member_id={maya.member_id} part=observer"
    )
    assert keeper.known_of("keeping.room_exported") == [f"by={company.coach.member_id}", ""]
    assert keeper.known_of("people.link_made") == ["purpose=setup", "purpose=operator_invite"]
    (failed,) = keeper.known_of("people.sign_in_failed")
    assert failed.startswith("email=")
    whole = [what for what, _ in keeper.told()]
    assert whole[:4] == ["people.link_made", "people.link_used", "people.account_made", "people.signed_in"]
    assert whole[-2:] == ["people.signed_in", "people.signed_out"]
    assert keeper.told("--since", "2100-01-01") == []
    entries = str(contents(company.server.database_url, but=())[AUDIT])
    for secret in (CANARY, COACH["email"], "not that", maya.cookie.partition("=")[2], company.server.setup_token):
        assert secret not in entries
    keeper.proves()


def test_P17_of_an_erased_person_the_trail_knows_no_more_and_is_whole(company: Company, keeper: Keeper) -> None:
    maya, tom = company.join("member", "Maya", "patient"), company.join("member", "Tom", "nurse")
    noted = keeper.proves()
    keeper.types("erase", "person", company.room_id, maya.member_id, "--yes")
    assert [what for what, known in keeper.told() if maya.member_id in known] == ["rooms.person_erased"]
    assert any(tom.member_id in known for known in keeper.known_of("rooms.member_joined"))
    assert "(erased)" in keeper.known_of("rooms.member_joined")
    assert "details were erased" in keeper.types("audit", "verify", "--noted", noted)
    company.server.run("erase", "room", company.room_id, "--yes")
    assert not any(tom.member_id in known for _, known in keeper.told())
    keeper.proves()


def test_P17_after_a_restore_the_trail_knows_what_was_done_since_the_backup(
    company: Company, keeper: Keeper, tmp_path: Path
) -> None:
    maya = company.join("member", "Maya", "patient")
    keeper.proves()
    file = tmp_path / "room.backup"
    keeper.types("backup", str(file))
    keeper.types("erase", "person", company.room_id, maya.member_id, "--yes")
    noted = keeper.proves()
    company.server.stop()
    said = keeper.types("restore", "--replace", str(file))
    since = said.split("--since ")[1].split()[0]
    assert [what for what, _ in keeper.told("--since", since)] == [
        "keeping.backup_made",
        "rooms.person_erased",
        "keeping.restored",
    ]
    assert maya.member_id in keeper.known_of("rooms.person_erased")[0]
    assert not any(maya.member_id in known for known in keeper.known_of("rooms.member_joined"))
    keeper.proves("--noted", noted)


def test_P17_a_trail_comes_along_to_another_engine(
    company: Company, keeper: Keeper, another: str, tmp_path: Path
) -> None:
    keeper.proves()
    before = keeper.told()
    file = tmp_path / "room.backup"
    keeper.types("backup", str(file))
    company.server.stop()
    keeper.sets(database=another)
    keeper.types("restore", str(file))
    *as_before, last = keeper.told()
    assert as_before == before
    assert last[0] == "keeping.restored"
    assert "is no day" in keeper.is_told("audit", "list", "--since", "Tuesday")
    assert "as verify printed it" in keeper.is_told("audit", "verify", "--noted", "twelve")
    assert "written anew" in keeper.is_told("audit", "verify", "--noted", f"1:{'0' * 64}")
