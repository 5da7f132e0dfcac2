"""Who holds which meeting role: handed over in one press, taken where nobody holds it, moved by nothing else."""

from app.rooms.rows import MeetingRole
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, ROSA, TOM, Rehearsal


def a_room() -> Rehearsal:
    room = Rehearsal()
    room.joins(MAYA, name="Maya", voice="patient")
    room.joins(TOM, name="Tom")
    room.joins(PAUL, "observer", name="Paul")
    room.joins(ROSA, "sponsor", name="Rosa")
    return room


def holder(room: Rehearsal, role: str) -> str | None:
    (row,) = room.replica.where(MeetingRole, role=role)
    return row.member_id


def test_a_bleep_goes_off_and_the_timekeeper_hands_over_in_one_press() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    change = room.say(TOM, "meetings.hand_over", role="timekeeper", member_id=MAYA)
    assert holder(room, "timekeeper") == MAYA
    assert change.fact.model_dump() == {
        "type": "meetings.role_handed_over",
        "role": "timekeeper",
        "from_id": TOM,
        "member_id": MAYA,
    }


def test_only_the_holder_or_a_coach_hands_a_role_over() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    refused = room.refused(MAYA, "meetings.hand_over", role="timekeeper", member_id=MAYA)
    assert refused == ("role_not_yours", {"role": "timekeeper"})
    room.say(ANNE, "meetings.hand_over", role="timekeeper", member_id=MAYA)
    assert holder(room, "timekeeper") == MAYA


def test_the_holder_gives_a_role_back_and_somebody_else_takes_it() -> None:
    room = a_room()
    room.holds("recorder", TOM)
    assert room.refused(MAYA, "meetings.take_role", role="recorder") == ("role_is_held", {"role": "recorder"})
    room.say(TOM, "meetings.hand_over", role="recorder", member_id=None)
    room.say(MAYA, "meetings.take_role", role="recorder")
    assert holder(room, "recorder") == MAYA


def test_taking_what_one_holds_and_handing_it_to_who_holds_it_changes_nothing() -> None:
    room = a_room()
    room.holds("leader", MAYA)
    assert room.say(MAYA, "meetings.take_role", role="leader").puts == ()
    assert room.say(MAYA, "meetings.hand_over", role="leader", member_id=MAYA).puts == ()


def test_a_sponsor_may_lead_and_an_observer_holds_nothing() -> None:
    room = a_room()
    room.say(ROSA, "meetings.take_role", role="leader")
    assert holder(room, "leader") == ROSA
    assert room.refused(ANNE, "meetings.hand_over", role="leader", member_id=PAUL)[0] == "no_role_for_observers"
    assert room.refused(PAUL, "meetings.take_role", role="recorder")[0] == "not_allowed"


def test_nobody_hands_over_to_one_who_has_left() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    room.say(MAYA, "rooms.leave")
    assert room.refused(TOM, "meetings.hand_over", role="timekeeper", member_id=MAYA)[0] == "removed"


def test_the_one_who_takes_over_may_at_once_what_the_role_allows() -> None:
    room = a_room()
    room.holds("recorder", TOM)
    room.say(TOM, "meetings.hand_over", role="recorder", member_id=MAYA)
    tom, maya = (room.registry.who(room.replica, id) for id in (TOM, MAYA))
    assert tom is not None
    assert maya is not None
    assert maya.may("rooms.record")
    assert not tom.may("rooms.record")
