"""What people call things in a table of theirs, in small letters: columns, kinds of step, what helps, units."""

from collections.abc import Mapping
from typing import TypeVar

from app.process_map.rows import Kind, Unit, ValueClass

Meaning = TypeVar("Meaning", bound=str)


def _called(said: Mapping[Meaning, str]) -> Mapping[str, Meaning]:
    """By each of the words; those of one meaning are divided by semicolons."""
    return {word: meaning for meaning, words in said.items() for word in words.split("; ")}


HEADINGS = _called(
    {
        "text": "step; text; name; what; activity; title; description; what happens",
        "lane": "lane; where; swimlane; role; department; ward; clinic; team; service; who; place; microsystem",
        "kind": "kind; type; shape; symbol",
        "process": "process; process time; pt; time; duration; touch time; work; takes; how long it takes",
        "wait": "wait; wait time; waiting; waiting time; wt; wait before; delay; queue; waits",
        "complete": "complete; complete and accurate; c&a; complete %; right first time",
        "volume": "volume; volume a day; per day; patients a day; number a day",
        "value": "value; value class; adds value; va; helps; helps the patient; does it help; does it help the patient",
        "staff": "staff; people; done by; who does it",
        "shadowed": "shadowed; n; seen",
        "low": "shortest; low; min; minimum; least",
        "high": "longest; high; max; maximum; most",
        "hot": "hot spot; hot; hotspot",
        "note": "note; notes; comment; comments; remarks",
        "number": "no; no.; number; #; id; key",
        "next": "next; then; to; goes to; next step; leads to",
    }
)
_KINDS: Mapping[Kind, str] = {
    "start": "start; begin; beginning",
    "end": "end; finish; stop",
    "activity": "activity; step; task; process; action; work",
    "decision": "decision; question; choice",
    "wait": "wait; waiting; queue; delay",
    "document": "document; form; paper; record",
    "handover": "handover; handoff; hand-over; hand over; transfer",
    "cloud": "cloud; unclear; unknown; find out; ?",
}
_VALUES: Mapping[ValueClass, str] = {
    "adding": "adding; va; yes; adds; value adding; adds value; helps; helps the patient",
    "necessary": "necessary; nnva; bva; needed; necessary not adding; needed, adds nothing",
    "not_adding": "not adding; nva; no; waste; non value adding; not value adding; adds nothing",
}
_UNITS: Mapping[Unit, str] = {
    "minutes": "m; min; mins; minute; minutes",
    "hours": "h; hr; hrs; hour; hours",
    "days": "d; day; days",
}
KINDS, VALUES = _called(_KINDS), _called(_VALUES)
UNITS: Mapping[str, tuple[Unit, float]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), ("minutes", 1 / 60)),
    **{word: (unit, 1) for word, unit in _called(_UNITS).items()},
}
