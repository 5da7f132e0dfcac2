"""What the room's own commands do: making it, letting people in, their parts and meeting roles, taking words out."""

from app.rooms.rules.door import admit_member, close_door, deny_member, knock, open_door
from app.rooms.rules.erasing import erase_person, erase_room
from app.rooms.rules.invitations import join, make_invitation, raise_part, revoke_invitation, use_link
from app.rooms.rules.making import import_room, make_room, rename_room
from app.rooms.rules.members import add_person, come_back, leave, remove_member, set_me, set_part
from app.rooms.rules.place import bring_everyone
from app.rooms.rules.redaction import redact
from app.rooms.rules.roles import assign_role

__all__ = [
    "add_person",
    "admit_member",
    "assign_role",
    "bring_everyone",
    "close_door",
    "come_back",
    "deny_member",
    "erase_person",
    "erase_room",
    "import_room",
    "join",
    "knock",
    "leave",
    "make_invitation",
    "make_room",
    "open_door",
    "raise_part",
    "redact",
    "remove_member",
    "rename_room",
    "revoke_invitation",
    "set_me",
    "set_part",
    "use_link",
]
