"""The parking lot: a thought is put aside in one press, and comes onto an agenda or is dropped."""

from app.board.rows import Card
from app.meetings.messages.close import (
    AddParked,
    EditParked,
    ParkedAdded,
    ParkedEdited,
    ParkedRemoved,
    ParkedRestored,
    ParkedScheduled,
    ParkedSet,
    RemoveParked,
    RestoreParked,
    ScheduleParked,
    SetParked,
)
from app.meetings.rows.agenda import PROTECTED, Item
from app.meetings.rows.close import Parked
from app.meetings.rows.series import Meeting
from app.meetings.rules.agenda import items_of, refuse_unless_planned, with_agenda
from app.meetings.rules.recording import (
    from_now,
    next_meeting,
    refuse_if_stale,
    refuse_unless_own,
    removed,
    restored,
)
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between
from app.rooms.values import TITLE

MINUTES = 5
"""What an item has that comes from the parking lot."""


def add_parked(room: Room, command: AddParked, ask: Ask) -> Change:
    if (command.text is None) == (command.card_id is None):
        raise Refusal("bad_command", field="text", reason="one_of_both")
    parked = ask.new(
        Parked,
        id=room.free(Parked, command.parked_id),
        text=command.text,
        author_id=ask.who.member_id,
        card_id=None if command.card_id is None else _shown_to_all(room, command.card_id).id,
        meeting_id=from_now(room)["meeting_id"],
    )
    return Change(ParkedAdded(parked_id=parked.id), puts=(parked,))


def edit_parked(room: Room, command: EditParked, ask: Ask) -> Change:
    parked = room.get(Parked, command.parked_id)
    refuse_unless_own(parked, ask)
    if parked.card_id is not None:
        raise Refusal("bad_command", field="text", reason="one_of_both")
    if command.text == parked.text:
        return Change(ParkedEdited(parked_id=parked.id, rev=parked.rev))
    refuse_if_stale(parked, command.base_rev)
    edited = parked.but(text=command.text, rev=parked.rev + 1)
    return Change(ParkedEdited(parked_id=parked.id, rev=edited.rev), puts=(edited,))


def set_parked(room: Room, command: SetParked, ask: Ask) -> Change:
    """What has become an agenda item is looked after there."""
    parked = room.get(Parked, command.parked_id)
    if parked.state == "on_agenda":
        raise Refusal("on_agenda")
    return Change(
        ParkedSet(parked_id=parked.id, state=command.state), puts=parked.but(state=command.state).unless(parked)
    )


def schedule_parked(room: Room, command: ScheduleParked, ask: Ask) -> Change:
    parked = room.get(Parked, command.parked_id)
    if parked.state == "on_agenda" and parked.item_id is not None:
        raise Refusal("on_agenda")
    meeting = _meeting_for(room, command.meeting_id, ask)
    agenda = with_agenda(room, meeting, ask)
    item = ask.new(
        Item,
        id=ask.id(0),
        owner_id=None,
        meeting_id=meeting.id,
        rank=_before_the_close(items_of(room, meeting.id, agenda)),
        title=_title(room, parked),
        minutes=MINUTES,
        seconds=MINUTES * 60,
    )
    scheduled = parked.but(state="on_agenda", item_id=item.id)
    fact = ParkedScheduled(parked_id=parked.id, meeting_id=meeting.id, item_id=item.id)
    return Change(fact, puts=(scheduled, *agenda, item))


def remove_parked(room: Room, command: RemoveParked, ask: Ask) -> Change:
    parked = room.get(Parked, command.parked_id, removed=True)
    return removed(parked, ask, lambda id: ParkedRemoved(parked_id=id))


def restore_parked(room: Room, command: RestoreParked, ask: Ask) -> Change:
    parked = room.get(Parked, command.parked_id, removed=True)
    return restored(parked, ask, lambda id: ParkedRestored(parked_id=id))


def _shown_to_all(room: Room, card_id: str) -> Card:
    """A card that everybody may see: the parking lot must tell of no other one."""
    card = room.get(Card, card_id)
    if card.hidden or card.held or card.audience != "all":
        raise Refusal("not_for_all")
    return card


def _meeting_for(room: Room, meeting_id: str | None, ask: Ask) -> Meeting:
    if meeting_id is None:
        meeting = next_meeting(room, ask.at)
        if meeting is None:
            raise Refusal("no_next_meeting")
        return meeting
    meeting = room.get(Meeting, meeting_id)
    refuse_unless_planned(meeting)
    return meeting


def _before_the_close(items: tuple[Item, ...]) -> str:
    """Behind the work, before what is kept for the end of the hour."""
    first = min((item.rank for item in items if item.meeting_step in PROTECTED), default=None)
    earlier = (item.rank for item in items if first is None or item.rank < first)
    return between(max(earlier, default=None), first)


def _title(room: Room, parked: Parked) -> str:
    card = room.find(Card, parked.card_id) if parked.card_id else None
    text = card.text if card is not None else parked.text
    if text is None:
        raise Refusal("removed", kind=Parked.noun)
    return text if len(text) <= TITLE else f"{text[: TITLE - 1].rstrip()}…"
