"""People of the room: who is here without a device, who changes their part, who leaves and who comes back."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import (
    AddPerson,
    ComeBack,
    Leave,
    MemberCameBack,
    MemberChanged,
    MemberKnocked,
    MemberLeft,
    MemberRemoved,
    PartSet,
    PersonAdded,
    RemoveMember,
    SetMe,
    SetPart,
)
from app.rooms.rows import Member, RoomInfo, active_member
from app.rooms.rules.door import is_closed, waits
from app.rooms.rules.roles import without_roles


def add_person(room: Room, command: AddPerson, ask: Ask) -> Change:
    member = ask.new(
        Member,
        id=room.free(Member, command.member_id),
        owner_id=command.member_id,
        name=command.name,
        voice=command.voice,
        microsystem=command.microsystem,
        part="member",
        without_device=True,
    )
    return Change(PersonAdded(member_id=member.id), puts=(member,))


def set_me(room: Room, command: SetMe, ask: Ask) -> Change:
    me = active_member(room, str(ask.who.member_id))
    said = command.said("name", "voice", "microsystem", never_null=("name",))
    return Change(MemberChanged(member_id=me.id), puts=me.but(**said).unless(me))


def set_part(room: Room, command: SetPart, ask: Ask) -> Change:
    member = active_member(room, command.member_id)
    if member.part == "wall":
        # A wall has no person behind it: with another part whoever stands before the screen could write.
        raise Refusal("not_possible")
    if command.part != "coach":
        keep_a_coach(room, member)
    roles = without_roles(room, member) if command.part == "observer" else ()
    changed = member.but(part=command.part)
    return Change(PartSet(member_id=member.id, part=command.part), puts=(*changed.unless(member), *roles))


def remove_member(room: Room, command: RemoveMember, ask: Ask) -> Change:
    member = room.get(Member, command.member_id, removed=True)
    keep_a_coach(room, member)
    # Who takes themselves out has left, and may come back.
    taken_out_at = None if member.id == ask.who.member_id else member.removed_at or ask.at
    gone = member.but(state="removed", removed_at=taken_out_at, waits_until=None)
    info = room.get(RoomInfo, room.id)
    door = info.but(door="lobby").unless(info) if command.close_door else ()
    puts = (*gone.unless(member), *without_roles(room, member), *door)
    return Change(MemberRemoved(member_id=member.id), puts=puts)


def leave(room: Room, command: Leave, ask: Ask) -> Change:
    me = active_member(room, str(ask.who.member_id))
    keep_a_coach(room, me)
    return Change(MemberLeft(member_id=me.id), puts=(me.but(state="removed"), *without_roles(room, me)))


def come_back(room: Room, command: ComeBack, ask: Ask) -> Change:
    """Who was taken out (only these have `removed_at`) waits at the door; while it is closed, so does everybody."""
    member = room.get(Member, command.member_id, removed=True)
    if member.state != "removed":
        return Change(MemberCameBack(member_id=member.id))
    if member.removed_at is not None or is_closed(room):
        return Change(MemberKnocked(member_id=member.id), puts=(waits(room, member, ask),))
    return Change(MemberCameBack(member_id=member.id), puts=(member.but(state="active"),))


def keep_a_coach(room: Room, losing: Member) -> None:
    """A room without a coach who can open it could never be led, nor opened to anybody, again."""
    if _leads(losing) and not any(_leads(other) for other in room.where(Member) if other.id != losing.id):
        raise Refusal("last_coach")


def _leads(member: Member) -> bool:
    return member.part == "coach" and member.state == "active" and not member.without_device
