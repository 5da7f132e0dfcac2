"""Whose turn it is: claims, silent declines, and a suggestion that is fair and says why."""

from datetime import timedelta
from typing import Any

import pytest

from app.meetings.messages import RoleTaken
from app.meetings.rows import (
    Claim,
    DataPartner,
    Declined,
    Floor,
    Hand,
    Held,
    Meeting,
    Offer,
    Preference,
    Suggestion,
    Turn,
)
from app.meetings.rules.people import with_people_at_end, with_people_at_start
from app.rooms.attendance import Attendance
from app.rooms.kernel import SERVER, Ask, Change, Row
from app.rooms.room import View
from app.rooms.rows import MeetingRole
from app.rooms.values import id_from
from tests.meetings.test_rota import a_room, holder
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM, Rehearsal

NEXT, OFFER = id_from("next"), id_from("offer")


def planned(room: Rehearsal, id: str = NEXT, weeks: int = 1) -> Meeting:
    at = NOON + timedelta(weeks=weeks)
    meeting = Meeting(id=id, created_at=NOON, day=at.date().isoformat(), starts_at=at, minutes=60)
    room.replica.put(meeting)
    return meeting


def starts(room: Rehearsal, meeting: Meeting, *given: Row) -> None:
    begun = meeting.but(state="live", started_at=room.at)
    apply(room, with_people_at_start, Change(_started(meeting), puts=(begun, *given)))


def ends(room: Rehearsal, meeting: Meeting) -> None:
    over = room.row(Meeting, meeting.id).but(state="ended", ended_at=room.at)
    apply(room, with_people_at_end, Change(_started(meeting), puts=(over,)))


def apply(room: Rehearsal, rule: Any, change: Change) -> None:
    ask = Ask(who=SERVER, at=room.at, command_id=id_from("ask", room.replica.seq))
    change = rule(View(room.replica, SERVER, room.registry), change, ask)
    room.replica.change(change.puts, change.drops)
    room.replica.seq += 1
    room.at += timedelta(seconds=1)


def _started(meeting: Meeting) -> RoleTaken:
    return RoleTaken(role="leader", member_id=meeting.id)


def an_hour_with(room: Rehearsal, week: int, **holders: str) -> None:
    """A past meeting, as the rota remembers it."""
    id = id_from("meeting", week)
    day = (NOON - timedelta(weeks=10 - week)).date().isoformat()
    for role, member in holders.items():
        row: Any = {"role": role, "meeting_id": id, "day": day, "member_id": member}
        room.replica.put(Held(id=id_from(id, role), created_at=NOON, **row))


def suggested(room: Rehearsal, role: str, **how: Any) -> Suggestion:
    room.say(ANNE, "meetings.suggest_role", role=role, **how)
    (row,) = room.replica.where(Suggestion, role=role)
    return row


def test_who_has_claimed_a_role_holds_it_when_the_next_meeting_starts() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    meeting = planned(room)
    room.say(MAYA, "meetings.claim_role", role="timekeeper", member_id=MAYA)
    assert holder(room, "timekeeper") == TOM
    starts(room, meeting)
    assert holder(room, "timekeeper") == MAYA
    assert not room.replica.where(Claim)
    assert {(held.role, held.member_id) for held in room.replica.where(Held)} == {("timekeeper", MAYA)}


def test_what_a_coach_has_said_since_goes_before_a_claim() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    meeting = planned(room)
    room.say(MAYA, "meetings.claim_role", role="timekeeper", member_id=MAYA)
    room.holds("timekeeper", ROSA)
    starts(room, meeting)
    assert holder(room, "timekeeper") == ROSA


def test_a_bleep_in_the_last_minute_leaves_the_claim_for_next_time() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    today, next_time = planned(room, id_from("today"), 0), planned(room)
    starts(room, today)
    room.say(MAYA, "meetings.claim_role", role="timekeeper", member_id=MAYA)
    room.say(TOM, "meetings.hand_over", role="timekeeper", member_id=ROSA)
    ends(room, today)
    starts(room, next_time)
    assert holder(room, "timekeeper") == MAYA


def test_the_claim_for_this_very_meeting_goes_first() -> None:
    room = a_room()
    meeting = planned(room)
    room.say(MAYA, "meetings.claim_role", role="leader", member_id=MAYA)
    room.say(TOM, "meetings.claim_role", role="leader", member_id=TOM, meeting_id=NEXT)
    starts(room, meeting)
    assert holder(room, "leader") == TOM


def test_who_has_left_does_not_get_what_they_claimed() -> None:
    room = a_room()
    meeting = planned(room)
    room.say(MAYA, "meetings.claim_role", role="leader", member_id=MAYA)
    room.say(MAYA, "rooms.leave")
    starts(room, meeting)
    assert holder(room, "leader") is None


def test_one_claims_for_oneself_and_a_coach_for_anybody() -> None:
    room = a_room()
    room.say(MAYA, "meetings.claim_role", role="recorder", member_id=MAYA)
    assert room.refused(TOM, "meetings.claim_role", role="recorder", member_id=TOM)[0] == "role_is_claimed"
    assert room.refused(TOM, "meetings.claim_role", role="leader", member_id=ROSA)[0] == "not_allowed"
    assert room.say(MAYA, "meetings.claim_role", role="recorder", member_id=MAYA).puts == ()
    room.say(ANNE, "meetings.claim_role", role="recorder", member_id=ROSA)
    room.say(ROSA, "meetings.claim_role", role="recorder", member_id=None)
    assert not room.replica.where(Claim)


def test_a_hand_over_in_the_meeting_is_a_turn_for_both() -> None:
    room = a_room()
    room.holds("timekeeper", TOM)
    meeting = planned(room)
    starts(room, meeting)
    room.say(TOM, "meetings.hand_over", role="timekeeper", member_id=MAYA)
    room.holds("recorder", ROSA)
    ends(room, meeting)
    turns = {(held.role, held.member_id) for held in room.replica.where(Held)}
    assert turns == {("timekeeper", TOM), ("timekeeper", MAYA), ("recorder", ROSA)}


def test_an_offer_is_declined_and_whoever_asked_sees_nothing() -> None:
    room = a_room()
    room.say(ANNE, "meetings.offer_role", offer_id=OFFER, role="timekeeper", member_id=TOM)
    offer = room.row(Offer, OFFER)
    change = room.say(TOM, "meetings.decline_role", offer_id=OFFER)
    assert room.row(Offer, OFFER) == offer
    assert change.fact.is_unsigned
    assert change.fact.model_dump() == {"type": "meetings.kept_private"}
    assert [type(row) for row in change.puts] == [Declined]
    assert not change.puts[0].logged
    assert room.refused(MAYA, "meetings.decline_role", offer_id=OFFER)[0] == "not_found"


def test_an_offer_that_is_taken_is_answered() -> None:
    room = a_room()
    room.say(ANNE, "meetings.offer_role", offer_id=OFFER, role="timekeeper", member_id=TOM)
    room.say(TOM, "meetings.claim_role", role="timekeeper", member_id=TOM)
    assert not room.replica.where(Offer)


def test_the_one_with_the_fewest_turns_is_suggested_and_the_reason_said() -> None:
    room = a_room()
    for week, member in enumerate((TOM, TOM, MAYA)):
        an_hour_with(room, week, timekeeper=member)
    first = suggested(room, "timekeeper")
    assert (first.member_id, first.why) == (ROSA, "never_yet")
    second = suggested(room, "timekeeper", another=True)
    assert (second.member_id, second.why, second.times) == (MAYA, "fewest", 1)


def test_of_two_with_as_many_turns_it_is_the_one_who_had_it_longest_ago() -> None:
    room = a_room()
    for week, member in enumerate((MAYA, TOM, ROSA)):
        an_hour_with(room, week, recorder=member)
    found = suggested(room, "recorder")
    assert (found.member_id, found.why, found.times) == (MAYA, "longest_ago", 1)


def test_whoever_was_asked_is_passed_over_whatever_they_have_answered() -> None:
    room = a_room()
    asked = suggested(room, "timekeeper").member_id
    room.say(ANNE, "meetings.offer_role", offer_id=OFFER, role="timekeeper", member_id=asked)
    unanswered = suggested(room, "timekeeper")
    room.say(str(asked), "meetings.decline_role", offer_id=OFFER)
    declined = suggested(room, "timekeeper")
    assert declined.member_id == unanswered.member_id != asked


def test_who_would_rather_not_type_is_not_suggested_as_recorder_and_nobody_learns_why() -> None:
    room = a_room()
    for member in (TOM, ROSA):
        an_hour_with(room, 1, recorder=member)
    assert suggested(room, "recorder").member_id == MAYA
    room.say(MAYA, "meetings.set_preference", types_little=True)
    found = suggested(room, "recorder")
    assert found.member_id in (TOM, ROSA)
    (wish,) = room.replica.where(Preference)
    anne, maya = (room.registry.who(room.replica, id) for id in (ANNE, MAYA))
    assert anne is not None
    assert maya is not None
    assert wish.seen_by(anne) is None
    assert wish.seen_by(maya) == wish
    assert suggested(room, "timekeeper").why == "never_yet"


def test_a_leader_stays_for_four_meetings() -> None:
    room = a_room()
    room.holds("leader", TOM)
    for member in (MAYA, ROSA):
        was_here(room, member, "2026-11-19", "2026-11-26")
    for week in range(3):
        an_hour_with(room, week, leader=TOM)
    stays = suggested(room, "leader")
    assert (stays.member_id, stays.why, stays.times) == (TOM, "stays", 3)
    an_hour_with(room, 3, leader=TOM)
    assert suggested(room, "leader").member_id in (MAYA, ROSA)


def was_here(room: Rehearsal, member: str, *days: str) -> None:
    for day in days:
        row: Any = {"member_id": member, "day": day, "from_": NOON, "until": NOON}
        room.replica.put(Attendance(id=id_from(member, day), owner_id=member, created_at=NOON, **row))


def test_who_is_here_for_the_first_time_is_not_suggested_as_leader() -> None:
    room = a_room()
    was_here(room, TOM, "2026-11-19", "2026-11-26")
    was_here(room, MAYA, "2026-11-26")
    was_here(room, ROSA, "2026-11-26")
    assert suggested(room, "leader").member_id == TOM
    assert suggested(room, "timekeeper").why == "never_yet"


def test_nobody_is_suggested_for_two_roles_nor_a_coach_nor_an_observer() -> None:
    room = a_room()
    room.say(MAYA, "meetings.claim_role", role="leader", member_id=MAYA)
    room.say(TOM, "meetings.claim_role", role="recorder", member_id=TOM)
    assert suggested(room, "timekeeper").member_id == ROSA
    nobody = suggested(room, "timekeeper", another=True)
    assert (nobody.member_id, nobody.why) == (None, "nobody")
    assert suggested(room, "timekeeper", another=True).member_id == ROSA
    assert PAUL != ROSA


def test_turns_follow_two_entries_that_are_one_person() -> None:
    room = a_room()
    twin = id_from("tom again")
    room.joins(twin, name="Tom")
    an_hour_with(room, 1, timekeeper=TOM)
    an_hour_with(room, 2, timekeeper=twin)
    an_hour_with(room, 2, facilitator=twin)
    room.say(ANNE, "rooms.join_members", keep_id=TOM, drop_id=twin)
    assert {held.member_id for held in room.replica.where(Held)} == {TOM}


def test_a_data_partner_is_marked_by_a_coach_and_seen_by_all() -> None:
    room = a_room()
    assert room.refused(MAYA, "meetings.set_data_partner", member_id=TOM, is_data_partner=True)[0] == "not_allowed"
    room.say(ANNE, "meetings.set_data_partner", member_id=TOM, is_data_partner=True)
    assert [row.member_id for row in room.replica.where(DataPartner)] == [TOM]
    room.say(ANNE, "meetings.set_data_partner", member_id=TOM, is_data_partner=False)
    assert not room.replica.where(DataPartner)


@pytest.mark.parametrize("role", ["leader", "recorder", "timekeeper", "facilitator"])
def test_a_dropped_line_moves_no_role(role: str) -> None:
    room = a_room()
    room.holds(role, MAYA)
    room.attend(MAYA)
    (here,) = room.replica.where(Attendance)
    room.say(None, "rooms.end_attendance", attendance_id=here.id, at=room.at)
    assert holder(room, role) == MAYA
    (row,) = room.replica.where(MeetingRole, role=role)
    assert row.member_id == MAYA


def test_who_is_here_when_it_starts_and_who_comes_later_were_at_the_meeting() -> None:
    room = a_room()
    meeting = planned(room)
    room.attend(MAYA)
    starts(room, meeting)
    room.attend(TOM)
    ends(room, meeting)
    rows = room.replica.where(Attendance)
    assert {(row.member_id, row.meeting_id) for row in rows} == {(MAYA, NEXT), (TOM, NEXT)}


def test_who_stays_for_the_next_meeting_was_at_both() -> None:
    room = a_room()
    first, second = planned(room, id_from("first"), 0), planned(room)
    room.attend(MAYA)
    for meeting in (first, second):
        starts(room, meeting)
        ends(room, meeting)
    rows = room.replica.where(Attendance)
    assert {row.meeting_id for row in rows} == {first.id, second.id}
    assert [row.meeting_id for row in rows if row.is_open] == [second.id]


def test_the_hour_begins_with_who_claimed_and_ends_with_every_hand_down() -> None:
    room = a_room()
    room.say(ANNE, "meetings.add_meeting", meeting_id=NEXT)
    room.say(MAYA, "meetings.claim_role", role="timekeeper", member_id=MAYA)
    room.attend(TOM)
    room.say(ANNE, "meetings.start_meeting", meeting_id=NEXT)
    assert holder(room, "timekeeper") == MAYA
    room.say(TOM, "meetings.raise_hand")
    room.say(ANNE, "meetings.start_round", member_ids=[MAYA, TOM])
    room.say(ANNE, "meetings.end_meeting")
    assert not room.replica.where(Hand)
    assert not room.replica.where(Turn)
    assert [floor.member_id for floor in room.replica.where(Floor)] == [None]
    assert {(held.role, held.member_id) for held in room.replica.where(Held)} == {("timekeeper", MAYA)}
    assert {row.meeting_id for row in room.replica.where(Attendance)} == {NEXT}
