"""A ballot before it is opened: what it asks, what is on it, how the room votes, and who does."""

from typing import Any

from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import active_member
from app.votes.messages import (
    BallotClarified,
    BallotDrafted,
    BallotSet,
    ClarifyBallot,
    DraftBallot,
    OptionsSet,
    SetBallot,
    SetOptions,
    SetVoter,
    VoterSet,
)
from app.votes.rows import MOST_OPTIONS, Ballot, Option, Voter
from app.votes.rules.items import all_for, live_options, new_options, options_of
from app.votes.rules.presets import PRESETS
from app.votes.rules.who import voter_id, votes_in

NOT_YET_OPENED = ("draft", "clarify")


def draft_ballot(room: Room, command: DraftBallot, ask: Ask) -> Change:
    is_apart = command.until is not None
    if command.until is None:
        refuse_second(room)
    elif command.until <= ask.at:
        raise Refusal("until_in_past")
    preset = command.preset or ("one" if command.of == "themes" else "thirds")
    ballot = ask.new(
        Ballot,
        id=room.free(Ballot, command.ballot_id),
        owner_id=None,
        question=command.question,
        of=command.of,
        mode=command.mode or "secret",
        seconds=None if is_apart else command.seconds,
        apart=is_apart,
        until=command.until,
    )
    of_ids = all_for(room, command.of)[:MOST_OPTIONS] if command.of_ids is None else command.of_ids
    options = new_options(room, ballot, of_ids, ask)
    ballot = _by_preset(ballot, preset, len(options))
    return Change(BallotDrafted(ballot_id=ballot.id), puts=(ballot, *options))


def set_ballot(room: Room, command: SetBallot, ask: Ask) -> Change:
    ballot = not_yet_opened(room, command.ballot_id)
    n = len(live_options(room, ballot))
    said = command.said(
        "question",
        "mode",
        "per_item",
        "must_use_all",
        "seconds",
        never_null=("question", "mode", "per_item", "must_use_all"),
    )
    changed = ballot if command.preset is None else _by_preset(ballot.but(votes_set=False), command.preset, n)
    changed = changed.but(**said)
    if "weights" in command.model_fields_set:
        changed = changed.but(weights=_weights(command.weights or ()))
    if "votes_each" in command.model_fields_set:
        changed = _own_votes(changed, command.votes_each, n)
    if changed.apart:
        changed = changed.but(seconds=None)
    return Change(BallotSet(ballot_id=ballot.id), puts=fitting(changed, n).unless(ballot))


def set_options(room: Room, command: SetOptions, ask: Ask) -> Change:
    ballot = not_yet_opened(room, command.ballot_id)
    if ballot.previous_id is not None:
        raise Refusal("options_stay")
    options = new_options(room, ballot, command.of_ids, ask)
    standing = {option.id: option for option in options_of(room, ballot)}
    kept = {option.id for option in options}
    puts = [row for option in options for row in _again(option, standing.get(option.id))]
    drops: tuple[tuple[type[Row], str], ...] = tuple((Option, id) for id in standing if id not in kept)
    changed = with_votes(ballot, len(options))
    return Change(OptionsSet(ballot_id=ballot.id), puts=(*changed.unless(ballot), *puts), drops=drops)


def set_voter(room: Room, command: SetVoter, ask: Ask) -> Change:
    ballot = room.get(Ballot, command.ballot_id)
    if ballot.state not in ("draft", "clarify", "open"):
        raise Refusal("ballot_not_open")
    member = active_member(room, command.member_id)
    fact = VoterSet(ballot_id=ballot.id, member_id=member.id, votes=command.votes)
    if votes_in(room, ballot, member) == command.votes:
        return Change(fact)
    if member.part in ("observer", "wall"):
        raise Refusal("observers_do_not_vote")
    if ballot.opened_at is not None and not command.votes:
        # What somebody has put counts, and that they have put something is nobody's to know.
        raise Refusal("voter_stays")
    id = voter_id(ballot.id, member.id)
    switch = room.find(Voter, id) or ask.new(
        Voter, id=id, owner_id=member.id, ballot_id=ballot.id, member_id=member.id, votes=command.votes
    )
    return Change(fact, puts=(switch.but(votes=command.votes),))


def clarify_ballot(room: Room, command: ClarifyBallot, ask: Ask) -> Change:
    ballot = not_yet_opened(room, command.ballot_id)
    fact = BallotClarified(ballot_id=ballot.id)
    return Change(fact, puts=ballot.but(state="clarify").unless(ballot))


def refuse_second(room: Room, besides: str | None = None) -> None:
    """One ballot at a time; the one that is on says where to look."""
    for other in room.where(Ballot):
        if not other.is_over and not other.apart and other.id != besides:
            raise Refusal("ballot_live", ballot_id=other.id)


def not_yet_opened(room: Room, ballot_id: str) -> Ballot:
    ballot = room.get(Ballot, ballot_id)
    if ballot.state not in NOT_YET_OPENED or ballot.opened_at is not None:
        raise Refusal("ballot_opened")
    return ballot


def with_votes(ballot: Ballot, n: int) -> Ballot:
    """Rule 1: as many votes as the preset says for so many options, where the coach has not said otherwise."""
    if ballot.votes_set:
        return fitting(ballot, n)
    preset = PRESETS[ballot.preset]
    each = preset.votes(n)
    changed = ballot.but(votes_each=each, per_item=each if preset.per_item is None else ballot.per_item)
    return fitting(changed, n)


def fitting(ballot: Ballot, n: int) -> Ballot:
    """Nobody can put more than there is room for."""
    if ballot.weights:
        return ballot
    most = max(1, n * ballot.per_item)
    return ballot if ballot.votes_each <= most else ballot.but(votes_each=most)


def _by_preset(ballot: Ballot, key: str, n: int) -> Ballot:
    preset = PRESETS.get(key)
    if preset is None:
        raise Refusal("bad_command", field="preset", reason="no_such_preset")
    said: dict[str, Any] = {"must_use_all": preset.must_use_all, "weights": preset.weights}
    return with_votes(ballot.but(preset=key, per_item=preset.per_item or 1, **said), n)


def _own_votes(ballot: Ballot, votes_each: int | None, n: int) -> Ballot:
    if votes_each is None:
        return with_votes(ballot.but(votes_set=False), n)
    if votes_each > n * ballot.per_item:
        raise Refusal("too_many_votes", most=n * ballot.per_item)
    return ballot.but(votes_each=votes_each, votes_set=True)


def _weights(weights: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(weights)) < len(weights):
        raise Refusal("bad_command", field="weights", reason="twice")
    return tuple(sorted(weights, reverse=True))


def _again(option: Option, standing: Option | None) -> tuple[Option, ...]:
    if standing is None:
        return (option,)
    return standing.but(letter=option.letter, rank=option.rank, withdrawn_at=None, reason=None).unless(standing)
