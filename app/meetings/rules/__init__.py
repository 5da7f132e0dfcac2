"""Who decides what about meetings, one idea a file."""

from app.meetings.rules.rota import (
    hand_over,
    take_role,
)

__all__ = [
    "hand_over",
    "take_role",
]
