"""A process map and its lanes, and times as people type them."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator
from pydantic import Field as Limits
from pydantic_core import PydanticCustomError
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.kernel import Row, in_room
from app.rooms.values import TITLE, Id, Title, Value, When, no_longer_than, one_of

MapState = Literal["current", "agreed", "ideal"]
MAP_STATES: tuple[MapState, ...] = ("current", "agreed", "ideal")
Unit = Literal["minutes", "hours", "days"]
UNITS: Mapping[Unit, int] = {"minutes": 1, "hours": 60, "days": 24 * 60}
"""In minutes. A day is 24 hours: the patient waits at night, too."""
DECIMALS = 2
HUNDRED: int = 10**DECIMALS


def decimals(most: int) -> Any:
    """At most so many behind the point: what is typed is kept, not rounded."""

    def check(number: float) -> float:
        if round(number, most) != number:
            raise PydanticCustomError("too_precise", "at most {decimals} decimals", {"decimals": most})
        return number

    return AfterValidator(check)


Count = Annotated[float, Limits(strict=True, ge=0, lt=1_000_000), decimals(DECIMALS)]
"""Of people a day, or of minutes, hours, days."""


class Time(Value):
    """A time as it was typed: `1.5 hours` stays that, whatever the totals are shown in."""

    amount: Count
    unit: Unit

    @property
    def hundredths(self) -> int:
        """Of a minute, exactly."""
        return round(self.amount * HUNDRED) * UNITS[self.unit]


def hundredths(time: Time | None) -> int | None:
    return None if time is None else time.hundredths


class ProcessMap(Row):
    """How the pathway is, or how it should be. What the room has agreed stays as it is: the next version is a copy."""

    noun = "process_map"
    indexes: ClassVar[tuple[str, ...]] = ("version_of",)
    words: ClassVar[tuple[str, ...]] = ("title",)
    people: ClassVar[tuple[str, ...]] = ("author_id",)

    title: Title | None
    state: MapState = Field(default="current", sa_type=Text)
    unit: Unit = Field(default="minutes", sa_type=Text)
    """What the totals are shown in."""
    version_of: Id | None = None
    """The map that it is compared with: the one it was copied from, until somebody chooses another. None: with none."""
    demand: Count | None = None
    """Patients a day."""
    available: Time | None = Field(default=None, sa_type=JsonText)
    """Working time a day. With the demand it gives the takt."""
    rank: str
    author_id: Id | None = None
    agreed_at: When | None = Field(default=None, sa_type=MomentText)

    @property
    def is_agreed(self) -> bool:
        return self.state == "agreed"


class Lane(Row):
    """Where something happens, or by whom: a microsystem, a role, the patient."""

    noun = "lane"
    indexes: ClassVar[tuple[str, ...]] = ("map_id", "from_id")
    words: ClassVar[tuple[str, ...]] = ("name",)
    about: ClassVar[tuple[str, str] | None] = ("lane", "from_id")
    copied_to: ClassVar[tuple[str, str] | None] = ("lane", "from_id")

    map_id: Id
    name: Title | None
    rank: str
    from_id: Id | None = None
    """The lane of the first map that this one descends from. Both say the same words."""


class ProcessMapTable(ProcessMap, table=True):
    __tablename__ = "process_map_map"
    __table_args__ = in_room(
        one_of("state", *MAP_STATES),
        one_of("unit", *UNITS),
        no_longer_than("title", TITLE),
        CheckConstraint("demand >= 0", name="demand"),
        CheckConstraint("(state = 'agreed') = (agreed_at IS NOT NULL)", name="agreed"),
    )
    room_id: Id


class LaneTable(Lane, table=True):
    __tablename__ = "process_map_lane"
    __table_args__ = in_room(
        no_longer_than("name", TITLE),
        ForeignKeyConstraint(["room_id", "map_id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id
