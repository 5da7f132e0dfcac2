"""A coach's quiet means: what somebody posts waits until a coach has looked at it, and words between two only."""

from datetime import timedelta
from typing import ClassVar, Literal, Self

from sqlalchemy import Text
from sqlmodel import Field

from app.db import MomentText
from app.rooms.kernel import Ask, Change, Command, Fact, Refusal, Room, Row, Who, in_room
from app.rooms.values import CARD, CardWords, Id, When, no_longer_than, one_of

HOLD = "rooms.hold"
"""Who looks at what is held: nobody else learns that anything is."""
HEAR = "rooms.hear"
"""Who is meant by "the coaches" of a private word."""
WORD_LASTS = timedelta(hours=12)


class Hold(Row):
    """What this member writes for all waits until a coach has looked at it. Its id is the member's; released: removed.

    Only coaches and the member know: they are told, and nobody else can tell.
    """

    noun = "hold"
    people: ClassVar[tuple[str, ...]] = ("member_id",)
    member_id: Id
    looked_at: When | None = Field(default=None, sa_type=MomentText)
    """When a coach last let something through."""

    def seen_by(self, who: Who) -> Self | None:
        return self if who.may(HOLD) or who.owns(self) else None

    @property
    def is_hidden(self) -> bool:
        return True


class Word(Row):
    """A private word of a member to the coaches, or of a coach to that member. Gone after the day: no archive."""

    noun = "word"
    copied: ClassVar[bool] = False
    indexes: ClassVar[tuple[str, ...]] = ("member_id",)
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("member_id", "by")
    deadline: ClassVar[str | None] = "forgotten_at"

    member_id: Id
    """Whose words with the coaches these are."""
    by: Id | None
    said_to: Literal["coaches", "member"] = Field(sa_type=Text)
    text: CardWords | None
    read_at: When | None = Field(default=None, sa_type=MomentText)
    forgotten_at: When = Field(sa_type=MomentText)

    def seen_by(self, who: Who) -> Self | None:
        return self if who.may(HEAR) or who.owns(self) else None

    def is_words_of(self, who: Who) -> bool:
        return who.member_id is not None and who.member_id == self.by


class HoldTable(Hold, table=True):
    __tablename__ = "rooms_hold"
    __table_args__ = in_room()
    room_id: Id


class WordTable(Word, table=True):
    __tablename__ = "rooms_word"
    __table_args__ = in_room(one_of("said_to", "coaches", "member"), no_longer_than("text", CARD))
    room_id: Id


class HoldMember(Command):
    """From now on what this member posts waits for a coach. They are told so; others cannot tell."""

    type: Literal["rooms.hold_member"]
    member_id: Id


class MemberHeld(Fact):
    type: Literal["rooms.member_held"] = "rooms.member_held"
    member_id: Id


class ReleaseMember(Command):
    """What this member posts is seen at once again. What already waits goes on waiting."""

    type: Literal["rooms.release_member"]
    member_id: Id


class MemberReleased(Fact):
    type: Literal["rooms.member_released"] = "rooms.member_released"
    member_id: Id


class SayWord(Command):
    """To the coaches alone: "I need a break"."""

    type: Literal["rooms.say_word"]
    word_id: Id
    text: CardWords


class AnswerWord(Command):
    """A coach to one member alone; what they had said counts as read."""

    type: Literal["rooms.answer_word"]
    word_id: Id
    member_id: Id
    text: CardWords


class WordSaid(Fact):
    type: Literal["rooms.word_said"] = "rooms.word_said"
    word_id: Id


class ReadWord(Command):
    """I have read what was said to me. Of one's own words it changes nothing."""

    type: Literal["rooms.read_word"]
    word_id: Id


class WordRead(Fact):
    type: Literal["rooms.word_read"] = "rooms.word_read"
    word_id: Id


class ForgetWord(Command):
    """The day is over: every word of the room whose time has come leaves rows and log."""

    type: Literal["rooms.forget_word"] = "rooms.forget_word"
    word_id: Id


class WordsForgotten(Fact):
    type: Literal["rooms.words_forgotten"] = "rooms.words_forgotten"


def is_held(room: Room, who: Who) -> bool:
    """Whether what they write waits; of coaches nothing does, whatever they were before."""
    hold = None if who.member_id is None or who.may(HOLD) else room.find(Hold, who.member_id)
    return hold is not None and hold.removed_at is None


def looked_at(room: Room, member_id: str | None, ask: Ask) -> tuple[Hold, ...]:
    """Goes with what a coach lets through: who sees no hold is told neither by whom nor that it had waited."""
    hold = room.find(Hold, member_id) if member_id else None
    return () if hold is None else (hold.but(looked_at=ask.at),)


def refuse_held(room: Room, who: Who, change: Change, others: tuple[Who, ...]) -> None:
    """Refused `held`: words of somebody held that others would read without a coach having looked at them.

    `others` are the classes of viewers. For all tools alike: a tool that can let words wait puts them so that others
    do not see them; of one that cannot, they are refused.
    """
    if not is_held(room, who):
        return
    strangers = tuple(other for other in others if not other.may(HOLD))
    if any(_says(room, row) and any(row.seen_by(other) for other in strangers) for row in change.puts):
        raise Refusal("held")


def _says(room: Room, row: Row) -> bool:
    """Whether this row holds words that were not there before."""
    before = room.find(type(row), row.id)
    said = ((getattr(before, name, None), getattr(row, name)) for name in (*row.words, *row.names))
    return any(new and new != old for old, new in said)
