"""Going along with a patient, with their consent: what happened, when, and how it felt. Never who they are."""

from typing import Annotated, ClassVar

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, ForeignKeyConstraint

from app.meetings.rows.series import Day
from app.rooms.kernel import Row, in_room
from app.rooms.values import CARD, NOTE, TITLE, CardWords, Id, Note, Title, no_longer_than

UNHAPPY, HAPPY = -2, 2
LONGEST = 100_000
Feeling = Annotated[int, Limits(ge=UNHAPPY, le=HAPPY)]
Minutes = Annotated[int, Limits(ge=0, lt=LONGEST)]


class Shadowing(Row):
    """Somebody went along with one patient, who has a letter here and no name."""

    noun = "shadowing"
    indexes: ClassVar[tuple[str, ...]] = ("map_id",)
    words: ClassVar[tuple[str, ...]] = ("note",)
    people: ClassVar[tuple[str, ...]] = ("observer_id",)

    map_id: Id
    letter: str
    consent: bool
    observer_id: Id | None = None
    day: Day
    note: Note | None = None


class Touchpoint(Row):
    """Something that happened on the way, at one step of the map or beside it."""

    noun = "touchpoint"
    indexes: ClassVar[tuple[str, ...]] = ("shadowing_id",)
    words: ClassVar[tuple[str, ...]] = ("place", "who", "what", "quote")
    about: ClassVar[tuple[str, str] | None] = ("shadowing", "shadowing_id")

    shadowing_id: Id
    step_id: Id | None = None
    rank: str
    at: Minutes
    """Minutes since they set out."""
    waited: Minutes | None = None
    """Before it."""
    minutes: Minutes | None = None
    """How long it took."""
    place: Title | None = None
    who: Title | None = None
    """A nurse, a porter: a role, not a name."""
    what: CardWords | None
    feeling: Feeling | None = None
    quote: CardWords | None = None
    """As the patient said it."""


class ShadowingTable(Shadowing, table=True):
    __tablename__ = "process_map_shadowing"
    __table_args__ = in_room(
        no_longer_than("note", NOTE),
        CheckConstraint("consent", name="consent"),
        ForeignKeyConstraint(["room_id", "map_id"], ["process_map_map.room_id", "process_map_map.id"]),
    )
    room_id: Id


class TouchpointTable(Touchpoint, table=True):
    __tablename__ = "process_map_touchpoint"
    __table_args__ = in_room(
        no_longer_than("place", TITLE),
        no_longer_than("who", TITLE),
        no_longer_than("what", CARD),
        no_longer_than("quote", CARD),
        CheckConstraint("at >= 0 AND waited >= 0 AND minutes >= 0", name="minutes"),
        CheckConstraint(f"feeling BETWEEN {UNHAPPY} AND {HAPPY}", name="feeling"),
        ForeignKeyConstraint(
            ["room_id", "shadowing_id"], ["process_map_shadowing.room_id", "process_map_shadowing.id"]
        ),
    )
    room_id: Id
