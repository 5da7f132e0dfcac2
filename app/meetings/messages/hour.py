"""What people ask of a meeting that is on, and what then has happened."""

from typing import Annotated, Literal

from pydantic import Field as Limits

from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Reason

MOST_SECONDS = 2 * 60 * 60


class StartMeeting(Command):
    """Begin it with its first item. With `brings` the room goes where that item leads."""

    type: Literal["meetings.start_meeting"]
    meeting_id: Id
    brings: bool = False


class StartWithoutCoaches(Command):
    """No coach is here two minutes after it should have begun: somebody else begins it."""

    type: Literal["meetings.start_without_coaches"]
    meeting_id: Id


class MeetingStarted(Fact):
    type: Literal["meetings.meeting_started"] = "meetings.meeting_started"
    meeting_id: Id
    item_id: Id
    is_without_coaches: bool = False


class StartItem(Command):
    """Next, back and jump. What was on is done, or waits again where this one comes before it."""

    type: Literal["meetings.start_item"]
    item_id: Id
    brings: bool = False


class ItemStarted(Fact):
    """`left_id` is the item that was on before, and `spent_ms` what it has taken in all."""

    type: Literal["meetings.item_started"] = "meetings.item_started"
    meeting_id: Id
    item_id: Id
    left_id: Id | None
    spent_ms: int


class Pause(Command):
    type: Literal["meetings.pause"]


class MeetingPaused(Fact):
    type: Literal["meetings.meeting_paused"] = "meetings.meeting_paused"
    meeting_id: Id
    item_id: Id


class Resume(Command):
    type: Literal["meetings.resume"]


class MeetingResumed(Fact):
    type: Literal["meetings.meeting_resumed"] = "meetings.meeting_resumed"
    meeting_id: Id
    item_id: Id


class ExtendItem(Command):
    """More time, which a later item pays for; with `take_from` null the hour ends later.

    Items that are kept for the end of the hour pay only with `even_protected`.
    """

    type: Literal["meetings.extend_item"]
    item_id: Id
    seconds: Annotated[int, Limits(ge=1, le=MOST_SECONDS)]
    take_from: Id | None
    even_protected: bool = False


class ItemExtended(Fact):
    type: Literal["meetings.item_extended"] = "meetings.item_extended"
    meeting_id: Id
    item_id: Id
    seconds: int
    taken_from: Id | None


class EndMeeting(Command):
    type: Literal["meetings.end_meeting"]


class MeetingEnded(Fact):
    """`spent_ms` is what its last item has taken in all."""

    type: Literal["meetings.meeting_ended"] = "meetings.meeting_ended"
    meeting_id: Id
    item_id: Id
    spent_ms: int


class StopHere(Command):
    """A fire alarm, a crash call: it ends now. What is hidden stays hidden, what is not done leads next time."""

    type: Literal["meetings.stop_here"]
    reason: Reason


class MeetingStopped(Fact):
    type: Literal["meetings.meeting_stopped"] = "meetings.meeting_stopped"
    meeting_id: Id
    item_id: Id
    spent_ms: int


class CallTime(Command):
    """The time of an item is up: the server says so, once. Nothing else happens by itself."""

    type: Literal["meetings.call_time"] = "meetings.call_time"
    item_id: Id


class TimeUp(Fact):
    type: Literal["meetings.time_up"] = "meetings.time_up"
    meeting_id: Id
    item_id: Id
