"""Words that not everybody knows: what they mean, and who wonders, without their name."""

from typing import ClassVar, Self

from sqlmodel import Field

from app.rooms.kernel import Row, Who, in_room
from app.rooms.values import NAME, NOTE, Id, Name, Reason, no_longer_than


class Term(Row):
    """A word or an abbreviation, and what it stands for, so that a patient knows it."""

    noun = "term"
    words: ClassVar[tuple[str, ...]] = ("word", "meaning")

    word: Name | None
    meaning: Reason | None
    times: int = Field(default=0)
    """So often has somebody asked."""


class Question(Row):
    """What is that? Nobody's; there for facilitator and coaches until it is answered, and then gone."""

    noun = "question"
    words: ClassVar[tuple[str, ...]] = ("word",)

    word: Name | None = None

    def seen_by(self, who: Who) -> Self | None:
        return self if who.may("meetings.ask") else None


class TermTable(Term, table=True):
    __tablename__ = "meetings_term"
    __table_args__ = in_room(no_longer_than("word", NAME), no_longer_than("meaning", NOTE))
    room_id: Id


class QuestionTable(Question, table=True):
    __tablename__ = "meetings_question"
    __table_args__ = in_room(no_longer_than("word", NAME))
    room_id: Id
