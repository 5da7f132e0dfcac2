"""Thinking of ideas in silence: it begins, somebody needs time, all ideas are shown at once."""

from collections.abc import Iterable
from datetime import datetime

from app.ideas.messages import (
    CaptureRevealed,
    CaptureStarted,
    MoreTimeNeeded,
    NeedMoreTime,
    Reveal,
    SetUntil,
    StartCapture,
    UntilSet,
)
from app.ideas.rows import Idea, IdeaCapture
from app.rooms.capture import asked_once, gone_and_kept, shown, shuffled
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rank import between
from app.rooms.voices import with_voices


def start_capture(room: Room, command: StartCapture, ask: Ask) -> Change:
    """One at a time: whoever has an idea need not ask where it goes."""
    capture_id = room.free(IdeaCapture, command.capture_id)
    open_one = open_capture(room)
    if open_one is not None:
        raise Refusal("ideas_open", capture_id=open_one.id)
    capture = ask.new(
        IdeaCapture, id=capture_id, owner_id=None, mode=command.mode, until=_ahead(command.until, ask), began=room.seq
    )
    return Change(CaptureStarted(capture_id=capture.id, mode=capture.mode), puts=(capture,))


def set_until(room: Room, command: SetUntil, ask: Ask) -> Change:
    capture = _writing(room, command.capture_id)
    return Change(UntilSet(capture_id=capture.id), puts=capture.but(until=_ahead(command.until, ask)).unless(capture))


def need_more_time(room: Room, command: NeedMoreTime, ask: Ask) -> Change:
    capture = _writing(room, command.capture_id)
    return Change(MoreTimeNeeded(capture_id=capture.id), puts=asked_once(room, capture, ask).unless(capture))


def reveal(room: Room, command: Reveal, ask: Ask) -> Change:
    """Everybody sees all ideas at once. What was taken back is gone for good."""
    capture = room.get(IdeaCapture, command.capture_id)
    fact = CaptureRevealed(capture_id=capture.id)
    if not capture.is_open:
        return Change(fact)
    gone, kept = gone_and_kept(_hidden_in(room, capture))
    ideas = with_voices(capture, shuffled(kept, ask))
    revealed = capture.but(state="revealed", written=len(kept), asking=0, asked=())
    return Change(
        fact,
        puts=(revealed, *_ranked(room, (shown(idea, capture, ask) for idea in ideas))),
        drops=tuple((Idea, idea.id) for idea in gone),
    )


def open_capture(room: Room) -> IdeaCapture | None:
    """The one that people are writing in, before or after its time."""
    return next((capture for capture in room.where(IdeaCapture) if capture.is_open), None)


def capture_for(room: Room, capture_id: str | None, ask: Ask) -> IdeaCapture | None:
    """The capture that an idea is written in now, whether or not its writer's browser knows of it.

    What was written for a capture is refused once that is over: it was not meant to be anybody's in the open.
    """
    here = open_capture(room)
    if capture_id is not None and (here is None or here.id != capture_id):
        raise Refusal("capture_over")
    if here is not None:
        refuse_after(here, ask)
    return here


def refuse_after(capture: IdeaCapture, ask: Ask) -> None:
    if capture.until is not None and capture.until <= ask.at:
        raise Refusal("ideas_time_over", capture_id=capture.id)


def counted(room: Room, idea: Idea) -> tuple[Row, ...]:
    """The capture of an idea that was written, taken back or put back, when its count is another now."""
    capture = capture_of(room, idea)
    if capture is None:
        return ()
    others = (other for other in _hidden_in(room, capture) if other.id != idea.id)
    return capture.but(written=sum(not row.is_gone for row in (*others, idea))).unless(capture)


def capture_of(room: Room, idea: Idea) -> IdeaCapture | None:
    return room.find(IdeaCapture, idea.capture_id) if idea.hidden and idea.capture_id else None


def last_rank(room: Room) -> str:
    """Behind every idea there is, removed ones too."""
    return between(max((idea.rank for idea in room.where(Idea)), default=None), None)


def _writing(room: Room, capture_id: str) -> IdeaCapture:
    capture = room.get(IdeaCapture, capture_id)
    if not capture.is_open:
        raise Refusal("capture_over")
    return capture


def _ahead(until: datetime | None, ask: Ask) -> datetime | None:
    if until is not None and until <= ask.at:
        raise Refusal("bad_command", field="until", reason="in_past")
    return until


def _hidden_in(room: Room, capture: IdeaCapture) -> tuple[Idea, ...]:
    return tuple(idea for idea in room.where(Idea, capture_id=capture.id) if idea.hidden)


def _ranked(room: Room, ideas: Iterable[Idea]) -> Iterable[Idea]:
    """Behind everything that stands in the list, in the order in which they come here."""
    rank = last_rank(room)
    for idea in ideas:
        yield idea.but(rank=rank)
        rank = between(rank, None)
