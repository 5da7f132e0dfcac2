"""Bodies that fit the schemas of protocol.json, so that a new command is tried without a line here."""

from typing import Any
from uuid import uuid4

from tests.support.company import Company, Somebody

Schema = dict[str, Any]
MADE_BY = ("add_", "make_", "join")
"""Verbs whose first id is a new row's."""
WORDS = {
    "view": "board",
    "column": "value",
    "kind": "card",
    "method": "flow_roadmap",
    "date": "2026-04-01",
    "day": "2026-04-02",
    "starts_on": "2026-04-02",
    "start": "12:30",
    "preset": "thirds",
}
"""Fields whose pattern does not say what fits."""
ASKED = {"meetings.add_parked": ("text",)}
"""Fields that may be left out, but not all of them."""
NOBODYS = ("member_id",)
"""Changing a person of the test would change what the test asks."""


class Bodies:
    """Makes a body for each command, with ids of rows that are there."""

    def __init__(self, protocol: dict[str, Any], known: dict[str, str]) -> None:
        self._protocol = protocol
        self.known = known

    def command(self, name: str) -> dict[str, Any]:
        schema = self._protocol["commands"][name]["schema"]
        required = [*schema.get("required", []), *ASKED.get(name, ())]
        body = {
            field: self._value(field, of, schema.get("$defs", {}))
            for field, of in schema["properties"].items()
            if field in required
        }
        if name.partition(".")[2].startswith(MADE_BY):
            body[next(field for field in body if field.endswith("_id"))] = str(uuid4())
        return {**body, "type": name}

    def _value(self, field: str, schema: Schema, defs: dict[str, Schema]) -> Any:
        if "$ref" in schema:
            return self._value(field, defs[schema["$ref"].rpartition("/")[2]], defs)
        if "anyOf" in schema:
            return self._value(field, schema["anyOf"][0], defs)
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        if schema.get("format") == "uuid":
            return str(uuid4()) if field in NOBODYS else self.known.get(field, str(uuid4()))
        if schema.get("format") == "date-time":
            return "2026-04-01T12:30:00.000Z"
        if schema["type"] == "object":
            return {name: self._value(name, of, defs) for name, of in schema.get("properties", {}).items()}
        if schema["type"] == "array":
            return [self._value(field, schema["items"], defs) for _ in range(schema.get("minItems", 0))]
        if schema["type"] == "boolean":
            return False
        if schema["type"] in ("integer", "number"):
            return schema.get("minimum", 0)
        return WORDS.get(field, "words")


def rows_of(company: Company, by: Somebody) -> dict[str, str]:
    """Field of a command → id of a row to name there; made by this person where the room has none."""
    board = company.lens_board()
    card, theme, aim = str(uuid4()), str(uuid4()), str(uuid4())
    column = board["columns"][0]["key"]
    company.do(
        {"type": "board.add_card", "card_id": card, "board_id": board["id"], "column": column, "text": "There"}, by
    )
    company.do({"type": "board.add_theme", "theme_id": theme, "board_id": board["id"], "title": "There"}, by)
    company.do({"type": "roadmap.set_aim", "aim_id": aim, "kind": "global", "slots": {}}, by)
    step = company.snapshot(by)["rows"]["step"][0]["id"]
    ids = {"card_id": card, "row_id": card, "after": card, "theme_id": theme, "aim_id": aim, "step_id": step}
    return {**ids, "board_id": board["id"], "proxy_for": by.member_id, "member_id": by.member_id}
