"""The client's messages and how the server's are written."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.rooms.dispatch import Acked, Answer, Failed, Refused
from app.rooms.kernel import Message
from app.rooms.log import dumps
from app.rooms.values import Id
from app.words import sentence

FRAME_LIMIT = 64 * 1024
"""Bytes of a frame that a client may send."""
PRESENCE_VIEW = r"^[a-z0-9_]{1,40}(/[A-Za-z0-9_-]{1,64})?$"


Share = Annotated[float, Field(ge=0, le=1)]


class Do(Message):
    """One command under the client's id."""

    type: Literal["do"]
    id: Id
    command: dict[str, Any]


class Presence(Message):
    """Where I am now. `cursor` in 0…1 of the view, `editing` the row whose words I change."""

    type: Literal["presence"]
    view: Annotated[str, Field(pattern=PRESENCE_VIEW)]
    cursor: Annotated[tuple[Share, Share], Field(strict=False)] | None = None
    editing: Id | None = None


class Ping(Message):
    type: Literal["ping"]
    t: int | float


ClientMessage = Annotated[Do | Presence | Ping, Field(discriminator="type")]
CLIENT_MESSAGE: TypeAdapter[Do | Presence | Ping] = TypeAdapter(ClientMessage)


def answer_json(answer: Answer) -> str:
    """`ack`, `refused` with its English sentence, or `failed`."""
    match answer:
        case Acked(id, seq):
            return f'{{"type":"ack","id":"{id}","seq":{seq}}}'
        case Refused(id, code, params):
            return dumps({"type": "refused", "id": id, "code": code, "params": params, "text": sentence(code, params)})
        case Failed(id, code, retry_ms):
            return dumps({"type": "failed", "id": id, "code": code, "retry_ms": retry_ms})


def bye_json(code: int, retry_ms: int | None = None) -> str:
    return dumps({"type": "bye", "code": code, "retry_ms": retry_ms})
