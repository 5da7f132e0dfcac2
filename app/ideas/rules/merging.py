"""Two ideas that are the same become one when those whose ideas they are say so, and two again when somebody asks."""

from collections.abc import Iterable, Iterator, Sequence

from app.ideas.messages import AnswerMerge, AskMerge, MergeAnswered, MergeAsked, MergeUndone, UndoMerge
from app.ideas.rows import Before, Idea, Merge, advanced, all_in
from app.ideas.rules.words import RECORD, refuse_unless_recording, refuse_unless_shown
from app.rooms.attendance import Attendance
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member

GOES_INTO = ("raw", "clarified", "on_ballot", "selected", "not_now")
TAKES_IN = (*GOES_INTO, "testing", "adopted", "adapted")


def ask_merge(room: Room, command: AskMerge, ask: Ask) -> Change:
    """The asker's own yes is said by asking."""
    ids = tuple(dict.fromkeys(command.idea_ids))
    if command.into_id in ids:
        raise Refusal("bad_command", field="idea_ids", reason="into_itself")
    into, others = _candidates(room, command.into_id, ids)
    if any({merge.into_id, *merge.idea_ids} & {into.id, *ids} for merge in room.where(Merge, state="asked")):
        raise Refusal("merge_asked")
    proposers = [idea.proposer for idea in (into, *others)]
    merge = ask.new(
        Merge,
        id=room.free(Merge, command.merge_id),
        into_id=into.id,
        idea_ids=ids,
        asked_by=ask.who.member_id,
        waiting=tuple(dict.fromkeys(id for id in proposers if id is not None and id != ask.who.member_id)),
        nobodys=None in proposers and not ask.who.may(RECORD),
    )
    return Change(MergeAsked(merge_id=merge.id), puts=_made_if_agreed(room, merge, ask))


def answer_merge(room: Room, command: AnswerMerge, ask: Ask) -> Change:
    merge = room.get(Merge, command.merge_id)
    fact = MergeAnswered(merge_id=merge.id, agrees=command.agrees)
    if merge.state != "asked":
        if (merge.state == "merged") == command.agrees:
            return Change(fact)
        raise Refusal("merge_settled")
    speaks_for = command.for_id or ask.who.member_id
    if command.for_nobody:
        refuse_unless_recording(ask)
        agreed = merge.but(nobodys=False)
    elif speaks_for in merge.waiting:
        agreed = _said_yes(room, merge, speaks_for, ask)
    elif command.agrees or merge.asked_by != ask.who.member_id:
        # Who has asked may also ask no more.
        raise Refusal("not_asked_for_merge")
    else:
        agreed = merge
    if not command.agrees:
        return Change(fact, puts=(merge.but(state="declined", settled_by=ask.who.member_id),))
    return Change(fact, puts=_made_if_agreed(room, agreed, ask))


def undo_merge(room: Room, command: UndoMerge, ask: Ask) -> Change:
    """Also much later: each idea has kept its words, its people and its steps."""
    merge = room.get(Merge, command.merge_id)
    fact = MergeUndone(merge_id=merge.id)
    if merge.state == "undone":
        return Change(fact)
    if merge.state != "merged":
        raise Refusal("merge_settled")
    into = room.get(Idea, merge.into_id, removed=True)
    ideas = [room.get(Idea, before.idea_id, removed=True) for before in merge.before]
    people = {idea.proposer for idea in (into, *ideas)} | {idea.author_id for idea in (into, *ideas)}
    if ask.who.member_id not in (merge.asked_by, *people):
        refuse_unless_recording(ask)
    taken = {idea.letter for idea in room.where(Idea) if idea.state != "merged"}
    apart: list[Row] = []
    for idea, before in zip(ideas, merge.before, strict=True):
        if idea.merged_into == into.id:
            letter = before.letter if before.letter not in taken else None
            apart += _apart(idea, into, before, letter, ask)
    undone = merge.but(state="undone", settled_by=ask.who.member_id)
    return Change(fact, puts=(undone, *apart, *_credited(room, into, apart)))


def drop_asked(room: Room, idea: Idea, ask: Ask) -> Iterator[Merge]:
    """Nobody need answer about an idea that is taken away."""
    for merge in room.where(Merge, state="asked"):
        if idea.id in (merge.into_id, *merge.idea_ids):
            yield merge.but(state="declined", settled_by=ask.who.member_id)


def _said_yes(room: Room, merge: Merge, member_id: str, ask: Ask) -> Merge:
    """One yes more; where somebody else says it, that is marked."""
    waiting = tuple(id for id in merge.waiting if id != member_id)
    if member_id == ask.who.member_id:
        return merge.but(waiting=waiting)
    refuse_unless_recording(ask)
    if _answers_here(room, member_id):
        raise Refusal("answers_for_themselves")
    return merge.but(waiting=waiting, spoken_for=(*merge.spoken_for, member_id))


def _answers_here(room: Room, member_id: str) -> bool:
    """Whether somebody is here, with a device to answer on."""
    member = room.find(Member, member_id)
    if member is None or member.state != "active" or member.without_device:
        return False
    return any(row.is_open and not row.by_phone for row in room.where(Attendance, member_id=member_id))


def _candidates(room: Room, into_id: str, ids: Sequence[str]) -> tuple[Idea, list[Idea]]:
    """The ideas as they are, when they can become one."""
    into, others = room.get(Idea, into_id), [room.get(Idea, id) for id in ids]
    for idea in (into, *others):
        refuse_unless_shown(idea)
        if idea.state not in (TAKES_IN if idea is into else GOES_INTO):
            raise Refusal("idea_elsewhere", state=idea.state)
    return into, others


def _made_if_agreed(room: Room, merge: Merge, ask: Ask) -> tuple[Row, ...]:
    if merge.waiting or merge.nobodys:
        return (merge,)
    into, others = _candidates(room, merge.into_id, merge.idea_ids)
    before = tuple(Before(idea_id=idea.id, state=idea.state, letter=idea.letter) for idea in others)
    made = merge.but(state="merged", settled_by=ask.who.member_id, before=before)
    steps = [
        row
        for idea in others
        for row in advanced(idea.but(merged_into=into.id, letter=None, state="merged"), "merged", ask)
    ]
    return (made, *steps, *_credited(room, into, steps))


def _apart(idea: Idea, into: Idea, before: Before, letter: str | None, ask: Ask) -> tuple[Row, ...]:
    """An idea of its own again; on a ballot only while the other one still is."""
    is_over = before.state == "on_ballot" and into.state != "on_ballot"
    state = "clarified" if is_over else before.state
    return advanced(idea.but(merged_into=None, letter=letter, state=state), state, ask)


def _credited(room: Room, idea: Idea, changed: Iterable[Row]) -> Iterator[Idea]:
    """The idea, and what it has gone into itself, with everybody's names who is behind it now."""
    now = {row.id: row for row in changed if isinstance(row, Idea)}
    above: Idea | None = idea
    while above is not None:
        behind = (child.proposer for child in all_in(room, above.id, now))
        names = dict.fromkeys(id for id in behind if id is not None and id != above.proposer)
        yield from above.but(credited=tuple(names)).unless(above)
        above = room.find(Idea, above.merged_into) if above.merged_into else None
