"""The rules of votes: one function a command, by the command's name."""

from app.votes.rules.closing import close_ballot, end_ballot, lose_ballot, reopen_ballot, reveal_ballot, void_ballot
from app.votes.rules.deciding import decide_ballot, next_round
from app.votes.rules.drafting import clarify_ballot, draft_ballot, set_ballot, set_options, set_voter
from app.votes.rules.opening import add_time, open_ballot, pause_ballot, withdraw_option
from app.votes.rules.papers import my_paper
from app.votes.rules.turnout import count_turnout, told
from app.votes.rules.voting import abstain, finish, set_votes
from app.votes.rules.who import counts_who_is_here

__all__ = [
    "abstain",
    "add_time",
    "clarify_ballot",
    "close_ballot",
    "count_turnout",
    "counts_who_is_here",
    "decide_ballot",
    "draft_ballot",
    "end_ballot",
    "finish",
    "lose_ballot",
    "my_paper",
    "next_round",
    "open_ballot",
    "pause_ballot",
    "reopen_ballot",
    "reveal_ballot",
    "set_ballot",
    "set_options",
    "set_voter",
    "set_votes",
    "told",
    "void_ballot",
    "withdraw_option",
]
