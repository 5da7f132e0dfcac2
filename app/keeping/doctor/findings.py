"""What the doctor found at one place: all well, something wrong with what to do, or not looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the operator."""

    place: str
    told: str
    is_wrong: bool = False
    to_do: str = ""
    was_looked_at: bool = True

    def __str__(self) -> str:
        mark = "–" if not self.was_looked_at else "✗" if self.is_wrong else "✓"
        return f"{mark} {self.place:12} {self.told}" + (f"\n{'':15}→ {self.to_do}" if self.to_do else "")


def well(place: str, told: str) -> Finding:
    return Finding(place, told)


def wrong(place: str, told: str, to_do: str) -> Finding:
    return Finding(place, told, is_wrong=True, to_do=to_do)


def skipped(place: str, told: str) -> Finding:
    return Finding(place, told, was_looked_at=False)
