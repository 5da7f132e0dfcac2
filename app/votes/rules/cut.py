"""Where the list could be cut: at so many votes, or at the biggest gap. Ties are not split without a reason."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from app.votes.rows import Cut, Line


def cuts(lines: Sequence[Line], thresholds: Iterable[int]) -> Iterator[Cut]:
    """Rule 17: suggestions that the coach confirms. None that keeps nothing, or everything."""
    got = [line.points or 0 for line in lines]
    steps = [(above - below, -n) for n, (above, below) in enumerate(pairwise(got), 1)]
    widest, before = max(steps, default=(0, 0))
    if widest > 0:
        yield Cut(by="gap", points=widest, keeps=-before)
    for points in thresholds:
        keeps = sum(one >= points for one in got)
        if 0 < keeps < len(got):
            yield Cut(by="threshold", points=points, keeps=keeps)


def passes_over(lines: Iterable[Line], kept: Iterable[str]) -> bool:
    """Whether something is left out that stands as high as something kept: a tie that was split, or a place skipped."""
    chosen = frozenset(kept)
    lowest = max((line.place for line in lines if line.option_id in chosen), default=0)
    return any(line.place <= lowest and line.option_id not in chosen for line in lines)
