"""How a meeting is scored: open, given as papers, revealed together."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from app.meetings.messages.score import (
    ForgetScores,
    GiveScore,
    OpenScore,
    RevealScores,
    ScoreGiven,
    ScoreOpened,
    ScoresForgotten,
    ScoresRevealed,
    TakeBackScore,
)
from app.meetings.rows import FEWEST_SHOWN, HIGHEST, Meeting, Score, ScorePaper, ScoreWord
from app.rooms.hush import is_held
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.paper import mine, put_in, refuse_if_closed, said_in
from app.rooms.rows import Member
from app.rooms.values import id_from

FORGOTTEN_AFTER = timedelta(hours=24)


def open_score(room: Room, command: OpenScore, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    if meeting.state not in ("live", "ended"):
        raise Refusal("nothing_to_score")
    return Change(ScoreOpened(meeting_id=meeting.id), puts=opened_score(room, meeting, ask))


def opened_score(room: Room, meeting: Meeting, ask: Ask) -> tuple[Row, ...]:
    """The score of this meeting, open: nothing where it is so already; what was revealed stays revealed."""
    before = room.find(Score, meeting.id)
    if before is not None and before.state != "void":
        return ()
    return (
        ask.new(
            Score,
            id=meeting.id,
            owner_id=None,
            began=room.seq,
            forgotten_at=ask.at + FORGOTTEN_AFTER,
        ),
    )


def give_score(room: Room, command: GiveScore, ask: Ask) -> Change:
    score = _open(room, command.meeting_id)
    whose = _whose(room, command, ask)
    before = mine(room, score, whose, ScorePaper)
    says = command.said("keep", "change")
    if any(says.values()) and is_held(room, ask.who):
        raise Refusal("held")
    words = {"keep": before and before.keep, "change": before and before.change, **says}
    paper = put_in(room, score, whose, ScorePaper(score=command.score, **words), ask)
    return Change(ScoreGiven(meeting_id=score.id), puts=(paper,))


def take_back_score(room: Room, command: TakeBackScore, ask: Ask) -> Change:
    score = _open(room, command.meeting_id)
    paper = put_in(room, score, _whose(room, command, ask), None, ask)
    return Change(ScoreGiven(meeting_id=score.id), puts=(paper,))


def reveal_scores(room: Room, command: RevealScores, ask: Ask) -> Change:
    """What papers say is summed up; which paper said what is gone with them."""
    score = room.get(Score, command.meeting_id)
    fact = ScoresRevealed(meeting_id=score.id)
    if score.state == "revealed":
        return Change(fact)
    refuse_if_closed(room, score)
    papers = said_in(room, score, ScorePaper)
    if not papers:
        raise Refusal("no_scores")
    return Change(fact, puts=(_summed(score, papers), *_words(score, papers, ask)))


def forget_scores(room: Room, command: ForgetScores, ask: Ask) -> Change:
    score = room.get(Score, command.meeting_id)
    if not score.is_open:
        raise Refusal("box_closed")
    return Change(ScoresForgotten(meeting_id=score.id), puts=(score.voided().but(forgotten_at=None),))


def _open(room: Room, meeting_id: str) -> Score:
    score = room.get(Score, meeting_id)
    refuse_if_closed(room, score)
    return score


def _whose(room: Room, command: GiveScore | TakeBackScore, ask: Ask) -> str:
    """Who asks; or somebody without a device, for whom the recorder writes down what they say."""
    if command.for_id is None:
        return ask.who.member_id or ""
    if not ask.who.may("meetings.record"):
        raise Refusal("not_allowed", needs="meetings.record")
    member = room.get(Member, command.for_id)
    if not member.without_device:
        raise Refusal("scores_alone")
    return member.id


def _summed(score: Score, papers: list[ScorePaper]) -> Score:
    given = [paper.score for paper in papers]
    mean = round(sum(given) / len(given), 1) if len(given) > 1 else None
    shown = tuple(given.count(points) for points in range(HIGHEST + 1)) if len(given) >= FEWEST_SHOWN else ()
    return score.but(state="revealed", given=len(given), mean=mean, distribution=shown, forgotten_at=None)


def _words(score: Score, papers: list[ScorePaper], ask: Ask) -> Iterable[ScoreWord]:
    """In an order by their ids, which nobody's time or name has a part in. The same word twice is one."""
    if len(papers) < FEWEST_SHOWN:
        return
    said = [("keep", paper.keep) for paper in papers] + [("change", paper.change) for paper in papers]
    by_word = sorted((says, text.casefold(), text) for says, text in said if text)
    for (says, _), alike in groupby(by_word, key=lambda word: word[:2]):
        words = [text for _, _, text in alike]
        id = id_from(ask.command_id, says, words[0])
        yield ask.new(ScoreWord, id=id, owner_id=None, score_id=score.id, says=says, text=words[0], times=len(words))
