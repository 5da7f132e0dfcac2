"""What the server says of a box of papers by itself: how many there are, or that they are lost."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import BoxVoided, CountPapers, PapersCounted, VoidBox
from app.rooms.paper import Box


def count_papers(room: Room, command: CountPapers, ask: Ask) -> Change:
    box = _open_box(room, command)
    if box.given == command.given:
        # Several processes count: one is heard.
        raise Refusal("not_possible")
    fact = PapersCounted(kind=command.kind, row_id=box.id, given=command.given)
    return Change(fact, puts=(box.but(given=command.given),))


def void_box(room: Room, command: VoidBox, ask: Ask) -> Change:
    box = _open_box(room, command)
    if room.is_keyed(box.id):
        raise Refusal("not_possible")
    return Change(BoxVoided(kind=command.kind, row_id=box.id), puts=(box.voided(),))


def _open_box(room: Room, command: CountPapers | VoidBox) -> Box:
    box = room.find(room.kind(command.kind), command.row_id)
    if not isinstance(box, Box) or not box.is_open:
        raise Refusal("not_possible")
    return box
