"""An operator erases a person, or the whole room, for good."""

from app.rooms.kernel import Ask, Change, Refusal, Room, Row, Who
from app.rooms.messages import ErasePerson, EraseRoom, PersonErased, RoomErased
from app.rooms.rows import Member, RoomInfo, person
from app.rooms.rules.members import keep_a_coach
from app.rooms.rules.roles import without_roles


def erase_person(room: Room, command: ErasePerson, ask: Ask) -> Change:
    """Somebody stands where the person stood, so that what they wrote still has an author, though not a name."""
    member = room.get(Member, command.member_id, removed=True)
    keep_a_coach(room, member)
    members = tuple(found for found in room.where(Member) if person(room, found.id) == member.id)
    words = _words_of(room, members) if command.with_words else ()
    puts = (
        *(_somebody(found, command, ask) for found in members),
        *without_roles(room, member),
        *(row.redacted(ask.at) for row in words),
    )
    private = _said_alone(room, members)
    drops = tuple((type(row), row.id) for row in private)
    return Change(PersonErased(member_id=member.id), puts=puts, drops=drops, erases=(*members, *words, *private))


def erase_room(room: Room, command: EraseRoom, ask: Ask) -> Change:
    rows = room.everything()
    if not any(isinstance(row, RoomInfo) for row in rows):
        raise Refusal("not_found", kind=RoomInfo.noun)
    if command.last_seq not in (None, room.seq):
        raise Refusal("not_possible")
    return Change(
        RoomErased(was_over=command.last_seq is not None), drops=tuple((type(row), row.id) for row in rows), erases=rows
    )


def _somebody(member: Member, command: ErasePerson, ask: Ask) -> Member:
    return member.but(
        name=command.name,
        voice=None,
        microsystem=None,
        state="removed",
        removed_at=member.removed_at or ask.at,
        redacted_at=ask.at,
        waits_until=None,
    )


def _words_of(room: Room, members: tuple[Member, ...]) -> tuple[Row, ...]:
    """What this person wrote or had written for them, with what others kept under it."""
    whos = [Who(member.id) for member in members]
    own = [row for row in room.everything() if row.words and row.copied and any(row.is_words_of(who) for who in whos)]
    rows = {(type(row), row.id): row for mine in own for row in (mine, *room.about(mine))}
    return tuple(row for row in rows.values() if row.redacted_at is None)


def _said_alone(room: Room, members: tuple[Member, ...]) -> tuple[Row, ...]:
    """What this person said to some alone, and what was said to them."""
    ids = {member.id for member in members}
    return tuple(
        row for row in room.everything() if not row.copied and ids & {getattr(row, name) for name in row.people}
    )
