"""An idea is written, worded, moved, taken off the list, and kept once the room has worked with it."""

import pytest

from app.board.rows import Board, Theme
from app.ideas.prompts import PROMPTS, prompts_in
from app.ideas.rows import Idea, advanced, letter
from app.rooms.kernel import SERVER, Ask
from app.rooms.values import id_from
from tests.ideas.thinking import CUPBOARD, JOE, RECORDING, STICKER, TROLLEY, Thinking
from tests.rooms.rehearsal import ANNE, MAYA, NOON, PAUL, ROSA, TOM

CARD, THEME, AIM, BALLOT = (id_from(name) for name in ("card", "theme", "aim", "ballot"))


def test_ways_of_thinking_come_in_the_rooms_language_or_the_nearest_there_is() -> None:
    (english,) = PROMPTS
    german = english.model_copy(update={"language": "de-DE"})
    newer = german.model_copy(update={"version": 2})
    there_are = (english, german, newer)
    assert [prompts_in(said, there_are) for said in ("en-GB", "de-DE", "de-CH", "sv-SE")] == [
        english,
        newer,
        newer,
        english,
    ]


def test_an_idea_carries_who_wrote_it_and_where_they_speak_from() -> None:
    idea = Thinking().has(MAYA, TROLLEY, "Tell the family what happens in the next hour")
    assert (idea.author_id, idea.voice, idea.from_patient, idea.state) == (MAYA, "patient", True, "raw")


def test_the_recorder_writes_for_who_is_on_the_telephone() -> None:
    room = Thinking()
    idea = room.has(TOM, TROLLEY, proxy_for=JOE)
    assert (idea.author_id, idea.proxy_for, idea.voice, idea.from_patient) == (TOM, JOE, "carer", True)
    assert idea.proposer == JOE
    new = {"idea_id": CUPBOARD, "text": "A cupboard", "proxy_for": JOE}
    assert room.refused(MAYA, "ideas.add_idea", **new) == RECORDING


def test_an_idea_comes_from_a_card_a_theme_and_an_aim_that_everybody_sees() -> None:
    room = Thinking()
    (board,) = room.replica.where(Board, step_key=None)
    (coaches,) = room.replica.where(Board, step_key="coach_agreement")
    room.say(MAYA, "board.add_card", card_id=CARD, board_id=board.id, column="value", text="Waiting frightens")
    room.say(ANNE, "board.add_theme", theme_id=THEME, board_id=board.id, title="First dose")
    room.say(ANNE, "roadmap.set_aim", aim_id=AIM, kind="global", slots={})
    idea = room.has(TOM, TROLLEY, card_id=CARD, theme_id=THEME, aim_id=AIM)
    assert (idea.card_id, idea.theme_id, idea.aim_id) == (CARD, THEME, AIM)
    room.say(ANNE, "board.add_theme", theme_id=id_from("theirs"), board_id=coaches.id, title="Between us")
    assert room.row(Theme, id_from("theirs")).audience == "coaches"
    linking = {"idea_id": TROLLEY, "theme_id": id_from("theirs")}
    assert room.refused(ANNE, "ideas.set_idea", **linking) == ("idea_not_shown", {})
    assert room.refused(TOM, "ideas.set_idea", **linking) == ("not_found", {"kind": "theme"})


def test_the_recorder_corrects_and_the_first_words_stay() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY, "A red troley")
    room.say(TOM, "ideas.edit_idea", idea_id=TROLLEY, text="A red trolley", base_rev=0)
    idea = room.idea(TROLLEY)
    assert (idea.text, idea.original, idea.corrected_by, idea.rev) == ("A red trolley", "A red troley", TOM, 1)
    room.say(MAYA, "ideas.edit_idea", idea_id=TROLLEY, text="A red trolley in resus", note="By the door", base_rev=1)
    idea = room.idea(TROLLEY)
    assert (idea.text, idea.note, idea.original, idea.corrected_by) == (
        "A red trolley in resus",
        "By the door",
        None,
        None,
    )
    assert room.refused(ROSA, "ideas.edit_idea", idea_id=TROLLEY, text="No", base_rev=2) == RECORDING


def test_who_writes_over_newer_words_is_told() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.say(TOM, "ideas.edit_idea", idea_id=TROLLEY, text="A trolley with first doses", base_rev=0)
    late = {"idea_id": TROLLEY, "text": "A red trolley in resus", "base_rev": 0}
    assert room.refused(MAYA, "ideas.edit_idea", **late) == ("words_changed", {"kind": "idea"})


def test_impact_effort_and_what_is_outside_our_control_are_said_by_anybody() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.say(ROSA, "ideas.set_idea", idea_id=TROLLEY, impact=5, effort=2, outside_control=True)
    idea = room.idea(TROLLEY)
    assert (idea.impact, idea.effort, idea.outside_control) == (5, 2, True)
    assert not room.say(PAUL, "ideas.set_idea", idea_id=TROLLEY, impact=5).puts
    assert room.refused(ROSA, "ideas.set_idea", idea_id=TROLLEY, proxy_for=JOE) == RECORDING


def test_an_idea_stands_directly_behind_another_one() -> None:
    room = Thinking()
    for id in (TROLLEY, CUPBOARD, STICKER):
        room.has(MAYA, id)
    room.say(TOM, "ideas.move_idea", idea_id=STICKER, after=TROLLEY)
    room.say(TOM, "ideas.move_idea", idea_id=CUPBOARD, after=None)
    order = sorted(room.replica.where(Idea), key=lambda idea: idea.rank)
    assert [idea.id for idea in order] == [CUPBOARD, TROLLEY, STICKER]
    assert not room.say(TOM, "ideas.move_idea", idea_id=CUPBOARD, after=None).puts


def test_its_writer_takes_an_idea_off_the_list_and_puts_it_back() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    assert room.refused(ROSA, "ideas.remove_idea", idea_id=TROLLEY) == RECORDING
    room.say(MAYA, "ideas.remove_idea", idea_id=TROLLEY)
    assert room.idea(TROLLEY).removed_at is not None
    room.say(MAYA, "ideas.restore_idea", idea_id=TROLLEY)
    assert room.idea(TROLLEY).removed_at is None


def test_what_the_room_has_worked_with_is_kept() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.say(ANNE, "ideas.clarify_idea", idea_id=TROLLEY)
    room.becomes(TROLLEY, "testing")
    assert room.refused(MAYA, "ideas.remove_idea", idea_id=TROLLEY) == ("idea_stays", {"state": "testing"})


def test_an_idea_that_was_on_a_ballot_is_given_up_and_never_removed() -> None:
    room = Thinking()
    idea = room.has(MAYA, TROLLEY)
    ask = Ask(who=SERVER, at=NOON, command_id=id_from("decide"))
    on_ballot, step = advanced(idea, "clarified", ask, ballot_id=BALLOT, round=1, points=12, place=1)
    room.replica.change((on_ballot, step), ())
    assert (step.idea_id, step.ballot_id, step.points, step.place) == (TROLLEY, BALLOT, 12, 1)
    assert room.refused(MAYA, "ideas.remove_idea", idea_id=TROLLEY) == ("idea_stays", {"state": "clarified"})
    room.say(ANNE, "ideas.set_state", idea_id=TROLLEY, state="abandoned", reason="Resus has one")
    assert room.idea(TROLLEY).state == "abandoned"


def test_what_becomes_of_an_idea_is_one_line() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.say(TOM, "ideas.clarify_idea", idea_id=TROLLEY)
    room.becomes(TROLLEY, "testing", "adapted", "testing", "adopted")
    assert room.life(TROLLEY) == ["clarified", "testing", "adapted", "testing", "adopted"]


def test_an_idea_does_not_skip_what_makes_it_clear() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    for state in ("testing", "adopted", "adapted", "clarified"):
        asked = {"idea_id": TROLLEY, "state": state}
        assert room.refused(ANNE, "ideas.set_state", **asked) == ("idea_elsewhere", {"state": "raw"})
    assert room.refused(MAYA, "ideas.clarify_idea", idea_id=TROLLEY) == RECORDING


def test_what_was_given_up_can_be_brought_back() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.becomes(TROLLEY, "abandoned", "clarified")
    assert room.idea(TROLLEY).state == "clarified"
    assert not room.say(ANNE, "ideas.set_state", idea_id=TROLLEY, state="clarified").puts


def test_somebody_does_not_understand_an_idea_after_all() -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY)
    room.say(TOM, "ideas.clarify_idea", idea_id=TROLLEY)
    room.say(TOM, "ideas.clarify_idea", idea_id=TROLLEY, clear=False)
    assert room.idea(TROLLEY).state == "raw"


def test_letters_go_from_a_to_z_and_on() -> None:
    assert [letter(n) for n in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_each_idea_on_the_list_gets_a_letter_in_its_order() -> None:
    room = Thinking()
    for id in (TROLLEY, CUPBOARD, STICKER):
        room.has(MAYA, id)
    room.say(TOM, "ideas.move_idea", idea_id=STICKER, after=None)
    room.becomes(CUPBOARD, "abandoned")
    room.say(TOM, "ideas.set_letters")
    assert [room.idea(id).letter for id in (STICKER, TROLLEY, CUPBOARD)] == ["A", "B", None]
    assert not room.say(TOM, "ideas.set_letters").puts


def test_what_is_on_a_ballot_keeps_its_letter() -> None:
    room = Thinking()
    for id in (TROLLEY, CUPBOARD):
        room.has(MAYA, id)
    room.replica.put(room.idea(CUPBOARD).but(state="on_ballot", letter="A"))
    room.say(TOM, "ideas.set_letters")
    assert [room.idea(id).letter for id in (TROLLEY, CUPBOARD)] == ["B", "A"]


@pytest.mark.parametrize("by", [MAYA, ANNE], ids=["its writer", "a coach"])
def test_words_taken_out_go_from_the_idea_its_note_and_the_reasons(by: str) -> None:
    room = Thinking()
    room.has(MAYA, TROLLEY, "Ask Mrs Smith", note="Bed 4")
    room.say(ANNE, "ideas.edit_idea", idea_id=TROLLEY, text="Ask Mrs Smith of bed 4", base_rev=0)
    room.say(ANNE, "ideas.set_state", idea_id=TROLLEY, state="abandoned", reason="Mrs Smith said no")
    change = room.say(by, "rooms.redact", kind="idea", row_id=TROLLEY)
    assert "Smith" not in "".join(row.model_dump_json() for row in change.puts)
    idea = room.idea(TROLLEY)
    assert (idea.text, idea.original, idea.note, idea.state) == (None, None, None, "abandoned")
    late = {"idea_id": TROLLEY, "text": "Ask Mrs Smith", "base_rev": idea.rev}
    assert room.refused(MAYA, "ideas.edit_idea", **late) == ("removed", {"kind": "idea"})


def test_what_a_held_member_writes_waits_for_a_coach() -> None:
    room = Thinking()
    room.say(ANNE, "rooms.hold_member", member_id=ROSA)
    idea = room.has(ROSA, TROLLEY)
    seen = {who: room.registry.who(room.replica, who) for who in (ANNE, MAYA, ROSA)}
    assert [who for who, viewer in seen.items() if viewer and idea.seen_by(viewer)] == [ANNE, ROSA]
    assert room.refused(TOM, "ideas.clarify_idea", idea_id=TROLLEY) == ("not_found", {"kind": "idea"})
    assert room.refused(ANNE, "ideas.clarify_idea", idea_id=TROLLEY) == ("idea_not_shown", {})
    room.say(ANNE, "ideas.release_idea", idea_id=TROLLEY)
    assert not room.idea(TROLLEY).held


def test_places_to_learn_from_are_added_and_taken_away_by_their_finder() -> None:
    room = Thinking()
    place = id_from("place")
    room.say(MAYA, "ideas.add_benchmark", benchmark_id=place, place="Great Ormond Street", text="They score each hour")
    assert room.refused(ROSA, "ideas.remove_benchmark", benchmark_id=place) == RECORDING
    room.say(MAYA, "ideas.remove_benchmark", benchmark_id=place)
    room.say(TOM, "ideas.restore_benchmark", benchmark_id=place)
    change = room.say(MAYA, "rooms.redact", kind="benchmark", row_id=place)
    assert "Ormond" not in change.puts[0].model_dump_json()
