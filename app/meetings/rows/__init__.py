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

__all__ = [
    "Day",
    "Item",
    "ItemTable",
    "Lead",
    "Length",
    "Meeting",
    "MeetingStep",
    "MeetingTable",
    "Minutes",
    "Series",
    "SeriesTable",
    "TimeOfDay",
]
