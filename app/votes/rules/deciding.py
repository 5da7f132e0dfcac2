"""What the room keeps of what came out: at once, or after another round."""

from collections.abc import Iterable, Iterator
from typing import Literal

from app.board.rows import Theme, chosen
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.votes.messages import BallotDecided, DecideBallot, NextRound
from app.votes.rows import Ballot, Line, Option, Tally
from app.votes.rules.cut import passes_over
from app.votes.rules.drafting import with_votes
from app.votes.rules.items import behind, is_gone, lettered, live_options, moved_on
from app.votes.rules.presets import PRESETS


def decide_ballot(room: Room, command: DecideBallot, ask: Ask) -> Change:
    """Rules 17, 19 and 20."""
    ballot = room.get(Ballot, command.ballot_id)
    fact = BallotDecided(ballot_id=ballot.id, kept=command.kept)
    if ballot.state == "decided" and frozenset(ballot.kept) == frozenset(command.kept):
        return Change(fact)
    tally = _revealed(room, ballot)
    kept = _kept(room, ballot, tally, command.kept, command.reason)
    in_all = [*kept, *_sure(room, ballot)]
    if ballot.of == "themes":
        if len(in_all) > 1:
            raise Refusal("one_theme")
    elif len(in_all) == 1 and not command.confirmed:
        raise Refusal("only_one")
    decided = _decided(ballot, kept, command, ask)
    return Change(fact, puts=(decided, *_ends(room, ballot, tally, kept, command.reason, ask)))


def next_round(room: Room, command: NextRound, ask: Ask) -> Change:
    """This ballot ends with those that go on; they keep their letters."""
    ballot = room.get(Ballot, command.ballot_id)
    fact = BallotDecided(ballot_id=ballot.id, kept=command.kept)
    following = room.find(Ballot, command.next_id)
    if ballot.state == "decided" and following is not None and following.previous_id == ballot.id:
        return Change(fact)
    tally = _revealed(room, ballot)
    run_off = frozenset(command.run_off or ())
    kept = _kept(room, ballot, tally, command.kept, command.reason)
    if not run_off <= {option.id for option in kept}:
        raise Refusal("not_found", kind=Option.noun)
    goes_on = [option for option in kept if not run_off or option.id in run_off]
    if len(goes_on) < 2:
        raise Refusal("too_few_options", least=2)
    is_in = [option for option in kept if option not in goes_on]
    draft = ask.new(
        Ballot,
        id=room.free(Ballot, command.next_id),
        owner_id=None,
        question=ballot.question,
        of=ballot.of,
        mode=ballot.mode,
        preset=ballot.preset if ballot.preset in PRESETS else "thirds",
        per_item=ballot.per_item,
        must_use_all=ballot.must_use_all,
        weights=ballot.weights,
        seconds=ballot.seconds,
        round=ballot.round + 1,
        previous_id=ballot.id,
        sure=tuple(option.id for option in (*_sure(room, ballot), *is_in)),
    )
    options = lettered(draft, [(option.of_id, option.letter) for option in goes_on], ask)
    draft = with_votes(draft, len(options))
    survivors = [*kept, *_sure(room, ballot)]
    puts = (
        _decided(ballot, kept, command, ask),
        draft,
        *options,
        *_steps(room, ballot, tally, survivors, "on_ballot", command.reason, ask),
    )
    return Change(fact, puts=puts)


def _revealed(room: Room, ballot: Ballot) -> Tally:
    if ballot.state == "decided":
        raise Refusal("ballot_decided")
    if ballot.state != "revealed":
        raise Refusal("reveal_first")
    if ballot.apart:
        raise Refusal("apart_does_not_decide")
    return room.get(Tally, ballot.id)


def _kept(room: Room, ballot: Ballot, tally: Tally, ids: Iterable[str], reason: str | None) -> list[Option]:
    live = {option.id: option for option in live_options(room, ballot)}
    wanted = list(dict.fromkeys(ids))
    if not frozenset(wanted) <= live.keys():
        raise Refusal("not_found", kind=Option.noun)
    if not wanted and not ballot.sure:
        raise Refusal("none_kept")
    if passes_over(tally.lines, wanted) and not reason:
        raise Refusal("tie_needs_reason")
    return [live[id] for id in wanted]


def _sure(room: Room, ballot: Ballot) -> list[Option]:
    """Options of an earlier round that are in already, by this room's word."""
    found = (room.find(Option, id) for id in ballot.sure)
    return [option for option in found if option is not None]


def _decided(ballot: Ballot, kept: Iterable[Option], command: DecideBallot | NextRound, ask: Ask) -> Ballot:
    return ballot.but(
        state="decided",
        decided_at=ask.at,
        kept=tuple(option.id for option in kept),
        line=command.line,
        reason=command.reason or None,
    )


def _ends(room: Room, ballot: Ballot, tally: Tally, kept: list[Option], reason: str | None, ask: Ask) -> Iterator[Row]:
    if ballot.of == "themes":
        (option,) = (*kept, *_sure(room, ballot))
        theme = room.get(Theme, option.of_id)
        yield from chosen(theme, room.where(Theme, board_id=theme.board_id), reason or ballot.question or "", ask.at)
    elif ballot.of == "ideas":
        yield from _steps(room, ballot, tally, [*kept, *_sure(room, ballot)], "selected", reason, ask)


def _steps(
    room: Room,
    ballot: Ballot,
    tally: Tally,
    kept: list[Option],
    state: Literal["selected", "on_ballot"],
    reason: str | None,
    ask: Ask,
) -> Iterator[Row]:
    """What becomes of each idea, with what it got in this round."""
    if ballot.of != "ideas":
        return
    line: dict[str, Line] = {line.option_id: line for line in tally.lines}
    stays = {option.id for option in kept}
    for option in (*live_options(room, ballot), *_sure(room, ballot)):
        row = behind(room, ballot, option)
        if not is_gone(row):
            yield from moved_on(
                row, state if option.id in stays else "not_now", ballot, line.get(option.id), ask, reason
            )
