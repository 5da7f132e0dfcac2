"""How ground rules are proposed, agreed in versions, and read out."""

from app.meetings.messages.agreeing import (
    AgreeRules,
    EditRule,
    ProposeRule,
    ReadOutRule,
    RuleEdited,
    RuleGoingSet,
    RuleProposed,
    RuleReadOut,
    RulesAgreed,
    RuleWithdrawn,
    SetRuleGoing,
    WithdrawRule,
)
from app.meetings.rows import GroundRule, RulesVersion
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between

MOST = 30
"""More ground rules than this nobody can keep."""


def propose_rule(room: Room, command: ProposeRule, ask: Ask) -> Change:
    id = room.free(GroundRule, command.ground_rule_id)
    if command.replaces is not None:
        _in_force(room, command.replaces)
    standing = [rule for rule in room.where(GroundRule) if rule.removed_at is None and rule.state != "gone"]
    if len(standing) >= MOST:
        raise Refusal("enough_rules", limit=MOST)
    last = max((rule.rank for rule in room.where(GroundRule)), default=None)
    rule = ask.new(
        GroundRule,
        id=id,
        text=command.text,
        rank=between(last, None),
        by=ask.who.member_id,
        replaces=command.replaces,
    )
    return Change(RuleProposed(ground_rule_id=rule.id), puts=(rule,))


def edit_rule(room: Room, command: EditRule, ask: Ask) -> Change:
    rule = _proposed_by(room, command.ground_rule_id, ask)
    edited = rule.but(text=command.text, redacted_at=None)
    return Change(RuleEdited(ground_rule_id=rule.id), puts=edited.unless(rule))


def withdraw_rule(room: Room, command: WithdrawRule, ask: Ask) -> Change:
    rule = _proposed_by(room, command.ground_rule_id, ask)
    return Change(RuleWithdrawn(ground_rule_id=rule.id), puts=(rule.but(removed_at=ask.at),))


def set_rule_going(room: Room, command: SetRuleGoing, ask: Ask) -> Change:
    rule = _in_force(room, command.ground_rule_id)
    fact = RuleGoingSet(ground_rule_id=rule.id, is_going=command.is_going)
    return Change(fact, puts=rule.but(state="going" if command.is_going else "agreed").unless(rule))


def agree_rules(room: Room, command: AgreeRules, ask: Ask) -> Change:
    """Agreeing says which version it makes: two who press at once make one."""
    fact = RulesAgreed(number=command.number)
    now = version_of(room)
    if command.number == now and now:
        return Change(fact)
    if command.number != now + 1:
        raise Refusal("rules_moved_on", number=now)
    rules = [rule for rule in room.where(GroundRule) if rule.removed_at is None]
    coming = [rule for rule in rules if rule.state == "proposed" and rule.text is not None]
    replaced = {rule.replaces for rule in coming}
    going = [rule for rule in rules if rule.is_in_force and (rule.state == "going" or rule.id in replaced)]
    if not coming and not going:
        raise Refusal("nothing_to_agree")
    version = ask.new(RulesVersion, id=ask.id(0), owner_id=None, number=command.number, agreed_at=ask.at)
    return Change(
        fact,
        puts=(
            version,
            *(rule.but(state="agreed", since=command.number) for rule in coming),
            *(rule.but(state="gone", until=command.number) for rule in going),
        ),
    )


def read_out_rule(room: Room, command: ReadOutRule, ask: Ask) -> Change:
    rule = _in_force(room, command.ground_rule_id) if command.ground_rule_id else _next_in_turn(room)
    return Change(RuleReadOut(ground_rule_id=rule.id), puts=(rule.but(read_at=ask.at),))


def version_of(room: Room) -> int:
    """The version in force; 0 before any was agreed."""
    return max((version.number for version in room.where(RulesVersion)), default=0)


def _next_in_turn(room: Room) -> GroundRule:
    """The one that was not heard for longest; of those never heard the first."""
    rules = [rule for rule in room.where(GroundRule) if rule.is_in_force and rule.text is not None]
    if not rules:
        raise Refusal("no_rules_yet")
    return min(rules, key=lambda rule: (rule.read_at is not None, rule.read_at or rule.created_at, rule.rank))


def _in_force(room: Room, id: str) -> GroundRule:
    rule = room.get(GroundRule, id)
    if not rule.is_in_force:
        raise Refusal("rule_not_in_force")
    return rule


def _proposed_by(room: Room, id: str, ask: Ask) -> GroundRule:
    """Only what is not agreed yet changes, by who proposed it, a coach or the recorder."""
    rule = room.get(GroundRule, id)
    if rule.state != "proposed":
        raise Refusal("rule_is_agreed")
    if not (ask.who.owns(rule) or ask.who.may("meetings.record")):
        raise Refusal("not_allowed", needs="meetings.record")
    return rule
