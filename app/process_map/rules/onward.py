"""Where a step leads, in one cell of a table: `5`, `5: yes 70 %; 7: no 30 %`, `Bloods and cultures`.

What would be read as something else is written between quotation marks: `5: "under 5 %" 70 %`.
"""

import re
from collections.abc import Iterable

from app.rooms.values import WORD

Said = tuple[str | None, float | None]
"""What stands on an arrow: its label, and its share of the patients."""

_QUOTED = r'"(?:[^"]|"")*"'
_PART = re.compile(rf"(?:(?<=:)\s*{_QUOTED}|[^;|\n])+")
_LABEL = re.compile(rf"\s*({_QUOTED})(.*)", re.DOTALL)
_SHARE = re.compile(r"^(.*?)[\s,]*(\d+(?:[.,]\d+)?)\s*%$", re.DOTALL)


def written(to: str, label: str | None, share: float | None) -> str:
    part = "" if share is None else f"{round(100 * share, 2):.10g} %"
    plain = label is not None and label[0].isalpha() and not set(label) & set('":;|\n') and said(label) == (label, None)
    words = (label if plain else '"{}"'.format(label.replace('"', '""'))) if label else ""
    more = " ".join(filter(None, (words, part)))
    return f"{to}: {more}" if more else to


def joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def parted(cell: str) -> list[str]:
    return [part for part in map(str.strip, _PART.findall(cell)) if part]


def said(more: str) -> Said:
    """What stands behind the colon."""
    quoted = _LABEL.fullmatch(more)
    rest = (quoted[2] if quoted else more).strip()
    found = _SHARE.match(rest)
    share = round(float(found[2].replace(",", ".")) / 100, 4) if found else None
    words = quoted[1][1:-1].replace('""', '"') if quoted else (found[1] if found else rest).strip(" ,")
    return words[:WORD].strip() or None, share
