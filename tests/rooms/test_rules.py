"""What the room's own commands decide."""

from datetime import timedelta

import pytest

from app.rooms.rows import Invitation, MeetingRole, Member, Place, RoomInfo
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, NOON, PAUL, RALPH, ROOM, ROSA, TOM, Rehearsal

LINK = id_from("link")
NOT_FOUND = ("not_found", {"kind": "invitation"})


def holders(room: Rehearsal) -> dict[str, str | None]:
    return {role.role: role.member_id for role in room.replica.where(MeetingRole)}


# The room begins


def test_a_new_room_has_its_coach_its_place_and_four_roles_that_nobody_holds() -> None:
    room = Rehearsal()
    info = room.row(RoomInfo, ROOM)
    assert (info.name, info.method, info.method_version) == ("Sepsis pathway", "flow_roadmap", 1)
    assert (info.language, info.timezone, info.pathway, info.door) == ("en-GB", "Europe/London", (), "open")
    coach = room.row(Member, ANNE)
    assert (coach.name, coach.part, coach.state, coach.owner_id) == ("Anne", "coach", "active", ANNE)
    assert [place.view for place in room.replica.where(Place)] == ["roadmap"]
    assert holders(room) == dict.fromkeys(("leader", "recorder", "timekeeper", "facilitator"))


def test_a_room_is_made_once() -> None:
    room = Rehearsal()
    again = room.refused(
        None, "rooms.make_room", name="Another", method="flow_roadmap", member_id=MAYA, coach_name="Maya"
    )
    assert again == ("exists", {"kind": "room"})


def test_a_coach_renames_the_room() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.rename_room", name="Sepsis")
    assert room.row(RoomInfo, ROOM).name == "Sepsis"
    assert room.say(ANNE, "rooms.rename_room", name="Sepsis").puts == ()


# Links


def test_a_coach_link_serves_once_and_for_seven_days() -> None:
    room = Rehearsal()
    made_at = room.at
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="coach")
    link = room.row(Invitation, LINK)
    assert (link.max_uses, link.expires_at) == (1, made_at + timedelta(days=7))


def test_a_coach_link_keeps_what_its_maker_has_chosen() -> None:
    room = Rehearsal()
    tomorrow = NOON + timedelta(days=1)
    room.say(
        ANNE, "rooms.make_invitation", invitation_id=LINK, part="coach", expires_at=tomorrow.isoformat(), max_uses=3
    )
    link = room.row(Invitation, LINK)
    assert (link.max_uses, link.expires_at) == (3, tomorrow)


def test_a_members_link_has_no_end_unless_it_is_given_one() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="member")
    link = room.row(Invitation, LINK)
    assert (link.max_uses, link.expires_at, link.revoked_at) == (None, None, None)


def test_who_joins_gets_the_links_part_and_the_use_is_counted() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="sponsor")
    room.say(None, "rooms.join", member_id=PAUL, invitation_id=LINK, name="Paul", voice="manager", microsystem="Trust")
    paul = room.row(Member, PAUL)
    assert (paul.name, paul.part, paul.voice, paul.microsystem) == ("Paul", "sponsor", "manager", "Trust")
    assert (paul.owner_id, paul.state, paul.without_device) == (PAUL, "active", False)
    assert room.row(Invitation, LINK).uses == 1


def test_an_unknown_link_lets_nobody_in() -> None:
    assert Rehearsal().refused(None, "rooms.join", member_id=MAYA, invitation_id=LINK, name="Maya") == NOT_FOUND


def test_a_revoked_link_says_the_same_as_an_unknown_one() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="member")
    room.say(ANNE, "rooms.revoke_invitation", invitation_id=LINK)
    assert room.say(ANNE, "rooms.revoke_invitation", invitation_id=LINK).puts == ()
    assert room.refused(None, "rooms.join", member_id=MAYA, invitation_id=LINK, name="Maya") == NOT_FOUND


def test_an_expired_link_says_the_same_from_its_very_moment_on() -> None:
    room = Rehearsal()
    ends = NOON + timedelta(minutes=1)
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="member", expires_at=ends.isoformat())
    room.at = ends - timedelta(milliseconds=1)
    room.say(None, "rooms.join", member_id=MAYA, invitation_id=LINK, name="Maya")
    room.at = ends
    assert room.refused(None, "rooms.join", member_id=TOM, invitation_id=LINK, name="Tom") == NOT_FOUND


def test_a_used_up_link_says_the_same() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="member", max_uses=1)
    room.say(None, "rooms.join", member_id=MAYA, invitation_id=LINK, name="Maya")
    assert room.refused(None, "rooms.join", member_id=TOM, invitation_id=LINK, name="Tom") == NOT_FOUND


@pytest.mark.parametrize(
    ("part", "link", "after"),
    [
        ("observer", "sponsor", "sponsor"),
        ("sponsor", "member", "member"),
        ("member", "coach", "coach"),
        ("member", "sponsor", "member"),
        ("member", "member", "member"),
        ("coach", "observer", "coach"),
        ("member", "wall", "member"),
        ("wall", "coach", "wall"),
    ],
)
def test_a_link_raises_a_part_never_lowers_it_and_never_touches_a_wall(part: str, link: str, after: str) -> None:
    room = Rehearsal()
    room.joins(MAYA, part)
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part=link)
    room.say(None, "rooms.raise_part", member_id=MAYA, invitation_id=LINK)
    assert room.row(Member, MAYA).part == after
    assert room.row(Invitation, LINK).uses == (1 if after != part else 0)


def test_a_revoked_link_raises_nobody() -> None:
    room = Rehearsal()
    room.joins(MAYA)
    room.say(ANNE, "rooms.make_invitation", invitation_id=LINK, part="coach")
    room.say(ANNE, "rooms.revoke_invitation", invitation_id=LINK)
    assert room.refused(None, "rooms.raise_part", member_id=MAYA, invitation_id=LINK) == NOT_FOUND


# People


def test_a_person_on_the_telephone_is_a_member_without_a_device() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.add_person", member_id=TOM, name="Joe", voice="carer")
    joe = room.row(Member, TOM)
    assert (joe.part, joe.voice, joe.without_device, joe.owner_id) == ("member", "carer", True, TOM)


def test_i_say_who_i_am_and_leave_out_what_i_like() -> None:
    room = Rehearsal()
    room.joins(MAYA, voice="patient", microsystem="Ward 4")
    room.say(MAYA, "rooms.set_me", voice=None, name="Maya B")
    maya = room.row(Member, MAYA)
    assert (maya.name, maya.voice, maya.microsystem) == ("Maya B", None, "Ward 4")
    assert room.say(MAYA, "rooms.set_me", name="Maya B").puts == ()


def test_nobody_goes_without_a_name() -> None:
    assert Rehearsal().refused(ANNE, "rooms.set_me", name=None) == (
        "bad_command",
        {"field": "name", "reason": "missing"},
    )


def test_a_coach_gives_another_part() -> None:
    room = Rehearsal()
    room.joins(RALPH)
    room.say(ANNE, "rooms.set_part", member_id=RALPH, part="coach")
    assert room.row(Member, RALPH).part == "coach"
    assert room.say(ANNE, "rooms.set_part", member_id=RALPH, part="coach").puts == ()


def test_who_becomes_an_observer_gives_the_meeting_roles_back() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.holds("recorder", TOM)
    room.say(ANNE, "rooms.set_part", member_id=TOM, part="sponsor")
    assert holders(room)["recorder"] == TOM
    room.say(ANNE, "rooms.set_part", member_id=TOM, part="observer")
    assert holders(room)["recorder"] is None


def test_a_wall_never_becomes_a_person() -> None:
    room = Rehearsal()
    room.joins(TOM, "wall")
    assert room.refused(ANNE, "rooms.set_part", member_id=TOM, part="coach") == ("not_possible", {})


def test_the_last_coach_stays_coach() -> None:
    room = Rehearsal()
    room.joins(RALPH)
    for command in (
        {"type": "rooms.set_part", "member_id": ANNE, "part": "member"},
        {"type": "rooms.remove_member", "member_id": ANNE},
        {"type": "rooms.leave"},
    ):
        assert room.refused(ANNE, command.pop("type"), **command) == ("last_coach", {})


def test_a_coach_without_a_device_or_who_has_left_does_not_count() -> None:
    room = Rehearsal()
    room.say(ANNE, "rooms.add_person", member_id=TOM, name="Joe")
    room.say(ANNE, "rooms.set_part", member_id=TOM, part="coach")
    room.joins(RALPH, "coach")
    room.say(RALPH, "rooms.leave")
    assert room.refused(ANNE, "rooms.leave") == ("last_coach", {})


def test_one_of_two_coaches_may_go() -> None:
    room = Rehearsal()
    room.joins(RALPH, "coach")
    room.say(RALPH, "rooms.set_part", member_id=ANNE, part="member")
    assert room.row(Member, ANNE).part == "member"
    assert room.refused(RALPH, "rooms.leave") == ("last_coach", {})


def test_who_leaves_gives_the_roles_back_and_may_come_back() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.holds("timekeeper", TOM)
    room.say(TOM, "rooms.leave")
    tom = room.row(Member, TOM)
    assert (tom.state, tom.removed_at) == ("removed", None)
    assert holders(room)["timekeeper"] is None
    room.say(None, "rooms.come_back", member_id=TOM)
    assert room.row(Member, TOM).state == "active"
    assert room.say(None, "rooms.come_back", member_id=TOM).puts == ()


def test_who_was_taken_out_waits_at_the_door_when_coming_back() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.holds("timekeeper", TOM)
    removed_at = room.at
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    tom = room.row(Member, TOM)
    assert (tom.state, tom.removed_at) == ("removed", removed_at)
    assert holders(room)["timekeeper"] is None
    room.say(None, "rooms.come_back", member_id=TOM)
    assert room.row(Member, TOM).state == "waiting"
    assert room.row(RoomInfo, ROOM).door == "open"


def test_taking_somebody_out_twice_changes_nothing() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    assert room.say(ANNE, "rooms.remove_member", member_id=TOM).puts == ()


def test_who_left_can_still_be_taken_out_for_good() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.say(TOM, "rooms.leave")
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    room.say(None, "rooms.come_back", member_id=TOM)
    assert room.row(Member, TOM).state == "waiting"


def test_a_coach_who_takes_herself_out_has_left() -> None:
    room = Rehearsal()
    room.joins(RALPH, "coach")
    room.say(ANNE, "rooms.remove_member", member_id=ANNE)
    room.say(None, "rooms.come_back", member_id=ANNE)
    assert room.row(Member, ANNE).state == "active"


def test_the_door_is_marked_closed_when_asked_for() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.say(ANNE, "rooms.remove_member", member_id=TOM, close_door=True)
    assert room.row(RoomInfo, ROOM).door == "lobby"


# Meeting roles


def test_a_role_goes_from_hand_to_hand_and_back_to_nobody() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.joins(ROSA)
    room.holds("timekeeper", TOM)
    room.holds("timekeeper", ROSA)
    assert holders(room)["timekeeper"] == ROSA
    assert room.say(ANNE, "rooms.assign_role", role="timekeeper", member_id=ROSA).puts == ()
    room.holds("timekeeper", None)
    assert holders(room)["timekeeper"] is None


def test_in_a_small_clinic_one_person_holds_two_roles() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.holds("recorder", TOM)
    room.holds("leader", TOM)
    assert (holders(room)["recorder"], holders(room)["leader"]) == (TOM, TOM)


@pytest.mark.parametrize("part", ["observer", "wall"])
def test_who_only_watches_holds_no_role(part: str) -> None:
    room = Rehearsal()
    room.joins(TOM, part)
    no = room.refused(ANNE, "rooms.assign_role", role="leader", member_id=TOM)
    assert no == ("no_role_for_observers", {})


def test_a_role_needs_somebody_who_is_here() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.say(TOM, "rooms.leave")
    assert room.refused(ANNE, "rooms.assign_role", role="leader", member_id=TOM) == ("removed", {"kind": "member"})
    assert room.refused(ANNE, "rooms.assign_role", role="leader", member_id=NOBODY) == (
        "not_found",
        {"kind": "member"},
    )


def test_somebody_still_waiting_is_not_here_yet() -> None:
    room = Rehearsal()
    room.joins(TOM)
    room.replica.put(room.row(Member, TOM).but(state="waiting"))
    assert room.refused(ANNE, "rooms.assign_role", role="leader", member_id=TOM) == (
        "not_found",
        {"kind": "member"},
    )
    assert room.say(None, "rooms.come_back", member_id=TOM).puts == ()


# The place


def test_bringing_everyone_twice_calls_them_twice() -> None:
    room = Rehearsal()
    for _ in range(2):
        (place,) = room.say(ANNE, "rooms.bring_everyone", view="board").puts
        assert isinstance(place, Place)
        assert (place.view, place.by) == ("board", ANNE)


def test_the_leader_brings_everyone() -> None:
    room = Rehearsal()
    room.joins(TOM)
    assert room.refused(TOM, "rooms.bring_everyone", view="themes") == ("not_allowed", {"needs": "rooms.bring"})
    room.holds("leader", TOM)
    room.say(TOM, "rooms.bring_everyone", view="themes")


# Who may

MANAGED = {
    "rooms.rename_room": {"name": "Ours"},
    "rooms.set_part": {"member_id": MAYA, "part": "coach"},
    "rooms.remove_member": {"member_id": MAYA},
    "rooms.add_person": {"member_id": NOBODY, "name": "Joe"},
    "rooms.assign_role": {"role": "leader", "member_id": MAYA},
    "rooms.make_invitation": {"invitation_id": LINK, "part": "coach"},
    "rooms.revoke_invitation": {"invitation_id": LINK},
}


@pytest.mark.parametrize("part", ["member", "sponsor", "observer", "wall"])
@pytest.mark.parametrize("command", MANAGED)
def test_only_coaches_manage(command: str, part: str) -> None:
    room = Rehearsal()
    room.joins(MAYA, part)
    assert room.refused(MAYA, command, **MANAGED[command]) == ("not_allowed", {"needs": "rooms.manage"})


@pytest.mark.parametrize("part", ["observer", "wall"])
def test_who_only_watches_changes_nothing_not_even_themselves(part: str) -> None:
    room = Rehearsal()
    room.joins(MAYA, part)
    no = ("not_allowed", {"needs": "rooms.contribute"})
    assert room.refused(MAYA, "rooms.set_me", name="Maya") == no
    assert room.refused(MAYA, "rooms.leave") == no
