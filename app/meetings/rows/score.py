"""How good the meeting was, out of ten: given without a name, revealed together, looked at over the meetings."""

from typing import ClassVar, Literal

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Integer, Text
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.kernel import Row, in_room
from app.rooms.paper import Box, promises_of_a_box
from app.rooms.values import WORD, Id, Value, When, Word, no_longer_than, one_of

HIGHEST = 10
FEWEST_SHOWN = 5
"""Under so many scores only their mean and number are shown: the rest would be somebody's."""


class Score(Box):
    """The score of one meeting, with the meeting's id. What was given shows when it is revealed."""

    noun = "score"
    server_only: ClassVar[tuple[str, ...]] = (*Box.server_only, "forgotten_at")
    deadline: ClassVar[str | None] = "forgotten_at"

    mean: float | None = None
    """None also of one score alone: it would be somebody's."""
    distribution: tuple[int, ...] = Field(default=(), sa_type=JsonText)
    """How often 0, 1, 2 … 10 was given."""
    forgotten_at: When | None = Field(default=None, sa_type=MomentText)
    """When it is given up if nobody has revealed it."""


class ScoreWord(Row):
    """One word to keep, or one to change, as somebody wrote it. Never whose."""

    noun = "score_word"
    indexes: ClassVar[tuple[str, ...]] = ("score_id",)
    words: ClassVar[tuple[str, ...]] = ("text",)
    about: ClassVar[tuple[str, str] | None] = ("score", "score_id")

    score_id: Id
    says: Literal["keep", "change"] = Field(sa_type=Text)
    text: Word | None
    times: int = Field(default=1, sa_type=Integer)
    """So many wrote the same."""


class ScorePaper(Value):
    """What one paper says."""

    score: int
    keep: str | None = None
    change: str | None = None


class ScoreTable(Score, table=True):
    __tablename__ = "meetings_score"
    __table_args__ = in_room(
        *promises_of_a_box(),
        CheckConstraint(f"mean BETWEEN 0 AND {HIGHEST}", name="mean"),
        CheckConstraint("state = 'revealed' OR mean IS NULL", name="revealed"),
        ForeignKeyConstraint(["room_id", "id"], ["meetings_meeting.room_id", "meetings_meeting.id"]),
    )
    room_id: Id


class ScoreWordTable(ScoreWord, table=True):
    __tablename__ = "meetings_score_word"
    __table_args__ = in_room(
        one_of("says", "keep", "change"),
        no_longer_than("text", WORD),
        CheckConstraint("times > 0", name="times"),
        ForeignKeyConstraint(["room_id", "score_id"], ["meetings_score.room_id", "meetings_score.id"]),
    )
    room_id: Id
