"""Whose words a card holds: who may change them, and from where they are spoken."""

from app.board.rows import Card, CardText
from app.rooms.kernel import Ask, Refusal, Room
from app.rooms.rows import active_member

RECORD = "board.record"


def refuse_unless_own(card: Card, ask: Ask) -> None:
    """Anybody may move a card; its words belong to who wrote it and to who it speaks for."""
    if not card.is_words_of(ask.who):
        refuse_unless_recording(ask)


def refuse_unless_recording(ask: Ask) -> None:
    if not ask.who.may(RECORD):
        raise Refusal("not_allowed", needs=RECORD)


def refuse_if_redacted(row: Card | CardText) -> None:
    """Where words were taken out, a late command must not bring them back."""
    if row.redacted_at is not None:
        raise Refusal("removed", kind=row.noun)


def spoken_for(room: Room, proxy_for: str | None, author_id: str | None, ask: Ask) -> str | None:
    """Who a card speaks for besides its author. Writing in another's name is the recorder's and the coach's."""
    if proxy_for is None or proxy_for == author_id:
        return None
    refuse_unless_recording(ask)
    return active_member(room, proxy_for).id
