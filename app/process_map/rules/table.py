"""A map as a table, for a spreadsheet: one step a line. What is written can be read again (`reading`)."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from app.process_map.rows import Lane, MapEdge, MapStep, Time
from app.process_map.rules import onward

HEADINGS = (
    "No", "Step", "Kind", "Lane", "Process", "Wait", "Complete %", "Volume a day", "Value", "Staff",
    "Shadowed", "Shortest", "Longest", "Hot spot", "Note", "Next",
)  # fmt: skip
TAKEN_OUT = "…"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would calculate a cell that begins so, whoever wrote it."""


def as_table(lanes: Iterable[Lane], steps: Sequence[MapStep], edges: Iterable[MapEdge]) -> str:
    """The steps in this order."""
    names = {lane.id: lane.name or TAKEN_OUT for lane in lanes}
    numbers = {step.id: n for n, step in enumerate(steps, 1)}
    out: dict[str, list[MapEdge]] = {}
    for edge in sorted(edges, key=lambda edge: numbers.get(edge.to_id, 0)):
        if edge.to_id in numbers:
            out.setdefault(edge.from_id, []).append(edge)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(HEADINGS)
    for step in steps:
        line = _line(step, names, numbers, out.get(step.id, ()))
        writer.writerow([_harmless(cell) for cell in line])
    return table.getvalue()


def _line(step: MapStep, names: Mapping[str, str], numbers: Mapping[str, int], out: Iterable[MapEdge]) -> list[str]:
    return [
        str(numbers[step.id]),
        step.text or TAKEN_OUT,
        step.kind,
        names.get(step.lane_id, ""),
        _time(step.process),
        _time(step.wait),
        "" if step.complete is None else f"{_number(step.complete)} %",
        _number(step.volume),
        (step.value or "").replace("_", " "),
        step.staff or "",
        _number(step.shadowed),
        _time(step.low),
        _time(step.high),
        "yes" if step.hot else "",
        step.note or "",
        onward.joined(onward.written(str(numbers[edge.to_id]), edge.label, edge.share) for edge in out),
    ]


def _time(time: Time | None) -> str:
    return "" if time is None else f"{_number(time.amount)} {time.unit}"


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}" if number < 10**6 and float(f"{number:g}") == number else str(number)


def _harmless(cell: str) -> str:
    """With one more `'` than it has, which reading takes away."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def as_written(cell: str) -> str:
    """Without what keeps a spreadsheet from calculating it."""
    return cell[1:].strip() if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
