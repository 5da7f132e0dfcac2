"""What a process map adds up to: counted by the server once, and the same on every screen."""

from typing import Literal

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field

from app.db import JsonText
from app.rooms.kernel import Row, in_room
from app.rooms.values import Id, Value

HintCode = Literal[
    "no_start",
    "several_starts",
    "no_end",
    "end_unreachable",
    "orphan",
    "dead_end",
    "after_end",
    "one_exit",
    "exit_unlabelled",
    "shares_missing",
    "shares_off",
    "endless",
    "value_missing",
]


class PathStep(Value):
    """A step that patients come to, in the order in which they do. Times are minutes of one visit."""

    step_id: Id
    share: float
    """How often the average patient comes here: 1 on the main path, less on a branch, more where work is done again."""
    wait: float | None
    process: float | None


class Hint(Value):
    """Something the map does not say yet, and where. Nobody is kept from going on."""

    code: HintCode
    ids: tuple[Id, ...] = ()
    """Of steps."""


class MapTotals(Row):
    """Minutes on the path that the average patient takes. None: nothing is known of it. Its id is the map's."""

    noun = "map_totals"

    lead: float | None = None
    process: float | None = None
    wait: float | None = None
    adding: float | None = None
    necessary: float | None = None
    not_adding: float | None = None
    """Process time by its value. What nobody has judged is in none of the three; waits are in `wait`."""
    adding_percent: float | None = None
    complete_percent: float | None = None
    """For so many per cent everything arrives complete and accurate at every step."""
    takt: float | None = None
    slow: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Steps that take as long as the takt or longer."""
    longest_wait: Id | None = None
    partial: bool = False
    """Something is missing, so the sums are of what is known."""
    missing: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Steps on the path of which nobody has said how long they take."""
    path: tuple[PathStep, ...] = Field(default=(), sa_type=JsonText)
    hints: tuple[Hint, ...] = Field(default=(), sa_type=JsonText)


class MapTotalsTable(MapTotals, table=True):
    __tablename__ = "process_map_totals"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id
