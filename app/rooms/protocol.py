"""The protocol as data, made from what the tools declare."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from app.rooms import values
from app.rooms.connection import BAD_A_MINUTE, FLOOD_A_MINUTE
from app.rooms.frames import FRAME_LIMIT, Do, Ping, Presence
from app.rooms.kernel import Message, Row
from app.rooms.registry import Registry

VERSION = 1
REFUSALS = (
    "bad_command",
    "unknown_command",
    "not_allowed",
    "not_found",
    "exists",
    "removed",
    "locked",
    "id_taken",
    "last_coach",
    "not_possible",
)
FAILURES = ("storage", "too_many", "restarting")
LIMITS = {
    "name": values.NAME,
    "title": values.TITLE,
    "card": values.CARD,
    "note": values.NOTE,
    "frame_bytes": FRAME_LIMIT,
    "bad_messages_a_minute": BAD_A_MINUTE,
    "refused_for_rate_a_minute": FLOOD_A_MINUTE,
}


class Plain(GenerateJsonSchema):
    """Schemas without a title on each field, so that generated types are named after models only."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def protocol(registry: Registry) -> dict[str, Any]:
    """What `GET /api/protocol.json` serves: only what exists."""
    return {
        "version": VERSION,
        "commands": {
            name: {
                "needs": rule.needs,
                "internal": rule.is_internal,
                "tool": rule.tool,
                "schema": _schema(rule.command),
            }
            for name, rule in sorted(registry.rules.items())
        },
        "facts": {
            fact.wire_type(): {"undone_by": fact.undone_by, "schema": _schema(fact, "serialization")}
            for fact in registry.facts
        },
        "rows": {noun: _schema(wire_model(kind), "serialization") for noun, kind in sorted(registry.kinds.items())},
        "permissions": {
            permission: sorted(grantee for grantee, held in registry.grants.items() if permission in held)
            for permission in sorted(frozenset().union(*registry.grants.values()))
        },
        "grants_while": _grants_while(registry),
        "refusals": sorted({*REFUSALS, *(code for tool in registry.tools for code in tool.refusals)}),
        "failures": FAILURES,
        "limits": LIMITS,
    }


def _grants_while(registry: Registry) -> list[dict[str, Any]]:
    """What meeting roles carry besides while there is such a row."""
    return [
        {
            "row": granted.kind.noun,
            "is": dict(granted.so),
            "grants": {role: list(g) for role, g in granted.grants.items()},
        }
        for granted in registry.grants_while
    ]


def wire(registry: Registry) -> dict[str, Any]:
    """What the browser's types are generated from: one JSON Schema, the grants and the limits."""
    commands = tuple(rule.command for _, rule in sorted(registry.rules.items()) if not rule.is_internal)
    facts = tuple(sorted(registry.facts, key=lambda fact: fact.wire_type()))
    fields: Any = {noun: (wire_model(kind), ...) for noun, kind in sorted(registry.kinds.items())}
    rows: Any = create_model("Rows", **fields)
    whole = create_model(
        "Wire",
        Command=(_any_of(commands), ...),
        Fact=(_any_of(facts), ...),
        Rows=(rows, ...),
        ClientMessage=(Do | Presence | Ping, ...),
    )
    return {
        "schema": _schema(whole, "serialization"),
        "grants": {grantee: sorted(held) for grantee, held in registry.grants.items()},
        "grants_while": _grants_while(registry),
        "limits": LIMITS,
    }


def wire_model(kind: type[Row]) -> type[Message]:
    """A row as it leaves the server."""
    fields: Any = {
        on_wire: (kind.model_fields[name].rebuild_annotation(), ...) for name, on_wire in kind.wire_names().items()
    }
    return create_model(kind.__name__, __base__=Message, __doc__=kind.__doc__, **fields)


def _any_of(models: Iterable[type[Message]]) -> Any:
    return reduce(or_, models)


def _schema(model: Any, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    return TypeAdapter(model).json_schema(mode=mode, schema_generator=Plain, ref_template="#/$defs/{model}")
