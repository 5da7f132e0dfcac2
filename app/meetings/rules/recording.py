"""What the rules of a meeting's record share: whose words they are, which meeting is on, and which comes next."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from app.meetings.rows.close import Action, Decision, Parked
from app.meetings.rows.series import Meeting
from app.meetings.rules.agenda import standing
from app.rooms.kernel import Ask, Change, Fact, Refusal, Room, Row

R = TypeVar("R", Action, Decision, Parked)

RECORD = "meetings.record"


def refuse_unless_recording(ask: Ask) -> None:
    if not ask.who.may(RECORD):
        raise Refusal("not_allowed", needs=RECORD)


def refuse_unless_own(row: R, ask: Ask) -> None:
    """The words belong to who wrote them; coach and recorder may correct them."""
    if not row.is_words_of(ask.who):
        refuse_unless_recording(ask)


def refuse_if_stale(row: R, base_rev: int) -> None:
    """Two wrote at once: who comes second is told, and has their words still in hand."""
    if row.redacted_at is not None:
        raise Refusal("removed", kind=row.noun)
    if base_rev > row.rev:
        raise Refusal("bad_command", field="base_rev", reason="too_new")
    if base_rev < row.rev:
        raise Refusal("words_changed", kind=row.noun)


def removed(row: R, ask: Ask, fact: Callable[[str], Fact]) -> Change:
    refuse_unless_own(row, ask)
    return Change(fact(row.id), puts=row.but(removed_at=row.removed_at or ask.at).unless(row))


def restored(row: R, ask: Ask, fact: Callable[[str], Fact]) -> Change:
    refuse_unless_own(row, ask)
    return Change(fact(row.id), puts=row.but(removed_at=None).unless(row))


def meeting_now(room: Room) -> Meeting | None:
    """The meeting that is on."""
    return next(iter(room.where(Meeting, state="live")), None)


def next_meeting(room: Room, at: datetime, changed: Sequence[Row] = ()) -> Meeting | None:
    """The one that is planned next."""
    planned = (
        meeting for meeting in standing(room, Meeting, changed) if meeting.state == "planned" and meeting.starts_at > at
    )
    return min(planned, key=lambda meeting: (meeting.starts_at, meeting.id), default=None)


def from_now(room: Room) -> dict[str, str | None]:
    """From which meeting and item something comes that is written down now."""
    meeting = meeting_now(room)
    if meeting is None:
        return {"meeting_id": None, "item_id": None}
    return {"meeting_id": meeting.id, "item_id": meeting.item_id}
