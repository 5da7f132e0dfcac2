"""What the room's own commands do: making it, letting people in, their parts and meeting roles, taking words out."""

from app.rooms.rules.invitations import join, make_invitation, raise_part, revoke_invitation
from app.rooms.rules.making import make_room, rename_room
from app.rooms.rules.members import add_person, come_back, leave, remove_member, set_me, set_part
from app.rooms.rules.place import bring_everyone
from app.rooms.rules.redaction import redact
from app.rooms.rules.roles import assign_role

__all__ = [
    "add_person",
    "assign_role",
    "bring_everyone",
    "come_back",
    "join",
    "leave",
    "make_invitation",
    "make_room",
    "raise_part",
    "redact",
    "remove_member",
    "rename_room",
    "revoke_invitation",
    "set_me",
    "set_part",
]
