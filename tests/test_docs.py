"""What docs/protocol.md says of commands and permissions is what the tools declare."""

from pathlib import Path

import pytest

from app.rooms.rows import PARTS, ROLES
from app.tools import registry

PROTOCOL = (Path(__file__).parent.parent / "docs" / "protocol.md").read_text()
GRANTEES = (*PARTS, *ROLES)
PERMISSIONS = sorted(frozenset[str]().union(*registry().grants.values()))


@pytest.mark.parametrize("name", sorted(registry().rules))
def test_every_command_stands_in_the_protocol_with_its_fields_and_need(name: str) -> None:
    rule = registry().rules[name]
    fields = {
        field if info.is_required() else f"{field}?"
        for field, info in rule.command.model_fields.items()
        if field != "type"
    }
    line = next(line for line in PROTOCOL.splitlines() if line.startswith(f"| `{name}` |"))
    _, _, told, needs, _ = (part.strip() for part in line.split("|"))
    assert set(told.split(", ")) == (fields or {"–"})
    assert needs == f"`{rule.needs}`" + (" (internal)" if rule.is_internal else "")


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_the_protocol_says_who_holds_each_permission(permission: str) -> None:
    held = registry().grants
    marks = " | ".join("✓" if permission in held[grantee] else "" for grantee in GRANTEES)
    assert f"| `{permission}` | {marks} |" in PROTOCOL
