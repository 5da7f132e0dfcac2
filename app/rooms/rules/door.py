"""The door: who waits at it, who is let in and who is not, and whether links lead straight in."""

from datetime import timedelta

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import (
    AdmitMember,
    CloseDoor,
    DenyMember,
    DoorClosed,
    DoorOpened,
    Knock,
    MemberAdmitted,
    MemberDenied,
    MemberKnocked,
    OpenDoor,
)
from app.rooms.rows import Member, RoomInfo

WAITS_FOR = timedelta(hours=24)
"""Nobody comes to let somebody in a day later; a stranger's name is not ours to keep."""
MOST_WAITING = 30


def knock(room: Room, command: Knock, ask: Ask) -> Change:
    said = {"name": command.name, "voice": command.voice, "microsystem": command.microsystem}
    known = room.find(Member, command.member_id)
    if known is not None:
        # The same browser once more: what it is called may be corrected while it waits.
        again = known.but(**said) if known.state == "waiting" and known.is_stranger else known
        return Change(MemberKnocked(member_id=known.id), puts=again.unless(known))
    member = ask.new(Member, id=command.member_id, owner_id=command.member_id, part="member", is_stranger=True, **said)
    return Change(MemberKnocked(member_id=member.id), puts=(waits(room, member, ask),))


def admit_member(room: Room, command: AdmitMember, ask: Ask) -> Change:
    waiting = room.get(Member, command.member_id)
    fact = MemberAdmitted(member_id=waiting.id, is_member_id=command.is_member_id)
    if command.is_member_id is None:
        return Change(fact, puts=let_in(waiting).unless(waiting) if waiting.state == "waiting" else ())
    known = room.get(Member, command.is_member_id, removed=True)
    _refuse_unless_same(waiting, known, ask)
    known = known.but(state="active", removed_at=None, without_device=False)
    gone = waiting.but(state="removed", removed_at=ask.at, waits_until=None, same_as=known.id)
    return Change(fact, puts=(gone, known))


def deny_member(room: Room, command: DenyMember, ask: Ask) -> Change:
    """Of a stranger nothing stays; somebody who was here before stays taken out."""
    waiting = room.get(Member, command.member_id)
    fact = MemberDenied(member_id=waiting.id)
    if waiting.state != "waiting":
        raise Refusal("not_possible")
    if waiting.is_stranger:
        return Change(fact, drops=((Member, waiting.id),))
    return Change(fact, puts=(waiting.but(state="removed", removed_at=ask.at, waits_until=None),))


def open_door(room: Room, command: OpenDoor, ask: Ask) -> Change:
    info = room.get(RoomInfo, room.id)
    return Change(DoorOpened(), puts=info.but(door="open").unless(info))


def close_door(room: Room, command: CloseDoor, ask: Ask) -> Change:
    info = room.get(RoomInfo, room.id)
    return Change(DoorClosed(), puts=info.but(door="lobby").unless(info))


def is_closed(room: Room) -> bool:
    info = room.find(RoomInfo, room.id)
    return info is not None and info.door == "lobby"


def waits(room: Room, member: Member, ask: Ask) -> Member:
    """This member at the door; refused `lobby_full` where too many wait already."""
    waiting = sum(other.state == "waiting" for other in room.where(Member) if other.id != member.id)
    if waiting >= MOST_WAITING:
        raise Refusal("lobby_full")
    return member.but(state="waiting", removed_at=None, waits_until=ask.at + WAITS_FOR)


def let_in(member: Member) -> Member:
    return member.but(state="active", removed_at=None, is_stranger=False, waits_until=None)


def _refuse_unless_same(waiting: Member, known: Member, ask: Ask) -> None:
    """Only somebody of whom nothing is known yet can turn out to be somebody else."""
    if waiting.state != "waiting" or not waiting.is_stranger or known.state == "waiting" or known.part == "wall":
        raise Refusal("not_possible")
    if known.part == "coach" and not ask.who.may("rooms.manage"):
        raise Refusal("not_allowed", needs="rooms.manage")
