"""A ballot is opened, has more time, is paused to mend something, and goes on."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.votes.messages import (
    AddTime,
    BallotOpened,
    BallotPaused,
    OpenBallot,
    OptionWithdrawn,
    PauseBallot,
    TimeAdded,
    WithdrawOption,
)
from app.votes.rows import Ballot, Choice, Option
from app.votes.rules.drafting import NOT_YET_OPENED, refuse_second, with_votes
from app.votes.rules.items import behind, frozen, given_back, is_gone, is_mended, live_options, rev_of, thawed
from app.votes.rules.papers import all_choices, changed
from app.votes.rules.turnout import counted

GIVEN_UP_AFTER = timedelta(days=1)
APART_GIVEN_UP_AFTER = timedelta(weeks=2)
"""What people put while they could not be in the hour waits for the next one."""
FEWEST_OPTIONS = 2


def open_ballot(room: Room, command: OpenBallot, ask: Ask) -> Change:
    """The same again from a second coach changes nothing."""
    ballot = room.get(Ballot, command.ballot_id)
    fact = BallotOpened(ballot_id=ballot.id)
    if ballot.state == "open":
        return Change(fact)
    if ballot.state not in NOT_YET_OPENED:
        raise Refusal("ballot_closed")
    if not ballot.apart:
        refuse_second(room, besides=ballot.id)
    if ballot.apart and ballot.until is not None and ballot.until <= ask.at:
        raise Refusal("until_in_past")
    mended = [option for option in live_options(room, ballot) if is_mended(room, ballot, option)]
    gone = {option.id for option in mended if is_gone(behind(room, ballot, option))}
    live = [option for option in live_options(room, ballot) if option.id not in gone]
    if len(live) < FEWEST_OPTIONS:
        raise Refusal("too_few_options", least=FEWEST_OPTIONS)
    if ballot.opened_at is not None:
        return Change(fact, puts=_goes_on(room, ballot, live, mended, ask))
    until = ballot.until if ballot.apart else opened_for(ballot.seconds, ask)
    opened = with_votes(ballot, len(live)).but(state="open", opened_at=ask.at, began=room.seq, ends_at=until)
    opened = with_due(opened, ask.at)
    turnout = counted(room, opened, (), ask.at)
    return Change(
        fact,
        puts=(
            opened,
            turnout,
            *_withdrawn(mended, gone, ask),
            *_noted(room, opened, live, ask),
            *frozen(room, opened, live, ask),
        ),
    )


def add_time(room: Room, command: AddTime, ask: Ask) -> Change:
    ballot = room.get(Ballot, command.ballot_id)
    if not ballot.takes_votes(ask.at):
        raise Refusal("ballot_closed" if ballot.opened_at else "ballot_not_open")
    if ballot.apart:
        raise Refusal("not_possible")
    longer = ballot.but(ends_at=(ballot.ends_at or ask.at) + timedelta(seconds=command.seconds))
    fact = TimeAdded(ballot_id=ballot.id, seconds=command.seconds)
    return Change(fact, puts=(with_due(longer, ask.at),))


def pause_ballot(room: Room, command: PauseBallot, ask: Ask) -> Change:
    """Rule 9: its options can be mended now; votes on the others stand."""
    ballot = room.get(Ballot, command.ballot_id)
    fact = BallotPaused(ballot_id=ballot.id)
    if ballot.state == "clarify" and ballot.opened_at is not None:
        return Change(fact)
    if not ballot.takes_votes(ask.at):
        raise Refusal("ballot_closed" if ballot.opened_at else "ballot_not_open")
    paused = with_due(ballot.but(state="clarify", paused_at=ask.at), ask.at)
    return Change(fact, puts=(paused, *thawed(room, ballot).values()))


def withdraw_option(room: Room, command: WithdrawOption, ask: Ask) -> Change:
    """Rule 11: it stays as a line with its reason, and votes that were on it come back as the ballot goes on."""
    option = room.get(Option, command.option_id)
    ballot = room.get(Ballot, option.ballot_id)
    fact = OptionWithdrawn(option_id=option.id)
    if not option.is_live:
        return Change(fact)
    if ballot.state not in NOT_YET_OPENED:
        raise Refusal("pause_first" if ballot.state == "open" else "ballot_closed")
    gone = option.but(withdrawn_at=ask.at, reason=command.reason or None)
    row = behind(room, ballot, option)
    back: tuple[Row, ...] = ()
    if row is not None and ballot.opened_at is not None and not ballot.apart:
        back = given_back(row, option.was, ballot, ask, command.reason)
    left = ballot if ballot.opened_at is not None else with_votes(ballot, len(live_options(room, ballot)) - 1)
    return Change(fact, puts=(gone, *back, *left.unless(ballot)))


def with_due(ballot: Ballot, at: datetime) -> Ballot:
    """When the server closes it; without a clock, and once it is paused or closed, when nobody goes on with it."""
    is_running = ballot.state == "open" and ballot.ends_at is not None
    waits = APART_GIVEN_UP_AFTER if ballot.apart else GIVEN_UP_AFTER
    return ballot.but(due_at=ballot.ends_at if is_running else at + waits)


def opened_for(seconds: int | None, ask: Ask) -> datetime | None:
    return None if seconds is None else ask.at + timedelta(seconds=seconds)


def _goes_on(room: Room, ballot: Ballot, live: list[Option], mended: list[Option], ask: Ask) -> tuple[Row, ...]:
    """After a pause: with what was left of the time, and votes on what was mended given back."""
    withdrawn = {option.id for option in _all(room, ballot) if not option.is_live}
    refunds = withdrawn | {option.id for option in mended}
    left = None if ballot.ends_at is None or ballot.paused_at is None else ballot.ends_at - ballot.paused_at
    is_by_clock = left is not None and not ballot.apart
    opened = ballot.but(
        state="open", paused_at=None, ends_at=ask.at + left if is_by_clock and left is not None else ballot.ends_at
    )
    opened = with_due(opened, ask.at)
    gone = {option.id for option in mended if is_gone(behind(room, ballot, option))}
    rows = (opened, *_withdrawn(mended, gone, ask), *_noted(room, opened, live, ask), *frozen(room, opened, live, ask))
    refunded = {
        choice.by: _refunded(choice, refunds) for choice in all_choices(room, ballot) if refunds & choice.votes.keys()
    }
    return (*rows, *(changed(room, ballot, refunded, ask) if refunded else ()))


def _refunded(choice: Choice, options: set[str]) -> Choice:
    kept = {id: n for id, n in choice.votes.items() if id not in options}
    back = tuple(sorted(options & choice.votes.keys()))
    return choice.model_copy(update={"votes": kept, "refunded": back, "finished": False})


def _all(room: Room, ballot: Ballot) -> Iterable[Option]:
    return room.where(Option, ballot_id=ballot.id)


def _withdrawn(mended: Iterable[Option], gone: set[str], ask: Ask) -> tuple[Option, ...]:
    """What has gone, or has become one with another, stays as a line."""
    return tuple(option.but(withdrawn_at=ask.at) for option in mended if option.id in gone)


def _noted(room: Room, ballot: Ballot, live: Iterable[Option], ask: Ask) -> Iterable[Option]:
    """What the words were as people began to vote on them."""
    for option in live:
        row = behind(room, ballot, option)
        was = option.was or getattr(row, "state", None)
        yield from option.but(rev=rev_of(row), was=was).unless(option)
