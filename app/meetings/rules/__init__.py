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
from app.meetings.rules.turns import (
    end_round,
    everybody_is_quiet,
    give_turn,
    lower_hand,
    next_turn,
    pass_turn,
    raise_hand,
    set_ready,
    start_round,
)

__all__ = [
    "add_meeting",
    "end_round",
    "end_series",
    "everybody_is_quiet",
    "give_turn",
    "hand_over",
    "lower_hand",
    "move_meeting",
    "next_turn",
    "pass_turn",
    "raise_hand",
    "set_agenda",
    "set_meeting",
    "set_ready",
    "set_series",
    "skip_meeting",
    "start_round",
    "take_role",
    "unskip_meeting",
]
