"""Words that should never have been there are taken out for good."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import Redact, Redacted


def redact(room: Room, command: Redact, ask: Ask) -> Change:
    kind = room.kind(command.kind)
    if not kind.words:
        raise Refusal("bad_command", field="kind", reason="no_words")
    row = room.get(kind, command.row_id, removed=True)
    if not (row.is_words_of(ask.who) or ask.who.may("rooms.record")):
        raise Refusal("not_allowed", needs="rooms.record")
    rows = tuple(found for found in (row, *room.about(row)) if found.redacted_at is None)
    return Change(
        Redacted(kind=command.kind, row_id=row.id),
        puts=tuple(found.redacted(ask.at) for found in rows),
        erases=rows,
    )
