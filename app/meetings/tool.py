"""Meetings as a tool: what they keep, what they allow, and to whom."""

from app.meetings import messages, rows, rules
from app.meetings.messages.score import forgotten
from app.meetings.my_rooms import next_meetings, open_hours
from app.meetings.record import meetings
from app.meetings.routes import router
from app.rooms import paper
from app.rooms.kernel import INTERNAL, Deadline, Row, Tool, While

TOOL = Tool(
    "meetings",
    after=(
        "board",
        "roadmap",
    ),
    tables=(
        rows.SeriesTable,
        rows.MeetingTable,
        rows.ItemTable,
        rows.HandTable,
        rows.FloorTable,
        rows.TurnTable,
        rows.ReadyTable,
        rows.ReadyCountTable,
        rows.ActionTable,
        rows.DecisionTable,
        rows.ParkedTable,
        rows.HeldTable,
        rows.ClaimTable,
        rows.OfferTable,
        rows.DeclinedTable,
        rows.PreferenceTable,
        rows.DataPartnerTable,
        rows.SuggestionTable,
        rows.ScoreTable,
        rows.ScoreWordTable,
        rows.GroundRuleTable,
        rows.RulesVersionTable,
        rows.ConsentTable,
        rows.StanceTable,
        rows.TermTable,
        rows.QuestionTable,
    ),
    facts=(
        messages.ActionAdded,
        messages.ActionAnswered,
        messages.ActionEdited,
        messages.ActionRemoved,
        messages.ActionRestored,
        messages.ActionSet,
        messages.AgendaCopied,
        messages.AgendaSet,
        messages.ConsentAnswered,
        messages.ConsentAsked,
        messages.ConsentShown,
        messages.DataPartnerSet,
        messages.DecisionAdded,
        messages.DecisionEdited,
        messages.DecisionRemoved,
        messages.DecisionRestored,
        messages.DecisionSet,
        messages.HandLowered,
        messages.HandRaised,
        messages.ItemAdded,
        messages.ItemExtended,
        messages.ItemMoved,
        messages.ItemRemoved,
        messages.ItemRestored,
        messages.ItemSet,
        messages.ItemStarted,
        messages.KeptPrivate,
        messages.MeetingAdded,
        messages.MeetingEnded,
        messages.MeetingMoved,
        messages.MeetingPaused,
        messages.MeetingResumed,
        messages.MeetingSet,
        messages.MeetingSkipped,
        messages.MeetingStarted,
        messages.MeetingStopped,
        messages.MeetingUnskipped,
        messages.MeetingsPlanned,
        messages.ParkedAdded,
        messages.ParkedEdited,
        messages.ParkedRemoved,
        messages.ParkedRestored,
        messages.ParkedScheduled,
        messages.ParkedSet,
        messages.QuestionClosed,
        messages.ReadySet,
        messages.RoleClaimed,
        messages.RoleHandedOver,
        messages.RoleOffered,
        messages.RoleSuggested,
        messages.RoleTaken,
        messages.RoundEnded,
        messages.RoundStarted,
        messages.RuleEdited,
        messages.RuleGoingSet,
        messages.RuleProposed,
        messages.RuleReadOut,
        messages.RuleWithdrawn,
        messages.RulesAgreed,
        messages.ScoreGiven,
        messages.ScoreOpened,
        messages.ScoresForgotten,
        messages.ScoresRevealed,
        messages.SeriesEnded,
        messages.SeriesSet,
        messages.TermAdded,
        messages.TermRemoved,
        messages.TermRestored,
        messages.TermSet,
        messages.TimeUp,
        messages.TurnGiven,
        messages.TurnPassed,
        messages.TurnPassedOn,
        messages.WhatAsked,
    ),
    grants={
        "coach": (
            "meetings.ask",
            "meetings.coach",
            "meetings.contribute",
            "meetings.extend",
            "meetings.pace",
            "meetings.park",
            "meetings.plan",
            "meetings.read_out",
            "meetings.record",
            "meetings.series",
            "meetings.turns",
        ),
        "member": ("meetings.contribute",),
        "sponsor": (
            "meetings.answer",
            "meetings.contribute",
        ),
        "leader": (
            "meetings.extend",
            "meetings.pace",
            "meetings.park",
            "meetings.plan",
            "meetings.read_out",
        ),
        "recorder": (
            "meetings.park",
            "meetings.record",
        ),
        "timekeeper": ("meetings.extend",),
        "facilitator": (
            "meetings.ask",
            "meetings.read_out",
            "meetings.turns",
        ),
    },
    in_my_rooms=next_meetings,
    open_hours=open_hours,
    router=router,
    grants_while=(
        # Also where no coach is there to open the door.
        While(rows.Meeting, {"state": "live"}, {"leader": ("rooms.admit",), "facilitator": ("rooms.admit",)}),
    ),
    refusals=(
        "another_meeting_is_on",
        "answers_alone",
        "cannot_pay",
        "coaches_are_here",
        "coaches_may_come",
        "consent_open",
        "consent_over",
        "enough_questions",
        "enough_rules",
        "item_begun",
        "item_is_done",
        "item_not_now",
        "item_protected",
        "kept_for_the_end",
        "meeting_in_past",
        "meeting_is_over",
        "meeting_is_skipped",
        "meeting_not_planned",
        "no_answers",
        "no_meeting_on",
        "no_next_meeting",
        "no_rules_yet",
        "no_scores",
        "no_turn_to_pass",
        "not_enough_minutes",
        "not_for_all",
        "not_on_this_agenda",
        "nothing_asked",
        "nothing_to_agree",
        "nothing_to_score",
        "on_agenda",
        "role_is_claimed",
        "role_is_held",
        "role_not_yours",
        "round_is_on",
        "rule_is_agreed",
        "rule_not_in_force",
        "rules_moved_on",
        "scores_alone",
        "takes_no_part",
        "term_there",
        "too_early_to_start",
        "words_changed",
    ),
    in_record=meetings,
)

# When the room meets, and about what

TOOL.rule(messages.AddMeeting, needs="meetings.plan")(rules.add_meeting)
TOOL.rule(messages.SetSeries, needs="meetings.series")(rules.set_series)
TOOL.rule(messages.EndSeries, needs="meetings.series")(rules.end_series)
TOOL.rule(messages.SetMeeting, needs="meetings.plan")(rules.set_meeting)
TOOL.rule(messages.MoveMeeting, needs="meetings.plan")(rules.move_meeting)
TOOL.rule(messages.SkipMeeting, needs="meetings.plan")(rules.skip_meeting)
TOOL.rule(messages.UnskipMeeting, needs="meetings.plan")(rules.unskip_meeting)
TOOL.rule(messages.PlanAhead, needs=INTERNAL)(rules.plan_ahead)
TOOL.rule(messages.SetAgenda, needs="meetings.plan")(rules.set_agenda)
TOOL.rule(messages.CopyAgenda, needs="meetings.plan")(rules.copy_agenda)
TOOL.rule(messages.AddItem, needs="meetings.plan")(rules.add_item)
TOOL.rule(messages.SetItem, needs="meetings.plan")(rules.set_item)
TOOL.rule(messages.MoveItem, needs="meetings.plan")(rules.move_item)
TOOL.rule(messages.RemoveItem, needs="meetings.plan")(rules.remove_item)
TOOL.rule(messages.RestoreItem, needs="meetings.plan")(rules.restore_item)
TOOL.deadlines.append(Deadline(rows.Series, lambda series: messages.PlanAhead()))

# The hour

TOOL.rule(messages.StartMeeting, needs="meetings.pace")(rules.start_meeting)
TOOL.rule(messages.StartWithoutCoaches, needs="meetings.contribute")(rules.start_without_coaches)
TOOL.rule(messages.StartItem, needs="meetings.pace")(rules.start_item)
TOOL.rule(messages.Pause, needs="meetings.extend")(rules.pause)
TOOL.rule(messages.Resume, needs="meetings.extend")(rules.resume)
TOOL.rule(messages.ExtendItem, needs="meetings.extend")(rules.extend_item)
TOOL.rule(messages.EndMeeting, needs="meetings.pace")(rules.end_meeting)
TOOL.rule(messages.StopHere, needs="meetings.pace")(rules.stop_here)
TOOL.rule(messages.CallTime, needs=INTERNAL)(rules.call_time)


def _time_up(item: Row) -> messages.CallTime:
    return messages.CallTime(item_id=item.id)


TOOL.deadlines.append(Deadline(rows.Item, _time_up))

# Who holds which meeting role

TOOL.rule(messages.HandOver, needs="meetings.contribute")(rules.hand_over)
TOOL.rule(messages.TakeRole, needs="meetings.contribute")(rules.take_role)
TOOL.rule(messages.ClaimRole, needs="meetings.contribute")(rules.claim_role)
TOOL.rule(messages.OfferRole, needs="meetings.coach")(rules.offer_role)
TOOL.rule(messages.DeclineRole, needs="meetings.contribute", reads=rules.the_declined)(rules.decline_role)
TOOL.rule(messages.SuggestRole, needs="meetings.coach")(rules.suggest_role)
TOOL.rule(messages.SetDataPartner, needs="meetings.coach")(rules.set_data_partner)
TOOL.rule(messages.SetPreference, needs="meetings.contribute")(rules.set_preference)

# Hands, turns, and who is ready
TOOL.rule(messages.RaiseHand, needs="meetings.contribute")(rules.raise_hand)
TOOL.rule(messages.LowerHand, needs="meetings.contribute")(rules.lower_hand)
TOOL.rule(messages.GiveTurn, needs="meetings.turns")(rules.give_turn)
TOOL.rule(messages.StartRound, needs="meetings.turns")(rules.start_round)
TOOL.rule(messages.NextTurn, needs="meetings.contribute")(rules.next_turn)
TOOL.rule(messages.PassTurn, needs="meetings.contribute")(rules.pass_turn)
TOOL.rule(messages.EndRound, needs="meetings.turns")(rules.end_round)
TOOL.rule(messages.SetReady, needs="meetings.contribute")(rules.set_ready)

# What a meeting leaves behind
TOOL.rule(messages.AddAction, needs="meetings.contribute")(rules.add_action)
TOOL.rule(messages.EditAction, needs="meetings.contribute")(rules.edit_action)
TOOL.rule(messages.SetAction, needs="meetings.contribute")(rules.set_action)
TOOL.rule(messages.AnswerAction, needs="meetings.answer")(rules.answer_action)
TOOL.rule(messages.RemoveAction, needs="meetings.contribute")(rules.remove_action)
TOOL.rule(messages.RestoreAction, needs="meetings.contribute")(rules.restore_action)
TOOL.rule(messages.AddDecision, needs="meetings.record")(rules.add_decision)
TOOL.rule(messages.EditDecision, needs="meetings.record")(rules.edit_decision)
TOOL.rule(messages.SetDecision, needs="meetings.record")(rules.set_decision)
TOOL.rule(messages.RemoveDecision, needs="meetings.record")(rules.remove_decision)
TOOL.rule(messages.RestoreDecision, needs="meetings.record")(rules.restore_decision)
TOOL.rule(messages.AddParked, needs="meetings.contribute")(rules.add_parked)
TOOL.rule(messages.EditParked, needs="meetings.contribute")(rules.edit_parked)
TOOL.rule(messages.SetParked, needs="meetings.park")(rules.set_parked)
TOOL.rule(messages.ScheduleParked, needs="meetings.park")(rules.schedule_parked)
TOOL.rule(messages.RemoveParked, needs="meetings.contribute")(rules.remove_parked)
TOOL.rule(messages.RestoreParked, needs="meetings.contribute")(rules.restore_parked)

# How good it was: without a name
_MY_SCORE = paper.reads_mine("meeting_id", whose="for_id")
_ALL_SCORES = paper.reads_all("meeting_id")
TOOL.rule(messages.OpenScore, needs="meetings.ask")(rules.open_score)
TOOL.rule(messages.GiveScore, needs="meetings.contribute", reads=_MY_SCORE)(rules.give_score)
TOOL.rule(messages.TakeBackScore, needs="meetings.contribute")(rules.take_back_score)
TOOL.rule(messages.RevealScores, needs="meetings.ask", reads=_ALL_SCORES)(rules.reveal_scores)
TOOL.rule(messages.ForgetScores, needs=INTERNAL)(rules.forget_scores)
TOOL.deadlines.append(Deadline(rows.Score, forgotten))

# What the room agrees
TOOL.rule(messages.ProposeRule, needs="meetings.contribute")(rules.propose_rule)
TOOL.rule(messages.EditRule, needs="meetings.contribute")(rules.edit_rule)
TOOL.rule(messages.WithdrawRule, needs="meetings.contribute")(rules.withdraw_rule)
TOOL.rule(messages.SetRuleGoing, needs="meetings.contribute")(rules.set_rule_going)
TOOL.rule(messages.AgreeRules, needs="meetings.ask")(rules.agree_rules)
TOOL.rule(messages.ReadOutRule, needs="meetings.read_out")(rules.read_out_rule)
TOOL.rule(messages.AskConsent, needs="meetings.ask")(rules.ask_consent)
TOOL.rule(messages.AnswerConsent, needs="meetings.contribute")(rules.answer_consent)
TOOL.rule(messages.ShowConsent, needs="meetings.ask")(rules.show_consent)

# What words mean, and who wonders
TOOL.rule(messages.AddTerm, needs="meetings.contribute")(rules.add_term)
TOOL.rule(messages.SetTerm, needs="meetings.contribute")(rules.set_term)
TOOL.rule(messages.RemoveTerm, needs="meetings.contribute")(rules.remove_term)
TOOL.rule(messages.RestoreTerm, needs="meetings.contribute")(rules.restore_term)
TOOL.rule(messages.AskWhat, needs="meetings.contribute")(rules.ask_what)
TOOL.rule(messages.CloseQuestion, needs="meetings.ask")(rules.close_question)
