"""What the docs say is there is there: commands and permissions, the operator's verbs, settings, figures, files."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from app.cli import cli
from app.rooms.rows import PARTS, ROLES
from app.settings import Settings
from app.tools import registry

ROOT = Path(__file__).parent.parent
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
DOCS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
WORKED_EXAMPLE = "adding-a-tool.md"
"""It names files that its reader is going to make; a test of its own makes them."""
FOR_OPERATORS = [*DOCS, ROOT / "Dockerfile", *(file for file in ROOT.glob("deploy/**/*") if file.is_file())]
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


def verbs(group: typer.Typer, *before: str) -> Iterator[tuple[str, ...]]:
    """`("coaches", "list")`: everything that can follow `bigroom`."""
    for command in group.registered_commands:
        yield (*before, command.name or command.callback.__name__)  # type: ignore[union-attr]
    for one in group.registered_groups:
        assert one.typer_instance is not None
        yield from verbs(one.typer_instance, *before, str(one.name))


VERBS = sorted(verbs(cli))
FIGURES = sorted(re.findall(r'"(bigroom_[a-z_]+)"', (ROOT / "app" / "metrics.py").read_text()))


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_of_the_operator_is_explained(verb: tuple[str, ...]) -> None:
    assert re.search(rf"\bbigroom {' '.join(verb)}\b", OPERATING)


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_the_docs_name_no_verb_that_is_not_there(file: Path) -> None:
    groups = {verb[0] for verb in VERBS if len(verb) > 1}
    code = " ".join(re.findall(r"```.*?```|`[^`]+`", file.read_text(), flags=re.DOTALL))
    for first, second in re.findall(r"(?:^|[\s/`;])bigroom ([a-z]+)(?: ([a-z]+))?", code):
        named = (first, second) if first in groups and second else (first,)
        assert any(verb[: len(named)] == named for verb in VERBS), f"bigroom {' '.join(named)}"


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_explained_to_operators(figure: str) -> None:
    assert re.search(rf"\| `{figure}(_total)?` \|", OPERATING)


@pytest.mark.parametrize("file", FOR_OPERATORS, ids=lambda file: file.name)
def test_no_figure_and_no_setting_is_named_that_is_not_there(file: Path) -> None:
    text = file.read_text()
    assert {found.removesuffix("_total") for found in re.findall(r"\bbigroom_[a-z_]+[a-z]\b", text)} <= set(FIGURES)
    assert set(re.findall(r"BIGROOM_([A-Z_]*[A-Z])", text)) <= {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_every_file_that_the_docs_lead_to_is_there(file: Path) -> None:
    text = file.read_text()
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (file.parent / target).exists(), target
    if file.name != WORKED_EXAMPLE:
        for named in re.findall(r"`((?:tests|docs|scripts|deploy)/[\w/.-]+\.\w+)`", text):
            assert (ROOT / named).exists(), named


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_every_make_target_of_the_docs_is_there(file: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", file.read_text(), flags=re.MULTILINE)) <= targets
