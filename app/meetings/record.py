"""What a room's printed record tells of its meetings: each that was held, the newest first, and what is still open."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.board.rows import Card
from app.meetings.rows import Action, Decision, Held, Item, Meeting, Parked, Score
from app.roadmap.methods import METHODS
from app.rooms.attendance import PATIENTS, Attended
from app.rooms.kernel import Section, Standing
from app.rooms.method import Method
from app.rooms.rows import Member, RoomInfo
from app.words import catalogue

MINUTE = 60_000


def meetings(room: Standing) -> Iterable[Section]:
    (info,) = room.where(RoomInfo)
    zone = ZoneInfo(info.timezone)
    names = {member.id: member.name for member in room.where(Member)}
    held = [meeting for meeting in room.where(Meeting) if meeting.started_at is not None]
    if held:
        yield Section("meetings.close.meetings")
    for meeting in sorted(held, key=lambda meeting: str(meeting.started_at), reverse=True):
        when = _when(meeting.started_at or meeting.starts_at, zone)
        yield Section(when, tuple(_of(room, meeting, names, zone)), level=3)
    # What a meeting promised stands with it; here is what was written down between meetings, and all that is open.
    between = tuple(_decision(decision) for decision in _there(room.where(Decision)) if decision.meeting_id is None)
    if between:
        yield Section("meetings.close.other_decisions", between)
    open_actions = tuple(_action(room, action, names, zone) for action in _there(room.where(Action, state="open")))
    if open_actions:
        yield Section("meetings.close.open_actions", open_actions)
    waiting = tuple(_parked(room, parked) for parked in _there(room.where(Parked)) if parked.state == "parked")
    if waiting:
        yield Section("rooms.place_parked", waiting)


def _of(room: Standing, meeting: Meeting, names: dict[str, str], zone: ZoneInfo) -> Iterator[str]:
    if meeting.objective:
        yield f"{_say('objective')} {meeting.objective}"
    day = (meeting.started_at or meeting.starts_at).astimezone(zone).date().isoformat()
    yield from _who_came(room, meeting, day)
    for held in _there(room.where(Held, meeting_id=meeting.id)):
        yield f"{catalogue()[f'rooms.role_{held.role}']}: {names.get(held.member_id, '')}"
    if meeting.is_stopped:
        yield _say("was_stopped")
    items = sorted(_there(room.where(Item, meeting_id=meeting.id)), key=lambda item: (item.rank, item.id))
    for number, item in enumerate(items, 1):
        took = _say("not_begun") if item.state == "left" and not item.spent_ms else _minutes(item.spent_ms)
        yield f"{number}. {item.title}: {_say('planned_and_took', planned=item.minutes, took=took)}"
    for decision in _there(room.where(Decision)):
        if decision.meeting_id == meeting.id:
            yield f"{_say('decided')}: {_decision(decision)}"
    for action in _there(room.where(Action)):
        if action.meeting_id == meeting.id:
            yield f"{_say('action')}: {_action(room, action, names, zone)}"
    for parked in _there(room.where(Parked)):
        if parked.meeting_id == meeting.id:
            yield f"{_say('parked')}: {_parked(room, parked)}"
    for score in room.where(Score):
        if score.id == meeting.id and score.state == "revealed" and score.given:
            yield _score(score)


def _who_came(room: Standing, meeting: Meeting, day: str) -> Iterator[str]:
    """How many, and from where: in numbers, and no number that would be a name."""
    counts = room.where(Attended, meeting_id=meeting.id)
    if not counts:
        counts = tuple(row for row in room.where(Attended) if (row.meeting_id, row.day) == (None, day))
    yield _say("people_came", count=sum(row.count for row in counts if row.by == "all"))
    (info,) = room.where(RoomInfo)
    voices = {voice.key: voice.title for voice in _method(info).voices}
    voices[PATIENTS[0]] = catalogue()["rooms.wall_patients"]
    for by in ("voice", "microsystem"):
        of: Counter[str | None] = Counter()
        for row in counts:
            of[row.key] += row.count if row.by == by else 0
        named = [f"{voices.get(key, key)} {count}" for key, count in of.most_common() if key is not None and count]
        if named:
            others = [_say("came_others", count=of[None])] if of[None] else []
            yield f"{_say(f'came_by_{by}')} {', '.join((*named, *others))}"


def _method(info: RoomInfo) -> Method:
    return next(method for method in METHODS if (method.key, method.version) == (info.method, info.method_version))


def _score(score: Score) -> str:
    """Of one score alone the number only: its mean would be somebody's."""
    if score.mean is None:
        return _say("scores", count=score.given)
    return _say("scored", mean=f"{score.mean:.1f}", count=score.given)


def _there(rows: Iterable[Any]) -> Iterator[Any]:
    return (row for row in rows if row.removed_at is None)


def _decision(decision: Decision) -> str:
    said = [_text(decision.text), _say(f"by_{decision.method}")]
    if decision.dissent:
        said.append(f"{_say('not_agreed')} {decision.dissent}")
    if decision.review_on:
        said.append(_say("look_again", day=_day(decision.review_on)))
    return " · ".join(said)


def _action(room: Standing, action: Action, names: dict[str, str], zone: ZoneInfo) -> str:
    said = [_text(action.text), names.get(action.member_id, "")]
    said.append(_due(room, action, zone) if action.state == "open" else _say(action.state))
    if action.carried:
        said.append(_say("carried", count=action.carried))
    if action.sponsor_ask:
        said.append(_say("asked_of_sponsor"))
    return " · ".join(said)


def _due(room: Standing, action: Action, zone: ZoneInfo) -> str:
    if action.due_on:
        return _say("by_day", day=_day(action.due_on))
    for meeting in room.where(Meeting):
        if meeting.id == action.due_meeting_id:
            return _say("by_day", day=_day(meeting.starts_at.astimezone(zone).date().isoformat()))
    return _say("by_next")


def _parked(room: Standing, parked: Parked) -> str:
    if parked.card_id is None:
        return _text(parked.text)
    return next((_text(card.text) for card in room.where(Card) if card.id == parked.card_id), _text(None))


def _text(text: str | None) -> str:
    return text if text is not None else catalogue()["board.record_gone"]


def _minutes(ms: int) -> str:
    return _say("minutes", count=round(ms / MINUTE))


def _day(text: str) -> str:
    """10 December 2026; a day that no calendar has as it was written."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def _when(moment: datetime, zone: ZoneInfo) -> str:
    """Thursday 26 November 2026, 12:30"""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def _say(code: str, **params: Any) -> str:
    words = catalogue()
    plural = f"meetings.close.{code}.{'one' if params.get('count') == 1 else 'other'}"
    return words.get(plural, words.get(f"meetings.close.{code}", code)).format(**params)
