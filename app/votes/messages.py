"""What is asked of a ballot, and what then has happened."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from app.rooms.kernel import Command, Fact, Row
from app.rooms.values import Id, Key, Note, Reason, Title, When
from app.votes.rows import MOST_OPTIONS, Drawn, Mode, Of, Weights

Seconds = Annotated[int, Limits(ge=10, le=3600)]
Ids = Annotated[tuple[Id, ...], Limits(max_length=MOST_OPTIONS)]
Count = Annotated[int, Limits(ge=1, le=MOST_OPTIONS * 20)]


class DraftBallot(Command):
    """A ballot to be. Without `of_ids` everything that could be on it is."""

    type: Literal["votes.draft_ballot"]
    ballot_id: Id
    question: Title
    of: Of
    of_ids: Ids | None = None
    preset: Key | None = None
    mode: Mode | None = None
    seconds: Seconds | None = None
    until: When | None = None
    """Beside the live ballot, for people who cannot be in the hour: open to this moment."""


class BallotDrafted(Fact):
    type: Literal["votes.ballot_drafted"] = "votes.ballot_drafted"
    ballot_id: Id


class SetBallot(Command):
    """How the room votes; until it is opened. Null: votes as the preset says, no weights, no clock."""

    type: Literal["votes.set_ballot"]
    ballot_id: Id
    question: Title | None = None
    mode: Mode | None = None
    preset: Key | None = None
    votes_each: Count | None = None
    per_item: Annotated[int, Limits(ge=1, le=MOST_OPTIONS)] | None = None
    must_use_all: bool | None = None
    weights: Weights | None = None
    seconds: Seconds | None = None


class BallotSet(Fact):
    type: Literal["votes.ballot_set"] = "votes.ballot_set"
    ballot_id: Id


class SetOptions(Command):
    """What is on it: ideas, themes or cards, in this order; until it is opened."""

    type: Literal["votes.set_options"]
    ballot_id: Id
    of_ids: Ids


class OptionsSet(Fact):
    type: Literal["votes.options_set"] = "votes.options_set"
    ballot_id: Id


class SetVoter(Command):
    """Whether somebody votes who is coach, sponsor or a double; everybody sees it. Once it is open nobody goes out."""

    type: Literal["votes.set_voter"]
    ballot_id: Id
    member_id: Id
    votes: bool


class VoterSet(Fact):
    type: Literal["votes.voter_set"] = "votes.voter_set"
    ballot_id: Id
    member_id: Id
    votes: bool


class ClarifyBallot(Command):
    """Read out, ask what is meant, no debate."""

    type: Literal["votes.clarify_ballot"]
    ballot_id: Id


class BallotClarified(Fact):
    type: Literal["votes.ballot_clarified"] = "votes.ballot_clarified"
    ballot_id: Id


class OpenBallot(Command):
    """Everybody may vote now, or goes on after a pause. Votes on what was mended meanwhile come back."""

    type: Literal["votes.open_ballot"]
    ballot_id: Id


class BallotOpened(Fact):
    type: Literal["votes.ballot_opened"] = "votes.ballot_opened"
    ballot_id: Id


class AddTime(Command):
    type: Literal["votes.add_time"]
    ballot_id: Id
    seconds: Seconds


class TimeAdded(Fact):
    type: Literal["votes.time_added"] = "votes.time_added"
    ballot_id: Id
    seconds: int


class PauseBallot(Command):
    """Nobody votes for a moment: something on the ballot is to be mended."""

    type: Literal["votes.pause_ballot"]
    ballot_id: Id


class BallotPaused(Fact):
    type: Literal["votes.ballot_paused"] = "votes.ballot_paused"
    ballot_id: Id


class WithdrawOption(Command):
    """Take something off the ballot, before it is opened or in a pause. It stays as a line with its reason."""

    type: Literal["votes.withdraw_option"]
    option_id: Id
    reason: Note | None = None


class OptionWithdrawn(Fact):
    type: Literal["votes.option_withdrawn"] = "votes.option_withdrawn"
    option_id: Id


class SetVotes(Command):
    """So many of my votes are on this; 0 takes them back. For somebody without a device: by who may, who then knows it.
    `handed`: on a device that was passed to them, whoever they are, they pressed it themselves."""

    type: Literal["votes.set_votes"]
    ballot_id: Id
    option_id: Id
    votes: Annotated[int, Limits(ge=0, le=MOST_OPTIONS * 20)]
    for_member: Id | None = None
    handed: bool | None = None


class VotesSet(Fact):
    """Neither what nor, of a secret ballot, by whom. Abstaining and having finished say the same."""

    type: Literal["votes.votes_set"] = "votes.votes_set"
    ballot_id: Id


class Abstain(Command):
    """I do not vote, and say so. Votes I had put come back to me; with false I may vote again."""

    type: Literal["votes.abstain"]
    ballot_id: Id
    abstaining: bool = True
    for_member: Id | None = None
    handed: bool | None = None


class Finish(Command):
    """I have finished; with false, I have not."""

    type: Literal["votes.finish"]
    ballot_id: Id
    finished: bool = True
    for_member: Id | None = None
    handed: bool | None = None


class CloseBallot(Command):
    type: Literal["votes.close_ballot"]
    ballot_id: Id


class BallotClosed(Fact):
    type: Literal["votes.ballot_closed"] = "votes.ballot_closed"
    ballot_id: Id


class ReopenBallot(Command):
    """It was closed too early, and nobody has seen what came out: open again, for so long."""

    type: Literal["votes.reopen_ballot"]
    ballot_id: Id
    seconds: Seconds | None = None


class BallotReopened(Fact):
    type: Literal["votes.ballot_reopened"] = "votes.ballot_reopened"
    ballot_id: Id


class RevealBallot(Command):
    """Everybody sees what came out, all at once. Without a single vote the ballot is void."""

    type: Literal["votes.reveal_ballot"]
    ballot_id: Id


class BallotRevealed(Fact):
    type: Literal["votes.ballot_revealed"] = "votes.ballot_revealed"
    ballot_id: Id


class DecideBallot(Command):
    """These options are kept. `confirmed`: one alone, and the coach means it."""

    type: Literal["votes.decide_ballot"]
    ballot_id: Id
    kept: Ids
    line: Drawn | None = None
    reason: Reason | None = None
    confirmed: bool | None = None


class BallotDecided(Fact):
    type: Literal["votes.ballot_decided"] = "votes.ballot_decided"
    ballot_id: Id
    kept: tuple[Id, ...]


class NextRound(Command):
    """The room votes once more, on those kept and under the same letters; as a run-off on those that tied alone."""

    type: Literal["votes.next_round"]
    ballot_id: Id
    next_id: Id
    kept: Ids
    run_off: Ids | None = None
    """Those of `kept` that tied. The others are in already."""
    line: Drawn | None = None
    reason: Reason | None = None


class VoidBallot(Command):
    type: Literal["votes.void_ballot"]
    ballot_id: Id
    reason: Reason


class BallotVoided(Fact):
    type: Literal["votes.ballot_voided"] = "votes.ballot_voided"
    ballot_id: Id
    why: Literal["coach", "no_votes", "forgotten", "lost"]


class EndBallot(Command):
    """Its time is over; or nobody has gone on with it for a day: then it is given up unread."""

    type: Literal["votes.end_ballot"] = "votes.end_ballot"
    ballot_id: Id


class LoseBallot(Command):
    """It has lost its papers: it was restored, or came with a copy."""

    type: Literal["votes.lose_ballot"] = "votes.lose_ballot"
    ballot_id: Id


class CountTurnout(Command):
    """So many have finished, of so many."""

    type: Literal["votes.count_turnout"] = "votes.count_turnout"
    ballot_id: Id
    finished: int
    of: int
    patients_waiting: bool


class TurnoutCounted(Fact):
    type: Literal["votes.turnout_counted"] = "votes.turnout_counted"
    ballot_id: Id
    finished: int
    of: int


def ended(ballot: Row) -> EndBallot:
    return EndBallot(ballot_id=ballot.id)
