"""P5 on a real server: papers are in no file, table, copy or backup, and a restore knows that they are gone."""

import asyncio
import gzip
from pathlib import Path
from uuid import uuid4

from tests.keeping.canary import hits
from tests.support.company import Company, Somebody

CANARY = "Featherstonehaugh"
SAID = tuple(f"{CANARY} {n}" for n in range(5))


def a_scored_meeting(company: Company) -> tuple[str, list[Somebody]]:
    """Five people have scored; nobody has seen it yet."""
    meeting, people = str(uuid4()), [company.join("member", f"Person {n}") for n in range(len(SAID))]
    company.do({"type": "meetings.add_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.start_meeting", "meeting_id": meeting}, company.coach)
    company.do({"type": "meetings.open_score", "meeting_id": meeting}, company.coach)
    for person, word in zip(people, SAID, strict=True):
        give = {"type": "meetings.give_score", "meeting_id": meeting, "score": 8, "keep": word}
        company.do(give, person)
        company.do({**give, "score": 3}, person)
    return meeting, people


def test_P5_what_is_on_a_paper_is_in_no_file_no_table_no_copy_and_no_backup(company: Company, tmp_path: Path) -> None:
    meeting, people = a_scored_meeting(company)
    copy, backup = tmp_path / "room.zip", tmp_path / "all.backup"
    company.server.run("export", company.room_id, str(copy))
    company.server.run("backup", str(backup))
    kept = gzip.decompress(backup.read_bytes()).decode()
    assert hits(CANARY, company, copy) == []
    assert CANARY not in kept
    assert "rooms_paper" not in kept
    assert "rooms_capture_key" not in kept
    entries = [line for line in kept.splitlines() if "meetings.score_given" in line]
    assert len(entries) == 2 * len(SAID)
    assert not [line for line in entries if any(person.member_id in line for person in people)]
    company.do({"type": "meetings.reveal_scores", "meeting_id": meeting}, company.coach)
    later = tmp_path / "later.backup"
    company.server.run("backup", str(later))
    for line in gzip.decompress(later.read_bytes()).decode().splitlines():
        assert CANARY not in line or not any(person.member_id in line for person in people)


async def test_a_score_that_was_open_when_the_backup_was_made_is_void_after_the_restore(
    company: Company, tmp_path: Path
) -> None:
    meeting, people = a_scored_meeting(company)
    backup = tmp_path / "all.backup"
    company.server.run("backup", str(backup))
    await asyncio.to_thread(company.server.stop)
    await asyncio.to_thread(company.server.run, "restore", "--replace", str(backup))
    await asyncio.to_thread(company.server.start)
    tab = company.coach.client()
    async with tab.stay():
        await tab.until(lambda: tab.rows["score"][meeting]["state"] == "void")
        again = {"type": "meetings.open_score", "meeting_id": meeting}
        assert (await tab.do(again))["type"] == "ack"
        give = {"type": "meetings.give_score", "meeting_id": meeting, "score": 8}
        assert await asyncio.to_thread(company.do, give, people[0])
