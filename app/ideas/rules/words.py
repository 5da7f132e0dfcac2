"""Whose words an idea holds, and what it may point to."""

from app.board.rows import Card, Theme
from app.ideas.rows import Idea
from app.rooms.kernel import Ask, Refusal, Room
from app.rooms.rows import active_member

RECORD = "ideas.record"


def refuse_unless_recording(ask: Ask) -> None:
    if not ask.who.may(RECORD):
        raise Refusal("not_allowed", needs=RECORD)


def refuse_unless_own(idea: Idea, ask: Ask) -> None:
    """The words belong to who wrote them and to who they speak for; coach and recorder may correct them."""
    if not idea.is_words_of(ask.who):
        refuse_unless_recording(ask)


def refuse_unless_shown(idea: Idea) -> None:
    """What some do not see yet is nothing the room can speak of."""
    if not idea.is_shown:
        raise Refusal("idea_not_shown")


def spoken_for(room: Room, proxy_for: str | None, author_id: str | None, ask: Ask) -> str | None:
    """Who an idea speaks for besides its author. Writing in another's name is the recorder's and the coach's."""
    if proxy_for is None or proxy_for == author_id:
        return None
    refuse_unless_recording(ask)
    return active_member(room, proxy_for).id


def refuse_hidden_origin(room: Room, card_id: str | None, theme_id: str | None) -> None:
    """An idea must not tell of a card or theme that only some may see."""
    card = room.get(Card, card_id) if card_id else None
    theme = room.get(Theme, theme_id) if theme_id else None
    if (card and (card.hidden or card.held or card.audience != "all")) or (theme and theme.audience != "all"):
        raise Refusal("idea_not_shown")
