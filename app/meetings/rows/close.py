"""What a meeting leaves behind: who does what by when, what was decided, and what waits for another day."""

from typing import ClassVar, Literal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import MomentText
from app.meetings.rows.series import Day
from app.rooms.kernel import Row, in_room
from app.rooms.values import CARD, NOTE, TITLE, CardWords, Id, Note, Title, When, no_longer_than, one_of

ActionState = Literal["open", "done", "dropped"]
ACTION_STATES: tuple[ActionState, ...] = ("open", "done", "dropped")
DecisionMethod = Literal["consensus", "multi_vote", "leader"]
DECISION_METHODS: tuple[DecisionMethod, ...] = ("consensus", "multi_vote", "leader")
ParkedState = Literal["parked", "on_agenda", "dropped"]
PARKED_STATES: tuple[ParkedState, ...] = ("parked", "on_agenda", "dropped")
OFTEN = 3
"""Carried so often, an action is too large, not wanted, or blocked by something that its owner cannot move."""


class Action(Row):
    """A promise: one person does one thing, by the next meeting or by a date.

    Neither `due_meeting_id` nor `due_on`: by the next meeting, which was not planned yet.
    """

    noun = "action"
    indexes: ClassVar[tuple[str, ...]] = ("state",)
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("author_id", "member_id", "answered_by")

    text: CardWords | None
    rev: int = 0
    author_id: Id | None = None
    """Who wrote it down."""
    member_id: Id
    """Who does it: exactly one person, here or not."""
    meeting_id: Id | None = None
    """The meeting that it was promised in, and the item."""
    item_id: Id | None = None
    due_meeting_id: Id | None = None
    due_on: Day | None = None
    state: ActionState = Field(default="open", sa_type=Text)
    carried: int = 0
    """At how many meetings it was due and open when they ended."""
    settled_at: When | None = Field(default=None, sa_type=MomentText)
    """Since when it is done, or dropped."""
    sponsor_ask: bool = False
    answered_by: Id | None = None
    """The sponsor who has said "I will unblock it", when, and by which day."""
    answered_at: When | None = Field(default=None, sa_type=MomentText)
    answered_for: Day | None = None


class Decision(Row):
    """What the room has decided, how, and who could not agree to what. A correction keeps the first words."""

    noun = "decision"
    words: ClassVar[tuple[str, ...]] = ("text", "original", "dissent")
    people: ClassVar[tuple[str, ...]] = ("author_id", "corrected_by")

    text: CardWords | None
    rev: int = 0
    author_id: Id | None = None
    corrected_by: Id | None = None
    original: CardWords | None = None
    method: DecisionMethod = Field(sa_type=Text)
    dissent: Note | None = None
    review_on: Day | None = None
    meeting_id: Id | None = None
    item_id: Id | None = None


class Parked(Row):
    """A thought that is not for now: in words of its own, or a card of the wall. It may become an agenda item."""

    noun = "parked"
    about: ClassVar[tuple[str, str]] = ("card", "card_id")
    copied_to: ClassVar[tuple[str, str]] = ("item", "item_id")
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("author_id",)

    text: Title | None = None
    rev: int = 0
    author_id: Id | None = None
    card_id: Id | None = None
    """It says what the card says, also when somebody takes the card's words out."""
    meeting_id: Id | None = None
    state: ParkedState = Field(default="parked", sa_type=Text)
    item_id: Id | None = None
    """The agenda item that it has become."""


def _of_a_meeting(*fields: str) -> tuple[ForeignKeyConstraint, ...]:
    """SQL keeps these to meetings of the same room."""
    return tuple(
        ForeignKeyConstraint(["room_id", field], ["meetings_meeting.room_id", "meetings_meeting.id"])
        for field in fields
    )


class ActionTable(Action, table=True):
    __tablename__ = "meetings_action"
    __table_args__ = in_room(
        one_of("state", *ACTION_STATES),
        CheckConstraint("carried >= 0", name="carried"),
        CheckConstraint("due_meeting_id IS NULL OR due_on IS NULL", name="due"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered"),
        no_longer_than("text", CARD),
        ForeignKeyConstraint(["room_id", "member_id"], ["rooms_member.room_id", "rooms_member.id"]),
        *_of_a_meeting("meeting_id", "due_meeting_id"),
    )
    room_id: Id


class DecisionTable(Decision, table=True):
    __tablename__ = "meetings_decision"
    __table_args__ = in_room(
        one_of("method", *DECISION_METHODS),
        no_longer_than("text", CARD),
        no_longer_than("original", CARD),
        no_longer_than("dissent", NOTE),
        *_of_a_meeting("meeting_id"),
    )
    room_id: Id


class ParkedTable(Parked, table=True):
    __tablename__ = "meetings_parked"
    __table_args__ = in_room(
        one_of("state", *PARKED_STATES),
        CheckConstraint("(state = 'on_agenda') = (item_id IS NOT NULL)", name="on_agenda"),
        CheckConstraint("text IS NULL OR card_id IS NULL", name="says"),
        no_longer_than("text", TITLE),
        ForeignKeyConstraint(["room_id", "card_id"], ["board_card.room_id", "board_card.id"]),
        *_of_a_meeting("meeting_id"),
    )
    room_id: Id
