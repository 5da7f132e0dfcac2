"""How many votes there are, who has them, and what each of them can be done with: rules 1 to 6, 8, 12, 13 and 26."""

from datetime import timedelta

import pytest

from app.rooms.values import id_from
from app.votes.rules.presets import PRESETS, thirds
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, ROSA, TOM
from tests.votes.ballots import BALLOT, JOE, NEXT, Voting

LEE = id_from("lee")


def opened(ideas: int = 14, **draft: object) -> Voting:
    room = Voting(ideas, **draft)
    room.opens()
    return room


@pytest.mark.parametrize(
    ("ideas", "votes"),
    [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 2), (14, 4), (30, 10), (60, 20), (61, 20), (90, 20)],
)
def test_rule_1_a_third_of_the_list_but_one_at_least_and_twenty_at_most(ideas: int, votes: int) -> None:
    assert thirds(ideas) == votes


def test_rule_1_votes_follow_the_list_until_the_coach_says_how_many() -> None:
    room = Voting(14)
    assert room.ballot().votes_each == 4
    room.does("set_options", of_ids=room.ideas[:6])
    assert room.ballot().votes_each == 2
    room.does("set_ballot", votes_each=5)
    room.does("set_options", of_ids=room.ideas)
    assert room.ballot().votes_each == 5
    assert room.no("set_ballot", votes_each=15) == ("too_many_votes", {"most": 14})
    room.does("set_ballot", per_item=3, votes_each=42)
    room.does("set_ballot", votes_each=None)
    assert room.ballot().votes_each == 4
    room.opens()
    assert room.no("set_ballot", votes_each=3)[0] == "ballot_opened"


@pytest.mark.parametrize(
    ("preset", "votes", "per_item", "whole"),
    [
        ("thirds", 4, 1, False),
        ("thirds_stacked", 4, 3, False),
        ("half", 7, 1, False),
        ("half_stacked", 7, 7, False),
        ("ten_points", 10, 10, True),
        ("half_and_one", 8, 1, False),
        ("objections", 14, 1, False),
        ("team_size", 4, 1, True),
        ("one", 1, 1, False),
    ],
)
def test_every_way_of_voting_is_one_choice(preset: str, votes: int, per_item: int, whole: bool) -> None:
    ballot = Voting(14, preset=preset).ballot()
    assert (ballot.votes_each, ballot.per_item, ballot.must_use_all) == (votes, per_item, whole)
    assert Voting(31, preset="ten_points").ballot().votes_each == 10
    assert preset in PRESETS


def test_rule_2_beyond_the_votes_or_beyond_the_item_is_refused_with_what_is_left_and_changes_nothing() -> None:
    room = opened(6)
    room.puts(MAYA, "A")
    assert room.cannot_put(MAYA, "B", votes=2) == ("too_many_on_one", {"per_item": 1, "left": 1})
    room.puts(MAYA, "B")
    assert room.cannot_put(MAYA, "C") == ("votes_spent", {"left": 0})
    assert room.has(MAYA) == {"A": 1, "B": 1}


def test_rule_3_a_vote_moves_comes_back_and_cannot_be_taken_from_where_none_is() -> None:
    room = opened(6)
    room.puts(MAYA, "A", "B")
    room.puts(MAYA, "A", votes=0)
    room.puts(MAYA, "C")
    assert room.has(MAYA) == {"B": 1, "C": 1}
    assert room.cannot_put(MAYA, "A", votes=0) == ("no_vote_there", {})
    room.puts(MAYA, "B")
    assert room.has(MAYA) == {"B": 1, "C": 1}


def test_rule_4_two_devices_of_one_member_are_one_ballot() -> None:
    room = opened(6)
    room.puts(MAYA, "A")
    room.puts(MAYA, "B")
    assert room.cannot_put(MAYA, "C")[0] == "votes_spent"
    assert len(room.choices()) == 1


@pytest.mark.parametrize("mode", ["secret", "open"])
def test_rule_4_two_entries_that_are_one_person_count_once(mode: str) -> None:
    room = opened(6, mode=mode)
    room.comes(LEE, "Maya again")
    room.puts(MAYA, "A", "B")
    room.puts(LEE, "A", "B")
    room.puts(TOM, "A")
    room.say(ANNE, "rooms.join_members", keep_id=MAYA, drop_id=LEE)
    assert (room.turnout().finished, room.turnout().of) == (1, 3)
    tally = room.shows()
    assert (tally.ballots, tally.spent, tally.electorate) == (2, 3, 3)


def test_rule_4_what_was_put_under_the_other_entry_stands_where_the_one_kept_is_empty() -> None:
    room = opened(6)
    room.comes(LEE, "Maya again")
    room.puts(LEE, "A", "B")
    room.say(ANNE, "rooms.join_members", keep_id=MAYA, drop_id=LEE)
    assert room.shows().ballots == 1


def test_rule_5_those_who_were_here_while_it_was_open_could_vote_and_nobody_else() -> None:
    room = Voting(6)
    room.comes(LEE, "Lee")
    room.say(ANNE, "rooms.set_attendance", member_id=LEE, is_here=False)
    room.opens()
    assert room.turnout().of == 3
    late = id_from("late")
    room.comes(late, "Late")
    room.puts(late, "A", "B")
    assert (room.turnout().finished, room.turnout().of) == (1, 4)
    room.say(late, "rooms.leave")
    room.does("close_ballot")
    room.comes(id_from("later still"), "Later still")
    room.does("reveal_ballot")
    assert room.ballot().electorate == 4
    assert room.cannot_put(id_from("later still"), "A")[0] == "ballot_closed"


def test_rule_6_abstaining_is_said_counts_as_finished_and_can_be_undone() -> None:
    room = opened(6)
    room.puts(MAYA, "A")
    room.does("abstain", MAYA)
    assert room.has(MAYA) == {}
    room.does("abstain", TOM)
    assert room.turnout().finished == 2
    room.does("abstain", TOM, abstaining=False)
    assert room.turnout().finished == 1
    room.puts(TOM, "A")
    room.does("abstain", TOM)
    room.puts(TOM, "B")
    tally = room.shows()
    assert (tally.ballots, tally.abstained, tally.electorate) == (1, 1, 3)


def test_who_has_finished_says_so_or_has_nothing_left() -> None:
    room = opened(6)
    room.puts(MAYA, "A")
    assert room.turnout().finished == 0
    room.does("finish", MAYA)
    room.puts(TOM, "A", "B")
    assert room.turnout().finished == 2
    room.does("finish", MAYA, finished=False)
    assert room.turnout().finished == 1


def test_rule_7_who_has_not_used_every_vote_counts_all_the_same_and_their_number_shows() -> None:
    room = opened(6, preset="team_size")
    room.puts(MAYA, "A", "B")
    room.puts(TOM, "A")
    tally = room.shows()
    assert (tally.ballots, tally.under_spent, tally.spent) == (2, 1, 3)


def test_rule_8_what_comes_after_the_time_is_refused_though_nobody_has_closed() -> None:
    room = opened(6, seconds=30)
    ends = room.ballot().ends_at
    assert ends is not None
    room.at = ends
    assert room.cannot_put(MAYA, "A") == ("ballot_closed", {})
    assert room.no("add_time", seconds=30) == ("ballot_closed", {})


def test_rule_8_a_coach_adds_time_and_one_close_is_enough() -> None:
    room = opened(6, seconds=30)
    room.does("add_time", seconds=60)
    ends = room.ballot().ends_at
    assert ends is not None
    assert room.refused(None, "votes.end_ballot", ballot_id=BALLOT)[0] == "not_possible"
    room.at = ends
    room.say(None, "votes.end_ballot", ballot_id=BALLOT)
    closed_at = room.ballot().closed_at
    assert room.does("close_ballot").puts == ()
    assert room.refused(None, "votes.end_ballot", ballot_id=BALLOT)[0] == "not_possible"
    assert room.ballot().closed_at == closed_at


def test_a_clock_can_be_given_to_a_ballot_that_had_none() -> None:
    room = opened(6)
    assert room.ballot().ends_at is None
    before = room.at
    room.does("add_time", seconds=60)
    assert room.ballot().ends_at == before + timedelta(seconds=60)


def test_rule_12_coaches_and_sponsors_vote_by_a_switch_and_observers_never() -> None:
    room = Voting(6)
    room.joins(LEE, part="observer")
    room.does("set_voter", member_id=PAUL, votes=True)
    assert room.no("set_voter", member_id=LEE, votes=True) == ("observers_do_not_vote", {})
    room.opens()
    room.puts(PAUL, "A")
    assert room.cannot_put(ANNE, "A") == ("does_not_vote", {})
    assert room.no("set_votes", LEE, option_id=room.option("A").id, votes=1)[0] == "not_allowed"
    room.does("set_voter", member_id=ANNE, votes=True)
    room.puts(ANNE, "A")
    assert room.no("set_voter", member_id=ANNE, votes=False) == ("voter_stays", {})


def test_a_likely_double_is_left_out_before_the_ballot_is_opened() -> None:
    room = Voting(6)
    room.comes(LEE, "Maya")
    room.does("set_voter", member_id=LEE, votes=False)
    room.opens()
    assert room.cannot_put(LEE, "A") == ("does_not_vote", {})
    assert room.turnout().of == 3
    room.say(ANNE, "rooms.join_members", keep_id=MAYA, drop_id=LEE)
    room.puts(MAYA, "A")


def test_rule_13_a_ballot_on_the_telephone_is_entered_by_who_may_and_marked() -> None:
    room = Voting(6)
    room.calls()
    room.opens()
    assert room.cannot_put(TOM, "A", for_member=JOE) == ("not_allowed", {"needs": "votes.proxy"})
    room.holds("recorder", TOM)
    room.puts(TOM, "A", "B", for_member=JOE)
    assert room.cannot_put(TOM, "C", for_member=JOE)[0] == "votes_spent"
    assert room.cannot_put(TOM, "A", for_member=ROSA) == ("votes_alone", {})
    room.puts(TOM, "A")
    tally = room.shows()
    assert (tally.ballots, tally.by_proxy) == (2, 1)


def test_who_presses_on_a_device_that_was_handed_to_them_votes_for_themselves() -> None:
    room = Voting(6)
    room.calls()
    room.opens()
    room.puts(ANNE, "A", "B", for_member=JOE, handed=True)
    assert room.shows().by_proxy == 0


def test_a_device_is_handed_to_whoever_asks_for_it_and_what_they_put_is_theirs() -> None:
    room = Voting(6)
    room.opens()
    room.puts(ANNE, "A", for_member=ROSA, handed=True)
    room.puts(ROSA, "B")
    assert room.has(ROSA) == {"A": 1, "B": 1}
    assert room.cannot_put(TOM, "A", for_member=ROSA, handed=True) == ("not_allowed", {"needs": "votes.proxy"})
    assert room.cannot_put(ANNE, "A", for_member=PAUL, handed=True) == ("does_not_vote", {})
    assert room.shows().by_proxy == 0


def test_rule_26_each_weight_is_given_once() -> None:
    room = opened(6, preset="ranked")
    room.puts(MAYA, "A", votes=5)
    assert room.cannot_put(MAYA, "B", votes=5) == ("weight_used", {"weight": 5})
    assert room.cannot_put(MAYA, "B", votes=2) == ("no_such_weight", {"weights": [5, 3, 1]})
    room.puts(MAYA, "B", votes=3)
    room.puts(MAYA, "C", votes=1)
    assert room.turnout().finished == 1
    room.puts(MAYA, "A", votes=0)
    room.puts(MAYA, "D", votes=5)
    assert room.has(MAYA) == {"B": 3, "C": 1, "D": 5}
    assert Voting(3, preset="ranked").no("set_ballot", weights=[3, 3])[1]["reason"] == "twice"


def test_one_ballot_is_on_at_a_time() -> None:
    room = Voting(6)
    body = {"ballot_id": NEXT, "question": "And which of these?", "of": "ideas"}
    assert room.refused(ANNE, "votes.draft_ballot", **body) == ("ballot_live", {"ballot_id": BALLOT})
    room.opens()
    assert room.does("open_ballot").puts == ()
    room.does("void_ballot", reason="Fire alarm")
    room.say(ANNE, "votes.draft_ballot", **body)


def test_only_a_coach_leads_a_ballot() -> None:
    room = Voting(6)
    assert room.no("open_ballot", TOM) == ("not_allowed", {"needs": "votes.steer"})
