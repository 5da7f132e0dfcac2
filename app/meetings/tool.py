"""Meetings as a tool: what they keep, what they allow, and to whom."""

from app.meetings import messages, rows, rules
from app.rooms.kernel import Tool

TOOL = Tool(
    "meetings",
    after=("roadmap",),
    tables=(rows.SeriesTable, rows.MeetingTable, rows.ItemTable),
    facts=(
        messages.AgendaSet,
        messages.MeetingAdded,
        messages.MeetingMoved,
        messages.MeetingSet,
        messages.MeetingSkipped,
        messages.MeetingUnskipped,
        messages.RoleHandedOver,
        messages.RoleTaken,
        messages.SeriesEnded,
        messages.SeriesSet,
    ),
    grants={
        "coach": (
            "meetings.contribute",
            "meetings.plan",
            "meetings.series",
        ),
        "member": ("meetings.contribute",),
        "sponsor": ("meetings.contribute",),
        "leader": ("meetings.plan",),
    },
    refusals=(
        "meeting_in_past",
        "meeting_not_planned",
        "role_is_held",
        "role_not_yours",
    ),
)

# When the room meets, and about what
TOOL.rule(messages.AddMeeting, needs="meetings.plan")(rules.add_meeting)
TOOL.rule(messages.SetSeries, needs="meetings.series")(rules.set_series)
TOOL.rule(messages.EndSeries, needs="meetings.series")(rules.end_series)
TOOL.rule(messages.SetMeeting, needs="meetings.plan")(rules.set_meeting)
TOOL.rule(messages.MoveMeeting, needs="meetings.plan")(rules.move_meeting)
TOOL.rule(messages.SkipMeeting, needs="meetings.plan")(rules.skip_meeting)
TOOL.rule(messages.UnskipMeeting, needs="meetings.plan")(rules.unskip_meeting)
TOOL.rule(messages.SetAgenda, needs="meetings.plan")(rules.set_agenda)

# Who holds which meeting role
TOOL.rule(messages.HandOver, needs="meetings.contribute")(rules.hand_over)
TOOL.rule(messages.TakeRole, needs="meetings.contribute")(rules.take_role)
