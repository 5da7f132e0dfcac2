"""Plausible commands for any tool, made from the schemas: a new tool is tested without a line of its own here."""

import random
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from app.rooms.kernel import Row
from app.rooms.registry import Registry
from app.rooms.room import Rows

WORDS = ("the", "patient", "waits", "for a bed", "nobody says", "sepsis", "porter", "<b>bold</b>", "naïve", "☂", "名前")
DAY = r"^\d{4}-\d{2}-\d{2}$"
RARE = {"capture_id": 0.1}
SETS = (
    "board.edit",
    "ideas.answer",
    "ideas.clarify",
    "ideas.edit",
    "ideas.move",
    "ideas.need",
    "ideas.re",
    "ideas.set",
    "ideas.undo",
    "board.need",
    "board.set",
    "board.move",
    "board.re",
    "board.choose",
    "board.settle",
    "rooms.remove",
    "bell.lock",
    "bell.empty",
    "rooms.hold",
    "rooms.join",
    "rooms.answer",
    "rooms.read",
    "rooms.release",
    "board.release",
    "meetings.answer",
    "meetings.close",
    "meetings.show",
    "meetings.edit",
    "meetings.end_",
    "meetings.copy",
    "meetings.extend",
    "meetings.move",
    "meetings.re",
    "meetings.set",
    "meetings.skip",
    "meetings.start",
    "meetings.unskip",
    "process_map.agree",
    "process_map.copy_map",
    "process_map.edit",
    "process_map.fill",
    "process_map.import",
    "process_map.move",
    "process_map.re",
    "process_map.set",
    "process_map.tidy",
    "votes.c",
    "votes.decide",
    "votes.open",
    "votes.pause",
    "votes.re",
    "votes.set",
    "votes.void",
    "votes.withdraw",
)
CREATES = frozenset(
    {
        ("process_map.connect", "edge_id"),
        ("process_map.copy_map", "new_id"),
        ("process_map.add_step", "edge_id"),
        ("process_map.move_into", "edge_id"),
    }
)
"""Ids of new rows that the command's name does not tell of."""
ELSEWHERE = {
    "after": "card",
    "from_id": "meeting",
    "lead_id": "member",
    "proxy_for": "member",
    "text_id": "card_text",
    "row_id": "card",
    "base_rev": "",
    "keep_id": "member",
    "drop_id": "member",
    "member_ids": "member",
    "due_meeting_id": "meeting",
    "take_from": "item",
    "target_id": "aim",
    "replaces": "ground_rule",
    "for_member": "member",
    "of_ids": "idea",
    "kept": "option",
    "run_off": "option",
    "ideas.after": "idea",
    "ideas.capture_id": "idea_capture",
    "into_id": "idea",
    "idea_ids": "idea",
    "for_id": "member",
    "map_id": "process_map",
    "new_id": "process_map",
    "version_of": "process_map",
    "to_lane_id": "lane",
    "into": "map_edge",
    "to_id": "map_step",
    "card_ids": "card",
    "process_map.move_lane.after": "lane",
    "edge_id": "map_edge",
    **{f"process_map.{field}": "map_step" for field in ("step_id", "step_ids", "after", "from_id")},
}
"""Whose id a field holds: by command and field, by tool and field, or by field."""


PLAUSIBLE = {
    "link": ("https://example.org/chart",),
    "day": ("2036-04-03", "2036-04-10"),
    "starts_on": ("2036-04-03", "2036-04-10", "2036-04-11"),
    "start": ("12:30", "09:00"),
    "template": ("assess", "clinic_45"),
    "timezone": ("Europe/London", "Europe/Stockholm"),
    "preset": ("thirds", "thirds_stacked", "ranked"),
}
"""What a field holds that not any text fits."""


class Maker:
    """Makes random commands out of one seed."""

    def __init__(self, seed: int, registry: Registry) -> None:
        self.random = random.Random(seed)
        self._registry = registry
        self._chosen: Row | None = None
        """The row whose id was given last: a column is one of its columns."""
        self._schemas = {
            name: TypeAdapter(rule.command).json_schema()
            for name, rule in registry.rules.items()
            if not rule.is_internal
        }

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def command(self, room: Rows, name: str | None = None) -> dict[str, Any]:
        """JSON of a command that often fits the room as it is."""
        name = name or self.random.choice(sorted(self._schemas))
        schema = self._schemas[name]
        body = self._object(schema, schema.get("$defs", {}), room, name)
        return {**body, "type": name}

    def _object(self, schema: dict[str, Any], defs: dict[str, Any], room: Rows, name: str) -> dict[str, Any]:
        needed = set(schema.get("required", ()))
        return {
            field: self._value(field, of, defs, room, name)
            for field, of in schema.get("properties", {}).items()
            if field in needed or self.random.random() < RARE.get(field, 0.5)
        }

    def _value(self, field: str, schema: dict[str, Any], defs: dict[str, Any], room: Rows, name: str) -> Any:
        if "$ref" in schema:
            return self._value(field, defs[schema["$ref"].rpartition("/")[2]], defs, room, name)
        if "anyOf" in schema:
            return self._value(field, self.random.choice(schema["anyOf"]), defs, room, name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if schema.get("format") == "uuid":
            creates = (f"{name}_id".endswith(f"_{field}") and not name.startswith(SETS)) or (name, field) in CREATES
            return self._row_id(field, room, name, creates=creates)
        kind = schema.get("type")
        if kind == "string":
            return self._text(field, schema, room)
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind in ("integer", "number"):
            least = int(schema.get("minimum", 0))
            return self.random.randint(least, max(least, 2))
        if kind == "array":
            return [self._value(field, schema["items"], defs, room, name) for _ in range(self.random.randint(0, 2))]
        if kind == "object":
            return self._object(schema, defs, room, name)
        return None

    def _row_id(self, field: str, room: Rows, name: str, *, creates: bool) -> str:
        tool = name.partition(".")[0]
        told = (ELSEWHERE.get(key) for key in (f"{name}.{field}", f"{tool}.{field}", field))
        noun = next((noun for noun in told if noun is not None), field.removesuffix("_id"))
        kind = self._registry.kinds.get(noun)
        there = [row.id for row in room.where(kind)] if kind else []
        is_new = not there or (creates and self.random.random() < 0.8) or self.random.random() < 0.05
        id = self.id() if is_new else self.random.choice(there)
        if kind is not None:
            self._chosen = room.find(kind, id)
        return id

    def _text(self, field: str, schema: dict[str, Any], room: Rows) -> str:
        if field == "column":
            keys: list[str] = [column.key for column in getattr(self._chosen, "columns", ())]
            return self.random.choice(keys or ["value"])
        if field == "kind":
            return self.random.choice(["card", "theme", "step", "quote", "fact"])
        if field in PLAUSIBLE:
            return self.random.choice(PLAUSIBLE[field])
        if field == "view":
            return self.random.choice(["board", "roadmap", f"board/{self.id()}"])
        if schema.get("format") == "date-time":
            return "2036-04-01T12:30:00.000Z"
        if field == "date" or schema.get("pattern") == DAY:
            return "2026-04-01"
        if field == "url":
            return "https://example.org/a"
        if "pattern" in schema and "maxLength" not in schema:
            return self.random.choice(["nurse", "patient", "value"])
        # Each text is like no other, so that one found in a frame is that one.
        words = f"{self.random.getrandbits(40):010x} " + " ".join(
            self.random.choices(WORDS, k=self.random.randint(0, 8))
        )
        most = int(schema.get("maxLength", 60))
        return str(words[:most])
