"""Two ideas become one when those whose they are say so, and are two again as they were."""

from app.ideas.rows import is_from_patient
from app.rooms.attendance import Attendance
from app.rooms.values import id_from
from tests.ideas.thinking import CUPBOARD, JOE, MERGE, RECORDING, STICKER, TROLLEY, Thinking
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM


def three_ideas() -> Thinking:
    """Maya's trolley, Rosa's cupboard, and a sticker that Tom has written for Joe."""
    room = Thinking()
    room.has(MAYA, TROLLEY, "A red trolley with first doses")
    room.has(ROSA, CUPBOARD, "First doses in a cupboard on wheels")
    room.has(TOM, STICKER, "A sticker on the wristband", proxy_for=JOE)
    return room


def is_here(room: Thinking, who: str) -> None:
    from_now = {"from": NOON, "lasts_until": NOON.replace(hour=23)}
    row = {"id": who, "owner_id": who, "created_at": NOON, "member_id": who, "day": "2026-11-26", **from_now}
    room.replica.put(Attendance.model_validate(row))


def test_rule_10_nothing_is_merged_before_both_authors_agree() -> None:
    room = three_ideas()
    merge = room.asks(PAUL, TROLLEY, CUPBOARD)
    assert (merge.state, merge.waiting) == ("asked", (MAYA, ROSA))
    assert room.answers(MAYA).waiting == (ROSA,)
    assert room.idea(CUPBOARD).state == "raw"
    assert room.answers(ROSA).state == "merged"
    assert (room.idea(CUPBOARD).state, room.idea(CUPBOARD).merged_into) == ("merged", TROLLEY)


def test_rule_10_the_survivor_keeps_its_letter_and_credits_both() -> None:
    room = three_ideas()
    room.say(TOM, "ideas.set_letters")
    room.asks(MAYA, TROLLEY, CUPBOARD)
    room.answers(ROSA)
    trolley, cupboard = room.idea(TROLLEY), room.idea(CUPBOARD)
    assert (trolley.letter, trolley.author_id, trolley.credited) == ("A", MAYA, (ROSA,))
    assert (cupboard.letter, cupboard.text) == (None, "First doses in a cupboard on wheels")
    assert room.life(CUPBOARD) == ["merged"]


def test_whoever_asks_for_their_own_has_said_yes() -> None:
    room = three_ideas()
    room.has(MAYA, id_from("again"), "A trolley, red")
    assert room.asks(MAYA, TROLLEY, id_from("again")).state == "merged"


def test_one_no_is_enough() -> None:
    room = three_ideas()
    room.asks(PAUL, TROLLEY, CUPBOARD)
    room.answers(MAYA)
    merge = room.answers(ROSA, agrees=False)
    assert (merge.state, merge.settled_by, room.idea(CUPBOARD).state) == ("declined", ROSA, "raw")
    late = {"merge_id": MERGE, "agrees": True}
    assert room.refused(MAYA, "ideas.answer_merge", **late) == ("merge_settled", {})


def test_nobody_else_answers_for_an_author_who_is_here() -> None:
    room = three_ideas()
    room.asks(MAYA, TROLLEY, CUPBOARD)
    answer = {"merge_id": MERGE, "agrees": True}
    assert room.refused(PAUL, "ideas.answer_merge", **answer) == ("not_asked_for_merge", {})
    assert room.refused(PAUL, "ideas.answer_merge", **answer, for_id=ROSA) == RECORDING
    is_here(room, ROSA)
    assert room.refused(ANNE, "ideas.answer_merge", **answer, for_id=ROSA) == ("answers_for_themselves", {})


def test_coach_or_recorder_says_it_for_who_is_away_or_has_no_device_and_that_is_marked() -> None:
    room = three_ideas()
    is_here(room, JOE)
    room.asks(MAYA, STICKER, TROLLEY, CUPBOARD)
    room.answers(ANNE, for_id=ROSA)
    merge = room.answers(TOM, for_id=JOE)
    assert (merge.state, merge.spoken_for, merge.settled_by) == ("merged", (ROSA, JOE), TOM)
    assert room.idea(STICKER).credited == (MAYA, ROSA)


def test_for_an_idea_without_a_name_who_keeps_the_record_agrees() -> None:
    room = three_ideas()
    room.replica.put(room.idea(CUPBOARD).but(author_id=None, owner_id=None))
    merge = room.asks(MAYA, TROLLEY, CUPBOARD)
    assert (merge.state, merge.nobodys) == ("asked", True)
    assert room.refused(ROSA, "ideas.answer_merge", merge_id=MERGE, agrees=True, for_nobody=True) == RECORDING
    assert room.answers(TOM, for_nobody=True).state == "merged"
    assert room.idea(TROLLEY).credited == ()


def test_who_has_asked_may_ask_no_more() -> None:
    room = three_ideas()
    room.asks(PAUL, TROLLEY, CUPBOARD)
    assert room.answers(PAUL, agrees=False).state == "declined"


def test_one_question_at_a_time_about_an_idea() -> None:
    room = three_ideas()
    room.asks(PAUL, TROLLEY, CUPBOARD)
    asking = {"merge_id": id_from("other"), "into_id": STICKER, "idea_ids": [CUPBOARD]}
    assert room.refused(PAUL, "ideas.ask_merge", **asking) == ("merge_asked", {})
    room.say(ROSA, "ideas.remove_idea", idea_id=CUPBOARD)
    assert room.merge().state == "declined"


def test_undo_gives_both_back_as_they_were() -> None:
    room = three_ideas()
    room.say(TOM, "ideas.set_letters")
    before = [room.idea(id) for id in (TROLLEY, CUPBOARD)]
    room.asks(MAYA, TROLLEY, CUPBOARD)
    room.answers(ROSA)
    assert room.refused(PAUL, "ideas.undo_merge", merge_id=MERGE) == RECORDING
    room.say(ROSA, "ideas.undo_merge", merge_id=MERGE)
    assert [room.idea(id) for id in (TROLLEY, CUPBOARD)] == before
    assert (room.merge().state, room.life(CUPBOARD)) == ("undone", ["merged", "raw"])


def test_undo_far_down_a_chain_takes_the_credit_back_everywhere() -> None:
    room = three_ideas()
    other = id_from("other merge")
    room.asks(MAYA, TROLLEY, CUPBOARD)
    room.answers(ROSA)
    room.asks(TOM, STICKER, TROLLEY, id=other)
    room.answers(MAYA, id=other)
    room.answers(TOM, id=other, for_id=JOE)
    assert room.idea(STICKER).credited == (MAYA, ROSA)
    room.say(ROSA, "ideas.undo_merge", merge_id=MERGE)
    assert (room.idea(STICKER).credited, room.idea(TROLLEY).credited) == ((MAYA,), ())


def test_a_letter_that_was_given_away_meanwhile_is_not_given_twice() -> None:
    room = three_ideas()
    room.say(TOM, "ideas.set_letters")
    room.asks(MAYA, TROLLEY, CUPBOARD)
    room.answers(ROSA)
    room.say(TOM, "ideas.set_letters")
    assert room.idea(STICKER).letter == "B"
    room.say(ROSA, "ideas.undo_merge", merge_id=MERGE)
    assert room.idea(CUPBOARD).letter is None


def test_an_idea_in_test_takes_in_another_and_goes_into_none() -> None:
    room = three_ideas()
    room.say(ANNE, "ideas.clarify_idea", idea_id=TROLLEY)
    room.becomes(TROLLEY, "testing")
    asking = {"merge_id": MERGE, "into_id": CUPBOARD, "idea_ids": [TROLLEY]}
    assert room.refused(MAYA, "ideas.ask_merge", **asking) == ("idea_elsewhere", {"state": "testing"})
    assert room.asks(ROSA, TROLLEY, CUPBOARD).state == "asked"


def test_an_idea_with_a_patients_idea_in_it_is_a_patients_too() -> None:
    room = three_ideas()
    room.asks(ROSA, CUPBOARD, TROLLEY)
    room.answers(MAYA)
    cupboard = room.idea(CUPBOARD)
    assert not cupboard.from_patient
    assert is_from_patient(room.replica, cupboard)


def test_two_entries_of_one_person_are_credited_once() -> None:
    room = three_ideas()
    room.asks(TOM, STICKER, TROLLEY, CUPBOARD)
    for who in (MAYA, ROSA):
        room.answers(who)
    room.answers(TOM, for_id=JOE)
    room.say(ANNE, "rooms.join_members", keep_id=MAYA, drop_id=ROSA)
    assert room.idea(STICKER).credited == (MAYA,)
