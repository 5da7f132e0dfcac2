"""A meeting on paper: an agenda stands in a rehearsed room, as if somebody had planned it."""

from datetime import timedelta
from typing import Any

from app.meetings.rows import Item, Meeting
from app.meetings.rows.agenda import MeetingStep
from app.rooms.rank import between
from app.rooms.values import id_from
from tests.rooms.rehearsal import NOON, Rehearsal

MEETING = id_from("meeting")
SEPSIS: tuple[tuple[str, int, MeetingStep], ...] = (
    ("Welcome, new faces, objective", 2, "objective"),
    ("Patient story, and what I heard", 7, "work"),
    ("Actions since last week", 6, "work"),
    ("First dose in 60 minutes: ideas and multi-vote", 16, "work"),
    ("Read back decisions and actions", 3, "record"),
    ("Score out of ten", 2, "evaluate"),
)
WELCOME, STORY, ACTIONS, IDEAS, READ_BACK, SCORE = (id_from("item", n) for n in range(6))


def planned(room: Rehearsal, id: str = MEETING, **fields: Any) -> Meeting:
    """A meeting at half past twelve that lasts an hour, with the agenda of the sepsis case."""
    meeting = Meeting(
        **{"id": id, "created_at": NOON, "day": "2026-11-26", "starts_at": NOON, "minutes": 60, **fields},
    )
    room.replica.put(meeting)
    return meeting


def with_agenda(room: Rehearsal, id: str = MEETING) -> None:
    rank = None
    for n, (title, minutes, step) in enumerate(SEPSIS):
        rank = between(rank, None)
        room.replica.put(
            Item(
                id=id_from("item", n),
                created_at=NOON,
                meeting_id=id,
                rank=rank,
                title=title,
                minutes=minutes,
                seconds=60 * minutes,
                meeting_step=step,
                is_story=n == 1,
                opens="board" if n == 3 else None,
            )
        )


def later(room: Rehearsal, **by: float) -> None:
    """So much time passes."""
    room.at += timedelta(**by)
