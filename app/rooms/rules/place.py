"""Where the room is: "Bring everyone here"."""

from app.rooms.kernel import Ask, Change, Room
from app.rooms.messages import BringEveryone, EveryoneBrought
from app.rooms.rows import Place


def bring_everyone(room: Room, command: BringEveryone, ask: Ask) -> Change:
    (place,) = room.where(Place)
    # Put even when the place stays the same: who has wandered off since is called again.
    return Change(EveryoneBrought(view=command.view), puts=(place.but(view=command.view, by=ask.who.member_id),))
