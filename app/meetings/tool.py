"""Meetings as a tool: what they keep, what they allow, and to whom."""

from app.meetings import messages, rows, rules
from app.rooms.kernel import Tool

TOOL = Tool(
    "meetings",
    tables=(rows.SeriesTable, rows.MeetingTable, rows.ItemTable),
    facts=(
        messages.RoleHandedOver,
        messages.RoleTaken,
    ),
    grants={
        "coach": ("meetings.contribute",),
        "member": ("meetings.contribute",),
        "sponsor": ("meetings.contribute",),
    },
    refusals=(
        "role_is_held",
        "role_not_yours",
    ),
)

# Who holds which meeting role
TOOL.rule(messages.HandOver, needs="meetings.contribute")(rules.hand_over)
TOOL.rule(messages.TakeRole, needs="meetings.contribute")(rules.take_role)
