"""How many have finished, of how many: told a moment late, and never of whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app.rooms.kernel import Ask, Change, Command, Refusal, Room
from app.rooms.paper import Paper
from app.rooms.rows import person
from app.votes.messages import CountTurnout, TurnoutCounted
from app.votes.rows import Ballot, Choice, Turnout
from app.votes.rules.papers import all_choices
from app.votes.rules.who import electorate, speaks_for_patients


def told(room: Any, ballot: Ballot, papers: Iterable[Paper], at: datetime) -> Command | None:
    """What the server says of an open ballot; None while that stands already."""
    choices = all_choices(room, ballot, papers)
    now = counted(room, ballot, choices, at)
    if now == room.find(Turnout, ballot.id):
        return None
    return CountTurnout(
        ballot_id=ballot.id, finished=now.finished, of=now.of, patients_waiting=bool(now.patients_waiting)
    )


def count_turnout(room: Room, command: CountTurnout, ask: Ask) -> Change:
    ballot, standing = room.find(Ballot, command.ballot_id), room.find(Turnout, command.ballot_id)
    if ballot is None or standing is None or not ballot.is_open:
        raise Refusal("not_possible")
    now = standing.but(finished=command.finished, of=command.of, patients_waiting=command.patients_waiting)
    if now == standing:
        # Several processes count: one is heard.
        raise Refusal("not_possible")
    fact = TurnoutCounted(ballot_id=ballot.id, finished=command.finished, of=command.of)
    return Change(fact, puts=(now,))


def counted(room: Any, ballot: Ballot, choices: Iterable[Choice], at: datetime) -> Turnout:
    """The turnout of these choices. Who has put something could vote, wherever they were."""
    said = list(choices)
    everybody = all_who_could(room, ballot, said, at)
    finished = [person(room, choice.by) for choice in said if choice.has_finished(ballot.budget)]
    patients = {id for id in everybody if speaks_for_patients(room, id)}
    standing = room.find(Turnout, ballot.id) or Turnout(id=ballot.id, created_at=ballot.opened_at or at)
    return standing.but(
        finished=len(finished),
        of=len(everybody),
        patients_waiting=bool(patients) and patients.isdisjoint(finished),
    )


def all_who_could(room: Any, ballot: Ballot, choices: Iterable[Choice], at: datetime) -> frozenset[str]:
    said = frozenset(person(room, choice.by) for choice in choices if choice.is_said or choice.finished)
    return electorate(room, ballot, at) | said
