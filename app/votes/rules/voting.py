"""How people vote: so many here, so many there; they abstain, they have finished."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.votes.messages import Abstain, Finish, SetVotes, VotesSet
from app.votes.rows import Ballot, Choice, Option
from app.votes.rules.papers import choice_of, put
from app.votes.rules.who import whose


def set_votes(room: Room, command: SetVotes, ask: Ask) -> Change:
    ballot = taking(room, command.ballot_id, ask)
    option = room.get(Option, command.option_id)
    if option.ballot_id != ballot.id:
        raise Refusal("not_found", kind=Option.noun)
    if not option.is_live:
        raise Refusal("option_withdrawn")
    before = _choice(room, ballot, command, ask)
    now = before.votes.get(option.id, 0)
    if command.votes == 0 and now == 0:
        raise Refusal("no_vote_there")
    votes = {**before.votes, option.id: command.votes}
    _refuse_beyond(ballot, votes, option, left=ballot.budget - before.spent)
    return _changed(
        room,
        ballot,
        before.model_copy(
            update={"votes": {id: n for id, n in votes.items() if n}, "abstaining": False, "refunded": ()}
        ),
        command,
        ask,
    )


def abstain(room: Room, command: Abstain, ask: Ask) -> Change:
    """Rule 6. Votes that were put come back: nobody abstains and votes."""
    ballot = taking(room, command.ballot_id, ask)
    before = _choice(room, ballot, command, ask)
    votes = {} if command.abstaining else before.votes
    now = before.model_copy(update={"votes": votes, "abstaining": command.abstaining, "finished": False})
    return _changed(room, ballot, now, command, ask)


def finish(room: Room, command: Finish, ask: Ask) -> Change:
    ballot = taking(room, command.ballot_id, ask)
    before = _choice(room, ballot, command, ask)
    return _changed(room, ballot, before.model_copy(update={"finished": command.finished}), command, ask)


def taking(room: Room, ballot_id: str, ask: Ask) -> Ballot:
    """Rule 8: what counts is when it has come here."""
    ballot = room.get(Ballot, ballot_id)
    if ballot.takes_votes(ask.at):
        if not room.is_keyed(ballot.id):
            raise Refusal("box_lost")
        return ballot
    if ballot.state == "clarify" and ballot.opened_at is not None:
        raise Refusal("ballot_paused")
    raise Refusal("ballot_not_open" if ballot.opened_at is None else "ballot_closed")


def _choice(room: Room, ballot: Ballot, command: SetVotes | Abstain | Finish, ask: Ask) -> Choice:
    return choice_of(room, ballot, whose(room, ballot, command.for_member, command.handed, ask).id)


def _changed(room: Room, ballot: Ballot, choice: Choice, command: SetVotes | Abstain | Finish, ask: Ask) -> Change:
    by_other = command.for_member not in (None, ask.who.member_id)
    now = choice.model_copy(update={"proxy": by_other and not command.handed})
    return Change(VotesSet(ballot_id=ballot.id), puts=put(room, ballot, now, ask))


def _refuse_beyond(ballot: Ballot, votes: dict[str, int], option: Option, left: int) -> None:
    """Rules 2 and 26; the refusal says what is left."""
    n = votes[option.id]
    if ballot.weights:
        if n and n not in ballot.weights:
            raise Refusal("no_such_weight", weights=list(ballot.weights))
        if n and sum(other == n for other in votes.values()) > 1:
            raise Refusal("weight_used", weight=n)
        return
    if n > ballot.per_item:
        raise Refusal("too_many_on_one", per_item=ballot.per_item, left=left)
    if sum(votes.values()) > ballot.votes_each:
        raise Refusal("votes_spent", left=left)
