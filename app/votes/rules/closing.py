"""A ballot is closed, perhaps opened again, and then shown to all at once; or it comes to nothing."""

from collections.abc import Iterable, Iterator

from app.ideas.rows import Idea, is_from_patient
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member, person
from app.votes.messages import (
    BallotClosed,
    BallotReopened,
    BallotRevealed,
    BallotVoided,
    CloseBallot,
    EndBallot,
    LoseBallot,
    ReopenBallot,
    RevealBallot,
    VoidBallot,
)
from app.votes.rows import Ballot, Choice, Line, Option, Tally, VoidWhy
from app.votes.rules.counting import FEWEST_SHOWN, groups, lines
from app.votes.rules.cut import cuts
from app.votes.rules.items import behind, given_back, live_options, options_of, thawed
from app.votes.rules.opening import opened_for, with_due
from app.votes.rules.papers import all_choices
from app.votes.rules.presets import thresholds
from app.votes.rules.turnout import all_who_could, counted


def close_ballot(room: Room, command: CloseBallot, ask: Ask) -> Change:
    """By hand and by the clock at the same moment is one close."""
    ballot = room.get(Ballot, command.ballot_id)
    if ballot.state == "closed":
        return Change(BallotClosed(ballot_id=ballot.id))
    if ballot.state != "open":
        raise Refusal("ballot_not_open")
    return _closed(room, ballot, ask)


def end_ballot(room: Room, command: EndBallot, ask: Ask) -> Change:
    """The server's, when its moment has come: time is over, or nobody has gone on with it for a day."""
    ballot = room.get(Ballot, command.ballot_id)
    if not ballot.is_open or ballot.due_at is None or ask.at < ballot.due_at:
        raise Refusal("not_possible")
    return _closed(room, ballot, ask) if ballot.state == "open" else _void(room, ballot, "forgotten", ask)


def reopen_ballot(room: Room, command: ReopenBallot, ask: Ask) -> Change:
    """Rule 21: only while nobody has seen what came out."""
    ballot = room.get(Ballot, command.ballot_id)
    fact = BallotReopened(ballot_id=ballot.id)
    if ballot.state == "open":
        return Change(fact)
    if ballot.state != "closed":
        raise Refusal("ballot_revealed" if ballot.revealed_at else "ballot_not_open")
    if not room.is_keyed(ballot.id):
        raise Refusal("box_lost")
    until = ballot.until if ballot.apart else opened_for(command.seconds, ask)
    if until is not None and until <= ask.at:
        raise Refusal("until_in_past")
    opened = ballot.but(state="open", closed_at=None, electorate=None, ends_at=until)
    return Change(fact, puts=(with_due(opened, ask.at),))


def reveal_ballot(room: Room, command: RevealBallot, ask: Ask) -> Change:
    """Rules 15 and 18. The papers are summed up, and with this they and their key are gone."""
    ballot = room.get(Ballot, command.ballot_id)
    if ballot.revealed_at is not None or ballot.void_why == "no_votes":
        return Change(BallotRevealed(ballot_id=ballot.id))
    if ballot.state != "closed":
        raise Refusal("close_first" if ballot.is_open else "ballot_not_open")
    if not room.is_keyed(ballot.id):
        raise Refusal("box_lost")
    choices = all_choices(room, ballot)
    if not any(choice.votes for choice in choices):
        return _void(room, ballot, "no_votes", ask)
    tally = _tally(room, ballot, choices, ask)
    revealed = ballot.but(state="revealed", revealed_at=ask.at, due_at=None, electorate=tally.electorate)
    puts = (revealed, tally, *thawed(room, ballot).values())
    return Change(BallotRevealed(ballot_id=ballot.id), puts=puts)


def void_ballot(room: Room, command: VoidBallot, ask: Ask) -> Change:
    ballot = room.get(Ballot, command.ballot_id)
    if ballot.state == "void":
        return Change(BallotVoided(ballot_id=ballot.id, why=ballot.void_why or "coach"))
    if ballot.state == "decided":
        raise Refusal("ballot_decided")
    return _void(room, ballot, "coach", ask, command.reason)


def lose_ballot(room: Room, command: LoseBallot, ask: Ask) -> Change:
    ballot = room.find(Ballot, command.ballot_id)
    if ballot is None or not ballot.is_open or room.is_keyed(ballot.id):
        raise Refusal("not_possible")
    return _void(room, ballot, "lost", ask)


def _closed(room: Room, ballot: Ballot, ask: Ask) -> Change:
    closed = with_due(ballot.but(state="closed", closed_at=ask.at), ask.at)
    choices = all_choices(room, ballot)
    could = all_who_could(room, closed, choices, ask.at)
    puts = (closed.but(electorate=len(could)), counted(room, closed, choices, ask.at))
    return Change(BallotClosed(ballot_id=ballot.id), puts=puts)


def _tally(room: Room, ballot: Ballot, choices: list[Choice], ask: Ask) -> Tally:
    options = live_options(room, ballot)
    cast = [choice for choice in choices if choice.votes]
    withheld = len(cast) < FEWEST_SHOWN and ballot.mode == "secret"
    counted = lines(options, cast if not withheld or len(cast) > 1 else (), withheld=withheld)
    could = all_who_could(room, ballot, choices, ask.at)
    return ask.new(
        Tally,
        id=ballot.id,
        owner_id=None,
        lines=counted,
        electorate=len(could),
        ballots=len(cast),
        abstained=sum(choice.abstaining for choice in choices),
        under_spent=sum(choice.spent < ballot.budget for choice in cast),
        by_proxy=sum(choice.proxy for choice in choices if choice.is_said),
        spent=sum(choice.spent for choice in cast),
        withheld=withheld,
        cuts=() if withheld else tuple(cuts(counted, thresholds(ballot.preset, len(could)))),
        from_patients=tuple(_from_patients(room, ballot, counted)),
        groups=groups(options, ((choice, _voice(room, choice)) for choice in cast)),
    )


def _from_patients(room: Room, ballot: Ballot, lines: Iterable[Line]) -> Iterator[str]:
    """Rule 28: by who proposed them, never by who voted."""
    options = {option.id: option for option in options_of(room, ballot)}
    for line in lines:
        row = behind(room, ballot, options[line.option_id])
        if isinstance(row, Idea) and is_from_patient(room, row):
            yield line.option_id
    here = {option.of_id for option in options.values()}
    before = room.find(Tally, ballot.previous_id) if ballot.previous_id else None
    for id in before.from_patients if before else ():
        option = room.find(Option, id)
        if option is not None and option.of_id not in here:
            yield id


def _voice(room: Room, choice: Choice) -> str | None:
    member = room.find(Member, person(room, choice.by))
    return member.voice if member is not None else None


def _void(room: Room, ballot: Ballot, why: VoidWhy, ask: Ask, reason: str | None = None) -> Change:
    """Nothing came of it: what was on it stands as before, and can be voted on again."""
    void = ballot.but(state="void", void_why=why, void_reason=reason, due_at=None, ends_at=None)
    rows = thawed(room, ballot)
    was = {option.of_id: option.was for option in options_of(room, ballot)}
    back: list[Row] = []
    for id, row in rows.items():
        back += given_back(row, was[id], ballot, ask, reason)
    return Change(BallotVoided(ballot_id=ballot.id, why=why), puts=(void, *back))
