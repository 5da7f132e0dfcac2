"""What a room's printed record tells of its people."""

from collections.abc import Iterable

from app.rooms.kernel import Section, Standing
from app.rooms.rows import PARTS, Member
from app.words import catalogue


def people(room: Standing) -> Iterable[Section]:
    """Who is in the room, coaches first."""
    here = [member for member in room.where(Member) if member.state == "active" and member.part != "wall"]
    words = catalogue()
    lines = tuple(
        " · ".join(filter(None, (member.name, words[f"rooms.part_{member.part}"], member.microsystem)))
        for member in sorted(here, key=lambda member: (PARTS.index(member.part), member.name.casefold()))
    )
    yield Section("rooms.people", lines)
