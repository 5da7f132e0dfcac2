"""The steps of a process map, and the arrows between them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import JsonText
from app.process_map.rows.maps import DECIMALS, Count, Time, decimals
from app.rooms.kernel import Row, in_room
from app.rooms.values import NOTE, TITLE, WORD, Id, Note, Title, Value, Word, no_longer_than, one_of

Kind = Literal["start", "end", "activity", "decision", "wait", "document", "handover", "cloud"]
KINDS: tuple[Kind, ...] = ("start", "end", "activity", "decision", "wait", "document", "handover", "cloud")
"""A cloud is what nobody knows yet: find out."""
ValueClass = Literal["adding", "necessary", "not_adding"]
VALUES: tuple[ValueClass, ...] = ("adding", "necessary", "not_adding")

WIDEST = 65536
"""Pixels: room for the longest path that a map may have."""
SHARE_DECIMALS = 4
Pixel = Annotated[int, Limits(ge=0, le=WIDEST)]
Percent = Annotated[float, Limits(strict=True, ge=0, le=100), decimals(DECIMALS)]
Share = Annotated[float, Limits(strict=True, ge=0, le=1), decimals(SHARE_DECIMALS)]
Shadowed = Annotated[int, Limits(ge=1, le=100_000)]
Cards = Annotated[tuple[Id, ...], Limits(max_length=20)]


class Spot(Value):
    lane_id: Id
    x: Pixel
    y: Pixel
    placed: bool = True
    """On purpose, so that tidying up leaves it there."""


class Place(Spot):
    """Where somebody puts a step down."""

    step_id: Id


class MapStep(Row):
    """Something that happens to the patient, or does not happen yet.

    `x` counts pixels from where the names of the lanes end, `y` from the upper edge of its lane; both say where the
    left upper corner of the step is.
    """

    noun = "map_step"
    indexes: ClassVar[tuple[str, ...]] = ("map_id", "from_id")
    words: ClassVar[tuple[str, ...]] = ("text", "note", "staff")
    people: ClassVar[tuple[str, ...]] = ("author_id",)
    about: ClassVar[tuple[str, str] | None] = ("map_step", "from_id")
    copied_to: ClassVar[tuple[str, str] | None] = ("map_step", "from_id")

    map_id: Id
    lane_id: Id
    kind: Kind = Field(sa_type=Text)
    text: Title | None
    note: Note | None = None
    x: int
    y: int
    placed: bool = False
    """Somebody has put it there on purpose."""
    process: Time | None = Field(default=None, sa_type=JsonText)
    wait: Time | None = Field(default=None, sa_type=JsonText)
    """The wait before it; of a wait its own."""
    complete: Percent | None = None
    """So many per cent arrive complete and accurate from the step before."""
    volume: Count | None = None
    """A day."""
    staff: Title | None = None
    value: ValueClass | None = Field(default=None, sa_type=Text)
    shadowed: Shadowed | None = None
    """How many patients somebody went along with."""
    low: Time | None = Field(default=None, sa_type=JsonText)
    high: Time | None = Field(default=None, sa_type=JsonText)
    """What was seen at least and at most."""
    hot: bool = False
    """Here it hurts."""
    card_ids: Cards = Field(default=(), sa_type=JsonText)
    from_id: Id | None = None
    """The step of the first map that this one descends from: what it is in another version. Both say the same words."""
    rev: int = 0
    author_id: Id | None = None


class MapEdge(Row):
    """An arrow from one step to the next; out of a decision with what is answered and how often."""

    noun = "map_edge"
    indexes: ClassVar[tuple[str, ...]] = ("map_id", "copy_of")
    words: ClassVar[tuple[str, ...]] = ("label",)
    about: ClassVar[tuple[str, str] | None] = ("map_edge", "copy_of")
    copied_to: ClassVar[tuple[str, str] | None] = ("map_edge", "copy_of")

    map_id: Id
    from_id: Id
    to_id: Id
    label: Word | None = None
    share: Share | None = None
    gone_with: Id | None = None
    """The step with which it was taken away, and with which it comes back."""
    heals: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """The steps between its ends that were taken away. It goes when they come back."""
    copy_of: Id | None = None
    """The arrow of the first map that this one descends from."""


class MapStepTable(MapStep, table=True):
    __tablename__ = "process_map_step"
    __table_args__ = in_room(
        one_of("kind", *KINDS),
        one_of("value", *VALUES),
        no_longer_than("text", TITLE),
        no_longer_than("note", NOTE),
        no_longer_than("staff", TITLE),
        CheckConstraint(f"x BETWEEN 0 AND {WIDEST} AND y BETWEEN 0 AND {WIDEST}", name="place"),
        CheckConstraint("complete BETWEEN 0 AND 100", name="complete"),
        CheckConstraint("volume >= 0", name="volume"),
        CheckConstraint("shadowed > 0", name="shadowed"),
        ForeignKeyConstraint(["room_id", "map_id"], ["process_map_map.room_id", "process_map_map.id"]),
        ForeignKeyConstraint(["room_id", "lane_id"], ["process_map_lane.room_id", "process_map_lane.id"]),
    )
    room_id: Id


class MapEdgeTable(MapEdge, table=True):
    __tablename__ = "process_map_edge"
    __table_args__ = in_room(
        no_longer_than("label", WORD),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        CheckConstraint("from_id <> to_id", name="ends"),
        ForeignKeyConstraint(["room_id", "map_id"], ["process_map_map.room_id", "process_map_map.id"]),
        ForeignKeyConstraint(["room_id", "from_id"], ["process_map_step.room_id", "process_map_step.id"]),
        ForeignKeyConstraint(["room_id", "to_id"], ["process_map_step.room_id", "process_map_step.id"]),
    )
    room_id: Id
