"""What papers add up to: points, competition ranks, and the groups that are large enough to be told."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.rooms.attendance import PATIENTS
from app.votes.rows import Choice, Group, Line, Option

FEWEST_SHOWN = 4
"""Under so many ballots points are withheld: they would be somebody's. Of one ballot the order is, too."""
FEWEST_IN_A_GROUP = 3
CLINICAL = ("nurse", "doctor", "therapist", "pharmacist", "laboratory")


def lines(options: Iterable[Option], choices: Sequence[Choice], *, withheld: bool = False) -> tuple[Line, ...]:
    """Rule 16: points, then distinct voters; equal ones share their place and stand by letter. 1, 2, 2, 4."""
    points: Counter[str] = Counter()
    voters: Counter[str] = Counter()
    for choice in choices:
        points.update(choice.votes)
        voters.update(choice.votes.keys())
    scored = sorted(
        ((points[option.id], voters[option.id], option) for option in options),
        key=lambda of: (-of[0], -of[1], of[2].rank),
    )
    standing = [(got, by) for got, by, _ in scored]
    return tuple(
        Line(
            option_id=option.id,
            letter=option.letter,
            points=None if withheld else got,
            voters=None if withheld else by,
            place=standing.index((got, by)) + 1,
        )
        for got, by, option in scored
    )


def one_each(choices: Iterable[Choice], person: Mapping[str, str]) -> list[Choice]:
    """Rule 4: two entries of one person are one ballot: what was put under the entry that stays, if anything was."""
    mine: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        mine[person.get(choice.by, choice.by)].append(choice)
    return [min(said, key=lambda one: (one.by != who, one.by)) for who, said in mine.items()]


def groups(options: Iterable[Option], choices: Iterable[tuple[Choice, str | None]]) -> tuple[Group, ...]:
    """Rule 23: only where each of them is three or more; a smaller one would be what the others leave over."""
    of: defaultdict[str, list[Choice]] = defaultdict(list)
    for choice, voice in choices:
        of[group_of(voice)].append(choice)
    if len(of) < 2 or any(len(mine) < FEWEST_IN_A_GROUP for mine in of.values()):
        return ()
    ids = [option.id for option in options]
    return tuple(
        Group(
            key=key,
            ballots=len(of[key]),
            points={id: sum(choice.votes.get(id, 0) for choice in of[key]) for id in ids},
        )
        for key in ("patients", "clinical", "other")
        if key in of
    )


def group_of(voice: str | None) -> str:
    if voice in PATIENTS:
        return "patients"
    return "clinical" if voice in CLINICAL else "other"
