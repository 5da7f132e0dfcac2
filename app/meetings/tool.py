"""Meetings as a tool: what they keep, what they allow, and to whom."""

from app.meetings import messages, rows, rules
from app.rooms.kernel import Tool

TOOL = Tool(
    "meetings",
    after=("roadmap",),
    tables=(
        rows.SeriesTable,
        rows.MeetingTable,
        rows.ItemTable,
        rows.HandTable,
        rows.FloorTable,
        rows.TurnTable,
        rows.ReadyTable,
        rows.ReadyCountTable,
    ),
    facts=(
        messages.AgendaSet,
        messages.HandLowered,
        messages.HandRaised,
        messages.MeetingAdded,
        messages.MeetingMoved,
        messages.MeetingSet,
        messages.MeetingSkipped,
        messages.MeetingUnskipped,
        messages.ReadySet,
        messages.RoleHandedOver,
        messages.RoleTaken,
        messages.RoundEnded,
        messages.RoundStarted,
        messages.SeriesEnded,
        messages.SeriesSet,
        messages.TurnGiven,
        messages.TurnPassed,
        messages.TurnPassedOn,
    ),
    grants={
        "coach": (
            "meetings.contribute",
            "meetings.plan",
            "meetings.series",
            "meetings.turns",
        ),
        "member": ("meetings.contribute",),
        "sponsor": ("meetings.contribute",),
        "leader": ("meetings.plan",),
        "facilitator": ("meetings.turns",),
    },
    refusals=(
        "item_not_now",
        "meeting_in_past",
        "meeting_not_planned",
        "no_turn_to_pass",
        "role_is_held",
        "role_not_yours",
        "round_is_on",
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

# Hands, turns, and who is ready
TOOL.rule(messages.RaiseHand, needs="meetings.contribute")(rules.raise_hand)
TOOL.rule(messages.LowerHand, needs="meetings.contribute")(rules.lower_hand)
TOOL.rule(messages.GiveTurn, needs="meetings.turns")(rules.give_turn)
TOOL.rule(messages.StartRound, needs="meetings.turns")(rules.start_round)
TOOL.rule(messages.NextTurn, needs="meetings.contribute")(rules.next_turn)
TOOL.rule(messages.PassTurn, needs="meetings.contribute")(rules.pass_turn)
TOOL.rule(messages.EndRound, needs="meetings.turns")(rules.end_round)
TOOL.rule(messages.SetReady, needs="meetings.contribute")(rules.set_ready)
