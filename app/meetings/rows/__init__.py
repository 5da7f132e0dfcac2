"""What people see of meetings, one idea a file."""

from app.meetings.rows.agenda import (
    Item,
    ItemTable,
    Lead,
    MeetingStep,
    Minutes,
)
from app.meetings.rows.series import (
    Day,
    Length,
    Meeting,
    MeetingTable,
    Series,
    SeriesTable,
    TimeOfDay,
)
from app.meetings.rows.turns import (
    TURNS,
    Floor,
    FloorTable,
    Hand,
    HandTable,
    Ready,
    ReadyCount,
    ReadyCountTable,
    ReadyTable,
    Turn,
    TurnTable,
)

__all__ = [
    "TURNS",
    "Day",
    "Floor",
    "FloorTable",
    "Hand",
    "HandTable",
    "Item",
    "ItemTable",
    "Lead",
    "Length",
    "Meeting",
    "MeetingStep",
    "MeetingTable",
    "Minutes",
    "Ready",
    "ReadyCount",
    "ReadyCountTable",
    "ReadyTable",
    "Series",
    "SeriesTable",
    "TimeOfDay",
    "Turn",
    "TurnTable",
]
