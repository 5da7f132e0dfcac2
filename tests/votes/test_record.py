"""What came out is told on paper and as a table, and tells of nobody: rule 27."""

import csv
from io import StringIO

from app.votes.results import as_csv, ballots
from app.votes.rows import Tally
from tests.rooms.rehearsal import MAYA, ROSA, TOM
from tests.votes.ballots import BALLOT, Voting


def test_the_record_tells_of_a_ballot_what_it_got_and_what_was_kept() -> None:
    room = Voting(3, mode="open")
    assert list(ballots(room.replica)) == []
    room.opens()
    room.puts(MAYA, "A")
    room.puts(TOM, "A")
    room.does("abstain", ROSA)
    room.shows()
    room.does("decide_ballot", kept=room.options("A"), confirmed=True)
    title, section = ballots(room.replica)
    assert (title.title, section.title) == ("votes.record.title", "Which ideas shall we test first?")
    assert section.lines == (
        "with names · 1 vote each · 2 of 3 voted · 1 abstained",
        "1. A Idea 1: 2",
        "2. B Idea 2: 0",
        "2. C Idea 3: 0",
        "Kept: A",
    )


def test_rule_27_the_table_has_settings_turnout_and_totals_and_no_voter() -> None:
    room = Voting(0)
    room.ideas = [room.idea(text) for text in ("=1+1", "Idea 2", "Idea 3")]
    room.drafts()
    room.opens()
    room.puts(MAYA, "A")
    room.shows()
    table = as_csv(room.replica, room.ballot(), room.row(Tally, BALLOT)).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(table)))
    assert ["electorate", "3"] in lines
    assert ["1", "1", "A", "'=1+1", "", "", "", ""] in lines
    for who in (MAYA, TOM, ROSA):
        assert who not in table
    assert "Maya" not in table
