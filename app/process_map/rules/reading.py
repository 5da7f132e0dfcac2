"""A table of steps as people have it in a spreadsheet, and what of it is understood. Pure: text in, steps out.

Columns in any order, divided by commas, semicolons or tabs, with English headings. Nothing is guessed in silence: what
was not understood is told, line by line, and left out.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.process_map.messages.importing import Onward, StepToImport
from app.process_map.messages.lanes import MOST_LANES, MOST_STEPS
from app.process_map.rows import Kind, Time, Unit, hundredths
from app.process_map.rules import onward
from app.process_map.rules.table import as_written
from app.process_map.rules.vocabulary import HEADINGS, KINDS, UNITS, VALUES
from app.rooms.values import NOTE, TITLE, Value

TroubleCode = Literal[
    "no_headings", "heading_unknown", "no_text", "cut", "time_unclear", "number_unclear",
    "kind_unclear", "value_unclear", "next_unclear", "upside_down", "too_many", "unreadable",
]  # fmt: skip


class Trouble(Value):
    """What was not understood, where, and what stands there."""

    line: int
    code: TroubleCode
    said: str = ""


class Understood(Value):
    """What goes into `import_steps`, and what does not."""

    lanes: tuple[str, ...] = ()
    steps: tuple[StepToImport, ...] = ()
    troubles: tuple[Trouble, ...] = ()


TIMES = ("process", "wait", "low", "high")
TEXTS = {"text": TITLE, "lane": TITLE, "staff": TITLE, "note": NOTE}
DIVIDERS = ("\t", ";", ",")
MOST = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_TIME = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")
_IN_UNIT = re.compile(r"(.+?)[\s,(/\[]+(?:in )?([a-z]+)[)\]]*")
"""Of a heading: `wait (hours)`, `wait, min`, `wait in days`."""


def understood(text: str, unit: Unit = "minutes") -> Understood:
    """`unit` is what a time without one is in."""
    text = _clean(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    divider = max(DIVIDERS, key=first.count)
    reading = _Reading(unit)
    try:
        rows = [
            (lines, [_said(cell) for cell in row])
            for row, lines in _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=divider))
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return Understood(troubles=(Trouble(line=1, code="unreadable"),))
    if rows:
        reading.read(rows)
    steps = reading.steps()
    troubles = sorted(reading.troubles, key=lambda trouble: trouble.line)
    return Understood(lanes=tuple(reading.lanes.values()), steps=steps, troubles=tuple(troubles))


def _clean(text: str) -> str:
    """As words of a row are: in one spelling, without halves of letters."""
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()).lstrip("\ufeff")


def _numbered(reader: Any) -> Iterator[tuple[list[str], int]]:
    begins = 1
    for row in reader:
        yield row, begins
        begins = reader.line_num + 1


def _said(cell: str) -> str:
    return as_written(_CONTROL.sub(" ", cell).strip())


@dataclass
class _Reading:
    unit: Unit
    lanes: dict[str, str] = field(default_factory=dict)
    """By their name in small letters, in the order in which they come."""
    troubles: list[Trouble] = field(default_factory=list)
    found: list[tuple[int, dict[str, str], StepToImport]] = field(default_factory=list)
    """Line, cells, and the step that they are."""
    units: dict[str, Unit] = field(default_factory=dict)
    """What the heading says of times in its column: "Wait (hours)"."""
    is_led: bool = False
    """Whether the table says what comes after what."""

    def read(self, rows: list[tuple[int, list[str]]]) -> None:
        columns, body = self._columns(rows)
        self.is_led = "next" in columns
        for line, row in body:
            cells = {name: cell for name, cell in zip(columns, row, strict=False) if name and cell}
            if not cells:
                continue
            if len(self.found) == MOST_STEPS:
                self._trouble(line, "too_many")
                return
            if "text" not in cells:
                self._trouble(line, "no_text", " ".join(cells.values()))
                continue
            self.found.append((line, cells, self._step(line, cells)))

    def steps(self) -> tuple[StepToImport, ...]:
        """With what comes after what: as the table says, else one behind the other."""
        places = self._places()
        last = len(self.found) - 1
        result = []
        for n, (line, cells, step) in enumerate(self.found):
            if self.is_led:
                onward = tuple(self._onward(line, n, cells.get("next", ""), places))
            else:
                onward = () if n == last or step.kind == "end" else (Onward(to=n + 1),)
            result.append(step.model_copy(update={"next": onward}))
        return tuple(result)

    def _trouble(self, line: int, code: TroubleCode, said: str = "") -> None:
        self.troubles.append(Trouble(line=line, code=code, said=said[:TITLE]))

    def _columns(self, rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
        line, headings = rows[0]
        names = [self._heading(heading) for heading in headings]
        if "text" not in names:
            if len(headings) > 1:
                self._trouble(line, "no_headings", ", ".join(headings))
            return ["text"], rows
        for name, heading in zip(names, headings, strict=True):
            if not name and heading:
                self._trouble(line, "heading_unknown", heading)
        # Of two columns with one meaning the first counts.
        return [name if names.index(name) == n else "" for n, name in enumerate(names)], rows[1:]

    def _heading(self, heading: str) -> str:
        plain = re.sub(r"[\s_]+", " ", heading.casefold()).strip(" ?:")
        if plain in HEADINGS:
            return HEADINGS[plain]
        found = _IN_UNIT.fullmatch(plain)
        name = HEADINGS.get(found[1] if found else plain.partition("(")[0].strip(), "")
        if found and name in TIMES and found[2] in UNITS:
            self.units[name] = UNITS[found[2]][0]
        return name

    def _step(self, line: int, cells: Mapping[str, str]) -> StepToImport:
        texts = {name: self._text(line, cells[name], most) for name, most in TEXTS.items() if name in cells}
        times = {name: self._time(line, cells[name], self.units.get(name)) for name in TIMES if name in cells}
        low, high = hundredths(times.get("low")), hundredths(times.get("high"))
        if low is not None and high is not None and low > high:
            self._trouble(line, "upside_down", f"{cells['low']}, {cells['high']}")
            times |= {"low": None, "high": None}
        numbers = {
            "complete": self._number(line, cells.get("complete"), 100, 2),
            "volume": self._number(line, cells.get("volume"), MOST, 2),
            "shadowed": self._number(line, cells.get("shadowed"), 100_000, 0),
        }
        said = {"text": texts["text"], "staff": texts.get("staff"), "note": texts.get("note"), **times, **numbers}
        said["kind"] = self._kind(line, cells)
        said["lane"] = self._lane(line, texts.get("lane"))
        value = cells.get("value")
        said["value"] = self._one_of(line, value, VALUES, "value_unclear") if value else None
        said["hot"] = cells.get("hot", "no").casefold() not in ("no", "0", "false")
        return StepToImport.model_validate(said)

    def _text(self, line: int, text: str, most: int) -> str:
        if len(text) > most:
            self._trouble(line, "cut", text)
        return text[:most].strip()

    def _time(self, line: int, said: str, unit: Unit | None) -> Time | None:
        """`15`, `15 min`, `1.5 h`, `2 days`, `1 h 30 min`."""
        plain = said.casefold().strip()
        parts = [(float(number.replace(",", ".")), word) for number, word in _TIME.findall(plain)]
        is_whole = not _TIME.sub("", plain).strip(" ,")
        if not parts or not is_whole or any(word and word not in UNITS for _, word in parts):
            self._trouble(line, "time_unclear", said)
            return None
        if len(parts) == 1:
            number, word = parts[0]
            of, factor = UNITS[word] if word else (unit or self.unit, 1)
            amount = round(number * factor, 2)
        else:
            of, amount = "minutes", round(sum(_in_minutes(number, word) for number, word in parts), 2)
        if amount >= MOST:
            self._trouble(line, "time_unclear", said)
            return None
        return Time(amount=amount, unit=of)

    def _number(self, line: int, said: str | None, most: float, decimals: int) -> float | None:
        if not said:
            return None
        found = _NUMBER.fullmatch(said.strip())
        number = round(float(found[1].replace(",", ".")), decimals) if found else None
        is_part = most == 100 and found is not None and not found[2] and "." in found[1] and number is not None
        if is_part and number is not None and number <= 1:
            number = round(100 * number, decimals)
        if number is None or number > most or (decimals == 0 and number < 1):
            self._trouble(line, "number_unclear", said)
            return None
        return int(number) if decimals == 0 else number

    def _kind(self, line: int, cells: Mapping[str, str]) -> Kind:
        if "kind" in cells:
            said = self._one_of(line, cells["kind"], KINDS, "kind_unclear")
            return said or "activity"
        text = cells["text"].casefold()
        if text.endswith("?"):
            return "decision"
        return "wait" if text.startswith("wait") and "process" not in cells else "activity"

    def _one_of(self, line: int, said: str, known: Mapping[str, Any], code: TroubleCode) -> Any:
        found = known.get(re.sub(r"[\s_-]+", " ", said.casefold()).strip()) or known.get(said.casefold().strip())
        if found is None:
            self._trouble(line, code, said)
        return found

    def _lane(self, line: int, name: str | None) -> int | None:
        if not name:
            return None
        if name.casefold() not in self.lanes:
            if len(self.lanes) == MOST_LANES:
                self._trouble(line, "too_many", name)
                return None
            self.lanes[name.casefold()] = name
        return list(self.lanes).index(name.casefold())

    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        """How a step can be named as the next one: by its number, else by its words; without numbers by which it is."""
        numbers = {cells["number"].casefold(): n for n, (_, cells, _) in enumerate(self.found) if "number" in cells}
        words = {} if numbers else {str(n + 1): n for n in range(len(self.found))}
        return numbers, words | {cells["text"].casefold(): n for n, (_, cells, _) in enumerate(self.found)}

    def _onward(self, line: int, n: int, cell: str, places: tuple[dict[str, int], dict[str, int]]) -> Iterator[Onward]:
        """Each place once."""
        numbers, words = places
        led: set[int] = set()
        for part in onward.parted(cell):
            to, _, more = part.partition(":")
            to = to.strip().casefold()
            place = numbers.get(to)
            if place is None and part.casefold() in words:
                to, more = part.casefold(), ""
            place = words.get(to) if place is None else place
            label, share = onward.said(more)
            if place is None or place == n or (share or 0) > 1:
                self._trouble(line, "next_unclear", part)
            elif place not in led:
                led.add(place)
                yield Onward(to=place, label=label, share=share)


def _in_minutes(number: float, word: str) -> float:
    unit, factor = UNITS.get(word, ("minutes", 1))
    return number * factor * {"minutes": 1, "hours": 60, "days": 1440}[unit]
