"""Holds the imports to one direction: writes `.importlinter` from what the tools declare, and checks it.

Declarations are read, not imported: contracts must be right before the code that they watch can run.
The file is not kept in git, so a new tool or module edits nothing that is there.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts import environment
from scripts.stamps import ROOT
from scripts.telling import stop

APP = ROOT / "app"
FILE = ROOT / ".importlinter"
KERNEL = "rooms"
SHARED_BY_KERNEL = (
    "kernel",
    "values",
    "method",
    "rows",
    "messages",
    "rank",
    "attendance",
    "hush",
    "capture",
    "voices",
    "paper",
)
SHARED_BY_TOOL = ("rows", "messages")
MARK = "# Written by scripts/contracts.py from the tools' declarations."


@dataclass(frozen=True)
class Declared:
    """A tool as its tool.py declares it."""

    name: str
    after: frozenset[str]


def contracts() -> str:
    tools = declared_tools()
    parts = [
        f"{MARK}\n\n[importlinter]\nroot_package = app",
        _one_way(tools),
        _inside(tools),
        *(part for tool in tools for part in _of_tool(tool, tools)),
        _rules_of(Declared(KERNEL, frozenset())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def declared_tools() -> list[Declared]:
    """All tools but the room itself, in the order of their names; `after` with all that it implies."""
    direct = {file.parent.name: _after(file) for file in sorted(APP.glob("*/tool.py"))}
    direct.pop(KERNEL, None)
    return [Declared(name, frozenset(_reach(name, direct))) for name in direct]


def _after(file: Path) -> frozenset[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Tool":
            named = [ast.literal_eval(word.value) for word in node.keywords if word.arg == "after"]
            return frozenset(named[0] if named else ()) - {KERNEL}
    return frozenset()


def _reach(name: str, direct: dict[str, frozenset[str]], on_the_way: tuple[str, ...] = ()) -> Iterator[str]:
    if name in on_the_way:
        stop(f"These tools come after each other in a circle: {' → '.join((*on_the_way, name))}.")
    for earlier in direct.get(name, ()):
        yield earlier
        yield from _reach(earlier, direct, (*on_the_way, name))


def _one_way(tools: list[Declared]) -> str:
    return _contract(
        "one-way",
        "main → tools → a tool → rooms → people → audit → settings, db",
        "layers",
        containers=["app"],
        layers=[
            "(cli)",
            "(demo)",
            "(main)",
            "(keeping)",
            "(frontend) : (metrics) : (server) : (wire)",
            "(tools)",
            *_levels(tools),
            "rooms",
            "(people)",
            "(audit)",
            "settings : db : words : logs",
        ],
        exhaustive="true",
    )


def _levels(tools: list[Declared]) -> list[str]:
    """Tools that come after others stand above them; tools of one level do not know each other."""
    heights = {tool.name: 0 for tool in tools}
    for tool in sorted(tools, key=lambda tool: len(tool.after)):
        heights[tool.name] = 1 + max((heights.get(name, 0) for name in tool.after), default=0)
    levels = sorted(set(heights.values()), reverse=True)
    return [" | ".join(name for name in heights if heights[name] == level) for level in levels]


def _inside(tools: list[Declared]) -> str:
    return _contract(
        "inside-a-tool",
        "Inside a tool: tool → routes, prepare → rules → rows, messages",
        "layers",
        containers=[f"app.{tool.name}" for tool in tools],
        layers=["tool", "(routes) : (prepare)", "(rules)", "(messages) : (rows)"],
    )


def _of_tool(tool: Declared, tools: list[Declared]) -> Iterator[str]:
    yield _rules_of(tool)
    strangers = [other.name for other in tools if other.name not in tool.after | {tool.name}]
    yield _contract(
        f"{tool.name}-declares",
        f"{tool.name} knows only the tools it declares to come after",
        "forbidden",
        source_modules=[f"app.{tool.name}"],
        forbidden_modules=[f"app.{name}" for name in strangers],
        allow_indirect_imports="true",
    )


def _rules_of(tool: Declared) -> str:
    if not list((APP / tool.name).glob("rules*")):
        return ""
    return _contract(
        f"{tool.name}-rules",
        f"Rules of {tool.name} know kernel, rows and messages",
        "forbidden",
        source_modules=[f"app.{tool.name}.rules"],
        forbidden_modules=list(_forbidden_to_rules(tool)),
        allow_indirect_imports="true",
    )


def _forbidden_to_rules(tool: Declared) -> Iterator[str]:
    shared = {KERNEL: SHARED_BY_KERNEL, tool.name: (*SHARED_BY_TOOL, "rules")}
    shared |= {name: SHARED_BY_TOOL for name in tool.after}
    if tool.name == KERNEL:
        shared = {KERNEL: (*SHARED_BY_KERNEL, "rules")}
    for name in _modules(APP):
        if name in shared:
            yield from (f"app.{name}.{part}" for part in _modules(APP / name) if part not in shared[name])
        else:
            yield f"app.{name}"


def _modules(folder: Path) -> list[str]:
    files = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    packages = [path.parent.name for path in folder.glob("*/__init__.py")]
    return sorted({*files, *packages})


def _contract(key: str, name: str, kind: str, **fields: str | list[str]) -> str:
    """One section, or nothing when there is nothing to hold apart."""
    if not all(fields.values()):
        return ""
    lines = [f"[importlinter:contract:{key}]", f"name = {name}", f"type = {kind}"]
    for field, value in fields.items():
        lines += [f"{field} = {value}"] if isinstance(value, str) else [f"{field} =", *(f"    {v}" for v in value)]
    return "\n".join(lines)


def main() -> None:
    FILE.write_text(contracts(), encoding="utf-8")
    sys.exit(subprocess.run([environment.tool("lint-imports"), "--no-logo"], cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
