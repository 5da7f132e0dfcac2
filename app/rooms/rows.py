"""The room itself as rows: its name, its people, their parts and meeting roles, the links that let them in."""

from datetime import datetime
from typing import ClassVar, Literal, Protocol, Self

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.kernel import Refusal, Room, Row, Who, in_room
from app.rooms.values import NAME, Id, Name, Title, View, When, no_longer_than, one_of

Part = Literal["coach", "member", "sponsor", "observer", "wall"]
RoleName = Literal["leader", "recorder", "timekeeper", "facilitator"]
PARTS: tuple[Part, ...] = ("coach", "member", "sponsor", "observer", "wall")
ROLES: tuple[RoleName, ...] = ("leader", "recorder", "timekeeper", "facilitator")


class RoomInfo(Row):
    """What the room is called and which method it follows. Its id is the room's."""

    noun = "room"
    name: Name
    method: str
    method_version: int
    language: str
    timezone: str
    pathway: tuple[Title, ...] = Field(default=(), sa_type=JsonText)
    door: Literal["open", "lobby"] = Field(default="open", sa_type=Text)

    def seen_by(self, who: Who) -> Self | None:
        return self


class Member(Row):
    """A person of this room: patient, carer or staff. Owned by themselves.

    Who left and who was taken out are both `removed`. Only being taken out sets `removed_at`: who left may
    come back. Who waits at the door is seen only by those who may let them in.
    """

    noun = "member"
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "is_stranger", "waits_until", "same_as")
    deadline: ClassVar[str | None] = "waits_until"
    names: ClassVar[tuple[str, ...]] = ("name", "microsystem")
    name: Name
    voice: str | None = None
    microsystem: str | None = None
    part: Part = Field(sa_type=Text)
    state: Literal["active", "waiting", "removed"] = Field(default="active", sa_type=Text)
    without_device: bool = False
    is_stranger: bool = False
    """Waits at the door and has never been let in."""
    waits_until: When | None = Field(default=None, sa_type=MomentText)
    same_as: Id | None = None
    """The member that this one has turned out to be: whoever comes as this one is that one."""

    def seen_by(self, who: Who) -> Self | None:
        if self.same_as is not None:
            return None
        if who.owns(self):
            return self
        is_inside = self.state != "waiting" and not self.is_stranger
        return self if who.may("rooms.admit" if not is_inside else "rooms.view") else None


class Finds(Protocol):
    """Whatever knows members by their ids: a replica, a rule's room, SQL."""

    def find(self, kind: type[Member], id: str) -> Member | None: ...


def person(room: Finds, id: str) -> str:
    """Who somebody is who came as this member: the one that it has been joined to, or itself."""
    member = room.find(Member, id)
    while member is not None and member.same_as is not None:
        member = room.find(Member, member.same_as)
    return member.id if member is not None else id


def active_member(room: Room, id: str) -> Member:
    """Somebody who is in the room now; refused `removed` or `not_found` otherwise."""
    member = room.get(Member, id)
    if member.state == "active":
        return member
    raise Refusal("removed" if member.state == "removed" else "not_found", kind=Member.noun)


class Invitation(Row):
    """A link that lets people in. The token itself is kept as a hash, outside the room's rows."""

    noun = "invitation"
    part: Part = Field(sa_type=Text)
    expires_at: When | None = Field(default=None, sa_type=MomentText)
    max_uses: int | None = None
    uses: int = 0
    revoked_at: When | None = Field(default=None, sa_type=MomentText)

    def is_open(self, at: datetime) -> bool:
        """Whether the link still lets somebody in."""
        is_expired = self.expires_at is not None and self.expires_at <= at
        is_used_up = self.max_uses is not None and self.uses >= self.max_uses
        return self.revoked_at is None and not is_expired and not is_used_up

    def seen_by(self, who: Who) -> Self | None:
        return self if who.may("rooms.manage") else None


class Place(Row):
    """Where the room is: the view that "Bring everyone here" has named, and by whom."""

    noun = "place"
    people: ClassVar[tuple[str, ...]] = ("by",)
    view: View
    by: Id | None = None


class MeetingRole(Row):
    """One of the four meeting roles and who holds it."""

    noun = "role"
    indexes: ClassVar[tuple[str, ...]] = ("member_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)
    role: RoleName = Field(sa_type=Text)
    member_id: Id | None = None


class RoomTable(RoomInfo, table=True):
    __tablename__ = "rooms_room"
    __table_args__ = in_room(one_of("door", "open", "lobby"), no_longer_than("name", NAME))
    room_id: Id


class MemberTable(Member, table=True):
    __tablename__ = "rooms_member"
    __table_args__ = in_room(
        one_of("part", *PARTS),
        one_of("state", "active", "waiting", "removed"),
        no_longer_than("name", NAME),
        CheckConstraint("(state = 'waiting') = (waits_until IS NOT NULL)", name="waits"),
    )
    room_id: Id


class InvitationTable(Invitation, table=True):
    __tablename__ = "rooms_invitation"
    __table_args__ = in_room(
        one_of("part", *PARTS), CheckConstraint("max_uses IS NULL OR uses <= max_uses", name="uses")
    )
    room_id: Id


class PlaceTable(Place, table=True):
    __tablename__ = "rooms_place"
    __table_args__ = in_room(UniqueConstraint("room_id"))
    room_id: Id


class MeetingRoleTable(MeetingRole, table=True):
    __tablename__ = "rooms_role"
    __table_args__ = in_room(one_of("role", *ROLES), UniqueConstraint("room_id", "role"))
    room_id: Id
