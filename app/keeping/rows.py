"""What an operator has decided about rooms, and who has done the night's work."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class KeptFor(SQLModel, table=True):
    """How long one room is kept after its last change, where it is not as long as all others."""

    __tablename__ = "keeping_kept_for"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    room_id: str = Field(primary_key=True, foreign_key="rooms_head.room_id", ondelete="CASCADE")
    days: int | None = None
    """None: for ever."""


class Round(SQLModel, table=True):
    """The last night of which some process has said: I do it."""

    __tablename__ = "keeping_round"
    __table_args__ = ({"info": {"stays_here": True}},)

    name: str = Field(primary_key=True)
    night: str
