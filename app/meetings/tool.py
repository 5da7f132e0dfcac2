"""Meetings as a tool: what they keep, what they allow, and to whom."""

from app.meetings import rows
from app.rooms.kernel import Tool

TOOL = Tool(
    "meetings",
    tables=(rows.SeriesTable, rows.MeetingTable, rows.ItemTable),
)
