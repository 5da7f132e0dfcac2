"""What people ask of meetings, and what then has happened, one idea a file."""

from app.meetings.messages.rota import (
    HandOver,
    RoleHandedOver,
    RoleTaken,
    TakeRole,
)

__all__ = [
    "HandOver",
    "RoleHandedOver",
    "RoleTaken",
    "TakeRole",
]
