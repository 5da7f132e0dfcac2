"""An entry of the trail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import MomentText


class AuditEntry(SQLModel, table=True):
    """One thing that happened. Triggers of the database refuse to change or delete it; only details may go.

    It is stored with what it tells of, in one transaction, and chained to those before it a moment later.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("n"),
        CheckConstraint(
            "(n IS NULL) = (hash IS NULL) AND (n IS NULL) = (previous IS NULL) AND (n IS NULL OR n > 0)", name="chained"
        ),
    )

    id: str = Field(primary_key=True)
    """Sorts by when it was made."""
    at: datetime = Field(sa_type=MomentText)
    what: str
    """As the log calls it, `rooms.member_joined`, or `<part of the program>.<what happened>`."""
    room_id: str | None = Field(default=None, index=True)
    details: str | None = Field(default=None, sa_type=Text)
    """JSON of ids, choices and numbers, with salt; null once they were erased."""
    digest: str
    """Of the details. It stays when they go, and the salt goes with them: nobody can guess what they were."""
    n: int | None = None
    """Its place in the chain: 1, 2, 3…"""
    previous: str | None = None
    hash: str | None = None
