"""What people see of meetings, one idea a file."""

from app.meetings.rows.agenda import Item, ItemTable
from app.meetings.rows.series import Meeting, MeetingTable, Series, SeriesTable

__all__ = ["Item", "ItemTable", "Meeting", "MeetingTable", "Series", "SeriesTable"]
