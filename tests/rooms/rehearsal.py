"""A room on paper: commands go in, the rules decide, changes come out. Nothing is stored or sent."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from app.rooms.hush import refuse_held
from app.rooms.kernel import INTERNAL, SERVER, Ask, Change, Refusal, Row, Rule, Who
from app.rooms.paper import Paper
from app.rooms.room import Replica, View
from app.rooms.unsigned import Keyed
from app.rooms.values import id_from
from app.tools import registry

R = TypeVar("R", bound=Row)

NOON = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
ROOM, ANNE, RALPH, MAYA, TOM, PAUL, ROSA = (
    id_from(name) for name in ("room", "anne", "ralph", "maya", "tom", "paul", "rosa")
)
NOBODY = id_from("nobody")


class Rehearsal:
    """Anne, a coach, has just made a room. Others come by `joins`."""

    def __init__(self, method: str = "flow_roadmap") -> None:
        self.registry = registry()
        self.replica = Replica(ROOM)
        self.at = NOON
        self.made = self.say(
            None, "rooms.make_room", name="Sepsis pathway", method=method, member_id=ANNE, coach_name="Anne"
        )

    def say(self, by: str | None, type: str, /, **fields: Any) -> Change:
        """One command by a member (None: the server); what it changes stands afterwards."""
        command = self.registry.parse({"type": type, **fields})
        rule = self.registry.rules[type]
        who = self._who(by, rule)
        given = self.registry.newest_method(fields["method"]) if type == "rooms.make_room" else None
        ask = Ask(who=who, at=self.at, command_id=id_from(self.replica.seq), given=given)
        room = View(self.replica, who, self.registry)
        change = rule.decide(room, command, ask)
        refuse_held(room, who, change, tuple(viewer.who for viewer in self.registry.viewers()))
        if given:
            rows = [row for tool in self.registry.tools if tool.on_room_made for row in tool.on_room_made(given, ask)]
            change = Change(change.fact, puts=(*change.puts, *rows))
        self._keys(change)
        self.replica.change(change.puts, change.drops)
        self.replica.seq += 1
        self.at += timedelta(seconds=1)
        return change

    def refused(self, by: str | None, type: str, /, **fields: Any) -> tuple[str, dict[str, Any]]:
        """The code and the parameters with which this command is refused."""
        with pytest.raises(Refusal) as no:
            self.say(by, type, **fields)
        return no.value.code, no.value.params

    def joins(self, id: str, part: str = "member", name: str = "Somebody", **fields: Any) -> None:
        link = id_from("link", id, self.replica.seq)
        self.say(ANNE, "rooms.make_invitation", invitation_id=link, part=part)
        self.say(None, "rooms.join", member_id=id, invitation_id=link, name=name, **fields)

    def attend(self, *ids: str, since: datetime | None = None) -> Change:
        """They are connected, since now or since then, and the server notices all of them at once."""
        at = (since or self.at).isoformat()
        return self.say(None, "rooms.attend", came=[{"member_id": id, "since": at} for id in ids])

    def holds(self, role: str, id: str | None) -> None:
        self.say(ANNE, "rooms.assign_role", role=role, member_id=id)

    def row(self, kind: type[R], id: str) -> R:
        found = self.replica.find(kind, id)
        assert found is not None
        return found

    def _keys(self, change: Change) -> None:
        """As dispatch does: each open capture, box or question has a key; without it a box has no papers."""
        for keyed in (row for row in change.puts if isinstance(row, Keyed)):
            self.replica.keys.pop(keyed.id, None)
            if keyed.is_open:
                self.replica.keys[keyed.id] = keyed.id.encode()
        for paper in self.replica.where(Paper):
            if paper.box_id not in self.replica.keys:
                self.replica.drop(Paper, paper.id)

    def _who(self, by: str | None, rule: Rule) -> Who:
        if rule.needs == INTERNAL:
            return SERVER
        who = self.registry.who(self.replica, by)
        if who is None or not who.may(rule.needs):
            raise Refusal("not_allowed", needs=rule.needs)
        return who
