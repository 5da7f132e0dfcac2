"""What came out, and what the room keeps of it: rules 14 to 20, 22, 23, 27 and 28."""

import pytest

from app.ideas.rows import Idea
from app.rooms.paper import Paper
from app.rooms.values import id_from
from app.votes.messages import VotesSet
from app.votes.rows import Dots, Drawn, Tally
from tests.rooms.rehearsal import ANNE, MAYA, ROSA, TOM
from tests.votes.ballots import BALLOT, JOE, NEXT, Voting, places, totals

MORE = tuple(id_from("more", n) for n in range(4))
PATIENTS, NURSES = MORE[:2], MORE[2:]


def voted(*said: str, ideas: int = 6, **draft: object) -> Voting:
    """One ballot of letters each, of so many people as there are."""
    room = Voting(ideas, **draft)
    people = [MAYA, TOM, ROSA, *MORE]
    for id in MORE[: max(0, len(said) - 3)]:
        room.comes(id, "Somebody", voice="nurse")
    room.opens()
    for who, letters in zip(people, said, strict=False):
        room.puts(who, *letters)
    return room


def test_rule_14_nothing_of_a_secret_vote_names_voter_or_choice_but_the_sealed_paper() -> None:
    room = Voting(6)
    room.opens()
    option = room.option("A").id
    change = room.does("set_votes", MAYA, option_id=option, votes=1)
    assert change.fact == VotesSet(ballot_id=BALLOT)
    (paper,) = change.puts
    assert isinstance(paper, Paper)
    assert paper.created_at == room.ballot().created_at
    assert MAYA not in (paper.id, paper.owner_id)


def test_rule_14_while_it_is_open_only_the_turnout_is_told() -> None:
    room = voted("AB", "AC")
    assert (room.turnout().finished, room.turnout().of) == (2, 3)
    assert room.replica.where(Tally) == ()


def test_rule_14_of_fewer_than_four_ballots_only_the_order_shows() -> None:
    tally = voted("AB", "A", "A").shows()
    assert tally.withheld
    assert {(line.points, line.voters) for line in tally.lines} == {(None, None)}
    assert places(tally)[:2] == [1, 2]
    assert (tally.cuts, tally.groups) == ((), ())
    assert not voted("A", "A", "A", "B").shows().withheld


def test_rule_14_of_one_ballot_not_even_the_order_shows() -> None:
    tally = voted("AB").shows()
    assert (tally.withheld, set(places(tally))) == (True, {1})


def test_rule_14_the_mode_is_known_before_the_first_vote_and_stays() -> None:
    room = Voting(6)
    room.does("set_ballot", mode="open")
    room.does("set_ballot", mode="secret")
    room.opens()
    room.does("pause_ballot")
    assert room.no("set_ballot", mode="open") == ("ballot_opened", {})


def test_in_the_open_everybody_sees_the_dots_of_each() -> None:
    room = voted("AB", "A", mode="open")
    dots = {row.member_id: row.votes for row in room.replica.where(Dots)}
    a, b = room.options("A", "B")
    assert dots == {MAYA: {a: 1, b: 1}, TOM: {a: 1}}
    assert room.cannot_put(MAYA, "C") == ("votes_spent", {"left": 0})
    assert room.replica.where(Paper) == ()
    assert (room.turnout().finished, room.turnout().of) == (1, 3)
    room.does("pause_ballot")
    idea = room.row(Idea, room.option("A").of_id)
    room.say(TOM, "ideas.edit_idea", idea_id=idea.id, text="Clearer", base_rev=idea.rev)
    room.opens()
    assert {row.member_id: row.votes for row in room.replica.where(Dots)} == {MAYA: {b: 1}, TOM: {}}
    tally = room.shows()
    assert (totals(tally)["B"], tally.withheld, tally.ballots) == (1, False, 1)


def test_rule_15_what_was_revealed_is_frozen() -> None:
    room = voted("AB", "AC", "AD", "BC")
    first = room.shows()
    room.say(TOM, "rooms.leave")
    assert room.does("reveal_ballot").puts == ()
    assert room.row(Tally, BALLOT) == first
    assert room.no("close_ballot")[0] == "ballot_not_open"


def test_rule_16_points_then_voters_then_a_shared_place_by_letter() -> None:
    room = Voting(6, preset="thirds_stacked")
    for id in MORE[:2]:
        room.comes(id, "Somebody")
    room.opens()
    room.puts(MAYA, "C", votes=2)
    room.puts(TOM, "A", "B")
    room.puts(ROSA, "A", "B")
    room.puts(MORE[0], "D")
    tally = room.shows()
    assert [(line.letter, line.points, line.voters, line.place) for line in tally.lines] == [
        ("A", 2, 2, 1),
        ("B", 2, 2, 1),
        ("C", 2, 1, 3),
        ("D", 1, 1, 4),
        ("E", 0, 0, 5),
        ("F", 0, 0, 5),
    ]


def test_rule_17_the_biggest_gap_is_suggested_and_no_tie_is_split_without_a_reason() -> None:
    room = voted("AB", "AB", "AC", "AD", "AE")
    tally = room.shows()
    assert totals(tally) == {"A": 5, "B": 2, "C": 1, "D": 1, "E": 1, "F": 0}
    assert [(cut.by, cut.points, cut.keeps) for cut in tally.cuts] == [("gap", 3, 1)]
    assert room.no("decide_ballot", kept=room.options("A", "B", "C")) == ("tie_needs_reason", {})
    assert room.no("decide_ballot", kept=room.options("A", "C", "D", "E")) == ("tie_needs_reason", {})
    line = {"by": "top", "at": 3}
    room.does("decide_ballot", kept=room.options("A", "B", "C"), line=line, reason="C can begin tomorrow")
    assert (room.ballot().reason, room.ballot().line) == ("C can begin tomorrow", Drawn(by="top", at=3))


def test_a_team_of_that_size_has_two_thresholds_to_choose_from_and_objections_one() -> None:
    assert [(cut.points, cut.keeps) for cut in voted("AB", "AB", "AC", "AD", preset="team_size").shows().cuts[1:]] == [
        (2, 2),
        (3, 1),
    ]
    assert [(cut.points, cut.keeps) for cut in voted("AB", "B", "C", "B", preset="objections").shows().cuts[1:]] == [
        (1, 3)
    ]


def test_rule_17_a_run_off_among_those_that_tied_and_the_others_are_in_already() -> None:
    room = voted("AB", "AB", "AC", "AD")
    room.shows()
    room.does("next_round", next_id=NEXT, kept=room.options(*"ABCD"), run_off=room.options("C", "D"))
    run_off = room.ballot(NEXT)
    assert run_off.sure == tuple(room.options("A", "B"))
    assert [room.option(letter, NEXT).letter for letter in "CD"] == ["C", "D"]
    room.opens(ballot_id=NEXT)
    for who in (MAYA, TOM):
        room.puts(who, "C", ballot_id=NEXT)
    room.shows(NEXT)
    room.does("decide_ballot", ballot_id=NEXT, kept=room.options("C", ballot_id=NEXT))
    assert [room.state(letter) for letter in "ABCDEF"] == [
        "selected",
        "selected",
        "selected",
        "not_now",
        "not_now",
        "not_now",
    ]


def test_rule_18_without_a_vote_the_ballot_is_void_and_the_ideas_stay() -> None:
    room = Voting(3)
    room.say(ANNE, "ideas.clarify_idea", idea_id=room.ideas[0])
    room.opens()
    room.does("abstain", MAYA)
    room.does("close_ballot")
    room.does("reveal_ballot")
    assert (room.ballot().state, room.ballot().void_why) == ("void", "no_votes")
    assert room.replica.where(Tally) == ()
    assert [room.state(letter) for letter in "ABC"] == ["clarified", "raw", "raw"]
    assert {room.row(Idea, id).locked_by for id in room.ideas} == {None}
    room.drafts(NEXT)
    assert room.does("reveal_ballot").puts == ()


def test_rule_19_one_alone_asks_and_none_is_refused() -> None:
    room = voted("AB", "A", "A", "A")
    room.shows()
    assert room.no("decide_ballot", kept=[]) == ("none_kept", {})
    assert room.no("decide_ballot", kept=room.options("A")) == ("only_one", {})
    room.does("decide_ballot", kept=room.options("A"), confirmed=True)
    assert room.state("A") == "selected"
    assert room.does("decide_ballot", kept=room.options("A")).puts == ()
    assert room.no("decide_ballot", kept=room.options("B")) == ("ballot_decided", {})


def test_rule_20_chosen_or_not_now_with_what_each_got_and_an_idea_in_test_keeps_its_state() -> None:
    room = Voting(3)
    for id in room.ideas:
        room.say(ANNE, "ideas.clarify_idea", idea_id=id)
    room.say(ANNE, "ideas.set_state", idea_id=room.ideas[2], state="testing")
    room.comes(MORE[0], "Somebody")
    room.opens()
    for who, letter in zip((MAYA, TOM, ROSA, MORE[0]), "AABC", strict=True):
        room.puts(who, letter)
    room.shows()
    room.does("decide_ballot", kept=room.options("A"), confirmed=True)
    assert [room.state(letter) for letter in "ABC"] == ["selected", "not_now", "testing"]
    last = room.steps(room.ideas[1])[-1]
    assert (last.state, last.ballot_id, last.round, last.points, last.place) == ("not_now", BALLOT, 1, 1, 2)
    room.drafts(NEXT, of_ids=room.ideas[1:2] + room.ideas[2:])
    assert {room.row(Idea, id).state for id in room.ideas} == {"selected", "not_now", "testing"}


def test_rule_22_the_coach_is_told_when_few_have_finished_or_no_patient_has() -> None:
    room = voted("A", "AB", "AB")
    assert room.turnout().patients_waiting is True
    room.does("abstain", MAYA)
    assert room.turnout().patients_waiting is False
    turnout = room.turnout()
    viewers = {part: room.registry.permissions(part) for part in ("coach", "member", "wall")}
    seen = {
        viewer.permissions: turnout.seen_by(viewer.who)
        for viewer in room.registry.viewers()
        if viewer.permissions in viewers.values()
    }
    told = {part: seen[permissions] for part, permissions in viewers.items()}
    assert {part: row.patients_waiting if row else "nothing" for part, row in told.items()} == {
        "coach": False,
        "member": None,
        "wall": None,
    }


@pytest.mark.parametrize(("patients", "is_split"), [(2, False), (3, True)])
def test_rule_23_groups_show_where_each_is_three_or_more(patients: int, is_split: bool) -> None:
    room = Voting(6)
    for n in range(patients - 1):
        room.comes(MORE[n], "A carer", voice="carer")
    room.comes(id_from("third nurse"), "A nurse", voice="doctor")
    room.opens()
    for who in (MAYA, *MORE[: patients - 1]):
        room.puts(who, "A")
    for who in (TOM, ROSA, id_from("third nurse")):
        room.puts(who, "B")
    a, b = room.options("A", "B")
    split = {group.key: (group.ballots, group.points[a], group.points[b]) for group in room.shows().groups}
    assert split == ({"patients": (3, 3, 0), "clinical": (3, 0, 3)} if is_split else {})


def test_rule_27_after_the_reveal_nothing_per_voter_is_left() -> None:
    room = voted("AB", "AC", "AD", "BC")
    room.shows()
    assert room.replica.where(Paper) == ()
    assert BALLOT not in room.replica.keys
    assert not [row for row in room.replica.all() if row.noun in ("tally", "turnout") and MAYA in str(row)]


def test_rule_28_ideas_of_patients_and_carers_are_pointed_at_by_who_proposed_them() -> None:
    room = Voting(3)
    room.calls()
    room.say(ANNE, "ideas.add_idea", idea_id=id_from("joe's"), text="A call at one hour", proxy_for=JOE)
    room.does("set_options", of_ids=[*room.ideas, id_from("joe's")])
    room.comes(MORE[0], "Somebody")
    room.opens()
    for who, letter in zip((MAYA, TOM, ROSA, MORE[0]), "AABD", strict=True):
        room.puts(who, letter)
    assert room.shows().from_patients == (room.option("D").id,)


def test_a_ballot_that_nobody_goes_on_with_is_given_up_after_a_day() -> None:
    room = voted("AB")
    for state in ("closed", "void"):
        due = room.ballot().due_at
        assert due is not None
        room.at = due
        room.say(None, "votes.end_ballot", ballot_id=BALLOT)
        assert room.ballot().state == state
    assert room.ballot().void_why == "forgotten"
    assert room.replica.where(Paper) == ()


def test_a_ballot_without_its_key_is_lost_and_frees_what_was_on_it() -> None:
    room = voted("AB")
    room.replica.keys.clear()
    assert room.cannot_put(MAYA, "A")[0] == "box_lost"
    room.say(None, "votes.lose_ballot", ballot_id=BALLOT)
    assert (room.ballot().state, room.ballot().void_why) == ("void", "lost")
    assert room.row(Idea, room.ideas[0]).locked_by is None


def test_a_poster_ballot_stands_beside_the_live_one_freezes_nothing_and_does_not_decide() -> None:
    room = Voting(6)
    until = room.at.replace(hour=23)
    room.drafts(NEXT, of_ids=room.ideas[:3], until=until.isoformat())
    room.opens(ballot_id=NEXT)
    room.opens()
    assert room.row(Idea, room.ideas[0]).locked_by == BALLOT
    room.puts(MAYA, "A", ballot_id=NEXT)
    room.puts(MAYA, "B")
    room.at = until
    assert (
        room.no("set_votes", MAYA, ballot_id=NEXT, option_id=room.option("B", NEXT).id, votes=1)[0] == "ballot_closed"
    )
    room.say(None, "votes.end_ballot", ballot_id=NEXT)
    room.does("reveal_ballot", ballot_id=NEXT)
    assert room.row(Tally, NEXT).ballots == 1
    assert room.no("decide_ballot", ballot_id=NEXT, kept=[]) == ("apart_does_not_decide", {})
