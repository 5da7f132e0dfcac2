"""Who may → prepare → rule: what a group of commands decides, over rows that are not yet stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog

from app.rooms.capture import Capture, Captured
from app.rooms.clock import Clock
from app.rooms.hush import is_held, refuse_held
from app.rooms.kernel import INTERNAL, Ask, Change, Command, Refusal, Row, Rule, Who
from app.rooms.log import EVERYBODY, Entry, Put, dumps, wire_json
from app.rooms.messages import ImportRoom, MakeRoom
from app.rooms.paper import Box, Paper, all_opened
from app.rooms.registry import Registry
from app.rooms.room import Overlay, Rows, View
from app.rooms.rows import MeetingRole, Member
from app.rooms.unsigned import NO_NAME, Keyed, new_key, receipt
from app.rooms.values import id_from

log = structlog.get_logger()

ReadRows = Callable[[type[Row], dict[str, Any]], Iterable[Row]]
"""Reads unlogged rows from SQL, by the values of some fields, inside the group's transaction."""


@dataclass(frozen=True, slots=True)
class Acked:
    """Stored for good, as entry `seq`."""

    id: str
    seq: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Final: a retry gets the same."""

    id: str
    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """Unknown or not now: send the same id again after `retry_ms`."""

    id: str
    code: str
    retry_ms: int


Answer = Acked | Refused | Failed


@dataclass(frozen=True, slots=True)
class Request:
    """One command on its way to the writer. `by` None is the server itself."""

    room_id: str
    id: str
    command: Command
    by: str | None
    answer: Callable[[Answer], None]
    """Called once, on the event loop, after the rows have reached the replica there."""
    internal: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """What is known of a command that is stored already: its seq, and from whom it came."""

    seq: int
    by: str | None
    receipt: str | None = None
    """In place of `by` where it came without a name."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """What had a key ends with entry `seq`: key and papers go, and from the log what tells who wrote what, and when."""

    capture_id: str
    began: int
    seq: int
    rows: frozenset[str]
    """Those of which no earlier payload is kept."""


@dataclass
class Group:
    """What waits for one room: the overlay its commands grow, their entries and their answers."""

    overlay: Overlay
    known: dict[str, First]
    read_rows: ReadRows
    read_shelf: Callable[[], Iterable[Row]]
    """Reads what was put away from SQL, inside the group's transaction."""
    seq: int
    epoch: str
    entries: list[Entry] = field(default_factory=list)
    erased: list[tuple[int, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """Captures and the like that begin, whose keys the overlay has."""
    reveals: list[Reveal] = field(default_factory=list)
    answers: list[tuple[Request, Answer]] = field(default_factory=list)


class Dispatch:
    """Decides commands. Touches no SQL, no socket and no loop: the writer stores what it decided."""

    def __init__(self, registry: Registry, clock: Clock) -> None:
        self.registry = registry
        self._clock = clock

    def decide(self, group: Group, request: Request) -> None:
        """Answer one request within its group; a Change grows the overlay and the entries."""
        first = group.known.get(request.id)
        if first is not None:
            group.answers.append((request, self._again(group, request, first)))
            return
        try:
            entry = self._entry(group, request)
        except Refusal as no:
            group.answers.append((request, Refused(request.id, no.code, no.params)))
            return
        except Exception:
            # Nobody foresaw it: told to the log once and to the person, and the others in the group go on.
            log.exception("rule_broke", room=request.room_id, seq=group.seq, command=request.id)
            group.answers.append((request, Refused(request.id, "not_possible", {})))
            return
        group.seq = entry.seq
        group.epoch = entry.epoch or group.epoch
        group.entries.append(entry)
        group.known[request.id] = First(entry.seq, entry.by, entry.receipt)
        group.answers.append((request, Acked(request.id, entry.seq)))

    def _again(self, group: Group, request: Request, first: First) -> Answer:
        if first.receipt is None:
            is_same = first.by == request.by
        else:
            capture_id, _, kept = first.receipt.partition(":")
            # After the reveal nobody knows any more from whom it came; the id alone is known to nobody else.
            is_same = not kept or first.receipt == self._receipt(group.overlay, capture_id, request)
        return Acked(request.id, first.seq) if is_same else Refused(request.id, "id_taken", {})

    def _receipt(self, overlay: Overlay, capture_id: str, request: Request) -> str | None:
        key = overlay.keys.get(capture_id)
        return None if key is None else receipt(key, capture_id, request.by or "", request.id)

    def _entry(self, group: Group, request: Request) -> Entry:
        rule = self.registry.rules[request.command.wire_type()]
        who = self._who(group.overlay, request, rule)
        rows = group.overlay.with_shelf(group.read_shelf()) if rule.reads_shelf else group.overlay
        room = View(rows, who, self.registry)
        self._bring_private(group, rule, room, request, who)
        given = rule.prepare(room, request.command, who) if rule.prepare else None
        if isinstance(request.command, MakeRoom):
            given = self.registry.newest_method(request.command.method)
        ask = Ask(who=who, at=self._clock.now(), command_id=request.id, given=given)
        change = rule.decide(room, request.command, ask)
        if isinstance(request.command, MakeRoom):
            change = self._with_tools(change, ask)
        self._refuse_locked(group.overlay, rule, change)
        self._refuse_put_away(group, change)
        if is_held(room, who):
            refuse_held(room, who, change, tuple(viewer.who for viewer in self.registry.viewers()))
        signed_under = room.used or self._new_under(who, change)
        return self._store(group, request, ask, change, signed_under)

    def _new_under(self, who: Who, change: Change) -> str | None:
        """The capture in which this change puts something of the asker's without their name."""
        mine = (row for row in change.puts if isinstance(row, Captured) and row.owner_id in who.aliases)
        return next((row.capture_id for row in mine), None)

    def _who(self, overlay: Overlay, request: Request, rule: Rule) -> Who:
        if rule.is_internal and not request.internal:
            raise Refusal("not_allowed", needs=INTERNAL)
        if rule.needs == INTERNAL:
            return Who(request.by)
        who = self.registry.who(overlay, request.by)
        if who is None or not who.may(rule.needs):
            raise Refusal("not_allowed", needs=rule.needs)
        return who

    def _bring_private(self, group: Group, rule: Rule, room: View, request: Request, who: Who) -> None:
        for kind, fields in rule.reads(room, request.command, who) if rule.reads else ():
            if fields.keys() == {"id"} and group.overlay.knows_private(kind, fields["id"]):
                continue
            for row in all_opened(group.read_rows(kind, fields), group.overlay.keys):
                if not group.overlay.knows_private(kind, row.id):
                    group.overlay.bring_private(row)

    def _with_tools(self, change: Change, ask: Ask) -> Change:
        """Entry 1 of a room: what each tool begins with."""
        puts = [row for tool in self.registry.tools if tool.on_room_made for row in tool.on_room_made(ask.given, ask)]
        return Change(change.fact, puts=(*change.puts, *puts))

    def _refuse_locked(self, overlay: Overlay, rule: Rule, change: Change) -> None:
        """A row that another tool's row has locked (a card on an open ballot) is that tool's alone to change.

        The room itself may: words and people are taken out for good, and two entries turn out to be one person.
        """
        if rule.tool == "rooms":
            return
        for row in change.puts:
            before = overlay.find(type(row), row.id)
            if before is not None and before.locked_by is not None:
                holder = self._tool_holding(overlay, before.locked_by)
                if holder not in (None, rule.tool):
                    raise Refusal("locked", by=before.locked_by)

    def _refuse_put_away(self, group: Group, change: Change) -> None:
        """The id of a row that was put away is taken, though nobody sees it."""
        for row in change.puts:
            if not row.shelf or row.is_shelved or group.overlay.find(type(row), row.id) is not None:
                continue
            if any(there.is_shelved for there in group.read_rows(type(row), {"id": row.id})):
                raise Refusal("exists", kind=row.noun)

    def _tool_holding(self, overlay: Overlay, id: str) -> str | None:
        for kind in self.registry.kinds.values():
            if overlay.find(kind, id) is not None:
                return self.registry.tool_of(kind)
        return None

    def _store(self, group: Group, request: Request, ask: Ask, change: Change, capture_id: str | None) -> Entry:
        """What the group will store. Under a capture's alias it is signed with a receipt instead of a name."""
        logged = tuple(row for row in change.puts if row.logged)
        seq = group.seq + 1
        private = tuple(row for row in change.puts if not row.logged)
        resets = self._resets(group.overlay, change)
        self._begin_keys(group, request, change)
        signed = self._receipt(group.overlay, capture_id, request) if capture_id else None
        if change.fact.is_unsigned:
            signed = signed or NO_NAME
        if private and (logged or not signed):
            resets = _with_owners(resets, private, None if signed else request.by)
        closed = self._end_keys(group, seq, change)
        group.overlay.change(change.puts, change.drops)
        self._burn_papers(group.overlay, closed)
        epoch = id_from(request.room_id, seq, ask.command_id) if change.erases else None
        group.erased.extend((seq, row.id) for row in change.erases)
        return Entry(
            seq=seq,
            at=ask.at,
            by=None if signed else request.by,
            command_id=request.id,
            receipt=signed,
            fact=dumps(change.fact.model_dump(mode="json")),
            puts=tuple(Put(row, wire_json(row)) for row in logged),
            drops=(*(drop for drop in change.drops if drop[0].logged), *((Paper, box_id) for box_id in closed)),
            resets=resets,
            private=private,
            epoch=epoch,
            is_audited=change.fact.is_audited,
        )

    def _begin_keys(self, group: Group, request: Request, change: Change) -> None:
        """A capture, box or question that begins gets a key. A box that comes with a copy has lost its papers."""
        for keyed in (row for row in change.puts if isinstance(row, Keyed)):
            before = group.overlay.find(type(keyed), keyed.id)
            begins = keyed.is_open and (before is None or not before.is_open)
            if begins and not (isinstance(keyed, Box) and isinstance(request.command, ImportRoom)):
                group.overlay.keys[keyed.id] = new_key()
                group.opened.append(keyed.id)

    def _end_keys(self, group: Group, seq: int, change: Change) -> tuple[str, ...]:
        """What is revealed, closed or dropped loses its key; gives the boxes among them."""
        boxes: list[str] = []
        for keyed in (row for row in change.puts if isinstance(row, Keyed)):
            before = group.overlay.find(type(keyed), keyed.id)
            if before is not None and before.is_open and not keyed.is_open:
                group.overlay.keys.pop(keyed.id, None)
                group.reveals.append(Reveal(keyed.id, keyed.began, seq, _untold(keyed, change)))
                boxes += [keyed.id] if isinstance(keyed, Box) else []
        for kind, id in (drop for drop in change.drops if drop[1] in group.overlay.keys):
            del group.overlay.keys[id]
            group.reveals.append(Reveal(id, seq, seq, frozenset()))
            boxes += [id] if issubclass(kind, Box) else []
        return tuple(boxes)

    def _burn_papers(self, overlay: Overlay, box_ids: Iterable[str]) -> None:
        """Of a closed box: those of the same group were never stored, the store deletes the others."""
        papers = (paper for box_id in box_ids for paper in overlay.where(Paper, box_id=box_id))
        overlay.change((), tuple((Paper, paper.id) for paper in papers))

    def _resets(self, overlay: Overlay, change: Change) -> tuple[str, ...]:
        """Whose view this change alters in a way that a later resume cannot tell from rows alone."""
        people_go = any(kind is Member for kind, _ in change.drops)
        if people_go or any(self._narrows(overlay.find(type(row), row.id), row) for row in change.puts):
            return (EVERYBODY,)
        after = Overlay(overlay)
        after.change(change.puts, change.drops)
        touched = {row.id for row in change.puts if isinstance(row, Member)}
        touched |= {id for kind, id in change.drops if kind is Member}
        for role in (row for row in change.puts if isinstance(row, MeetingRole)):
            before = overlay.find(MeetingRole, role.id)
            touched |= {holder for holder in (role.member_id, before and before.member_id) if holder}
        if any(isinstance(row, self.registry.granting_kinds) for row in change.puts):
            touched |= {role.member_id for role in overlay.where(MeetingRole) if role.member_id}
        return tuple(sorted(id for id in touched if self._may(overlay, id) != self._may(after, id)))

    def _may(self, room: Rows, member_id: str) -> frozenset[str] | None:
        who = self.registry.who(room, member_id)
        return None if who is None else who.permissions

    def _narrows(self, before: Row | None, after: Row) -> bool:
        if before is None or type(after).seen_by is Row.seen_by:
            return False
        viewers = self.registry.viewers()
        return any(before.seen_by(viewer.who) and not after.seen_by(viewer.who) for viewer in viewers)


def _untold(keyed: Keyed, change: Change) -> frozenset[str]:
    """Of a capture what was taken back; without names also what is shown: earlier payloads say when it was written."""
    if not isinstance(keyed, Capture):
        return frozenset()
    shown = {row.id for row in change.puts if isinstance(row, Captured) and keyed.is_nameless}
    return frozenset(shown | {id for _, id in change.drops})


def _with_owners(resets: tuple[str, ...], private: Iterable[Row], by: str | None) -> tuple[str, ...]:
    """Unlogged rows that changed with something else: who is away learns of theirs by a snapshot, on every process."""
    owners = {row.owner_id for row in private}
    return tuple(sorted({*resets, EVERYBODY if by is None or owners != {by} else by}))
