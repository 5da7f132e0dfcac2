"""Words that not everybody knows: somebody asks without their name, and everybody gets the answer."""

from app.meetings.rows import Question, Term
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, TOM, Rehearsal

EPR, NEWS, FIRST = (id_from(name) for name in ("epr", "news", "first"))


def a_room() -> Rehearsal:
    room = Rehearsal()
    for who, name in ((MAYA, "Maya"), (TOM, "Tom")):
        room.joins(who, name=name)
    return room


def adds(room: Rehearsal, who: str, id: str, word: str, meaning: str = "what it means") -> None:
    room.say(who, "meetings.add_term", term_id=id, word=word, meaning=meaning)


def test_anybody_adds_a_word_and_says_it_better() -> None:
    room = a_room()
    adds(room, TOM, EPR, "EPR", "Electronic patient record")
    room.say(MAYA, "meetings.set_term", term_id=EPR, meaning="The notes about a patient in the computer")
    assert room.row(Term, EPR).meaning == "The notes about a patient in the computer"
    assert room.say(MAYA, "meetings.set_term", term_id=EPR, word="EPR").puts == ()


def test_a_word_stands_in_the_glossary_once_however_it_is_written() -> None:
    room = a_room()
    adds(room, TOM, EPR, "EPR")
    double = {"term_id": NEWS, "word": "epr", "meaning": "the same"}
    assert room.refused(MAYA, "meetings.add_term", **double) == ("term_there", {"term_id": EPR})
    adds(room, TOM, NEWS, "NEWS2")
    assert room.refused(MAYA, "meetings.set_term", term_id=NEWS, word="Epr")[0] == "term_there"


def test_a_removed_word_can_be_restored_unless_it_has_come_again() -> None:
    room = a_room()
    adds(room, TOM, EPR, "EPR")
    room.say(TOM, "meetings.remove_term", term_id=EPR)
    assert room.say(TOM, "meetings.remove_term", term_id=EPR).puts == ()
    room.say(TOM, "meetings.restore_term", term_id=EPR)
    assert room.say(TOM, "meetings.restore_term", term_id=EPR).puts == ()
    room.say(TOM, "meetings.remove_term", term_id=EPR)
    adds(room, MAYA, NEWS, "epr")
    assert room.refused(TOM, "meetings.restore_term", term_id=EPR)[0] == "term_there"


def test_what_is_that_reaches_facilitator_and_coaches_and_names_nobody() -> None:
    room = a_room()
    change = room.say(MAYA, "meetings.ask_what", question_id=FIRST, word="EPR")
    assert change.fact.is_unsigned
    question = room.row(Question, FIRST)
    assert MAYA not in str(question)
    assert (question.created_at.minute, question.created_at.second) == (0, 0)
    room.holds("facilitator", TOM)
    who = {member: room.registry.who(room.replica, member) for member in (ANNE, TOM, MAYA)}
    assert [member for member, viewer in who.items() if viewer and question.seen_by(viewer)] == [ANNE, TOM]


def test_answering_puts_the_word_into_the_glossary_and_the_question_is_gone() -> None:
    room = a_room()
    room.say(MAYA, "meetings.ask_what", question_id=FIRST)
    answer = {"term_id": EPR, "word": "EPR", "meaning": "Electronic patient record", "question_id": FIRST}
    assert room.refused(TOM, "meetings.add_term", **answer)[0] == "not_allowed"
    room.say(ANNE, "meetings.add_term", **answer)
    assert room.replica.where(Question) == ()
    assert room.row(Term, EPR).times == 1


def test_a_question_that_was_answered_aloud_is_gone_once_and_for_all() -> None:
    room = a_room()
    room.say(MAYA, "meetings.ask_what", question_id=FIRST)
    room.say(ANNE, "meetings.close_question", question_id=FIRST)
    room.say(ANNE, "meetings.close_question", question_id=FIRST)
    assert room.replica.where(Question) == ()


def test_an_id_is_one_questions() -> None:
    room = a_room()
    room.say(MAYA, "meetings.ask_what", question_id=FIRST)
    assert room.refused(TOM, "meetings.ask_what", question_id=FIRST)[0] == "exists"


def test_unanswered_questions_have_an_end() -> None:
    room = a_room()
    for n in range(20):
        room.say(MAYA, "meetings.ask_what", question_id=id_from("question", n))
    assert room.refused(MAYA, "meetings.ask_what", question_id=FIRST)[0] == "enough_questions"


def test_somebody_whose_words_wait_may_ask_without_a_word() -> None:
    room = a_room()
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    assert room.refused(TOM, "meetings.ask_what", question_id=FIRST, word="rubbish")[0] == "held"
    room.say(TOM, "meetings.ask_what", question_id=FIRST)
