"""When the room meets."""

from typing import ClassVar, Literal

from pydantic import Field

from app.meetings.rows import Day, Length, TimeOfDay
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Reason, Title


class SetSeries(Command):
    """The room meets at this hour from this day on. What was planned for another day goes there with its agenda."""

    type: Literal["meetings.set_series"]
    every_weeks: Literal[1, 2]
    starts_on: Day
    start: TimeOfDay
    minutes: Length
    timezone: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_+/-]{1,60}$")
    """Absent: the room's."""


class SeriesSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_series"
    type: Literal["meetings.series_set"] = "meetings.series_set"
    series_id: Id


class EndSeries(Command):
    """No meetings after this one. Those that were stay; so does what was planned, should the series begin again."""

    type: Literal["meetings.end_series"]


class SeriesEnded(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_series"
    type: Literal["meetings.series_ended"] = "meetings.series_ended"


class AddMeeting(Command):
    """A meeting besides the series; without a day and a time: now."""

    type: Literal["meetings.add_meeting"]
    meeting_id: Id
    day: Day | None = None
    start: TimeOfDay | None = None
    minutes: Length | None = None
    """Absent: as long as the series' meetings, or an hour."""


class MeetingAdded(Fact):
    type: Literal["meetings.meeting_added"] = "meetings.meeting_added"
    meeting_id: Id


class SetMeeting(Command):
    """What this meeting is for and how long it is. Absent = unchanged; objective null = not said."""

    type: Literal["meetings.set_meeting"]
    meeting_id: Id
    objective: Title | None = None
    minutes: Length | None = None


class MeetingSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_meeting"
    type: Literal["meetings.meeting_set"] = "meetings.meeting_set"
    meeting_id: Id


class MoveMeeting(Command):
    """This one at another time, with a word why."""

    type: Literal["meetings.move_meeting"]
    meeting_id: Id
    day: Day
    start: TimeOfDay
    reason: Reason | None = None


class MeetingMoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.move_meeting"
    type: Literal["meetings.meeting_moved"] = "meetings.meeting_moved"
    meeting_id: Id


class SkipMeeting(Command):
    """This one does not take place, and why."""

    type: Literal["meetings.skip_meeting"]
    meeting_id: Id
    reason: Reason


class MeetingSkipped(Fact):
    undone_by: ClassVar[str | None] = "meetings.unskip_meeting"
    type: Literal["meetings.meeting_skipped"] = "meetings.meeting_skipped"
    meeting_id: Id


class UnskipMeeting(Command):
    """It takes place after all."""

    type: Literal["meetings.unskip_meeting"]
    meeting_id: Id


class MeetingUnskipped(Fact):
    undone_by: ClassVar[str | None] = "meetings.skip_meeting"
    type: Literal["meetings.meeting_unskipped"] = "meetings.meeting_unskipped"
    meeting_id: Id


class PlanAhead(Command):
    """The server's own, once a meeting's time has passed: the next ones are there to plan."""

    type: Literal["meetings.plan_ahead"] = "meetings.plan_ahead"


class MeetingsPlanned(Fact):
    type: Literal["meetings.meetings_planned"] = "meetings.meetings_planned"
