"""Who decides what about meetings, one idea a file."""

from app.meetings.rules.actions import (
    add_action,
    answer_action,
    edit_action,
    remove_action,
    restore_action,
    set_action,
)
from app.meetings.rules.agenda import (
    copy_agenda,
    set_agenda,
)
from app.meetings.rules.carrying import (
    carried,
)
from app.meetings.rules.decisions import (
    add_decision,
    edit_decision,
    remove_decision,
    restore_decision,
    set_decision,
)
from app.meetings.rules.items import (
    add_item,
    move_item,
    remove_item,
    restore_item,
    set_item,
)
from app.meetings.rules.parked import (
    add_parked,
    edit_parked,
    remove_parked,
    restore_parked,
    schedule_parked,
    set_parked,
)
from app.meetings.rules.plan import (
    add_meeting,
    end_series,
    move_meeting,
    plan_ahead,
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
    "add_action",
    "add_decision",
    "add_item",
    "add_meeting",
    "add_parked",
    "answer_action",
    "carried",
    "copy_agenda",
    "edit_action",
    "edit_decision",
    "edit_parked",
    "end_round",
    "end_series",
    "everybody_is_quiet",
    "give_turn",
    "hand_over",
    "lower_hand",
    "move_item",
    "move_meeting",
    "next_turn",
    "pass_turn",
    "plan_ahead",
    "raise_hand",
    "remove_action",
    "remove_decision",
    "remove_item",
    "remove_parked",
    "restore_action",
    "restore_decision",
    "restore_item",
    "restore_parked",
    "schedule_parked",
    "set_action",
    "set_agenda",
    "set_decision",
    "set_item",
    "set_meeting",
    "set_parked",
    "set_ready",
    "set_series",
    "skip_meeting",
    "start_round",
    "take_role",
    "unskip_meeting",
]
