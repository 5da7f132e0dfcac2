"""Being here becomes a row: who was here on which day, and only to oneself since when."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rooms.attendance import LONGEST, SAME_VISIT, Attendance, Attended, day_in
from app.rooms.kernel import Who
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM, Rehearsal

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def room() -> Rehearsal:
    room = Rehearsal()
    room.joins(MAYA, "member", "Maya")
    room.joins(TOM, "member", "Tom")
    room.joins(PAUL, "observer", "Paul")
    room.joins(ROSA, "wall", "The wall")
    return room


def come(room: Rehearsal, id: str, at: datetime = NOON) -> Attendance:
    room.attend(id, since=at)
    return rows(room, id)[-1]


def go(room: Rehearsal, attendance: Attendance, at: datetime | None = None) -> Attendance:
    room.say(None, "rooms.end_attendance", attendance_id=attendance.id, at=at and at.isoformat())
    return room.row(Attendance, attendance.id)


def rows(room: Rehearsal, id: str) -> tuple[Attendance, ...]:
    return room.replica.where(Attendance, member_id=id)


def who(room: Rehearsal, id: str) -> Who:
    found = room.registry.who(room.replica, id)
    assert found is not None
    return found


def test_who_comes_and_goes_was_here_from_then_until_then(room: Rehearsal) -> None:
    gone = go(room, come(room, MAYA), NOON + 55 * MINUTE)
    assert (gone.from_, gone.until, gone.day) == (NOON, NOON + 55 * MINUTE, "2026-11-26")
    assert not gone.is_open


def test_late_is_seen_only_by_oneself(room: Rehearsal) -> None:
    room.holds("recorder", TOM)
    late = NOON + 20 * MINUTE
    gone = go(room, come(room, MAYA, late), late + MINUTE)
    assert gone.seen_by(who(room, MAYA)) is gone
    for keeps_minutes in (ANNE, TOM):
        seen = gone.seen_by(who(room, keeps_minutes))
        assert seen is not None
        assert (seen.day, seen.from_, seen.until) == ("2026-11-26", None, None)
        assert seen.created_at == datetime(2026, 11, 26, tzinfo=UTC)
    assert gone.seen_by(who(room, PAUL)) is None
    assert gone.seen_by(who(room, ROSA)) is None


def test_of_two_processes_that_say_so_one_is_heard(room: Rehearsal) -> None:
    (here,) = room.attend(MAYA).puts
    (later,) = room.attend(MAYA, TOM).puts
    assert (rows(room, MAYA), rows(room, TOM)) == ((here,), (later,))
    again = room.refused(None, "rooms.attend", came=[{"member_id": MAYA, "since": NOON.isoformat()}])
    assert again == ("exists", {"kind": "attendance"})


def test_a_phone_that_comes_and_goes_leaves_one_row(room: Rehearsal) -> None:
    first = go(room, come(room, MAYA), NOON + 10 * MINUTE)
    second = come(room, MAYA, NOON + 10 * MINUTE + SAME_VISIT)
    assert (second.id, second.from_, second.until) == (first.id, NOON, None)
    go(room, second, NOON + 30 * MINUTE)
    third = come(room, MAYA, NOON + 31 * MINUTE + SAME_VISIT)
    assert third.id != first.id


def test_what_nobody_ended_ends_by_itself(room: Rehearsal) -> None:
    left_open = come(room, MAYA)
    assert go(room, left_open).until == left_open.lasts_until
    assert left_open.lasts_until is not None
    assert left_open.lasts_until <= room.at + LONGEST


def test_nothing_ends_twice(room: Rehearsal) -> None:
    gone = go(room, come(room, MAYA), NOON + MINUTE)
    assert room.refused(None, "rooms.end_attendance", attendance_id=gone.id) == ("not_possible", {})


def test_a_wall_attends_nothing_and_neither_does_who_has_left(room: Rehearsal) -> None:
    room.say(TOM, "rooms.leave")
    (here,) = room.attend(ROSA, TOM, MAYA).puts
    assert rows(room, MAYA) == (here,)


def test_somebody_on_the_telephone_is_put_down_by_hand(room: Rehearsal) -> None:
    carer = id_from("carer")
    room.say(ANNE, "rooms.add_person", member_id=carer, name="Joan", voice="carer")
    room.holds("recorder", TOM)
    room.say(TOM, "rooms.set_attendance", member_id=carer, is_here=True)
    (here,) = rows(room, carer)
    assert here.is_open
    assert here.by_phone
    assert room.say(ANNE, "rooms.set_attendance", member_id=carer, is_here=True).puts == ()
    room.say(ANNE, "rooms.set_attendance", member_id=carer, is_here=False)
    assert rows(room, carer)[0].until is not None
    assert room.say(ANNE, "rooms.set_attendance", member_id=carer, is_here=False).puts == ()


def test_who_is_connected_is_not_sent_away_by_hand(room: Rehearsal) -> None:
    come(room, MAYA)
    assert room.say(ANNE, "rooms.set_attendance", member_id=MAYA, is_here=False).puts == ()
    assert rows(room, MAYA)[0].is_open


def test_the_day_is_the_rooms() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert day_in("Europe/Stockholm", late) == "2026-11-27"
    assert day_in("Europe/London", late) == "2026-11-26"
    assert day_in("Nowhere/AtAll", late) == "2026-11-26"
    assert day_in("../etc/passwd", late) == "2026-11-26"


WEEK = timedelta(weeks=1)


def counts(room: Rehearsal, by: str) -> dict[str | None, int]:
    return {row.key: row.count for row in room.replica.where(Attended, by=by)}


def everybody_was_here(room: Rehearsal, **voices: int) -> list[Attendance]:
    people = [(voice, number) for voice, count in voices.items() for number in range(count)]
    for voice, number in people:
        room.joins(id_from(voice, number), name=f"{voice} {number}", voice=voice, microsystem=f"Ward {voice}")
    return [go(room, come(room, id_from(*person)), NOON + 60 * MINUTE) for person in people]


def test_after_eight_weeks_who_was_here_is_a_number_and_small_groups_are_among_the_others(room: Rehearsal) -> None:
    gone = everybody_was_here(room, nurse=5, doctor=2, patient=2, carer=2, porter=1)
    assert gone[0].due_at == datetime(2027, 1, 22, tzinfo=UTC)
    room.at = NOON + 8 * WEEK + 2 * DAY
    change = room.say(None, "rooms.count_attendance", attendance_id=gone[0].id)
    assert not room.replica.where(Attendance)
    assert counts(room, "all") == {None: 12}
    assert counts(room, "voice") == {"nurse": 5, "patient": 4, None: 3}
    assert counts(room, "microsystem") == {"Ward nurse": 5, None: 7}
    assert {row.id for row in change.erases} == {row.id for row in gone}
    assert change.fact.model_dump() == {"type": "rooms.attendance_counted"}


def test_who_came_twice_counts_once(room: Rehearsal) -> None:
    first = go(room, come(room, MAYA), NOON + MINUTE)
    go(room, come(room, MAYA, NOON + 60 * MINUTE), NOON + 61 * MINUTE)
    assert len(rows(room, MAYA)) == 2
    room.at = NOON + 9 * WEEK
    room.say(None, "rooms.count_attendance", attendance_id=first.id)
    assert counts(room, "all") == {None: 1}


def test_what_is_younger_than_eight_weeks_stays(room: Rehearsal) -> None:
    old, young = go(room, come(room, MAYA), NOON + MINUTE), go(room, come(room, TOM, NOON + WEEK), NOON + WEEK + MINUTE)
    assert room.refused(None, "rooms.count_attendance", attendance_id=old.id)[0] == "not_possible"
    room.at = NOON + 8 * WEEK + 2 * DAY
    room.say(None, "rooms.count_attendance", attendance_id=old.id)
    assert room.replica.where(Attendance) == (young,)


def test_what_the_log_keeps_for_ever_does_not_say_who_was_here(room: Rehearsal) -> None:
    came = room.attend(MAYA, TOM)
    assert came.fact.model_dump() == {"type": "rooms.members_attended", "count": 2}
