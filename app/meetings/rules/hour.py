"""What happens while a meeting is on: it begins, goes from item to item, waits, takes longer, and ends.

One item is on from the first moment to the last. Nothing goes on by itself: time that is up is called, and that is all.
"""

from app.meetings.messages import (
    CallTime,
    EndMeeting,
    ExtendItem,
    ItemExtended,
    ItemStarted,
    MeetingEnded,
    MeetingPaused,
    MeetingResumed,
    MeetingStarted,
    MeetingStopped,
    Pause,
    Resume,
    StartItem,
    StartMeeting,
    StartWithoutCoaches,
    StopHere,
    TimeUp,
)
from app.meetings.rows import PROTECTED, Item, Meeting
from app.meetings.rules.agenda import items_of, with_agenda
from app.meetings.rules.carrying import carried
from app.meetings.rules.people import with_people_at_end, with_people_at_start
from app.meetings.rules.plan import planned_ahead
from app.meetings.rules.rota import holders_at_start, role_row
from app.meetings.rules.score import opened_score
from app.meetings.rules.shelf import put_away
from app.meetings.rules.timing import EARLY, GRACE, held, left, running, spent, with_seconds
from app.rooms.attendance import Attendance
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member, Place
from app.rooms.values import View

EARLY_FOR_COACHES = "meetings.coach"


def start_meeting(room: Room, command: StartMeeting, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    if meeting.state == "live":
        return Change(MeetingStarted(meeting_id=meeting.id, item_id=_item_on(room, meeting).id))
    _refuse_what_cannot_begin(room, meeting)
    if ask.at < meeting.starts_at - EARLY and not ask.who.may(EARLY_FOR_COACHES):
        raise Refusal("too_early_to_start")
    begun, first = _begun(room, meeting, ask)
    change = Change(
        MeetingStarted(meeting_id=meeting.id, item_id=first.id),
        puts=(*begun, *_brought(room, first.opens if command.brings else None, ask)),
    )
    return with_people_at_start(room, change, ask)


def start_without_coaches(room: Room, command: StartWithoutCoaches, ask: Ask) -> Change:
    """Whoever is leader leads; where nobody is, or nobody who is here, it is the one who begins.

    Whether a coach is here is read from attendance: it outlives a line that drops for a moment.
    """
    meeting = room.get(Meeting, command.meeting_id)
    if meeting.state == "live":
        return Change(MeetingStarted(meeting_id=meeting.id, item_id=_item_on(room, meeting).id))
    _refuse_what_cannot_begin(room, meeting)
    if ask.at < meeting.starts_at + GRACE:
        raise Refusal("coaches_may_come")
    here = {row.member_id for row in room.where(Attendance) if row.is_open}
    if any(coach.id in here for coach in room.where(Member, part="coach", state="active")):
        raise Refusal("coaches_are_here")
    begun, first = _begun(room, meeting.but(is_without_coaches=True), ask)
    leader = holders_at_start(room, meeting)["leader"]
    leads = role_row(room, "leader").but(member_id=leader if leader in here else ask.who.member_id)
    change = Change(
        MeetingStarted(meeting_id=meeting.id, item_id=first.id, is_without_coaches=True), puts=(*begun, leads)
    )
    return with_people_at_start(room, change, ask)


def start_item(room: Room, command: StartItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    meeting = live_meeting(room)
    if item.meeting_id != meeting.id:
        raise Refusal("not_on_this_agenda")
    before = _item_on(room, meeting)
    brought = _brought(room, item.opens if command.brings else None, ask)
    took = spent(before, ask.at)
    if item.id == before.id:
        return Change(ItemStarted(meeting_id=meeting.id, item_id=item.id, left_id=None, spent_ms=took), puts=brought)
    # Who goes back has not finished what was on.
    is_back = (item.rank, item.id) < (before.rank, before.id)
    return Change(
        ItemStarted(meeting_id=meeting.id, item_id=item.id, left_id=before.id, spent_ms=took),
        puts=(
            meeting.but(item_id=item.id, paused_at=None, paused_by=None),
            held(before, ask.at).but(state="waiting" if is_back else "done"),
            running(item, ask.at),
            *(opened_score(room, meeting, ask) if item.meeting_step == "evaluate" else ()),
            *brought,
        ),
    )


def pause(room: Room, command: Pause, ask: Ask) -> Change:
    meeting = live_meeting(room)
    item = _item_on(room, meeting)
    fact = MeetingPaused(meeting_id=meeting.id, item_id=item.id)
    if meeting.paused_at is not None:
        return Change(fact)
    return Change(fact, puts=(meeting.but(paused_at=ask.at, paused_by=ask.who.member_id), held(item, ask.at)))


def resume(room: Room, command: Resume, ask: Ask) -> Change:
    meeting = live_meeting(room)
    item = _item_on(room, meeting)
    fact = MeetingResumed(meeting_id=meeting.id, item_id=item.id)
    if meeting.paused_at is None:
        return Change(fact)
    return Change(fact, puts=(meeting.but(paused_at=None, paused_by=None), running(item, ask.at)))


def extend_item(room: Room, command: ExtendItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    meeting = live_meeting(room)
    if item.meeting_id != meeting.id:
        raise Refusal("not_on_this_agenda")
    if item.state == "done":
        raise Refusal("item_is_done")
    payer = None if command.take_from is None else _payer(room, command, item, ask)
    longer = with_seconds(item, item.seconds + command.seconds)
    return Change(
        ItemExtended(
            meeting_id=meeting.id, item_id=item.id, seconds=command.seconds, taken_from=payer.id if payer else None
        ),
        puts=(longer, *([] if payer is None else [with_seconds(payer, payer.seconds - command.seconds)])),
    )


def end_meeting(room: Room, command: EndMeeting, ask: Ask) -> Change:
    meeting = live_meeting(room)
    item = _item_on(room, meeting)
    fact = MeetingEnded(meeting_id=meeting.id, item_id=item.id, spent_ms=spent(item, ask.at))
    change = Change(fact, puts=_over(room, meeting, held(item, ask.at).but(state="done"), ask))
    return with_people_at_end(room, change, ask)


def stop_here(room: Room, command: StopHere, ask: Ask) -> Change:
    """Open captures are not touched: what was written in silence stays where it is."""
    meeting = live_meeting(room)
    item = _item_on(room, meeting)
    fact = MeetingStopped(meeting_id=meeting.id, item_id=item.id, spent_ms=spent(item, ask.at))
    stopped = meeting.but(is_stopped=True, reason=command.reason)
    change = Change(fact, puts=_over(room, stopped, held(item, ask.at).but(state="left"), ask))
    return with_people_at_end(room, change, ask)


def call_time(room: Room, command: CallTime, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    if item.rings_at is None or item.rings_at > ask.at:
        # It was given more time, or is not on any more, since this was noticed.
        raise Refusal("not_possible")
    return Change(TimeUp(meeting_id=item.meeting_id, item_id=item.id), puts=(item.but(rings_at=None),))


def live_meeting(room: Room) -> Meeting:
    """The one that is on; refused `no_meeting_on` where none is."""
    for meeting in room.where(Meeting, state="live"):
        return meeting
    raise Refusal("no_meeting_on")


def _refuse_what_cannot_begin(room: Room, meeting: Meeting) -> None:
    if meeting.state == "ended":
        raise Refusal("meeting_is_over")
    if meeting.state == "skipped":
        raise Refusal("meeting_is_skipped")
    if room.where(Meeting, state="live"):
        raise Refusal("another_meeting_is_on")


def _begun(room: Room, meeting: Meeting, ask: Ask) -> tuple[tuple[Row, ...], Item]:
    """The meeting with its first item on, and that item. An agenda that nobody has made is made now."""
    made = with_agenda(room, meeting, ask)
    items = items_of(room, meeting.id, made)
    first = running(items[0], ask.at)
    template = next((row.template for row in made if isinstance(row, Meeting)), meeting.template)
    begun = meeting.but(
        template=template, state="live", started_at=ask.at, started_by=ask.who.member_id, item_id=first.id
    )
    return (begun, first, *(items[1:] if made else ()), *put_away(room, ask, meeting)), first


def _over(room: Room, meeting: Meeting, last: Item, ask: Ask) -> tuple[Row, ...]:
    """What was not reached is left: it leads the next agenda. The next meetings are planned, and promises go on."""
    rest = (item for item in items_of(room, meeting.id) if item.state == "waiting")
    ended = meeting.but(state="ended", ended_at=ask.at, item_id=None, paused_at=None, paused_by=None)
    after = planned_ahead(room, ask, ended, last, *(item.but(state="left") for item in rest))
    rows = (*after, *carried(room, ended, after))
    # A meeting that is planned now and gets its agenda at once is said once.
    return tuple({(type(row), row.id): row for row in rows}.values())


def _item_on(room: Room, meeting: Meeting) -> Item:
    item = room.find(Item, meeting.item_id or "")
    if item is None:
        raise Refusal("no_meeting_on")
    return item


def _payer(room: Room, command: ExtendItem, item: Item, ask: Ask) -> Item:
    payer = room.get(Item, command.take_from or "")
    if payer.meeting_id != item.meeting_id or payer.id == item.id or payer.state != "waiting":
        raise Refusal("cannot_pay", title=payer.title)
    if payer.meeting_step in PROTECTED and not command.even_protected:
        raise Refusal("kept_for_the_end", title=payer.title)
    if left(payer, ask.at).total_seconds() < command.seconds:
        raise Refusal("not_enough_minutes", title=payer.title)
    return payer


def _brought(room: Room, view: View | None, ask: Ask) -> tuple[Row, ...]:
    """The room goes there. Who is writing stays, as always."""
    if view is None:
        return ()
    (place,) = room.where(Place)
    return place.but(view=view, by=ask.who.member_id).unless(place)
