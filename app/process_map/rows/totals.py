"""What a process map adds up to: counted by the server once, and the same on every screen."""

from typing import Any, ClassVar, Literal

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


class Hint(Value):
    """Something the map does not say yet, and where. Nobody is kept from going on."""

    code: HintCode
    ids: tuple[Id, ...] = ()
    """Of steps: the first few."""
    more: int = 0
    """So many other steps."""


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
    """Steps on the path that take as long as the takt or longer: the first few."""
    slow_more: int = 0
    """So many others."""
    slow_from: float | None = None
    """The takt in whole hundredths: what takes so many minutes is slow, and what takes one hundredth less is not."""
    longest_wait: Id | None = None
    partial: bool = False
    """Something is missing, so the sums are of what is known."""
    missing: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Steps on the path of which nobody has said how long they take: the first few."""
    missing_more: int = 0
    """So many others."""
    path: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonText)
    """Empty: `MapPath` is a row of its own. Pages, copies and log entries of an earlier build know it here."""
    hints: tuple[Hint, ...] = Field(default=(), sa_type=JsonText)


class MapPath(Row):
    """The way of the average patient: the steps that they come to, in the order in which they do. Its id is the map's.

    It changes with what leads where, and not with how long anything takes: who edits a time sends it to nobody.
    """

    noun = "map_path"

    step_ids: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    shares: tuple[float, ...] = Field(default=(), sa_type=JsonText)
    """How often they come to each: 1 on the main path, less on a branch, more where work is done again."""


class StepChange(Value):
    """A step of two versions, or of one of them, and what it adds to the lead time now: less than nothing is saved."""

    was_id: Id | None
    """None: it is new."""
    now_id: Id | None
    """None: it is gone."""
    minutes: float | None
    """None: nobody has said how long it takes, or it is not on the path."""


class MapChange(Row):
    """A map against the one that it is a version of: what went, what came, what is saved. Its id is the newer map's."""

    noun = "map_change"
    indexes: ClassVar[tuple[str, ...]] = ("was_id",)

    was_id: Id
    """The earlier map."""
    saved: float | None = None
    """Minutes of lead time."""
    saved_process: float | None = None
    saved_wait: float | None = None
    saved_percent: float | None = None
    """Of the lead time that it was."""
    partial: bool = False
    """One of the two does not know all of its times."""
    apart: bool = False
    """Neither is a copy of the other: no step of one is a step of the other, so `steps` is empty."""
    steps: tuple[StepChange, ...] = Field(default=(), sa_type=JsonText)
    """First those that went, in the order of their path, then those that are new or take longer or shorter."""


class MapTotalsTable(MapTotals, table=True):
    __tablename__ = "process_map_totals"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id


class MapPathTable(MapPath, table=True):
    __tablename__ = "process_map_path"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id


class MapChangeTable(MapChange, table=True):
    __tablename__ = "process_map_change"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "id"], ["process_map_map.room_id", "process_map_map.id"]),
        ForeignKeyConstraint(["room_id", "was_id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id
