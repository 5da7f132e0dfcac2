"""What came out is told on paper, and tells of nobody: rule 27."""

from app.votes.record import ballots
from tests.rooms.rehearsal import MAYA, ROSA, TOM
from tests.votes.ballots import Voting


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
