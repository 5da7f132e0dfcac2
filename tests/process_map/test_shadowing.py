"""Somebody goes along with a patient: what they saw fills the waits, and nothing says who the patient is."""

from typing import Any

from app.process_map.rows import MapStep, Shadowing, Time, Touchpoint
from app.rooms.values import id_from
from tests.process_map.mapping import PATHWAY, Mapping
from tests.rooms.rehearsal import MAYA, ROSA, TOM

WITH_A, WITH_B, WITH_C = (id_from(f"with {letter}") for letter in "ABC")
DAY = {"map_id": PATHWAY, "day": "2026-11-24"}


def shadowed(*records: str) -> Mapping:
    room = Mapping()
    for shadowing_id in records or (WITH_A,):
        room.say(ROSA, "process_map.add_shadowing", shadowing_id=shadowing_id, consent=True, **DAY)
    return room


def sees(room: Mapping, shadowing_id: str, what: str, by: str = ROSA, **said: Any) -> str:
    touchpoint_id = id_from(shadowing_id, what)
    ids = {"touchpoint_id": touchpoint_id, "shadowing_id": shadowing_id}
    room.say(by, "process_map.add_touchpoint", what=what, **{"at": 0, **ids, **said})
    return touchpoint_id


def test_nobody_is_shadowed_without_their_consent_and_who_it_was_is_a_letter() -> None:
    room = shadowed(WITH_A, WITH_B)
    asked = room.refused(TOM, "process_map.add_shadowing", shadowing_id=WITH_C, consent=False, **DAY)
    assert asked == ("consent_first", {})
    never = {**DAY, "day": "2026-02-30", "shadowing_id": WITH_C, "consent": True}
    assert room.refused(TOM, "process_map.add_shadowing", **never)[1]["reason"] == "no_such_day"
    room.say(ROSA, "process_map.remove_shadowing", shadowing_id=WITH_B)
    room.say(TOM, "process_map.add_shadowing", shadowing_id=WITH_C, consent=True, **DAY)
    records = [room.row(Shadowing, id) for id in (WITH_A, WITH_B, WITH_C)]
    assert [(record.letter, record.observer_id) for record in records] == [("A", ROSA), ("B", ROSA), ("C", TOM)]
    assert room.replica.where(Shadowing)[0].letter == "A"


def test_what_was_seen_fills_the_waits_with_medians_how_many_and_the_range() -> None:
    room = shadowed(WITH_A, WITH_B, WITH_C)
    porter, review = room.step("Wait for porter", "wait"), room.step("Review", process={"amount": 1, "unit": "hours"})
    for shadowing_id, waited, took in ((WITH_A, 48, 10), (WITH_B, 92, 15), (WITH_C, 130, 14)):
        sees(room, shadowing_id, "The sample lies there", step_id=porter, at=30, minutes=waited)
        sees(room, shadowing_id, "A senior comes", step_id=review, at=99, minutes=took)
    sees(room, WITH_A, "The family asks what happens", step_id=review, at=100)
    change = room.say(TOM, "process_map.fill_waits", map_id=PATHWAY)
    waits, works = room.row(MapStep, porter), room.row(MapStep, review)
    assert (waits.wait, waits.process, waits.low, waits.high) == (minutes(92), None, minutes(48), minutes(130))
    assert (works.process, works.wait, works.low, works.high) == (minutes(14), None, minutes(10), minutes(15))
    assert (waits.shadowed, works.shadowed) == (3, 3)
    assert change.fact.model_dump() == {"type": "process_map.waits_filled", "map_id": PATHWAY, "count": 2}
    assert not room.say(TOM, "process_map.fill_waits", map_id=PATHWAY).puts


def test_a_record_that_is_taken_away_fills_nothing_and_of_two_waits_the_middle_counts() -> None:
    room = shadowed(WITH_A, WITH_B, WITH_C)
    review = room.step("Review")
    for shadowing_id, waited in ((WITH_A, 10), (WITH_B, 25), (WITH_C, 999)):
        sees(room, shadowing_id, "Nobody comes", step_id=review, waited=waited)
    room.say(TOM, "process_map.remove_shadowing", shadowing_id=WITH_C)
    room.say(TOM, "process_map.fill_waits", map_id=PATHWAY)
    step = room.row(MapStep, review)
    assert (step.wait, step.process, step.shadowed) == (minutes(17.5), None, 2)


def test_words_of_a_record_are_taken_out_for_good_with_those_of_all_its_moments() -> None:
    room = shadowed()
    point = sees(room, WITH_A, "She asks for her son", feeling=-2, quote="Where is he?", who="Healthcare assistant")
    room.say(TOM, "rooms.redact", kind="shadowing", row_id=WITH_A)
    gone = room.row(Touchpoint, point)
    assert (gone.what, gone.quote, gone.who, gone.feeling) == (None, None, None, -2)
    room.say(ROSA, "process_map.set_touchpoint", touchpoint_id=point, what="She waits alone")
    assert (room.row(Touchpoint, point).what, room.row(Touchpoint, point).redacted_at) == ("She waits alone", None)


def test_an_agreed_map_is_shadowed_and_keeps_its_times() -> None:
    room = shadowed()
    review = room.step("Review")
    room.say(TOM, "process_map.agree_map", map_id=PATHWAY)
    sees(room, WITH_A, "Nobody comes", by=MAYA, step_id=review, waited=20)
    assert room.refused(TOM, "process_map.fill_waits", map_id=PATHWAY) == ("map_agreed", {})


def minutes(amount: float) -> Time:
    return Time(amount=amount, unit="minutes")
