"""What people ask of meetings, and what then has happened, one idea a file."""

from app.meetings.messages.plan import (
    AddMeeting,
    AgendaSet,
    EndSeries,
    MeetingAdded,
    MeetingMoved,
    MeetingSet,
    MeetingSkipped,
    MeetingUnskipped,
    MoveMeeting,
    SeriesEnded,
    SeriesSet,
    SetAgenda,
    SetMeeting,
    SetSeries,
    SkipMeeting,
    UnskipMeeting,
)
from app.meetings.messages.rota import (
    HandOver,
    RoleHandedOver,
    RoleTaken,
    TakeRole,
)

__all__ = [
    "AddMeeting",
    "AgendaSet",
    "EndSeries",
    "HandOver",
    "MeetingAdded",
    "MeetingMoved",
    "MeetingSet",
    "MeetingSkipped",
    "MeetingUnskipped",
    "MoveMeeting",
    "RoleHandedOver",
    "RoleTaken",
    "SeriesEnded",
    "SeriesSet",
    "SetAgenda",
    "SetMeeting",
    "SetSeries",
    "SkipMeeting",
    "TakeRole",
    "UnskipMeeting",
]
