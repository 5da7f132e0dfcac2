"""What the room's own commands do: making it, letting people in, their parts and meeting roles, taking words out."""

from app.rooms.rules.attendance import attend, count_attendance, end_attendance, set_attendance
from app.rooms.rules.door import admit_member, close_door, deny_member, knock, open_door
from app.rooms.rules.erasing import erase_person, erase_room
from app.rooms.rules.hush import answer_word, forget_word, hold_member, read_word, release_member, say_word
from app.rooms.rules.invitations import join, make_invitation, raise_part, revoke_invitation, use_link
from app.rooms.rules.making import import_room, make_room, rename_room
from app.rooms.rules.members import add_person, come_back, leave, remove_member, set_me, set_part
from app.rooms.rules.papers import count_papers, void_box
from app.rooms.rules.place import bring_everyone
from app.rooms.rules.redaction import redact
from app.rooms.rules.roles import assign_role
from app.rooms.rules.same_person import join_members

__all__ = [
    "add_person",
    "admit_member",
    "answer_word",
    "assign_role",
    "attend",
    "bring_everyone",
    "close_door",
    "come_back",
    "count_attendance",
    "count_papers",
    "deny_member",
    "end_attendance",
    "erase_person",
    "erase_room",
    "forget_word",
    "hold_member",
    "import_room",
    "join",
    "join_members",
    "knock",
    "leave",
    "make_invitation",
    "make_room",
    "open_door",
    "raise_part",
    "read_word",
    "redact",
    "release_member",
    "remove_member",
    "rename_room",
    "revoke_invitation",
    "say_word",
    "set_attendance",
    "set_me",
    "set_part",
    "use_link",
    "void_box",
]
