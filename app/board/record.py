"""What a room's printed record tells of its boards: themes, and the cards of each column in their order."""

from collections.abc import Iterable
from typing import TypeVar

from app.board.rows import Board, Card, Theme
from app.rooms.kernel import Section, Standing
from app.words import catalogue

R = TypeVar("R", Card, Theme)


def boards(room: Standing) -> Iterable[Section]:
    for board in room.where(Board):
        cards = [card for card in _in_order(room.where(Card, board_id=board.id)) if not card.held]
        themes = _in_order(room.where(Theme, board_id=board.id))
        if cards or themes:
            yield Section(board.title)
        if themes:
            yield Section("board.themes", tuple(_theme(theme) for theme in themes), level=3)
        for column in board.columns:
            mine = tuple(_card(card) for card in cards if card.column == column.key)
            if mine:
                yield Section(column.title, mine, level=3)


def _in_order(rows: Iterable[R]) -> list[R]:
    """Those that are still there, as the board shows them."""
    return sorted((row for row in rows if row.removed_at is None), key=lambda row: (row.rank, row.id))


def _card(card: Card) -> str:
    if card.text is None:
        return catalogue()["board.record_gone"]
    evidence = (f"{of.text} ({of.source}, {of.date})" for of in card.evidence)
    return " · ".join((card.text, *evidence))


def _theme(theme: Theme) -> str:
    title = theme.title or catalogue()["board.record_gone"]
    return f"★ {title}: {theme.reason}" if theme.chosen_at and theme.reason else title
