"""A ballot that everybody has seen, as lines of text: for the printed record, and as a table to take along."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from app.rooms.kernel import Section, Standing
from app.votes.rows import Ballot, Line, Option, Tally
from app.votes.rules.items import behind, options_of
from app.words import catalogue

COLUMNS = ("round", "place", "letter", "text", "points", "voters", "kept", "withdrawn")


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


def as_csv(room: Any, ballot: Ballot, tally: Tally) -> bytes:
    """Settings, electorate and turnout above, a line an option below; nothing of anybody (rule 27)."""
    table = StringIO()
    write = csv.writer(table)
    write.writerow(("question", _safe(ballot.question or "")))
    for name in ("mode", "preset", "votes_each", "per_item", "must_use_all", "round"):
        write.writerow((name, getattr(ballot, name)))
    for name in ("electorate", "ballots", "abstained", "under_spent", "by_proxy", "spent"):
        write.writerow((name, getattr(tally, name)))
    write.writerow(())
    write.writerow(COLUMNS)
    lines = {line.option_id: line for line in tally.lines}
    for option in sorted(options_of(room, ballot), key=lambda option: _order(option, lines)):
        line, is_kept = lines.get(option.id), option.id in ballot.kept
        write.writerow(
            (
                ballot.round,
                line.place if line else "",
                option.letter,
                _safe(_text(room, ballot, option)),
                "" if line is None or line.points is None else line.points,
                "" if line is None or line.voters is None else line.voters,
                "yes" if is_kept else "",
                "" if option.is_live else "yes",
            )
        )
    # With a mark in front spreadsheets read it as UTF-8.
    return table.getvalue().encode("utf-8-sig")


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
        yield _say("kept", letters=", ".join(options[id].letter for id in ballot.kept if id in options))
    if ballot.reason:
        yield _say("reason", reason=ballot.reason)


def _text(room: Any, ballot: Ballot, option: Option) -> str:
    row = behind(room, ballot, option)
    text = None if row is None else getattr(row, "title" if ballot.of == "themes" else "text")
    return text if text is not None else catalogue()["board.record_gone"]


def _order(option: Option, lines: dict[str, Line]) -> tuple[int, int]:
    line = lines.get(option.id)
    return (line.place if line else len(lines) + 1, option.rank)


def _safe(text: str) -> str:
    """A cell that begins like this is a formula to a spreadsheet."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"votes.record.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"votes.record.{code}", code)).format(**params)
