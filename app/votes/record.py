"""Ballots that everybody has seen, as lines of text: for the printed record."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.rooms.kernel import Section, Standing
from app.votes.rows import Ballot, Option, Tally
from app.votes.rules.items import behind, options_of
from app.words import catalogue


def ballots(room: Standing) -> Iterable[Section]:
    """What a room's printed record tells of votes."""
    shown = [ballot for ballot in room.where(Ballot) if ballot.revealed_at is not None]
    if shown:
        yield Section("votes.record.title")
    for ballot in sorted(shown, key=lambda ballot: str(ballot.revealed_at)):
        (tally,) = (row for row in room.where(Tally) if row.id == ballot.id)
        question = ballot.question or catalogue()["board.record_gone"]
        title = question if ballot.round == 1 else _say("round", question=question, round=ballot.round)
        yield Section(title, tuple(_told(room, ballot, tally)), level=3)


def _told(room: Standing, ballot: Ballot, tally: Tally) -> Iterator[str]:
    said = [_say(ballot.mode), _say("votes_each", count=ballot.votes_each)]
    said.append(_say("turnout", ballots=tally.ballots, electorate=tally.electorate))
    said += [_say(name, count=n) for name in ("abstained", "by_proxy", "under_spent") if (n := getattr(tally, name))]
    yield " · ".join(said)
    if tally.withheld:
        yield _say("withheld" if tally.ballots > 1 else "withheld_alone")
    options = {option.id: option for option in options_of(room, ballot)}
    for line in tally.lines:
        text = _text(room, ballot, options[line.option_id])
        code = "line_withheld" if line.points is None else "line"
        yield _say(code, place=line.place, letter=line.letter, text=text, points=line.points)
    for option in options.values():
        if not option.is_live:
            yield _say("withdrawn", letter=option.letter, text=_text(room, ballot, option))
    if ballot.state == "decided":
        if ballot.line is not None:
            yield _say(f"line_{ballot.line.by}", count=ballot.line.at)
        yield _say("kept", letters=", ".join(options[id].letter for id in ballot.kept if id in options))
    if ballot.reason:
        yield _say("reason", reason=ballot.reason)


def _text(room: Any, ballot: Ballot, option: Option) -> str:
    row = behind(room, ballot, option)
    text = None if row is None else getattr(row, "title" if ballot.of == "themes" else "text")
    return text if text is not None else catalogue()["board.record_gone"]


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"votes.record.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"votes.record.{code}", code)).format(**params)
