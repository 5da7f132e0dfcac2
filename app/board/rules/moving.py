"""Where a card stands: its column, its theme, and its place among the others."""

from app.board.messages import CardMoved, MoveCard
from app.board.rows import Board, Card, Theme
from app.board.rules.boards import column_of
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.rank import between, placed


def move_card(room: Room, command: MoveCard, ask: Ask) -> Change:
    """Without `after` the rank stays as it is, in another column too."""
    card = room.get(Card, command.card_id)
    changes = command.said("column", "theme_id", never_null=("column",))
    if "column" in changes:
        column_of(room.get(Board, card.board_id), changes["column"])
    if changes.get("theme_id") is not None:
        _refuse_elsewhere(card, room.get(Theme, changes["theme_id"]))
    if "after" in command.model_fields_set:
        changes["rank"] = _rank_after(room, card, command.after)
    moved = card.but(**changes)
    fact = CardMoved(card_id=card.id, column=moved.column, theme_id=moved.theme_id)
    return Change(fact, puts=moved.unless(card))


def last_rank(room: Room, board_id: str) -> str:
    """Behind every card of the board, removed ones too: a card that is restored keeps a place of its own."""
    return between(max((card.rank for card in room.where(Card, board_id=board_id)), default=None), None)


def _rank_after(room: Room, card: Card, after_id: str | None) -> str:
    """Directly behind that card among all of the board, or first; the present rank where that is so already."""
    if after_id == card.id:
        return card.rank
    low = None if after_id is None else _neighbour(room, card, after_id).rank
    others = (other.rank for other in room.where(Card, board_id=card.board_id) if other.id != card.id)
    return placed(card.rank, low, others)


def _neighbour(room: Room, card: Card, after_id: str) -> Card:
    # It may have been taken away while somebody was dragging; where it stood is still a place.
    after = room.get(Card, after_id, removed=True)
    _refuse_elsewhere(card, after)
    return after


def _refuse_elsewhere(card: Card, other: Card | Theme) -> None:
    if other.board_id != card.board_id:
        raise Refusal("not_found", kind=other.noun)
