"""Can we live with it? Asked, answered unseen, shown together."""

from collections import Counter

from app.meetings.messages.agreeing import (
    AnswerConsent,
    AskConsent,
    ConsentAnswered,
    ConsentAsked,
    ConsentShown,
    ShowConsent,
)
from app.meetings.rows import Consent, GroundRule, Stance
from app.rooms.hush import is_held
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member
from app.rooms.values import id_from


def ask_consent(room: Room, command: AskConsent, ask: Ask) -> Change:
    id = room.free(Consent, command.consent_id)
    _refuse_nothing(room, command)
    for other in room.where(Consent, target_id=command.target_id):
        if other.target == command.target and other.is_open:
            raise Refusal("consent_open", consent_id=other.id)
    consent = ask.new(
        Consent,
        id=id,
        owner_id=None,
        mode="named",
        target=command.target,
        target_id=command.target_id,
        began=room.seq,
    )
    return Change(ConsentAsked(consent_id=id, target=command.target, target_id=command.target_id), puts=(consent,))


def answer_consent(room: Room, command: AnswerConsent, ask: Ask) -> Change:
    consent = room.get(Consent, command.consent_id)
    if not consent.is_open:
        raise Refusal("consent_over")
    if command.text and is_held(room, ask.who):
        raise Refusal("held")
    whose = _whose(room, command, ask)
    stance = ask.new(
        Stance,
        id=id_from(consent.id, whose),
        owner_id=whose,
        member_id=whose,
        says=command.says,
        text=command.text or None,
        hidden=True,
        capture_id=consent.id,
    )
    others = (other for other in room.where(Stance, capture_id=consent.id) if other.id != stance.id)
    counted = consent.but(written=1 + sum(1 for _ in others))
    return Change(ConsentAnswered(consent_id=consent.id), puts=(stance, *counted.unless(consent)))


def show_consent(room: Room, command: ShowConsent, ask: Ask) -> Change:
    consent = room.get(Consent, command.consent_id)
    stances = room.where(Stance, capture_id=consent.id)
    said = Counter(stance.says for stance in stances)
    yes, yes_but, not_yet = said["yes"], said["yes_but"], said["not_yet"]
    fact = ConsentShown(consent_id=consent.id, yes=yes, yes_but=yes_but, not_yet=not_yet)
    if not consent.is_open:
        return Change(fact)
    if not stances:
        raise Refusal("no_answers")
    shown = consent.but(state="revealed", yes=yes, yes_but=yes_but, not_yet=not_yet)
    return Change(fact, puts=(shown, *(stance.but(hidden=False) for stance in stances)))


def _refuse_nothing(room: Room, command: AskConsent) -> None:
    """There has to be something that one could live with."""
    if command.target == "rules":
        rules = room.where(GroundRule)
        if command.target_id != room.id or not any(rule.removed_at is None and rule.state != "gone" for rule in rules):
            raise Refusal("no_rules_yet")
        return
    kind: type[Row] = room.kind(command.target)
    room.get(kind, command.target_id)


def _whose(room: Room, command: AnswerConsent, ask: Ask) -> str:
    if command.for_id is None:
        return ask.who.member_id or ""
    if not ask.who.may("meetings.record"):
        raise Refusal("not_allowed", needs="meetings.record")
    member = room.get(Member, command.for_id)
    if not member.without_device:
        raise Refusal("answers_alone")
    return member.id
