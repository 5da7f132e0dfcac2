"""A room begins: its name and method, its first coach, its place, and four meeting roles that nobody holds yet."""

from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.messages import ImportRoom, MakeRoom, RenameRoom, RoomImported, RoomMade, RoomRenamed
from app.rooms.method import Method
from app.rooms.rows import ROLES, MeetingRole, Member, Place, RoomInfo

FIRST_VIEW = "roadmap"


def make_room(room: Room, command: MakeRoom, ask: Ask) -> Change:
    method: Method = ask.given
    info = ask.new(
        RoomInfo,
        id=room.free(RoomInfo, room.id),
        owner_id=command.member_id,
        name=command.name,
        method=method.key,
        method_version=method.version,
        language=command.language,
        timezone=command.timezone,
        pathway=command.pathway,
    )
    coach = ask.new(
        Member,
        id=room.free(Member, command.member_id),
        owner_id=command.member_id,
        name=command.coach_name,
        part="coach",
    )
    place = ask.new(Place, id=ask.id(0), owner_id=None, view=FIRST_VIEW)
    roles = (
        ask.new(MeetingRole, id=ask.id(number), owner_id=None, role=role) for number, role in enumerate(ROLES, start=1)
    )
    return Change(RoomMade(member_id=coach.id), puts=(info, coach, place, *roles))


def rename_room(room: Room, command: RenameRoom, ask: Ask) -> Change:
    info = room.get(RoomInfo, room.id)
    return Change(RoomRenamed(), puts=info.but(name=command.name).unless(info))


def import_room(room: Room, command: ImportRoom, ask: Ask) -> Change:
    room.free(RoomInfo, room.id)
    rows = tuple(room.kind(noun).model_validate(row) for noun, rows in command.rows.items() for row in rows)
    if [row.id for row in rows if isinstance(row, RoomInfo)] != [room.id]:
        raise Refusal("not_possible")
    return Change(RoomImported(), puts=rows)
