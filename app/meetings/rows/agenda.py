"""What a meeting is about, item by item, and how long each has."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import MomentText
from app.rooms.kernel import Row, in_room
from app.rooms.values import NOTE, TITLE, Id, Key, Note, Title, View, When, no_longer_than, one_of

MeetingStep = Literal["objective", "roles", "agenda", "work", "record", "next", "evaluate"]
"""The seven steps of a meeting."""
STEPS: tuple[MeetingStep, ...] = ("objective", "roles", "agenda", "work", "record", "next", "evaluate")
PROTECTED: frozenset[MeetingStep] = frozenset({"record", "next", "evaluate"})
"""Kept for the end of the hour: no other item takes their minutes unasked."""
Lead = Literal["leader", "recorder", "timekeeper", "facilitator", "coach", "data_partner", "member"]
LEADS: tuple[Lead, ...] = ("leader", "recorder", "timekeeper", "facilitator", "coach", "data_partner", "member")
MOST_MINUTES = 180
Minutes = Annotated[int, Limits(ge=1, le=MOST_MINUTES)]
TAKEN_OUT = "…"
"""Stands for a title that was taken out for good."""
ItemState = Literal["waiting", "now", "done", "left"]


class Item(Row):
    """One item of an agenda.

    While it runs (began_at set, its meeting not paused) `ends_at` is when its time is up; else it has
    `seconds` - `spent_ms` left, which is negative once it is over time.
    """

    noun = "item"
    indexes: ClassVar[tuple[str, ...]] = ("meeting_id",)
    shelf: ClassVar[str | None] = "meeting"
    words: ClassVar[tuple[str, ...]] = ("title", "note")
    people: ClassVar[tuple[str, ...]] = ("lead_id",)
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "rings_at", "shelved_at")
    deadline: ClassVar[str | None] = "rings_at"

    meeting_id: Id
    rank: str
    title: Title
    minutes: Minutes
    """As agreed before it began."""
    seconds: int
    """What it has now, with what was given to it or taken from it."""
    meeting_step: MeetingStep = Field(default="work", sa_type=Text)
    lead: Lead | None = Field(default=None, sa_type=Text)
    lead_id: Id | None = None
    """Who leads, where `lead` is "member"."""
    tool: Key | None = None
    """What it is about, as templates name it; it may name what Bigroom has not got."""
    is_story: bool = False
    """Somebody tells what they went through: no countdown stands over it on the wall, nor before who tells it."""
    opens: View | None = None
    """The place that it brings the room to."""
    note: Note | None = None
    link: Annotated[str, Limits(pattern=r"^https?://\S+$", max_length=500)] | None = None
    carried_from: Id | None = None
    """The item of an earlier meeting that this one goes on with."""
    state: ItemState = Field(default="waiting", sa_type=Text)
    began_at: When | None = Field(default=None, sa_type=MomentText)
    """Since when it runs without a break."""
    spent_ms: int = 0
    """What it had taken before that."""
    ends_at: When | None = Field(default=None, sa_type=MomentText)
    rings_at: When | None = Field(default=None, sa_type=MomentText)
    """Until its time has been called: once."""
    shelved_at: When | None = Field(default=None, sa_type=MomentText)

    def redacted(self, at: datetime) -> Self:
        """It keeps its place and its minutes: only what it was called is gone."""
        return self.but(title=TAKEN_OUT, note=None, redacted_at=at)


class ItemTable(Item, table=True):
    __tablename__ = "meetings_item"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "meeting_id"], ["meetings_meeting.room_id", "meetings_meeting.id"]),
        one_of("meeting_step", *STEPS),
        one_of("lead", *LEADS),
        one_of("state", "waiting", "now", "done", "left"),
        CheckConstraint(f"minutes BETWEEN 1 AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("seconds >= 0", name="seconds"),
        CheckConstraint("began_at IS NULL OR state = 'now'", name="began"),
        CheckConstraint("(began_at IS NULL) = (ends_at IS NULL)", name="ends"),
        CheckConstraint("rings_at IS NULL OR ends_at IS NOT NULL", name="rings"),
        no_longer_than("title", TITLE),
        no_longer_than("note", NOTE),
    )
    room_id: Id
