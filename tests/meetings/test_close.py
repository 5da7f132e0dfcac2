"""What a meeting promises, decides and parks, and how it comes back next time."""

from datetime import datetime, timedelta

from app.board.rows import Board
from app.meetings.record import meetings
from app.meetings.rows import Action, Decision, Item, Meeting, Parked
from app.meetings.rows.agenda import TAKEN_OUT, MeetingStep
from app.meetings.rules import carried
from app.rooms.attendance import Attendance, in_numbers
from app.rooms.kernel import SERVER
from app.rooms.room import View
from app.rooms.rows import Member
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOBODY, NOON, PAUL, ROSA, TOM, Rehearsal

TODAY, NEXT, LATER = (id_from("meeting", n) for n in range(3))
FIRST, SECOND = id_from("first"), id_from("second")
WEEK = timedelta(weeks=1)


def a_meeting(room: Rehearsal, id: str, at: datetime, *, is_on: bool = False) -> None:
    planned = Meeting(id=id, created_at=NOON, day=at.date().isoformat(), starts_at=at, minutes=60)
    room.replica.put(planned.but(state="live", started_at=at) if is_on else planned)


def a_room() -> Rehearsal:
    """Today's meeting is on; the next two are planned. Tom is the recorder, Paul the sponsor, Rosa only watches."""
    room = Rehearsal()
    room.joins(MAYA, name="Maya", voice="patient")
    room.joins(TOM, name="Tom")
    room.joins(PAUL, "sponsor", name="Paul")
    room.joins(ROSA, "observer", name="Rosa")
    room.holds("recorder", TOM)
    a_meeting(room, TODAY, NOON, is_on=True)
    a_meeting(room, NEXT, NOON + WEEK)
    a_meeting(room, LATER, NOON + 2 * WEEK)
    return room


def promised(room: Rehearsal, by: str = TOM, id: str = FIRST, member_id: str = MAYA, **fields: object) -> Action:
    room.say(by, "meetings.add_action", action_id=id, text="Ask the ward", member_id=member_id, **fields)
    return room.row(Action, id)


def after_the_meeting(room: Rehearsal, id: str = TODAY) -> None:
    view = View(room.replica, SERVER, room.registry)
    room.replica.change(carried(view, room.row(Meeting, id)), ())


def test_what_is_promised_in_a_meeting_is_due_at_the_next_one() -> None:
    action = promised(a_room(), by=MAYA)
    assert (action.meeting_id, action.due_meeting_id, action.due_on, action.state) == (TODAY, NEXT, None, "open")


def test_a_promise_may_be_due_at_a_later_meeting_or_on_a_day_and_not_at_both() -> None:
    room = a_room()
    assert promised(room, due_meeting_id=LATER).due_meeting_id == LATER
    assert promised(room, id=SECOND, due_on="2026-12-10").due_on == "2026-12-10"
    both = {"due_meeting_id": LATER, "due_on": "2026-12-10"}
    assert room.refused(TOM, "meetings.set_action", action_id=FIRST, **both)[0] == "bad_command"
    assert room.refused(TOM, "meetings.set_action", action_id=FIRST, due_meeting_id=TODAY)[0] == "meeting_not_planned"


def test_somebody_without_a_device_has_an_action_and_somebody_who_only_watches_has_none() -> None:
    room = a_room()
    room.say(ANNE, "rooms.add_person", member_id=NOBODY, name="Joe")
    assert promised(room, member_id=NOBODY).member_id == NOBODY
    adding = {"action_id": SECOND, "text": "Ask the ward", "member_id": ROSA}
    assert room.refused(TOM, "meetings.add_action", **adding)[0] == "takes_no_part"


def test_who_promised_it_ticks_it_and_so_do_coach_and_recorder_but_nobody_else() -> None:
    room = a_room()
    promised(room, member_id=PAUL)
    for by in (PAUL, TOM, ANNE):
        room.say(by, "meetings.set_action", action_id=FIRST, state="done")
        assert room.row(Action, FIRST).settled_at is not None
        room.say(by, "meetings.set_action", action_id=FIRST, state="open")
    assert room.refused(MAYA, "meetings.set_action", action_id=FIRST, state="done")[0] == "not_allowed"


def test_who_wrote_it_down_may_correct_the_words_of_somebody_elses_action() -> None:
    room = a_room()
    promised(room, by=MAYA, member_id=PAUL)
    room.say(MAYA, "meetings.edit_action", action_id=FIRST, text="Ask the clinic", base_rev=0)
    assert room.row(Action, FIRST).text == "Ask the clinic"


def test_two_who_correct_at_once_lose_no_words() -> None:
    room = a_room()
    promised(room)
    room.say(TOM, "meetings.edit_action", action_id=FIRST, text="Ask the clinic", base_rev=0)
    late = {"action_id": FIRST, "text": "Ask the ward sister", "base_rev": 0}
    assert room.refused(MAYA, "meetings.edit_action", **late) == ("words_changed", {"kind": "action"})
    assert not room.say(MAYA, "meetings.edit_action", action_id=FIRST, text="Ask the clinic", base_rev=0).puts


def test_what_was_due_and_is_open_goes_on_to_the_next_meeting_and_counts() -> None:
    room = a_room()
    due = promised(room).but(meeting_id=None, due_meeting_id=TODAY)
    done = promised(room, id=SECOND).but(due_meeting_id=TODAY, state="done", settled_at=NOON)
    room.replica.change((due, done), ())
    after_the_meeting(room)
    assert (room.row(Action, FIRST).due_meeting_id, room.row(Action, FIRST).carried) == (NEXT, 1)
    assert room.row(Action, SECOND) == done


def test_what_was_promised_today_is_not_carried_today() -> None:
    room = a_room()
    promised(room)
    after_the_meeting(room)
    assert room.row(Action, FIRST).carried == 0


def test_what_was_due_at_a_skipped_meeting_is_due_at_the_one_after_it() -> None:
    room = a_room()
    promised(room)
    room.replica.put(room.row(Meeting, NEXT).but(state="skipped"))
    after_the_meeting(room, LATER)
    assert (room.row(Action, FIRST).due_meeting_id, room.row(Action, FIRST).carried) == (None, 1)


def test_a_day_that_has_passed_is_carried_and_one_to_come_is_not() -> None:
    room = a_room()
    promised(room, due_on="2026-11-26")
    promised(room, id=SECOND, due_on="2026-11-27")
    after_the_meeting(room)
    assert [room.row(Action, id).carried for id in (FIRST, SECOND)] == [1, 0]


def test_before_a_room_has_a_series_its_actions_are_due_at_whatever_meeting_comes_next() -> None:
    room = Rehearsal()
    room.joins(MAYA)
    promised(room, by=MAYA)
    a_meeting(room, TODAY, NOON + WEEK, is_on=True)
    after_the_meeting(room)
    assert (room.row(Action, FIRST).due_meeting_id, room.row(Action, FIRST).carried) == (None, 1)


def test_only_a_sponsor_says_that_they_will_unblock_it_and_only_when_asked() -> None:
    room = a_room()
    promised(room)
    answer = {"action_id": FIRST, "will_unblock": True, "answered_for": "2026-12-10"}
    assert room.refused(PAUL, "meetings.answer_action", **answer)[0] == "nothing_asked"
    room.say(MAYA, "meetings.set_action", action_id=FIRST, sponsor_ask=True)
    assert room.refused(ANNE, "meetings.answer_action", **answer)[0] == "not_allowed"
    room.say(PAUL, "meetings.answer_action", **answer)
    assert (room.row(Action, FIRST).answered_by, room.row(Action, FIRST).answered_for) == (PAUL, "2026-12-10")
    assert not room.say(PAUL, "meetings.answer_action", **answer).puts
    room.say(PAUL, "meetings.answer_action", action_id=FIRST, will_unblock=False)
    assert room.row(Action, FIRST).answered_at is None


def test_two_entries_of_one_person_have_one_list_of_actions() -> None:
    room = a_room()
    promised(room, member_id=TOM)
    room.say(ANNE, "rooms.join_members", keep_id=MAYA, drop_id=TOM)
    assert room.row(Action, FIRST).member_id == MAYA


def test_an_action_that_was_a_mistake_goes_and_comes_back() -> None:
    room = a_room()
    promised(room, by=MAYA)
    room.say(MAYA, "meetings.remove_action", action_id=FIRST)
    assert room.refused(TOM, "meetings.set_action", action_id=FIRST, state="done")[0] == "removed"
    room.say(TOM, "meetings.restore_action", action_id=FIRST)
    assert room.row(Action, FIRST).removed_at is None


def decided(room: Rehearsal, by: str = TOM, **fields: object) -> Decision:
    room.say(by, "meetings.add_decision", decision_id=FIRST, text="Test A and B", method="multi_vote", **fields)
    return room.row(Decision, FIRST)


def test_coach_and_recorder_write_decisions_and_members_do_not() -> None:
    room = a_room()
    assert decided(room, dissent="", review_on="2027-01-14").meeting_id == TODAY
    assert room.row(Decision, FIRST).dissent is None
    writing = {"decision_id": SECOND, "text": "Test C", "method": "leader"}
    assert room.refused(MAYA, "meetings.add_decision", **writing)[0] == "not_allowed"


def test_a_corrected_decision_keeps_the_words_that_the_room_heard_first() -> None:
    room = a_room()
    decided(room)
    room.say(TOM, "meetings.edit_decision", decision_id=FIRST, text="Test A, B and C", base_rev=0)
    room.say(ANNE, "meetings.edit_decision", decision_id=FIRST, text="Test A, B and D", base_rev=1)
    decision = room.row(Decision, FIRST)
    assert (decision.original, decision.corrected_by) == ("Test A and B", ANNE)
    room.say(ANNE, "meetings.edit_decision", decision_id=FIRST, text="Test A and B", base_rev=2)
    assert (room.row(Decision, FIRST).original, room.row(Decision, FIRST).corrected_by) == (None, None)


def test_words_that_were_taken_out_do_not_come_back_with_a_late_correction() -> None:
    room = a_room()
    decided(room, dissent="Not at night")
    room.say(TOM, "rooms.redact", kind="decision", row_id=FIRST)
    assert (room.row(Decision, FIRST).text, room.row(Decision, FIRST).dissent) == (None, None)
    late = {"decision_id": FIRST, "text": "Test A", "base_rev": 0}
    assert room.refused(TOM, "meetings.edit_decision", **late)[0] == "removed"
    assert room.refused(TOM, "meetings.set_decision", decision_id=FIRST, dissent="Still not")[0] == "removed"


def parked(room: Rehearsal, by: str = MAYA, **fields: object) -> Parked:
    room.say(by, "meetings.add_parked", parked_id=FIRST, **(fields or {"text": "Parking at night"}))
    return room.row(Parked, FIRST)


def the_board(room: Rehearsal) -> str:
    (board,) = room.replica.where(Board, step_key=None)
    return board.id


def a_card(room: Rehearsal, by: str, text: str) -> str:
    room.say(by, "board.add_card", card_id=SECOND, board_id=the_board(room), column="value", text=text)
    return SECOND


def the_agenda(room: Rehearsal) -> None:
    steps: tuple[MeetingStep, ...] = ("objective", "work", "record", "next", "evaluate")
    for n, step in enumerate(steps):
        room.replica.put(
            Item(
                id=id_from("item", n),
                created_at=NOON,
                meeting_id=NEXT,
                rank=f"a{n}",
                title=step,
                minutes=3,
                seconds=180,
                meeting_step=step,
            )
        )


def test_a_parked_thought_comes_onto_the_next_agenda_before_what_is_kept_for_the_end() -> None:
    room = a_room()
    the_agenda(room)
    parked(room)
    room.say(TOM, "meetings.schedule_parked", parked_id=FIRST)
    items = sorted(room.replica.where(Item, meeting_id=NEXT), key=lambda item: item.rank)
    assert [item.title for item in items] == ["objective", "work", "Parking at night", "record", "next", "evaluate"]
    assert room.row(Parked, FIRST).item_id == items[2].id
    assert room.refused(TOM, "meetings.schedule_parked", parked_id=FIRST)[0] == "on_agenda"
    assert room.refused(TOM, "meetings.set_parked", parked_id=FIRST, state="dropped")[0] == "on_agenda"


def test_without_a_next_meeting_it_stays_parked() -> None:
    room = Rehearsal()
    parked(room, by=ANNE)
    assert room.refused(ANNE, "meetings.schedule_parked", parked_id=FIRST)[0] == "no_next_meeting"


def test_anybody_parks_and_those_who_lead_the_agenda_drop_it_and_take_it_back() -> None:
    room = a_room()
    parked(room)
    assert room.refused(MAYA, "meetings.set_parked", parked_id=FIRST, state="dropped")[0] == "not_allowed"
    room.holds("leader", MAYA)
    room.say(MAYA, "meetings.set_parked", parked_id=FIRST, state="dropped")
    room.say(TOM, "meetings.set_parked", parked_id=FIRST, state="parked")
    assert room.row(Parked, FIRST).state == "parked"


def test_a_card_is_parked_as_it_is_and_its_words_stay_its_own() -> None:
    room = a_room()
    card = a_card(room, MAYA, "Nobody knows the way to the scanner at night")
    assert parked(room, card_id=card).text is None
    room.say(ANNE, "meetings.schedule_parked", parked_id=FIRST, meeting_id=LATER)
    titles = [item.title for item in room.replica.where(Item, meeting_id=LATER)]
    assert "Nobody knows the way to the scanner at night" in titles
    assert len(titles) > 1, "a meeting without an agenda has got one first"


def test_what_not_everybody_may_see_is_not_parked() -> None:
    room = a_room()
    room.say(ANNE, "board.start_capture", capture_id=FIRST, board_id=the_board(room), column=None, mode="named")
    card = a_card(room, MAYA, "Still face down")
    assert room.refused(MAYA, "meetings.add_parked", parked_id=FIRST, card_id=card)[0] == "not_for_all"
    assert room.refused(TOM, "meetings.add_parked", parked_id=FIRST, card_id=card)[0] == "not_found"
    assert room.refused(TOM, "meetings.add_parked", parked_id=FIRST)[0] == "bad_command"


def test_when_the_hour_ends_what_was_due_goes_on_to_the_meeting_that_is_planned_then() -> None:
    room = Rehearsal()
    room.joins(MAYA, name="Maya")
    promised(room, by=MAYA)
    room.say(ANNE, "meetings.add_meeting", meeting_id=TODAY)
    room.say(ANNE, "meetings.start_meeting", meeting_id=TODAY)
    promised(room, by=MAYA, id=SECOND)
    room.say(ANNE, "meetings.set_series", every_weeks=1, starts_on="2026-12-03", start="12:30", minutes=60)
    room.say(ANNE, "meetings.end_meeting")
    (following,) = (meeting for meeting in room.replica.where(Meeting) if meeting.day == "2026-12-03")
    first, second = (room.row(Action, id) for id in (FIRST, SECOND))
    assert (first.due_meeting_id, first.carried) == (following.id, 1)
    assert (second.due_meeting_id, second.carried, second.meeting_id) == (None, 0, TODAY)


def test_the_printed_record_tells_what_a_meeting_decided_promised_and_parked() -> None:
    room = Rehearsal()
    room.joins(MAYA, name="Maya")
    room.say(ANNE, "meetings.add_meeting", meeting_id=TODAY)
    room.say(ANNE, "meetings.start_meeting", meeting_id=TODAY)
    promised(room, by=ANNE, due_on="2026-12-10", sponsor_ask=True)
    decided(room, by=ANNE, dissent="Not at night")
    parked(room)
    room.say(ANNE, "meetings.stop_here", reason="Fire alarm")
    sections = {section.title: section.lines for section in meetings(room.replica)}
    lines = sections["Thursday 26 November 2026, 12:30"]
    assert "We decided: Test A and B · by multi-vote · Not everybody agreed: Not at night" in lines
    assert "An action: Ask the ward · Maya · by 10 December 2026 · asked of the sponsor" in lines
    assert "Parked for another day: Parking at night" in lines
    assert any(line.startswith("2. ") and line.endswith("taken") for line in lines)
    assert sections["rooms.place_parked"] == ("Parking at night",)


def test_the_printed_record_tells_who_came_in_numbers_that_are_no_names() -> None:
    room = Rehearsal()
    people = [(id_from("comer", n), voice) for n, voice in enumerate(("patient", "carer") * 3 + ("nurse", "porter"))]
    room.say(ANNE, "meetings.add_meeting", meeting_id=TODAY)
    for id, voice in people:
        room.joins(id, name="Somebody", voice=voice, microsystem="Ward 7")
        room.attend(id)
    room.say(ANNE, "meetings.start_meeting", meeting_id=TODAY)
    for row in in_numbers(room.replica.where(Attendance), {member.id: member for member in room.replica.where(Member)}):
        room.replica.put(row)
    lines = next(section.lines for section in meetings(room.replica) if section.level == 3)
    assert lines[:3] == (
        "8 people came.",
        "Where they speak from: Patients and carers 6, others 2",
        "Their wards and teams: Ward 7 8",
    )


def test_words_that_are_taken_out_of_the_parking_lot_are_out_of_the_agenda_too() -> None:
    """Of a card that was parked, too: its words stand on the wall, in the parking lot and on the agenda."""
    room = a_room()
    card = a_card(room, MAYA, "Mrs Jones waited")
    kept = parked(room, text=None, card_id=card)
    room.say(ANNE, "meetings.schedule_parked", parked_id=kept.id)
    item_id = room.row(Parked, kept.id).item_id
    assert item_id is not None
    assert room.row(Item, item_id).title == "Mrs Jones waited"
    room.say(ANNE, "rooms.redact", kind="card", row_id=card)
    assert room.row(Item, item_id).title == TAKEN_OUT
