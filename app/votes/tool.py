"""Votes as a tool: what they keep, what they allow, and to whom."""

from app.rooms import paper
from app.rooms.kernel import INTERNAL, Counting, Deadline, Tool
from app.votes import messages, rows, rules
from app.votes.record import ballots

TOOL = Tool(
    "votes",
    after=("board", "ideas", "meetings", "roadmap"),
    tables=(
        rows.BallotTable,
        rows.OptionTable,
        rows.VoterTable,
        rows.TurnoutTable,
        rows.TallyTable,
        rows.DotsTable,
    ),
    facts=(
        messages.BallotClarified,
        messages.BallotClosed,
        messages.BallotDecided,
        messages.BallotDrafted,
        messages.BallotOpened,
        messages.BallotPaused,
        messages.BallotReopened,
        messages.BallotRevealed,
        messages.BallotSet,
        messages.BallotVoided,
        messages.OptionWithdrawn,
        messages.OptionsSet,
        messages.TimeAdded,
        messages.TurnoutCounted,
        messages.VoterSet,
        messages.VotesSet,
    ),
    grants={
        "coach": ("votes.steer", "votes.vote", "votes.proxy"),
        "member": ("votes.vote",),
        "sponsor": ("votes.vote",),
        "recorder": ("votes.proxy",),
    },
    refusals=(
        "apart_does_not_decide",
        "ballot_closed",
        "ballot_decided",
        "ballot_live",
        "ballot_not_open",
        "ballot_opened",
        "ballot_paused",
        "ballot_revealed",
        "close_first",
        "does_not_vote",
        "no_such_weight",
        "no_vote_there",
        "none_kept",
        "not_for_a_ballot",
        "observers_do_not_vote",
        "one_theme",
        "only_one",
        "option_withdrawn",
        "options_stay",
        "pause_first",
        "reveal_first",
        "tie_needs_reason",
        "too_few_options",
        "too_many_on_one",
        "too_many_votes",
        "until_in_past",
        "voter_stays",
        "votes_alone",
        "votes_spent",
        "weight_used",
    ),
    in_record=ballots,
    countings=(
        Counting(
            rows.Ballot,
            rules.told,
            lambda ballot: messages.LoseBallot(ballot_id=ballot.id),
            counts_who_is_here=rules.counts_who_is_here,
        ),
    ),
)

_MINE = rules.my_paper
_ALL = paper.reads_all("ballot_id")

TOOL.rule(messages.DraftBallot, needs=rows.STEER)(rules.draft_ballot)
TOOL.rule(messages.SetBallot, needs=rows.STEER)(rules.set_ballot)
TOOL.rule(messages.SetOptions, needs=rows.STEER)(rules.set_options)
TOOL.rule(messages.SetVoter, needs=rows.STEER)(rules.set_voter)
TOOL.rule(messages.ClarifyBallot, needs=rows.STEER)(rules.clarify_ballot)
TOOL.rule(messages.OpenBallot, needs=rows.STEER, reads=_ALL)(rules.open_ballot)
TOOL.rule(messages.AddTime, needs=rows.STEER)(rules.add_time)
TOOL.rule(messages.PauseBallot, needs=rows.STEER)(rules.pause_ballot)
TOOL.rule(messages.WithdrawOption, needs=rows.STEER)(rules.withdraw_option)

TOOL.rule(messages.SetVotes, needs="votes.vote", reads=_MINE)(rules.set_votes)
TOOL.rule(messages.Abstain, needs="votes.vote", reads=_MINE)(rules.abstain)
TOOL.rule(messages.Finish, needs="votes.vote", reads=_MINE)(rules.finish)

TOOL.rule(messages.CloseBallot, needs=rows.STEER, reads=_ALL)(rules.close_ballot)
TOOL.rule(messages.ReopenBallot, needs=rows.STEER)(rules.reopen_ballot)
TOOL.rule(messages.RevealBallot, needs=rows.STEER, reads=_ALL)(rules.reveal_ballot)
TOOL.rule(messages.DecideBallot, needs=rows.STEER)(rules.decide_ballot)
TOOL.rule(messages.NextRound, needs=rows.STEER)(rules.next_round)
TOOL.rule(messages.VoidBallot, needs=rows.STEER)(rules.void_ballot)

TOOL.rule(messages.EndBallot, needs=INTERNAL, reads=_ALL)(rules.end_ballot)
TOOL.rule(messages.LoseBallot, needs=INTERNAL)(rules.lose_ballot)
TOOL.rule(messages.CountTurnout, needs=INTERNAL)(rules.count_turnout)
TOOL.deadlines.append(Deadline(rows.Ballot, messages.ended))
