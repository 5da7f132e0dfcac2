"""A ballot is paused, something on it is mended, and it goes on: rules 9 to 11; closed and opened again: rule 21."""

from app.ideas.rows import Idea
from app.rooms.paper import Paper
from app.rooms.values import id_from
from app.votes.rows import Option
from tests.rooms.rehearsal import ANNE, MAYA, ROSA, TOM
from tests.votes.ballots import BALLOT, NEXT, Voting

MERGE = id_from("merge")


def half_voted() -> Voting:
    """Six ideas of Tom's, two votes each: Maya has A and B, Tom has B and C, Rosa has C."""
    room = Voting(6)
    room.opens()
    room.puts(MAYA, "A", "B")
    room.puts(TOM, "B", "C")
    room.puts(ROSA, "C")
    return room


def mends(room: Voting, letter: str) -> None:
    idea = room.row(Idea, room.option(letter).of_id)
    room.say(TOM, "ideas.edit_idea", idea_id=idea.id, text="Clearer now", base_rev=idea.rev)


def test_rule_9_ideas_are_frozen_while_people_vote_and_free_in_a_pause() -> None:
    room = half_voted()
    idea = room.option("A").of_id
    assert room.row(Idea, idea).locked_by == BALLOT
    assert room.no("set_options", of_ids=room.ideas[:3])[0] == "ballot_opened"
    assert room.no("withdraw_option", option_id=room.option("A").id)[0] == "pause_first"
    room.does("pause_ballot")
    assert room.row(Idea, idea).locked_by is None
    assert room.cannot_put(MAYA, "C") == ("ballot_paused", {})
    assert room.does("pause_ballot").puts == ()
    room.opens()
    assert room.row(Idea, idea).locked_by == BALLOT


def test_rule_9_votes_on_what_was_mended_come_back_and_the_others_stand() -> None:
    room = half_voted()
    room.does("pause_ballot")
    mends(room, "B")
    room.opens()
    assert (room.has(MAYA), room.has(TOM), room.has(ROSA)) == ({"A": 1}, {"C": 1}, {"C": 1})
    back = {who: choice.refunded for who, choice in room.choices().items()}
    assert back == {MAYA: (room.option("B").id,), TOM: (room.option("B").id,), ROSA: ()}
    room.puts(MAYA, "B")
    assert room.choices()[MAYA].refunded == ()
    assert room.shows().spent == 4


def test_rule_9_all_papers_are_sealed_anew_when_some_change_and_none_when_none_does() -> None:
    room = half_voted()
    room.does("pause_ballot")
    mends(room, "A")
    change = room.does("open_ballot")
    assert len([row for row in change.puts if isinstance(row, Paper)]) == 3
    room.does("pause_ballot")
    assert not [row for row in room.does("open_ballot").puts if isinstance(row, Paper)]


def test_a_pause_costs_no_time() -> None:
    room = Voting(6, seconds=60)
    room.opens()
    ends, opened_at = room.ballot().ends_at, room.ballot().opened_at
    room.does("pause_ballot")
    paused = room.ballot().paused_at
    assert ends is not None
    assert paused is not None
    before = room.at
    room.opens()
    assert room.ballot().ends_at == before + (ends - paused)
    assert room.ballot().opened_at == opened_at


def test_rule_10_a_merge_in_a_pause_gives_back_the_votes_on_both() -> None:
    room = half_voted()
    room.does("pause_ballot")
    a, b = room.option("A").of_id, room.option("B").of_id
    room.say(TOM, "ideas.ask_merge", merge_id=MERGE, into_id=a, idea_ids=[b])
    assert room.row(Idea, b).merged_into == a
    room.opens()
    assert (room.has(MAYA), room.has(TOM), room.has(ROSA)) == ({}, {"C": 1}, {"C": 1})
    assert not room.option("B").is_live
    assert room.option("A").is_live
    assert room.cannot_put(MAYA, "B") == ("option_withdrawn", {})
    room.puts(MAYA, "A", "C")
    assert [line.letter for line in room.shows().lines] == ["C", "A", "D", "E", "F"]
    assert room.row(Idea, a).letter == "A"


def test_rule_11_an_option_taken_off_in_a_pause_stays_as_a_line_with_its_reason() -> None:
    room = half_voted()
    room.does("pause_ballot")
    room.does_to_option("C", reason="The cupboard has been ordered")
    assert room.row(Idea, room.option("C").of_id).state == "raw"
    room.opens()
    assert (room.option("C").withdrawn_at is not None, room.option("C").reason) == (
        True,
        "The cupboard has been ordered",
    )
    assert (room.has(TOM), room.has(ROSA)) == ({"B": 1}, {})
    assert room.choices()[ROSA].refunded == (room.option("C").id,)


def test_rule_21_a_closed_ballot_opens_again_with_its_votes_until_it_is_revealed() -> None:
    room = half_voted()
    room.does("close_ballot")
    assert room.ballot().electorate == 3
    room.does("reopen_ballot", seconds=30)
    assert (room.ballot().state, room.ballot().electorate) == ("open", None)
    room.puts(ROSA, "A")
    tally = room.shows()
    assert tally.spent == 6
    assert room.no("reopen_ballot") == ("ballot_revealed", {})
    assert room.replica.where(Paper) == ()


def test_a_ballot_needs_two_things_to_choose_from() -> None:
    room = Voting(2)
    room.does_to_option("A")
    assert room.no("open_ballot") == ("too_few_options", {"least": 2})


def test_an_idea_that_was_taken_away_before_the_opening_is_not_on_the_ballot() -> None:
    room = Voting(3)
    room.say(TOM, "ideas.remove_idea", idea_id=room.ideas[1])
    room.opens()
    assert [row.letter for row in room.replica.where(Option) if row.is_live] == ["A", "C"]


def test_what_not_everybody_sees_is_on_no_ballot() -> None:
    room = Voting(3)
    room.say(ANNE, "rooms.hold_member", member_id=ROSA)
    held = room.idea("Rubbish", ROSA)
    assert room.no("set_options", of_ids=[held]) == ("not_for_a_ballot", {})


def test_an_idea_brings_its_letter_and_others_get_the_next_that_is_free() -> None:
    room = Voting(3)
    room.say(ANNE, "ideas.set_letters")
    last = room.idea("One more")
    room.does("set_options", of_ids=[last, *room.ideas])
    assert {room.option(letter).of_id: letter for letter in "ABCD"} == {
        **dict(zip(room.ideas, "ABC", strict=True)),
        last: "D",
    }


def test_no_two_ideas_that_the_room_speaks_of_have_the_same_letter() -> None:
    room = Voting(3)
    room.opens()
    for who in (MAYA, TOM):
        room.puts(who, "B")
    room.shows()
    room.does("decide_ballot", kept=room.options("B"), confirmed=True)
    room.drafts(NEXT, of_ids=[room.idea("A new one"), room.idea("Another")])
    assert {row.letter for row in room.replica.where(Option, ballot_id=NEXT)} == {"A", "C"}
