"""Ground rules are proposed and agreed in versions; and everybody says whether they can live with something."""

from app.meetings.rows import Consent, GroundRule, RulesVersion, Stance
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, ROOM, ROSA, TOM, Rehearsal

PHONES, LISTEN, RANK = (id_from(name) for name in ("phones", "listen", "rank"))
FIRST, SECOND = id_from("first"), id_from("second")


def a_room() -> Rehearsal:
    room = Rehearsal()
    for who, name in ((MAYA, "Maya"), (TOM, "Tom"), (ROSA, "Rosa")):
        room.joins(who, name=name)
    return room


def proposes(room: Rehearsal, who: str, rule: str, text: str = "Phones are silent", **fields: str) -> None:
    room.say(who, "meetings.propose_rule", ground_rule_id=rule, text=text, **fields)


def agreed() -> Rehearsal:
    room = a_room()
    proposes(room, MAYA, PHONES)
    proposes(room, TOM, LISTEN, "We listen")
    room.say(ANNE, "meetings.agree_rules", number=1)
    return room


def in_force(room: Rehearsal) -> list[str | None]:
    return [rule.text for rule in room.replica.where(GroundRule) if rule.is_in_force]


def test_what_anybody_proposes_is_in_force_once_the_room_agrees() -> None:
    room = a_room()
    proposes(room, MAYA, PHONES)
    assert in_force(room) == []
    room.say(ANNE, "meetings.agree_rules", number=1)
    assert in_force(room) == ["Phones are silent"]
    (version,) = room.replica.where(RulesVersion)
    assert (version.number, room.row(GroundRule, PHONES).since) == (1, 1)


def test_the_next_version_takes_what_is_new_and_lets_go_what_goes_or_was_replaced() -> None:
    room = agreed()
    room.say(TOM, "meetings.set_rule_going", ground_rule_id=PHONES, is_going=True)
    proposes(room, MAYA, RANK, "We listen, whatever the rank", replaces=LISTEN)
    assert in_force(room) == ["Phones are silent", "We listen"]
    room.say(ANNE, "meetings.agree_rules", number=2)
    assert in_force(room) == ["We listen, whatever the rank"]
    assert [room.row(GroundRule, rule).until for rule in (PHONES, LISTEN, RANK)] == [2, 2, None]


def test_two_who_agree_at_once_make_one_version() -> None:
    room = agreed()
    assert room.say(ANNE, "meetings.agree_rules", number=1).puts == ()
    assert room.refused(ANNE, "meetings.agree_rules", number=3) == ("rules_moved_on", {"number": 1})
    assert room.refused(ANNE, "meetings.agree_rules", number=2)[0] == "nothing_to_agree"


def test_a_rule_that_goes_may_stay_after_all() -> None:
    room = agreed()
    room.say(TOM, "meetings.set_rule_going", ground_rule_id=PHONES, is_going=True)
    room.say(ROSA, "meetings.set_rule_going", ground_rule_id=PHONES, is_going=False)
    assert room.row(GroundRule, PHONES).state == "agreed"


def test_only_proposals_change_and_only_by_who_made_them_or_the_recorder() -> None:
    room = a_room()
    proposes(room, MAYA, PHONES)
    edit = {"ground_rule_id": PHONES, "text": "Phones are off"}
    assert room.refused(TOM, "meetings.edit_rule", **edit)[0] == "not_allowed"
    room.say(MAYA, "meetings.edit_rule", **edit)
    room.holds("recorder", TOM)
    room.say(TOM, "meetings.edit_rule", ground_rule_id=PHONES, text="Phones are silent or off")
    assert room.row(GroundRule, PHONES).text == "Phones are silent or off"
    room.say(ANNE, "meetings.agree_rules", number=1)
    assert room.refused(MAYA, "meetings.edit_rule", **edit)[0] == "rule_is_agreed"
    assert room.refused(MAYA, "meetings.withdraw_rule", ground_rule_id=PHONES)[0] == "rule_is_agreed"


def test_a_withdrawn_proposal_is_not_agreed() -> None:
    room = a_room()
    proposes(room, MAYA, PHONES)
    room.say(MAYA, "meetings.withdraw_rule", ground_rule_id=PHONES)
    assert room.refused(ANNE, "meetings.agree_rules", number=1)[0] == "nothing_to_agree"
    assert room.refused(MAYA, "meetings.set_rule_going", ground_rule_id=PHONES, is_going=True)[0] == "removed"


def test_what_is_only_proposed_neither_goes_nor_is_read_out() -> None:
    room = a_room()
    proposes(room, MAYA, PHONES)
    for command, more in (("set_rule_going", {"is_going": True}), ("read_out_rule", {})):
        refused = room.refused(ANNE, f"meetings.{command}", ground_rule_id=PHONES, **more)
        assert refused[0] == "rule_not_in_force"
    assert room.refused(ANNE, "meetings.read_out_rule")[0] == "no_rules_yet"


def test_at_each_meeting_the_rule_is_read_out_that_was_not_heard_for_longest() -> None:
    room = agreed()
    heard = []
    for _ in range(3):
        room.say(ANNE, "meetings.read_out_rule")
        heard.append(max(room.replica.where(GroundRule), key=lambda rule: rule.read_at or rule.created_at).text)
    assert heard == ["Phones are silent", "We listen", "Phones are silent"]


def test_the_leader_reads_out_and_may_choose_which() -> None:
    room = agreed()
    assert room.refused(TOM, "meetings.read_out_rule")[0] == "not_allowed"
    room.holds("leader", TOM)
    room.say(TOM, "meetings.read_out_rule", ground_rule_id=LISTEN)
    assert room.row(GroundRule, LISTEN).read_at is not None


def test_more_rules_than_anybody_keeps_are_refused() -> None:
    room = a_room()
    for n in range(30):
        proposes(room, MAYA, id_from("rule", n), f"Rule {n}")
    assert room.refused(MAYA, "meetings.propose_rule", ground_rule_id=PHONES, text="One more")[0] == "enough_rules"


def asked(room: Rehearsal, id: str = FIRST) -> None:
    room.say(ANNE, "meetings.ask_consent", consent_id=id, target="rules", target_id=ROOM)


def answers(room: Rehearsal, who: str, says: str, text: str | None = None) -> None:
    room.say(who, "meetings.answer_consent", consent_id=FIRST, says=says, text=text)


def test_an_answer_is_ones_own_until_all_are_shown() -> None:
    room = agreed()
    asked(room)
    answers(room, MAYA, "not_yet", "I have no phone to silence")
    (stance,) = room.replica.where(Stance)
    seen = {
        name: stance.seen_by(who)
        for name, member in (("Maya", MAYA), ("Tom", TOM), ("Anne", ANNE))
        if (who := room.registry.who(room.replica, member))
    }
    assert [name for name, row in seen.items() if row] == ["Maya"]
    assert room.row(Consent, FIRST).written == 1


def test_all_answers_show_at_once_with_names_and_are_counted() -> None:
    room = agreed()
    asked(room)
    answers(room, MAYA, "not_yet", "I have no phone to silence")
    answers(room, TOM, "yes")
    answers(room, ROSA, "yes_but", "Not in the bleep hour")
    answers(room, MAYA, "yes_but", "Mine rings for the carer")
    room.say(ANNE, "meetings.show_consent", consent_id=FIRST)
    shown = room.row(Consent, FIRST)
    assert (shown.state, shown.yes, shown.yes_but, shown.not_yet, shown.written) == ("revealed", 1, 2, 0, 3)
    assert {(row.member_id, row.text, row.hidden) for row in room.replica.where(Stance)} == {
        (MAYA, "Mine rings for the carer", False),
        (TOM, None, False),
        (ROSA, "Not in the bleep hour", False),
    }
    assert room.refused(TOM, "meetings.answer_consent", consent_id=FIRST, says="not_yet")[0] == "consent_over"
    assert room.say(ANNE, "meetings.show_consent", consent_id=FIRST).puts == ()


def test_one_thing_is_asked_once_at_a_time_and_can_be_asked_again() -> None:
    room = agreed()
    asked(room)
    again = {"consent_id": SECOND, "target": "rules", "target_id": ROOM}
    assert room.refused(ANNE, "meetings.ask_consent", **again) == ("consent_open", {"consent_id": FIRST})
    assert room.refused(ANNE, "meetings.show_consent", consent_id=FIRST)[0] == "no_answers"
    answers(room, TOM, "yes")
    room.say(ANNE, "meetings.show_consent", consent_id=FIRST)
    asked(room, SECOND)
    assert room.row(Consent, SECOND).is_open


def test_it_is_asked_of_an_aim_and_of_nothing_that_is_not_there() -> None:
    room = a_room()
    aim = id_from("aim")
    about = {"consent_id": FIRST, "target": "aim", "target_id": aim}
    assert room.refused(ANNE, "meetings.ask_consent", **about)[0] == "not_found"
    assert room.refused(ANNE, "meetings.ask_consent", consent_id=FIRST, target="rules", target_id=ROOM)[0] == (
        "no_rules_yet"
    )
    room.say(MAYA, "roadmap.set_aim", aim_id=aim, kind="global", slots={"process": "First dose"})
    assert room.refused(TOM, "meetings.ask_consent", **about)[0] == "not_allowed"
    room.say(ANNE, "meetings.ask_consent", **about)
    assert room.row(Consent, FIRST).target == "aim"


def test_the_recorder_answers_for_somebody_on_the_telephone_and_for_nobody_else() -> None:
    room = agreed()
    asked(room)
    joe = id_from("joe")
    room.say(ANNE, "rooms.add_person", member_id=joe, name="Joe")
    say = {"consent_id": FIRST, "says": "yes"}
    assert room.refused(TOM, "meetings.answer_consent", for_id=joe, **say)[0] == "not_allowed"
    room.say(ANNE, "meetings.answer_consent", for_id=joe, **say)
    assert room.refused(ANNE, "meetings.answer_consent", for_id=MAYA, **say)[0] == "answers_alone"
    assert [stance.member_id for stance in room.replica.where(Stance)] == [joe]


def test_words_of_somebody_whose_words_wait_are_refused_and_their_answer_is_not() -> None:
    room = agreed()
    asked(room)
    room.say(ANNE, "rooms.hold_member", member_id=TOM)
    say = {"consent_id": FIRST, "says": "not_yet"}
    assert room.refused(TOM, "meetings.answer_consent", text="rubbish", **say)[0] == "held"
    room.say(TOM, "meetings.answer_consent", **say)
