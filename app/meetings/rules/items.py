"""Items put on an agenda, changed, moved, taken off. What has begun stays as it was; the end of the hour is kept."""

from typing import Any

from app.meetings.messages import (
    AddItem,
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ItemSet,
    MoveItem,
    RemoveItem,
    RestoreItem,
    SetItem,
)
from app.meetings.rows import PROTECTED, Item, Meeting
from app.meetings.rules.agenda import items_of
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between
from app.rooms.rows import Member

ABSENT = "absent"
"""Where no `after` was said."""


def add_item(room: Room, command: AddItem, ask: Ask) -> Change:
    meeting = _open(room, command.meeting_id)
    after = command.after if "after" in command.model_fields_set else ABSENT
    item = ask.new(
        Item,
        id=room.free(Item, command.item_id),
        meeting_id=meeting.id,
        rank=_rank_after(room, meeting.id, after),
        title=command.title,
        minutes=command.minutes,
        seconds=command.minutes * 60,
        meeting_step=command.meeting_step or "work",
        tool=command.tool,
        opens=command.opens,
        note=command.note or None,
        link=command.link,
        is_story=command.is_story,
        **_led(room, {"lead": command.lead, "lead_id": command.lead_id}),
    )
    return Change(ItemAdded(item_id=item.id), puts=(item,))


def set_item(room: Room, command: SetItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    said = command.said(
        "title",
        "minutes",
        "meeting_step",
        "lead",
        "lead_id",
        "tool",
        "opens",
        "note",
        "link",
        "is_story",
        never_null=("title", "minutes", "meeting_step", "is_story"),
    )
    _open(room, item.meeting_id)
    _refuse_begun(item, even_now=not said.keys() & {"minutes", "meeting_step"})
    if said.keys() & {"lead", "lead_id"}:
        said |= _led(room, {"lead": item.lead, "lead_id": item.lead_id} | said)
    if "note" in said:
        said["note"] = said["note"] or None
    if said.get("title") or said.get("note"):
        # New words stand where others were taken out.
        said["redacted_at"] = None
    if said.get("minutes", item.minutes) != item.minutes:
        said["seconds"] = said["minutes"] * 60
    changed = item.but(**said)
    is_less = changed.minutes < item.minutes or changed.meeting_step not in PROTECTED
    if item.meeting_step in PROTECTED and is_less and not command.even_protected:
        raise Refusal("item_protected")
    return Change(ItemSet(item_id=item.id), puts=changed.unless(item))


def move_item(room: Room, command: MoveItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    _open(room, item.meeting_id)
    _refuse_begun(item)
    to = _open(room, command.meeting_id or item.meeting_id)
    after = command.after if "after" in command.model_fields_set else ABSENT
    moved = item.but(meeting_id=to.id, rank=_rank_after(room, to.id, after, item))
    return Change(ItemMoved(item_id=item.id, meeting_id=to.id), puts=moved.unless(item))


def remove_item(room: Room, command: RemoveItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id, removed=True)
    fact = ItemRemoved(item_id=item.id)
    if item.removed_at is not None:
        return Change(fact)
    _open(room, item.meeting_id)
    _refuse_begun(item)
    if item.meeting_step in PROTECTED and not command.even_protected:
        raise Refusal("item_protected")
    return Change(fact, puts=(item.but(removed_at=ask.at),))


def restore_item(room: Room, command: RestoreItem, ask: Ask) -> Change:
    item = room.get(Item, command.item_id, removed=True)
    _open(room, item.meeting_id)
    return Change(ItemRestored(item_id=item.id), puts=item.but(removed_at=None).unless(item))


def _open(room: Room, meeting_id: str) -> Meeting:
    """The meeting while its agenda can change: before it and during it."""
    meeting = room.get(Meeting, meeting_id)
    if meeting.state not in ("planned", "live"):
        raise Refusal("meeting_not_planned", state=meeting.state)
    return meeting


def _refuse_begun(item: Item, *, even_now: bool = False) -> None:
    if item.state != "waiting" and not (even_now and item.state == "now"):
        raise Refusal("item_begun")


def _led(room: Room, said: dict[str, Any]) -> dict[str, Any]:
    """Who leads; a member only where the lead is one."""
    if said["lead"] != "member":
        return {"lead": said["lead"], "lead_id": None}
    if said["lead_id"] is None:
        raise Refusal("bad_command", field="lead_id", reason="missing")
    return {"lead": "member", "lead_id": room.get(Member, said["lead_id"]).id}


def _rank_after(room: Room, meeting_id: str, after: str | None, moved: Item | None = None) -> str:
    """Directly behind that item, or first, or before what the end of the hour is kept for."""
    if moved is not None and after == moved.id:
        return moved.rank
    standing = [item for item in items_of(room, meeting_id) if moved is None or item.id != moved.id]
    if after == ABSENT:
        low = next((item.rank for item in reversed(standing) if item.meeting_step not in PROTECTED), None)
    else:
        low = None if after is None else _neighbour(room, meeting_id, after).rank
    # Removed ones keep their place, too: they may be restored.
    others = (item for item in room.where(Item, meeting_id=meeting_id) if moved is None or item.id != moved.id)
    high = min((item.rank for item in others if low is None or item.rank > low), default=None)
    is_there = moved is not None and moved.meeting_id == meeting_id
    if moved is not None and is_there and (low is None or low < moved.rank) and (high is None or moved.rank < high):
        return moved.rank
    return between(low, high)


def _neighbour(room: Room, meeting_id: str, after: str) -> Item:
    # It may have been taken off while somebody was dragging; where it stood is still a place.
    item = room.get(Item, after, removed=True)
    if item.meeting_id != meeting_id:
        raise Refusal("not_found", kind="item")
    return item
