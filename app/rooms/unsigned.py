"""What is written without a name leaves an alias: a keyed hash, by a key of that capture alone.

The key is kept only wrapped by the server's master key, and is destroyed at the reveal. Until then whoever has both
the database and the master key could find out who wrote what; afterwards nobody can.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.rooms.kernel import Row
from app.rooms.values import Id


class Keyed(Row):
    """A row that has a key of its own while it is open: under it people act without their names."""

    began: int = 0
    """The room's seq before it."""

    @property
    def is_open(self) -> bool:
        raise NotImplementedError


class CaptureKey(SQLModel, table=True):
    """The wrapped key of a capture in which people are writing, or of another open row. In no backup, export or log."""

    __tablename__ = "rooms_capture_key"
    __table_args__ = {"info": {"stays_here": True}}
    room_id: Id = Field(primary_key=True, foreign_key="rooms_head.room_id", ondelete="CASCADE")
    capture_id: Id = Field(primary_key=True)
    wrapped: str


NO_NAME = ":"
"""In place of a receipt, where no key is open: whoever knows the command's id gets its answer, and nobody is known."""


def new_key() -> bytes:
    return secrets.token_bytes(32)


def alias(key: bytes, *what: str) -> str:
    """The same id for the same member (and purpose) under this key, and no way back to them."""
    # hmac.digest would let go of the interpreter, and the writer would wait for it behind the event loop each time.
    return str(UUID(bytes=hmac.new(key, "/".join(what).encode(), hashlib.sha256).digest()[:16]))


def receipt(key: bytes, capture_id: str, member_id: str, command_id: str) -> str:
    """What the log keeps of who sent a command without a name, so that a retry gets its answer."""
    return f"{capture_id}:{alias(key, 'receipt', member_id, command_id)}"
