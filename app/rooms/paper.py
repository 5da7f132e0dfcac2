"""Saying something without one's name: a paper that nobody reads goes into a box; what comes out is a sum.

A tool has a kind of `Box` (what is asked) and a `Value` for what one paper says. While the box is open a paper lies in
SQL under a keyed hash of its writer, sealed, all of one length; its writer alone reads it again. As the box closes the
rule sums up what the papers say, and papers and key are destroyed. docs/topics/papers.md argues why it is like this.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from app.rooms.kernel import Ask, Reads, Refusal, Room, Row, Who, in_room
from app.rooms.unsigned import Keyed
from app.rooms.values import Id, Value, one_of

V = TypeVar("V", bound=Value)

LONGEST = 4096
"""So many bytes at most a paper may say; all are padded to it."""
NONCE = 12
EMPTY = ""
"""What a paper says that was taken back. It stays in the box: that it went would be to be seen."""


class Box(Keyed):
    """Papers go in until it is closed. `given` says how many there are: a moment late, and never whose."""

    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "began")

    state: Literal["open", "revealed", "void"] = Field(default="open", sa_type=Text)
    given: int = 0

    @property
    def is_open(self) -> bool:
        return self.state == "open" and self.removed_at is None

    def voided(self) -> "Box":
        """Its papers are gone, and nobody will know what they said: it was restored or came as a copy."""
        return self.but(state="void", given=0)


class Paper(Row):
    """What one member has put into a box. Its id is a keyed hash of them; to them it is called as the box is.

    In SQL `body` is sealed; in memory, and to its writer, it is the JSON of what they said.
    """

    noun = "paper"
    logged: ClassVar[bool] = False
    copied: ClassVar[bool] = False

    box_id: Id
    body: str = Field(sa_type=Text)

    def seen_by(self, who: Who) -> "Paper | None":
        # Everybody has one paper a box at most: under the box's id it can be dropped for all at once.
        return self.model_copy(update={"id": self.box_id}) if who.owns(self) else None

    @property
    def is_empty(self) -> bool:
        return self.body == EMPTY


class PaperTable(Paper, table=True):
    __tablename__ = "rooms_paper"
    # Without a rowid SQLite keeps papers by their hash: in no order in which they came.
    __table_args__ = (*in_room(), {"sqlite_with_rowid": False})
    room_id: Id


def promises_of_a_box() -> tuple[CheckConstraint, ...]:
    """What SQL holds for every kind of box."""
    return (one_of("state", "open", "revealed", "void"), CheckConstraint("given >= 0", name="given"))


def put_in(room: Room, box: Box, member_id: str, says: Value | None, ask: Ask) -> Paper:
    """The paper of this member, instead of the one they had; None takes it back. Stored without a name."""
    refuse_if_closed(room, box)
    hash = room.alias(box.id, member_id)
    body = EMPTY if says is None else says.model_dump_json()
    if len(body.encode()) > LONGEST:
        raise Refusal("bad_command", field="command", reason="string_too_long", limit=LONGEST)
    return ask.new(Paper, id=hash, owner_id=hash, created_at=box.created_at, box_id=box.id, body=body)


def refuse_if_closed(room: Room, box: Box) -> None:
    if not box.is_open:
        raise Refusal("box_closed")
    if not room.is_keyed(box.id):
        raise Refusal("box_lost")


def mine(room: Room, box: Box, member_id: str, kind: type[V]) -> V | None:
    """What this member's paper says, where the rule `reads` it."""
    paper = room.find(Paper, room.alias(box.id, member_id))
    return None if paper is None or paper.is_empty else kind.model_validate_json(paper.body)


def said_in(room: Room, box: Box, kind: type[V]) -> list[V]:
    """What all papers of a box say, where the rule `reads` them; in an order that says nothing."""
    papers = (paper for paper in room.where(Paper, box_id=box.id) if not paper.is_empty)
    return [kind.model_validate_json(body) for body in sorted(paper.body for paper in papers)]


def reads_mine(field: str, whose: str | None = None) -> Reads:
    """For `rule(reads=…)`: the paper of who asks, or of the member in `whose`, in the box that `field` names."""

    def reads(room: Room, command: Any, who: Who) -> Iterable[tuple[type[Row], dict[str, Any]]]:
        box_id = getattr(command, field)
        member_id: str = (getattr(command, whose) if whose else None) or who.member_id or ""
        return [(Paper, {"id": room.alias(box_id, member_id)})] if room.is_keyed(box_id) else []

    return reads


def reads_all(field: str) -> Reads:
    """For `rule(reads=…)`: every paper in the box that `field` names."""

    def reads(room: Room, command: Any, who: Who) -> Iterable[tuple[type[Row], dict[str, Any]]]:
        return [(Paper, {"box_id": getattr(command, field)})]

    return reads


def sealed(paper: Paper, key: bytes) -> Paper:
    """As it lies in SQL: as long as any other, and other bytes each time that the same is said."""
    said = paper.body.encode()
    padded = len(said).to_bytes(4, "big") + said + bytes(LONGEST - len(said))
    nonce = secrets.token_bytes(NONCE)
    whole = nonce + AESGCM(_seal(key)).encrypt(nonce, padded, paper.id.encode())
    return paper.but(body=base64.b64encode(whole).decode())


def opened(paper: Paper, keys: Mapping[str, bytes]) -> Paper | None:
    """As its writer wrote it; None without the key of its box."""
    key = keys.get(paper.box_id)
    if key is None:
        return None
    try:
        whole = base64.b64decode(paper.body)
        padded = AESGCM(_seal(key)).decrypt(whole[:NONCE], whole[NONCE:], paper.id.encode())
    except (InvalidTag, binascii.Error):
        return None
    length = int.from_bytes(padded[:4], "big")
    return paper.but(body=padded[4 : 4 + length].decode())


def all_opened(rows: Iterable[Row], keys: Mapping[str, bytes]) -> Iterable[Row]:
    """Unlogged rows as they are read from SQL; papers of which nobody has the key are left out."""
    for row in rows:
        found = opened(row, keys) if isinstance(row, Paper) else row
        if found is not None:
            yield found


def as_stored(row: Row, keys: Mapping[str, bytes]) -> Row:
    """Any row as SQL is to have it."""
    return sealed(row, keys[row.box_id]) if isinstance(row, Paper) else row


def _seal(key: bytes) -> bytes:
    """The key that opens papers is not the one that hashes names."""
    return hmac.digest(key, b"seal", hashlib.sha256)
