"""What a meeting is about: items from a template that fits where the room is, and what was left last time."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from app.meetings.messages import AgendaCopied, AgendaSet, CopyAgenda, SetAgenda
from app.meetings.rows import Item, Meeting
from app.meetings.rules.occurrences import over_at
from app.meetings.rules.templates import FIRST, SHORT, TEMPLATES, Template, TemplateItem, made_for
from app.roadmap.rows import Step
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rank import between
from app.rooms.values import id_from

R = TypeVar("R", bound=Row)
LEAST = 5
"""Minutes that the main work keeps however short the meeting is."""


def set_agenda(room: Room, command: SetAgenda, ask: Ask) -> Change:
    meeting = room.get(Meeting, command.meeting_id)
    refuse_unless_planned(meeting)
    template = fitting(room, meeting)
    if command.template is not None:
        template = TEMPLATES.get(command.template) or _no_such_template()
    before = tuple(item.but(removed_at=ask.at) for item in items_of(room, meeting.id))
    made = tuple(from_template(room, meeting, template, ask, before))
    return Change(
        AgendaSet(meeting_id=meeting.id),
        puts=(*meeting.but(template=template.key).unless(meeting), *before, *made),
    )


def copy_agenda(room: Room, command: CopyAgenda, ask: Ask) -> Change:
    meeting, model = room.get(Meeting, command.meeting_id), room.get(Meeting, command.from_id)
    refuse_unless_planned(meeting)
    fact = AgendaCopied(meeting_id=meeting.id, from_id=model.id)
    if model.id == meeting.id:
        return Change(fact)
    before = tuple(item.but(removed_at=ask.at) for item in items_of(room, meeting.id))
    same = meeting.but(template=model.template)
    return Change(fact, puts=(*same.unless(meeting), *before, *_copied(items_of(room, model.id), meeting, ask)))


def with_agenda(room: Room, meeting: Meeting, ask: Ask, changed: Sequence[Row] = ()) -> tuple[Row, ...]:
    """The meeting with items, if it had none: those of the template that fits, after what was left last time."""
    if items_of(room, meeting.id, changed):
        return ()
    model = _not_held(room, meeting, ask, changed)
    if model is not None:
        said = meeting.but(template=model.template, objective=meeting.objective or model.objective)
        return (said, *_copied(items_of(room, model.id, changed), meeting, ask))
    template = fitting(room, meeting, changed)
    return (meeting.but(template=template.key), *from_template(room, meeting, template, ask, changed))


def _not_held(room: Room, meeting: Meeting, ask: Ask, changed: Sequence[Row]) -> Meeting | None:
    """The meeting before, if it was planned and did not take place: what it was to be about is still to come."""
    meetings = standing(room, Meeting, changed)
    held = max((other.starts_at for other in meetings if other.state in ("live", "ended")), default=None)
    missed = [
        other
        for other in meetings
        if (other.state == "skipped" or (other.state == "planned" and over_at(other) <= ask.at))
        and other.starts_at < meeting.starts_at
        and (held is None or other.starts_at > held)
        and items_of(room, other.id, changed)
    ]
    return max(missed, key=lambda other: other.starts_at, default=None)


def _copied(items: Iterable[Item], meeting: Meeting, ask: Ask) -> Iterator[Item]:
    return (again(item, meeting, item.rank, ask) for item in items)


def fitting(room: Room, meeting: Meeting, changed: Sequence[Row] = ()) -> Template:
    """By how long it is, whether it is the first, and which stage is furthest under way."""
    if meeting.minutes <= SHORT.minutes:
        return SHORT
    steps = room.where(Step)
    under_way = [step.stage for step in steps if step.state == "doing"]
    begun = under_way or [step.stage for step in steps if step.state == "done"]
    template = made_for(begun[-1] if begun else "")
    has_met = any(other.state == "ended" for other in standing(room, Meeting, changed))
    return template if has_met or template.key != "assess" else FIRST


def from_template(
    room: Room, meeting: Meeting, template: Template, ask: Ask, changed: Sequence[Row] = ()
) -> Iterator[Item]:
    """The template's items, before its work what was left last time; no title twice."""
    left = left_over(room, changed)
    carried = {item.title for item in left}
    rank = None
    is_work_reached = False
    for n, planned in enumerate(_stretched(template, meeting.minutes)):
        if planned.meeting_step == "work" and not is_work_reached:
            is_work_reached = True
            for before in left:
                rank = between(rank, None)
                yield again(before, meeting, rank, ask)
        if planned.title not in carried or planned.meeting_step != "work":
            rank = between(rank, None)
            yield ask.new(
                Item,
                id=id_from(ask.command_id, meeting.id, n),
                owner_id=None,
                meeting_id=meeting.id,
                rank=rank,
                seconds=planned.minutes * 60,
                **planned.model_dump(),
            )


def again(item: Item, meeting: Meeting, rank: str, ask: Ask) -> Item:
    """The same item on the agenda of another meeting, not begun."""
    return ask.new(
        Item,
        id=id_from(ask.command_id, meeting.id, item.id),
        owner_id=item.owner_id,
        meeting_id=meeting.id,
        rank=rank,
        title=item.title,
        minutes=item.minutes,
        seconds=item.minutes * 60,
        meeting_step=item.meeting_step,
        lead=item.lead,
        lead_id=item.lead_id,
        tool=item.tool,
        is_story=item.is_story,
        opens=item.opens,
        note=item.note,
        link=item.link,
        carried_from=item.id if item.state == "left" else item.carried_from,
    )


def left_over(room: Room, changed: Sequence[Row] = ()) -> tuple[Item, ...]:
    """Work that the last meeting did not come to, and that is on no other agenda yet."""
    ended = [meeting for meeting in standing(room, Meeting, changed) if meeting.state == "ended"]
    if not ended:
        return ()
    last = max(ended, key=lambda meeting: meeting.ended_at or meeting.starts_at)
    carried = {item.carried_from for item in standing(room, Item, changed)}
    return tuple(
        item
        for item in items_of(room, last.id, changed)
        if item.state == "left" and item.meeting_step == "work" and item.id not in carried
    )


def items_of(room: Room, meeting_id: str, changed: Sequence[Row] = ()) -> tuple[Item, ...]:
    """In the order of the agenda."""
    found = (item for item in standing(room, Item, changed) if item.meeting_id == meeting_id)
    return tuple(sorted(found, key=lambda item: (item.rank, item.id)))


def standing(room: Room, kind: type[R], changed: Iterable[Row] = ()) -> tuple[R, ...]:
    """The rows of a kind that are there once these have changed."""
    rows = {row.id: row for row in room.where(kind)} | {row.id: row for row in changed if isinstance(row, kind)}
    return tuple(row for row in rows.values() if row.removed_at is None)


def refuse_unless_planned(meeting: Meeting) -> None:
    if meeting.state != "planned":
        raise Refusal("meeting_not_planned", state=meeting.state)


def _no_such_template() -> Template:
    raise Refusal("not_found", kind="template")


def _stretched(template: Template, minutes: int) -> Iterator[TemplateItem]:
    """In a meeting of another length the longest work is longer or shorter, as far as that goes."""
    longest = max((item for item in template.items if item.meeting_step == "work"), key=lambda item: item.minutes)
    for item in template.items:
        if item is longest:
            yield item.model_copy(update={"minutes": max(LEAST, item.minutes + minutes - template.minutes)})
        else:
            yield item
