"""The door as rules: who waits, who is let in as whom, and what stays of those who are not."""

from datetime import timedelta

import pytest

from app.rooms.kernel import Who
from app.rooms.rows import Invitation, Member, RoomInfo
from app.rooms.rules.door import MOST_WAITING
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, PAUL, RALPH, ROOM, TOM, Rehearsal

DINA = id_from("dina")


@pytest.fixture
def room() -> Rehearsal:
    return Rehearsal()


def knocks(room: Rehearsal, id: str = DINA, name: str = "Dina") -> None:
    room.say(None, "rooms.knock", member_id=id, name=name, voice="patient")


def seen(room: Rehearsal, id: str, by: str | None) -> bool:
    who = room.registry.who(room.replica, by)
    assert who is not None
    return room.row(Member, id).seen_by(who) is not None


def test_who_knocks_waits_and_only_those_who_may_let_in_and_the_one_who_waits_know(room: Rehearsal) -> None:
    room.joins(TOM)
    knocks(room)
    assert room.row(Member, DINA).state == "waiting"
    assert [seen(room, DINA, by) for by in (ANNE, TOM, DINA)] == [True, False, True]


def test_who_is_let_in_is_a_member_whom_all_see(room: Rehearsal) -> None:
    room.joins(TOM)
    knocks(room)
    room.say(ANNE, "rooms.admit_member", member_id=DINA)
    dina = room.row(Member, DINA)
    assert (dina.state, dina.part, dina.waits_until) == ("active", "member", None)
    assert seen(room, DINA, TOM)
    assert room.say(ANNE, "rooms.admit_member", member_id=DINA).puts == ()


def test_of_a_stranger_who_is_not_let_in_nothing_stays(room: Rehearsal) -> None:
    knocks(room)
    room.say(ANNE, "rooms.deny_member", member_id=DINA)
    assert room.replica.find(Member, DINA) is None


def test_who_was_here_before_and_is_not_let_in_stays_taken_out(room: Rehearsal) -> None:
    room.joins(TOM)
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    room.say(None, "rooms.come_back", member_id=TOM)
    assert not seen(room, TOM, RALPH) if room.replica.find(Member, RALPH) else True
    room.say(ANNE, "rooms.deny_member", member_id=TOM)
    tom = room.row(Member, TOM)
    assert (tom.state, tom.removed_at is not None, tom.waits_until) == ("removed", True, None)


def test_somebody_who_is_in_cannot_be_denied(room: Rehearsal) -> None:
    room.joins(TOM)
    assert room.refused(ANNE, "rooms.deny_member", member_id=TOM) == ("not_possible", {})


def test_a_stranger_turns_out_to_be_dina_from_last_week(room: Rehearsal) -> None:
    room.joins(MAYA, name="Dina")
    room.holds("recorder", MAYA)
    knocks(room)
    room.say(ANNE, "rooms.admit_member", member_id=DINA, is_member_id=MAYA)
    assert room.row(Member, DINA).same_as == MAYA
    assert not any(seen(room, DINA, by) for by in (ANNE, MAYA))
    assert room.row(Member, MAYA).state == "active"
    assert room.registry.who(room.replica, DINA) is None


def test_joe_on_the_telephone_comes_with_a_device_and_is_joe(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.add_person", member_id=MAYA, name="Joe")
    knocks(room, name="Joe")
    room.say(ANNE, "rooms.admit_member", member_id=DINA, is_member_id=MAYA)
    assert room.row(Member, MAYA).without_device is False


def test_only_a_stranger_can_turn_out_to_be_somebody_else(room: Rehearsal) -> None:
    room.joins(TOM)
    room.joins(MAYA)
    room.joins(PAUL, "wall")
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    room.say(None, "rooms.come_back", member_id=TOM)
    knocks(room)
    for waiting, known in ((TOM, MAYA), (DINA, PAUL), (DINA, DINA), (DINA, TOM)):
        told = room.refused(ANNE, "rooms.admit_member", member_id=waiting, is_member_id=known)
        assert told == ("not_possible", {})
    told = room.refused(ANNE, "rooms.admit_member", member_id=DINA, is_member_id=NOBODY)
    assert told == ("not_found", {"kind": "member"})


def test_a_closed_door_lets_links_lead_only_to_the_door(room: Rehearsal) -> None:
    room.say(ANNE, "rooms.close_door")
    room.joins(TOM)
    assert room.row(Member, TOM).state == "waiting"
    assert [invitation.uses for invitation in room.replica.where(Invitation)] == [1]
    room.say(ANNE, "rooms.open_door")
    assert room.row(RoomInfo, ROOM).door == "open"
    room.joins(MAYA)
    assert room.row(Member, MAYA).state == "active"
    assert room.say(ANNE, "rooms.open_door").puts == ()


def test_while_the_door_is_closed_who_had_left_waits_too(room: Rehearsal) -> None:
    room.joins(TOM)
    room.say(TOM, "rooms.leave")
    room.say(ANNE, "rooms.close_door")
    room.say(None, "rooms.come_back", member_id=TOM)
    assert room.row(Member, TOM).state == "waiting"


def test_who_waits_by_a_code_and_finds_the_link_comes_in(room: Rehearsal) -> None:
    knocks(room)
    room.say(ANNE, "rooms.make_invitation", invitation_id=NOBODY, part="sponsor")
    room.say(None, "rooms.use_link", member_id=DINA, invitation_id=NOBODY)
    dina = room.row(Member, DINA)
    assert (dina.state, dina.part) == ("active", "sponsor")


def test_who_was_taken_out_does_not_get_past_the_door_by_a_link(room: Rehearsal) -> None:
    room.joins(TOM)
    room.say(ANNE, "rooms.remove_member", member_id=TOM)
    room.say(None, "rooms.come_back", member_id=TOM)
    room.say(ANNE, "rooms.make_invitation", invitation_id=NOBODY, part="member")
    room.say(None, "rooms.use_link", member_id=TOM, invitation_id=NOBODY)
    assert room.row(Member, TOM).state == "waiting"


def test_who_waits_can_say_their_name_better(room: Rehearsal) -> None:
    knocks(room, name="Dian")
    knocks(room, name="Dina")
    assert room.row(Member, DINA).name == "Dina"


def test_a_crowd_at_the_door_is_told_that_it_is_one(room: Rehearsal) -> None:
    for n in range(MOST_WAITING):
        knocks(room, id_from("crowd", n))
    assert room.refused(None, "rooms.knock", member_id=DINA, name="Dina") == ("lobby_full", {})


def test_nobody_is_kept_waiting_longer_than_a_day(room: Rehearsal) -> None:
    knocks(room)
    until = room.row(Member, DINA).waits_until
    assert until is not None
    assert timedelta(hours=23) < until - room.at < timedelta(hours=25)
    (deadline,) = [due for due in room.registry.deadlines if due.kind is Member]
    command = deadline.command(room.row(Member, DINA))
    room.say(None, command.wire_type(), **command.model_dump(exclude={"type"}))
    assert room.replica.find(Member, DINA) is None


def test_who_waits_may_nothing(room: Rehearsal) -> None:
    knocks(room)
    assert room.registry.who(room.replica, DINA) == Who(DINA, "waiting")
