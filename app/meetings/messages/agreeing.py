"""What is asked about what the room agrees, and what then has happened."""

from typing import Literal

from app.meetings.rows.agreeing import Says, Target
from app.rooms.kernel import Command, Fact
from app.rooms.values import CardWords, Id, Note


class ProposeRule(Command):
    """A ground rule for the next version; perhaps in place of one that stands."""

    type: Literal["meetings.propose_rule"]
    ground_rule_id: Id
    text: CardWords
    replaces: Id | None = None


class RuleProposed(Fact):
    type: Literal["meetings.rule_proposed"] = "meetings.rule_proposed"
    ground_rule_id: Id


class EditRule(Command):
    """Other words for what is only proposed."""

    type: Literal["meetings.edit_rule"]
    ground_rule_id: Id
    text: CardWords


class RuleEdited(Fact):
    type: Literal["meetings.rule_edited"] = "meetings.rule_edited"
    ground_rule_id: Id


class WithdrawRule(Command):
    """It is not proposed any more."""

    type: Literal["meetings.withdraw_rule"]
    ground_rule_id: Id


class RuleWithdrawn(Fact):
    type: Literal["meetings.rule_withdrawn"] = "meetings.rule_withdrawn"
    ground_rule_id: Id


class SetRuleGoing(Command):
    """Whether a rule that stands is to go with the next version."""

    type: Literal["meetings.set_rule_going"]
    ground_rule_id: Id
    is_going: bool


class RuleGoingSet(Fact):
    type: Literal["meetings.rule_going_set"] = "meetings.rule_going_set"
    ground_rule_id: Id
    is_going: bool


class AgreeRules(Command):
    """What is proposed is agreed, what is going goes: this is version `number` from now on."""

    type: Literal["meetings.agree_rules"]
    number: int


class RulesAgreed(Fact):
    type: Literal["meetings.rules_agreed"] = "meetings.rules_agreed"
    number: int


class ReadOutRule(Command):
    """One ground rule for everybody to see, read out by the leader. None: the one that was not heard for longest."""

    type: Literal["meetings.read_out_rule"]
    ground_rule_id: Id | None = None


class RuleReadOut(Fact):
    type: Literal["meetings.rule_read_out"] = "meetings.rule_read_out"
    ground_rule_id: Id


class AskConsent(Command):
    """Can we live with it? `target_id` is an aim's or a decision's; of the ground rules the room's."""

    type: Literal["meetings.ask_consent"]
    consent_id: Id
    target: Target
    target_id: Id


class ConsentAsked(Fact):
    type: Literal["meetings.consent_asked"] = "meetings.consent_asked"
    consent_id: Id
    target: Target
    target_id: Id


class AnswerConsent(Command):
    """My answer, unseen until all are shown. Again: instead of the first."""

    type: Literal["meetings.answer_consent"]
    consent_id: Id
    says: Says
    text: Note | None = None
    for_id: Id | None = None
    """Somebody on the telephone, for whom the recorder writes."""


class ConsentAnswered(Fact):
    type: Literal["meetings.consent_answered"] = "meetings.consent_answered"
    consent_id: Id


class ShowConsent(Command):
    """All answers at once, with names."""

    type: Literal["meetings.show_consent"]
    consent_id: Id


class ConsentShown(Fact):
    type: Literal["meetings.consent_shown"] = "meetings.consent_shown"
    consent_id: Id
    yes: int
    yes_but: int
    not_yet: int
