"""Finds every tool: each folder of `app` that has a `tool.py`. A new tool is one more folder."""

from functools import cache
from importlib import import_module
from pathlib import Path

from app.rooms.kernel import Tool
from app.rooms.registry import Registry


@cache
def registry() -> Registry:
    """All tools, each behind those it comes after."""
    here = Path(__file__).parent
    found = [import_module(f"app.{file.parent.name}.tool").TOOL for file in sorted(here.glob("*/tool.py"))]
    return Registry(in_order(found))


def in_order(tools: list[Tool]) -> list[Tool]:
    """The room first, then each tool behind those it declares to come after."""
    ordered: list[Tool] = []
    waiting = sorted(tools, key=lambda tool: (tool.name != "rooms", tool.name))
    while waiting:
        placed = {tool.name for tool in ordered}
        ready = [tool for tool in waiting if set(tool.after) <= placed]
        if not ready:
            raise TypeError(f"these tools come after each other: {', '.join(tool.name for tool in waiting)}")
        ordered += ready
        waiting = [tool for tool in waiting if tool not in ready]
    return ordered
