"""What can be on a ballot: ideas, themes or cards. Each has words that are frozen while people vote."""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from app.board.rows import Card, Theme
from app.ideas.rows import Idea, IdeaState, advanced, free_letters
from app.rooms.kernel import Ask, Refusal, Room, Row
from app.rooms.values import id_from
from app.votes.rows import Ballot, Line, Of, Option

KINDS: dict[Of, type[Idea] | type[Theme] | type[Card]] = {"ideas": Idea, "themes": Theme, "cards": Card}
NEW: tuple[IdeaState, ...] = ("raw", "clarified")
NEVER: tuple[IdeaState, ...] = ("merged", "abandoned")
KEEP_THEIR_STATE: tuple[IdeaState, ...] = ("testing", "adopted", "adapted")
"""Rule 20: whatever a ballot says."""


def all_for(room: Room, of: Of) -> list[str]:
    """What a new ballot begins with: everything of its kind, of ideas those that nothing has been decided about."""
    found = [row for row in room.where(KINDS[of]) if _fits(row) and (not isinstance(row, Idea) or row.state in NEW)]
    return [row.id for row in sorted(found, key=lambda row: (row.rank, row.id))]


def item(room: Room, of: Of, id: str) -> Any:
    """The row behind an option; refused where it is not for everybody to see."""
    row = room.get(KINDS[of], id)
    if not _fits(row):
        raise Refusal("not_for_a_ballot")
    return row


def behind(room: Any, ballot: Ballot, option: Option) -> Any:
    """The row behind an option, whatever has become of it."""
    return room.find(KINDS[ballot.of], option.of_id)


def _fits(row: Any) -> bool:
    if row.removed_at is not None or row.redacted_at is not None or getattr(row, "audience", "all") != "all":
        return False
    is_hidden = getattr(row, "hidden", False) or getattr(row, "held", False)
    return not is_hidden and not (isinstance(row, Idea) and row.state in NEVER)


def options_of(room: Any, ballot: Ballot) -> list[Option]:
    """All of a ballot as it lists them, those that were withdrawn, too."""
    return sorted(room.where(Option, ballot_id=ballot.id), key=lambda option: option.rank)


def live_options(room: Any, ballot: Ballot) -> list[Option]:
    return [option for option in options_of(room, ballot) if option.is_live]


def new_options(room: Room, ballot: Ballot, of_ids: Iterable[str], ask: Ask) -> tuple[Option, ...]:
    """An idea brings its letter; whatever has none gets the next that is free, also of ideas chosen before."""
    rows = [item(room, ballot.of, id) for id in dict.fromkeys(of_ids)]
    own: dict[str, str] = {}
    for row in rows:
        letter = getattr(row, "letter", None)
        if letter and letter not in own.values():
            own[row.id] = letter
    chosen = {
        idea.letter for idea in room.where(Idea) if idea.state == "selected" and idea.letter and idea.id not in own
    }
    free = free_letters({*own.values(), *(chosen if ballot.of == "ideas" else ())})
    return lettered(ballot, [(row.id, own.get(row.id) or next(free)) for row in rows], ask)


def lettered(ballot: Ballot, items: Sequence[tuple[str, str]], ask: Ask) -> tuple[Option, ...]:
    """Options for these (id, letter), in the order of their letters."""
    ordered = sorted(items, key=lambda of: (len(of[1]), of[1]))
    return tuple(
        ask.new(
            Option,
            id=id_from(ballot.id, "option", of_id),
            owner_id=None,
            ballot_id=ballot.id,
            letter=letter,
            rank=rank,
            of_id=of_id,
        )
        for rank, (of_id, letter) in enumerate(ordered)
    )


def rev_of(row: Any) -> int:
    """Changes whenever its words do. A theme has no number of its own."""
    return crc32((row.title or "").encode()) if isinstance(row, Theme) else int(row.rev)


def is_gone(row: Any) -> bool:
    """Not to be voted on any more: taken away, without words, or become one with another."""
    return row is None or not _fits(row)


def is_mended(room: Any, ballot: Ballot, option: Option) -> bool:
    """Whether it is another thing now than when people voted on it; also when it has taken in one of the others."""
    row = behind(room, ballot, option)
    if is_gone(row) or option.rev not in (None, rev_of(row)):
        return True
    others = (behind(room, ballot, other) for other in live_options(room, ballot) if other.id != option.id)
    return any(isinstance(other, Idea) and other.merged_into == row.id for other in others)


def frozen(room: Room, ballot: Ballot, options: Iterable[Option], ask: Ask) -> tuple[Row, ...]:
    """Nobody changes these while people vote. A ballot that stands apart freezes nothing: it may be open for weeks."""
    if ballot.apart:
        return ()
    rows: list[Row] = []
    for option in options:
        row = behind(room, ballot, option)
        if row.locked_by not in (None, ballot.id):
            raise Refusal("locked", by=row.locked_by)
        row = row.but(locked_by=ballot.id)
        if not isinstance(row, Idea):
            rows.append(row)
            continue
        row = row.but(letter=option.letter)
        is_new = row.state not in ("on_ballot", *KEEP_THEIR_STATE)
        rows += advanced(row, "on_ballot", ask, ballot_id=ballot.id, round=ballot.round) if is_new else (row,)
    return tuple(rows)


def thawed(room: Room, ballot: Ballot) -> dict[str, Row]:
    """Id → row, of all that this ballot had frozen."""
    rows = (behind(room, ballot, option) for option in options_of(room, ballot))
    return {row.id: row.but(locked_by=None) for row in rows if row is not None and row.locked_by == ballot.id}


def moved_on(
    row: Row, state: IdeaState, ballot: Ballot, line: Line | None, ask: Ask, reason: str | None
) -> tuple[Row, ...]:
    """An idea after a ballot, with what it got; others have no state."""
    if not isinstance(row, Idea):
        return (row,)
    if row.state in (*KEEP_THEIR_STATE, *NEVER):
        state = row.state
    return advanced(
        row,
        state,
        ask,
        ballot_id=ballot.id,
        round=ballot.round,
        points=line.points if line else None,
        place=line.place if line else None,
        reason=reason,
    )


def given_back(row: Row, was: str | None, ballot: Ballot, ask: Ask, reason: str | None = None) -> tuple[Row, ...]:
    """An idea whose ballot came to nothing, or that was taken off it: as it was before."""
    if not isinstance(row, Idea) or row.state != "on_ballot":
        return (row,)
    before = Idea.model_validate({**row.__dict__, "state": was if was not in (None, "on_ballot") else "clarified"})
    return advanced(row, before.state, ask, ballot_id=ballot.id, round=ballot.round, reason=reason)
