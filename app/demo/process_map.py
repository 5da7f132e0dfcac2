"""The process map of a case: drawn by the second coach, as it is today."""

from collections.abc import Callable, Iterator
from typing import Any

from app.demo.case import Cast, Line


def drawn(cast: Cast) -> Iterator[Line]:
    """An empty map, and on it all steps at once with what leads where."""
    told = cast.case.get("process_map")
    if told is None:
        return
    lanes, nodes = told["lanes"], told["nodes"]
    adding = {"map_id": cast.map_id, "title": told["title"], "unit": told["unit"], "lane": lanes[0]}
    yield cast.second, {"type": "process_map.add_map", **adding}
    steps = [_step(node, told) for node in nodes]
    yield cast.second, {"type": "process_map.import_steps", "map_id": cast.map_id, "lanes": lanes, "steps": steps}


def _step(node: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    places = {other["key"]: n for n, other in enumerate(told["nodes"])}
    onward = [
        {"to": places[to], **dict(zip(("label", "share"), said, strict=False))}
        for key, to, *said in told["edges"]
        if key == node["key"]
    ]
    times: dict[str, Any] = {
        name: {"amount": node[name], "unit": told["unit"]} for name in ("process", "wait") if name in node
    }
    known: dict[str, Any] = {name: node[name] for name in ("text", "kind", "value") if name in node}
    return {**known, **times, "lane": told["lanes"].index(node["lane"]), "next": onward}


MAP: tuple[Callable[[Cast], Iterator[Line]], ...] = (drawn,)
"""The pathway as the patient meets it."""
