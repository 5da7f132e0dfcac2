"""What an agenda is made of: items put on it, changed, moved, taken off."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.meetings.rows import Lead, MeetingStep, Minutes
from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Key, Note, Title, View

Link = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]


class SetAgenda(Command):
    """The agenda of a template in place of what is planned; without one, the template that fits where the room is."""

    type: Literal["meetings.set_agenda"]
    meeting_id: Id
    template: Key | None = None


class AgendaSet(Fact):
    type: Literal["meetings.agenda_set"] = "meetings.agenda_set"
    meeting_id: Id


class CopyAgenda(Command):
    """The same as in another meeting, in place of what is planned."""

    type: Literal["meetings.copy_agenda"]
    meeting_id: Id
    from_id: Id


class AgendaCopied(Fact):
    type: Literal["meetings.agenda_copied"] = "meetings.agenda_copied"
    meeting_id: Id
    from_id: Id


class AddItem(Command):
    """After an item (null = first); absent: at the end of the work, before what the end of the hour is kept for."""

    type: Literal["meetings.add_item"]
    item_id: Id
    meeting_id: Id
    title: Title
    minutes: Minutes
    meeting_step: MeetingStep | None = None
    lead: Lead | None = None
    lead_id: Id | None = None
    tool: Key | None = None
    opens: View | None = None
    note: Note | None = None
    link: Link | None = None
    is_story: bool = False
    after: Id | None = None


class ItemAdded(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_item"
    type: Literal["meetings.item_added"] = "meetings.item_added"
    item_id: Id


class SetItem(Command):
    """Absent = unchanged, null = nothing said. `even_protected` says that the end of the hour may get shorter."""

    type: Literal["meetings.set_item"]
    item_id: Id
    title: Title | None = None
    minutes: Minutes | None = None
    meeting_step: MeetingStep | None = None
    lead: Lead | None = None
    lead_id: Id | None = None
    tool: Key | None = None
    opens: View | None = None
    note: Note | None = None
    link: Link | None = None
    is_story: bool | None = None
    """A patient's or carer's story: no countdown on the wall, nor before who tells it."""
    even_protected: bool = False


class ItemSet(Fact):
    undone_by: ClassVar[str | None] = "meetings.set_item"
    type: Literal["meetings.item_set"] = "meetings.item_set"
    item_id: Id


class MoveItem(Command):
    """After an item (null = first; absent = at the end of the work), in this agenda or in that of another meeting."""

    type: Literal["meetings.move_item"]
    item_id: Id
    after: Id | None = None
    meeting_id: Id | None = None


class ItemMoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.move_item"
    type: Literal["meetings.item_moved"] = "meetings.item_moved"
    item_id: Id
    meeting_id: Id


class RemoveItem(Command):
    type: Literal["meetings.remove_item"]
    item_id: Id
    even_protected: bool = False


class ItemRemoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.restore_item"
    type: Literal["meetings.item_removed"] = "meetings.item_removed"
    item_id: Id


class RestoreItem(Command):
    type: Literal["meetings.restore_item"]
    item_id: Id


class ItemRestored(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_item"
    type: Literal["meetings.item_restored"] = "meetings.item_restored"
    item_id: Id
