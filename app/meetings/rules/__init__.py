"""Who decides what about meetings, one idea a file."""

from app.meetings.rules.agenda import (
    set_agenda,
)
from app.meetings.rules.plan import (
    add_meeting,
    end_series,
    move_meeting,
    set_meeting,
    set_series,
    skip_meeting,
    unskip_meeting,
)
from app.meetings.rules.rota import (
    hand_over,
    take_role,
)

__all__ = [
    "add_meeting",
    "end_series",
    "hand_over",
    "move_meeting",
    "set_agenda",
    "set_meeting",
    "set_series",
    "skip_meeting",
    "take_role",
    "unskip_meeting",
]
