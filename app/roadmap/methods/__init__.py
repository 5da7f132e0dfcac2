"""The methods a room can follow, as versioned data: one file a method, version and language.

A room keeps the version it began with, so a file that has been released is never changed: a new version is a new file.
"""

from pathlib import Path

from app.rooms.method import Method

METHODS: tuple[Method, ...] = tuple(
    Method.model_validate_json(file.read_text(encoding="utf-8"))
    for file in sorted(Path(__file__).parent.glob("*.json"))
)
