"""How words come into the glossary, and how somebody asks for one without their name."""

from app.meetings.messages.questions import (
    AddTerm,
    AskWhat,
    CloseQuestion,
    QuestionClosed,
    RemoveTerm,
    RestoreTerm,
    SetTerm,
    TermAdded,
    TermRemoved,
    TermRestored,
    TermSet,
    WhatAsked,
)
from app.meetings.rows import Question, Term
from app.rooms.hush import is_held
from app.rooms.kernel import Ask, Change, Refusal, Room

MOST_QUESTIONS = 20
"""So many wait at once: what comes without a name has to have an end."""


def add_term(room: Room, command: AddTerm, ask: Ask) -> Change:
    id = room.free(Term, command.term_id)
    _refuse_double(room, command.word)
    question = None
    if command.question_id is not None:
        question = room.find(Question, command.question_id)
        if not ask.who.may("meetings.ask"):
            raise Refusal("not_allowed", needs="meetings.ask")
    term = ask.new(Term, id=id, word=command.word, meaning=command.meaning, times=1 if question else 0)
    drops = ((Question, question.id),) if question else ()
    return Change(TermAdded(term_id=term.id), puts=(term,), drops=drops)


def set_term(room: Room, command: SetTerm, ask: Ask) -> Change:
    term = room.get(Term, command.term_id)
    said = command.said("word", "meaning", never_null=("word", "meaning"))
    _refuse_double(room, said.get("word", term.word), but=term.id)
    return Change(TermSet(term_id=term.id), puts=term.but(**said, redacted_at=None).unless(term))


def remove_term(room: Room, command: RemoveTerm, ask: Ask) -> Change:
    term = room.get(Term, command.term_id, removed=True)
    gone = term if term.removed_at else term.but(removed_at=ask.at)
    return Change(TermRemoved(term_id=term.id), puts=gone.unless(term))


def restore_term(room: Room, command: RestoreTerm, ask: Ask) -> Change:
    term = room.get(Term, command.term_id, removed=True)
    if term.removed_at is not None:
        _refuse_double(room, term.word, but=term.id)
    return Change(TermRestored(term_id=term.id), puts=term.but(removed_at=None).unless(term))


def ask_what(room: Room, command: AskWhat, ask: Ask) -> Change:
    if room.find(Question, command.question_id) is not None:
        raise Refusal("exists", kind=Question.noun)
    if command.word and is_held(room, ask.who):
        raise Refusal("held")
    if len(room.where(Question)) >= MOST_QUESTIONS:
        raise Refusal("enough_questions")
    # The hour, not the moment: it need not say when somebody tapped.
    at = ask.at.replace(minute=0, second=0, microsecond=0)
    question = ask.new(Question, id=command.question_id, owner_id=None, created_at=at, word=command.word or None)
    return Change(WhatAsked(question_id=question.id), puts=(question,))


def close_question(room: Room, command: CloseQuestion, ask: Ask) -> Change:
    question = room.find(Question, command.question_id)
    drops = ((Question, question.id),) if question else ()
    return Change(QuestionClosed(question_id=command.question_id), drops=drops)


def _refuse_double(room: Room, word: str | None, but: str | None = None) -> None:
    same = (word or "").casefold()
    for term in room.where(Term):
        if term.id != but and term.removed_at is None and (term.word or "").casefold() == same:
            raise Refusal("term_there", term_id=term.id)
