"""What is asked of a meeting's score, and what then has happened."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from app.meetings.rows.score import HIGHEST
from app.rooms.kernel import Command, Fact, Row
from app.rooms.values import Id, Word


class OpenScore(Command):
    """Everybody may score the meeting now."""

    type: Literal["meetings.open_score"]
    meeting_id: Id


class ScoreOpened(Fact):
    type: Literal["meetings.score_opened"] = "meetings.score_opened"
    meeting_id: Id


class GiveScore(Command):
    """My score and, if I like, one word to keep and one to change; without my name. Again: instead of the first."""

    type: Literal["meetings.give_score"]
    meeting_id: Id
    score: Annotated[int, Limits(ge=0, le=HIGHEST)]
    keep: Word | None = None
    change: Word | None = None
    for_id: Id | None = None
    """Somebody on the telephone, for whom the recorder writes."""


class ScoreGiven(Fact):
    type: Literal["meetings.score_given"] = "meetings.score_given"
    meeting_id: Id


class TakeBackScore(Command):
    """As if I had not scored."""

    type: Literal["meetings.take_back_score"]
    meeting_id: Id
    for_id: Id | None = None


class RevealScores(Command):
    """All of them at once, and nobody's."""

    type: Literal["meetings.reveal_scores"]
    meeting_id: Id


class ScoresRevealed(Fact):
    type: Literal["meetings.scores_revealed"] = "meetings.scores_revealed"
    meeting_id: Id


class ForgetScores(Command):
    """Nobody has revealed them for a day: they are given up unread."""

    type: Literal["meetings.forget_scores"] = "meetings.forget_scores"
    meeting_id: Id


class ScoresForgotten(Fact):
    type: Literal["meetings.scores_forgotten"] = "meetings.scores_forgotten"
    meeting_id: Id


def forgotten(score: Row) -> ForgetScores:
    return ForgetScores(meeting_id=score.id)
