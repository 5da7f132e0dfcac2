"""All tools taken together: which command has which rule, which rows there are, and who may do what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection

from app.rooms.kernel import SERVER, Command, Counting, Deadline, Fact, Refusal, Row, Rule, Tool, While, Who
from app.rooms.method import Method
from app.rooms.paper import Box
from app.rooms.rows import PARTS, ROLES, MeetingRole, Member, Part
from app.rooms.unsigned import alias

if TYPE_CHECKING:
    from app.rooms.room import Rows

MESSAGE_TYPES = ("do", "presence", "ping")
LIMITS_OF = {"string_too_long": "max_length", "string_too_short": "min_length", "too_long": "max_length"}


@dataclass(frozen=True)
class Viewer:
    """A class of viewers: everybody with these permissions sees the same bytes."""

    permissions: frozenset[str]

    @property
    def who(self) -> Who:
        return Who(member_id=None, part="viewer", permissions=self.permissions)


class Registry:
    """What the tools have declared. Made once at start; nothing is registered afterwards."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self.tools: tuple[Tool, ...] = tuple(tools)
        self.rules: dict[str, Rule] = {rule.command.wire_type(): rule for tool in self.tools for rule in tool.rules}
        self.tables: dict[type[Row], type[Row]] = {
            kind: table for tool in self.tools for kind, table in zip(tool.kinds, tool.tables, strict=True)
        }
        self.kinds: dict[str, type[Row]] = {kind.noun: kind for kind in self.tables}
        self.facts: tuple[type[Fact], ...] = tuple(fact for tool in self.tools for fact in tool.facts)
        self.deadlines: tuple[Deadline, ...] = tuple(due for tool in self.tools for due in tool.deadlines)
        self.methods: dict[tuple[str, int], Method] = {
            (method.key, method.version): method for tool in self.tools for method in tool.methods
        }
        self.grants: dict[str, frozenset[str]] = {
            grantee: frozenset(name for tool in self.tools for name in tool.grants.get(grantee, ()))
            for grantee in (*PARTS, *ROLES)
        }
        self.open_hours = tuple(tool.open_hours for tool in self.tools if tool.open_hours is not None)
        self.grants_while: tuple[While, ...] = tuple(now for tool in self.tools for now in tool.grants_while)
        self.granting_kinds = tuple({granted.kind for granted in self.grants_while})
        """What changes in rows of these kinds may change what the holders of meeting roles may do."""
        self.private_kinds = tuple(kind for kind in self.tables if not kind.logged)
        self.boxes = tuple(kind for kind in self.tables if issubclass(kind, Box))
        self.countings: dict[type[Row], Counting] = {of.kind: of for tool in self.tools for of in tool.countings}
        self._tool_of = {kind: tool.name for tool in self.tools for kind in tool.kinds}
        self._refuse_doubles()

    def _refuse_doubles(self) -> None:
        declared = [rule.command.wire_type() for tool in self.tools for rule in tool.rules]
        nouns = [kind.noun for tool in self.tools for kind in tool.kinds]
        for names in (declared, nouns):
            doubles = {name for name in names if names.count(name) > 1}
            if doubles:
                raise TypeError(f"declared twice: {', '.join(sorted(doubles))}")

    def meeting_now(self, connection: Connection, now: datetime) -> dict[str, datetime]:
        """Rooms whose people are about to come, or are here → until when."""
        return {room_id: until for ask in self.open_hours for room_id, until in ask(connection, now).items()}

    def parse(self, body: Any) -> Command:
        """A command from JSON values; refused `unknown_command` or `bad_command` naming the first wrong field.

        Read as JSON, where even strictly a moment is text and a list is a list.
        """
        name = body.get("type") if isinstance(body, dict) else None
        rule = self.rules.get(name) if isinstance(name, str) else None
        if rule is None:
            raise Refusal("unknown_command", type=name if isinstance(name, str) else "")
        try:
            return rule.command.model_validate_json(orjson.dumps(body))
        except TypeError:
            # Half a character, which JSON can write and UTF-8 cannot hold.
            raise Refusal("bad_command", field="command", reason="string_unicode") from None
        except ValidationError as wrong:
            raise bad_command(wrong) from None

    def who(self, room: "Rows", member_id: str | None) -> Who | None:
        """Who a member is now, by their row and the meeting roles they hold; None once removed or never here."""
        if member_id is None:
            return SERVER
        member = room.find(Member, member_id)
        if member is None or member.state == "removed":
            return None
        if member.state == "waiting":
            return Who(member_id, "waiting")
        roles = frozenset(role.role for role in room.where(MeetingRole, member_id=member_id))
        held = self.permissions(member.part, roles) | self._held_now(room, roles)
        return Who(member_id, member.part, roles, held, aliases(room, member_id))

    def permissions(self, part: Part, roles: Iterable[str] = ()) -> frozenset[str]:
        return frozenset().union(self.grants[part], *(self.grants[role] for role in roles))

    def _held_now(self, room: "Rows", roles: frozenset[str]) -> frozenset[str]:
        """What these meeting roles carry besides, as the room stands."""
        held = (
            granted.grants.get(role, ())
            for role in roles
            for granted in self.grants_while
            if room.where(granted.kind, **granted.so)
        )
        return frozenset().union(*held)

    def newest_method(self, key: str) -> Method:
        versions = [version for found, version in self.methods if found == key]
        if not versions:
            raise Refusal("not_found", kind="method")
        return self.methods[key, max(versions)]

    def tool_of(self, kind: type[Row]) -> str:
        return self._tool_of[kind]

    def viewers(self) -> tuple[Viewer, ...]:
        """One class for each part; meeting roles only add to these."""
        return tuple(Viewer(self.grants[part]) for part in PARTS)


def aliases(room: "Rows", member_id: str) -> frozenset[str]:
    """What a member owns rows by while captures and boxes are open."""
    return frozenset(alias(key, member_id) for key in room.keys.values())


def bad_command(wrong: ValidationError) -> Refusal:
    """The first thing that is wrong, as field, reason and limit: the catalogue has a sentence for each reason."""
    error = wrong.errors(include_url=False, include_input=False)[0]
    # A message of no known type is wrong in its `type`; of a known one, the type is not part of the field's path.
    path = [str(step) for step in error["loc"] if step not in MESSAGE_TYPES] or ["type"]
    params: dict[str, Any] = {"field": ".".join(path), "reason": error["type"]}
    limit = error.get("ctx", {}).get(LIMITS_OF.get(error["type"], ""))
    return Refusal("bad_command", **params, **({} if limit is None else {"limit": limit}))
