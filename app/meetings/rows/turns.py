"""Who would like to speak, who speaks now, who is still to come, and who is ready."""

from typing import ClassVar, Self

from sqlalchemy import CheckConstraint, UniqueConstraint

from app.rooms.kernel import Row, Who, in_room
from app.rooms.values import Id

TURNS = "meetings.turns"


class Hand(Row):
    """Somebody would like to speak: one hand a person, in the order of raising. It has its member's id."""

    noun = "hand"
    indexes: ClassVar[tuple[str, ...]] = ("member_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: Id


class Floor(Row):
    """Who speaks now, and of a round how many are still to come: never who. A room has one."""

    noun = "floor"
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: Id | None = None
    is_round: bool = False
    to_come: int = 0


class Turn(Row):
    """Somebody is still to come in a round. Those who lead it see the list, everybody else only their own place."""

    noun = "turn"
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: Id
    number: int

    @property
    def is_hidden(self) -> bool:
        return True

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) or who.may(TURNS) else None


class Ready(Row):
    """Somebody is done with an item (null: not yet). Nobody else sees it. It has its member's id."""

    noun = "ready"

    item_id: Id | None = None

    @property
    def is_hidden(self) -> bool:
        return True

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) else None


class ReadyCount(Row):
    """How many are done with an item. Of another item than the one that is on it says nothing. A room has one."""

    noun = "ready_count"

    item_id: Id
    count: int


class HandTable(Hand, table=True):
    __tablename__ = "meetings_hand"
    __table_args__ = in_room()
    room_id: Id


class FloorTable(Floor, table=True):
    __tablename__ = "meetings_floor"
    __table_args__ = in_room(UniqueConstraint("room_id"), CheckConstraint("to_come >= 0", name="to_come"))
    room_id: Id


class TurnTable(Turn, table=True):
    __tablename__ = "meetings_turn"
    __table_args__ = in_room()
    room_id: Id


class ReadyTable(Ready, table=True):
    __tablename__ = "meetings_ready"
    __table_args__ = in_room()
    room_id: Id


class ReadyCountTable(ReadyCount, table=True):
    __tablename__ = "meetings_ready_count"
    __table_args__ = in_room(UniqueConstraint("room_id"), CheckConstraint("count >= 0", name="count"))
    room_id: Id
