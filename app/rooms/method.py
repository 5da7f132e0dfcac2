"""A method as versioned data: stages and steps of a roadmap, and the lenses of its board."""

from app.rooms.values import Value


class Column(Value):
    """One column of a step's own board."""

    key: str
    title: str
    question: str


class Lens(Value):
    """One of the 5Vs or 5Ps: a column of the room's lens board."""

    key: str
    title: str
    question: str
    badge: str
    shape: str
    kinds: tuple[str, ...]


class MethodStep(Value):
    """One step; `opens` names a board lens, a tool's place, or `page`."""

    key: str
    title: str
    question: str
    done_looks_like: str
    opens: str
    audience: str
    columns: tuple[Column, ...] = ()


class Stage(Value):
    key: str
    title: str
    in_a_sentence: str
    steps: tuple[MethodStep, ...]


class Voice(Value):
    """Where somebody speaks from."""

    key: str
    title: str
    group: str


class Method(Value):
    """A roadmap in one language; a room keeps the version it began with."""

    key: str
    version: int
    language: str
    title: str
    board_title: str
    is_for: str
    cyclical: bool
    lenses: tuple[Lens, ...]
    stages: tuple[Stage, ...]
    voices: tuple[Voice, ...]
