"""What is asked of the glossary, and what then has happened."""

from typing import ClassVar, Literal

from app.rooms.kernel import Command, Fact
from app.rooms.values import Id, Name, Reason


class AddTerm(Command):
    """What a word means; perhaps because somebody has asked."""

    type: Literal["meetings.add_term"]
    term_id: Id
    word: Name
    meaning: Reason
    question_id: Id | None = None


class TermAdded(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_term"
    type: Literal["meetings.term_added"] = "meetings.term_added"
    term_id: Id


class SetTerm(Command):
    type: Literal["meetings.set_term"]
    term_id: Id
    word: Name | None = None
    meaning: Reason | None = None


class TermSet(Fact):
    type: Literal["meetings.term_set"] = "meetings.term_set"
    term_id: Id


class RemoveTerm(Command):
    type: Literal["meetings.remove_term"]
    term_id: Id


class TermRemoved(Fact):
    undone_by: ClassVar[str | None] = "meetings.restore_term"
    type: Literal["meetings.term_removed"] = "meetings.term_removed"
    term_id: Id


class RestoreTerm(Command):
    type: Literal["meetings.restore_term"]
    term_id: Id


class TermRestored(Fact):
    undone_by: ClassVar[str | None] = "meetings.remove_term"
    type: Literal["meetings.term_restored"] = "meetings.term_restored"
    term_id: Id


class AskWhat(Command):
    """What is that? Without a name; the word, if I know how it is written."""

    type: Literal["meetings.ask_what"]
    question_id: Id
    word: Name | None = None


class WhatAsked(Fact):
    is_unsigned: ClassVar[bool] = True
    type: Literal["meetings.what_asked"] = "meetings.what_asked"
    question_id: Id


class CloseQuestion(Command):
    """It was answered aloud, or is clear from what has been said."""

    type: Literal["meetings.close_question"]
    question_id: Id


class QuestionClosed(Fact):
    type: Literal["meetings.question_closed"] = "meetings.question_closed"
    question_id: Id
