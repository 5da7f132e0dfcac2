"""Ways of voting that the field knows, as data: how many votes, how they may be stacked, how the list is cut."""

from collections.abc import Callable
from dataclasses import dataclass

MOST_EACH = 20


def thirds(n: int) -> int:
    """Rule 1."""
    return max(1, min(MOST_EACH, n // 3))


@dataclass(frozen=True, slots=True)
class Preset:
    """One way. `per_item` None: as many as one has."""

    votes: Callable[[int], int]
    per_item: int | None = 1
    must_use_all: bool = False
    weights: tuple[int, ...] = ()


PRESETS: dict[str, Preset] = {
    "thirds": Preset(thirds),
    "thirds_stacked": Preset(thirds, per_item=3),
    "half": Preset(lambda n: max(1, n // 2)),
    "half_stacked": Preset(lambda n: max(1, n // 2), per_item=None),
    "ten_points": Preset(lambda n: 10 if n <= 30 else n // 3, per_item=None, must_use_all=True),
    "half_and_one": Preset(lambda n: n // 2 + 1),
    "objections": Preset(lambda n: max(1, n)),
    "team_size": Preset(thirds, must_use_all=True),
    "ranked": Preset(lambda n: 3, weights=(5, 3, 1)),
    "one": Preset(lambda n: 1),
}
"""`objections`: a vote says "keep it"; what nobody objects to losing leaves. `one`: for a theme, or a last round."""


def thresholds(preset: str, voters: int) -> tuple[int, ...]:
    """So many votes to stay, where the way of voting says so. For a team's size two sources do not agree."""
    if preset == "objections":
        return (1,)
    if preset != "team_size":
        return ()
    fewest = 2 if voters <= 5 else 3 if voters <= 15 else 4
    return (fewest, fewest + 1)
