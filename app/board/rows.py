"""Boards, cards on them, texts that lost a race, and themes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field as Limits
from sqlalchemy import ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.capture import Capture, Captured, promises_of_a_capture
from app.rooms.kernel import Row, Who, in_room
from app.rooms.method import Column
from app.rooms.values import (
    CARD,
    NOTE,
    TITLE,
    CardWords,
    Id,
    Key,
    Note,
    Title,
    Value,
    When,
    no_longer_than,
    one_of,
)

Audience = Literal["all", "coaches"]
Confidence = Literal["know", "think", "find_out"]


class Evidence(Value):
    """Why we believe a card: what it says, where it comes from, of which day."""

    text: Note
    source: Title
    date: Annotated[str, Limits(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    url: Annotated[str, Limits(pattern=r"^https?://\S+$", max_length=500)] | None = None


EvidenceList = Annotated[tuple[Evidence, ...], Limits(max_length=10)]


def may_see(row: Any, who: Who) -> bool:
    return who.may("rooms.view") and (row.audience == "all" or who.may("board.coaches"))


def is_held_back(row: Any, who: Who) -> bool:
    """What a held member wrote is there for themselves and for those who may let it through."""
    return bool(row.held) and not (who.may("board.release") or who.owns(row))


class Board(Row):
    """Columns for cards: the room's lenses (step_key null) or what one step asks for."""

    noun = "board"
    indexes: ClassVar[tuple[str, ...]] = ("step_key",)

    title: Title
    step_key: str | None = None
    audience: Audience = Field(default="all", sa_type=Text)
    columns: tuple[Column, ...] = Field(default=(), sa_type=JsonText)

    def seen_by(self, who: Who) -> Self | None:
        return self if may_see(self, who) else None


class BoardCapture(Capture):
    """Writing in silence on a board, or in one of its columns."""

    noun = "capture"
    indexes: ClassVar[tuple[str, ...]] = ("board_id",)
    server_only: ClassVar[tuple[str, ...]] = (*Capture.server_only, "audience")

    board_id: Id
    audience: Audience = Field(default="all", sa_type=Text)
    column: str | None = None

    def is_about(self, id: str) -> bool:
        return id == self.board_id

    def seen_by(self, who: Who) -> Self | None:
        return self if may_see(self, who) else None


class Card(Captured):
    """One thought on a slip of paper. Anybody moves it; who wrote it or who it speaks for changes the words.

    `rank` orders all cards of the board at once, so that a column and a theme show them in the same order.
    """

    noun = "card"
    indexes: ClassVar[tuple[str, ...]] = ("board_id", "theme_id", "capture_id")
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "speaker")
    words: ClassVar[tuple[str, ...]] = ("text", "original", "evidence")
    people: ClassVar[tuple[str, ...]] = ("author_id", "proxy_for", "corrected_by")

    board_id: Id
    audience: Audience = Field(default="all", sa_type=Text)
    column: Key
    text: CardWords | None
    rank: str
    rev: int = 0
    kind: Key | None = None
    confidence: Confidence | None = Field(default=None, sa_type=Text)
    author_id: Id | None = None
    proxy_for: Id | None = None
    voice: str | None = None
    corrected_by: Id | None = None
    original: CardWords | None = None
    from_patient: bool = False
    theme_id: Id | None = None
    evidence: EvidenceList = Field(default=(), sa_type=JsonText)
    held: bool = False
    """Waits until a coach has looked at it."""

    def seen_by(self, who: Who) -> Self | None:
        if not may_see(self, who) or is_held_back(self, who):
            return None
        return self if not self.hidden or who.owns(self) else None

    def passed_on(self, was: str, now: str) -> Self:
        """Who spoke for somebody that they turn out to be has spoken for themselves."""
        card = super().passed_on(was, now)
        return card.but(proxy_for=None) if card.proxy_for and card.proxy_for == card.author_id else card

    def is_words_of(self, who: Who) -> bool:
        """Of who typed this card, and of the person it speaks for."""
        is_named = who.member_id is not None and who.member_id in (self.author_id, self.proxy_for)
        return is_named or (self.is_nameless and who.owns(self))

    @property
    def is_nameless(self) -> bool:
        """Hidden, and not to be anybody's when it is shown."""
        return self.hidden and self.author_id is None


class CardText(Captured):
    """A text that came too late: another one had already replaced what its writer saw. Kept until settled."""

    noun = "card_text"
    indexes: ClassVar[tuple[str, ...]] = ("card_id",)
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("by",)
    about: ClassVar[tuple[str, str] | None] = ("card", "card_id")
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "audience", "hidden", "capture_id", "speaker", "held")

    card_id: Id
    audience: Audience = Field(default="all", sa_type=Text)
    text: CardWords | None
    by: Id | None
    base_rev: int
    held: bool = False

    def seen_by(self, who: Who) -> Self | None:
        if not may_see(self, who) or is_held_back(self, who):
            return None
        return self if not self.hidden or who.owns(self) else None

    def is_words_of(self, who: Who) -> bool:
        is_named = who.member_id is not None and who.member_id == self.by
        return is_named or (self.hidden and who.owns(self))


class Theme(Row):
    """A broad opportunity drawn from the cards. One is chosen to start with; the others are kept."""

    noun = "theme"
    indexes: ClassVar[tuple[str, ...]] = ("board_id",)
    words: ClassVar[tuple[str, ...]] = ("title", "reason")
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "audience")

    board_id: Id
    audience: Audience = Field(default="all", sa_type=Text)
    title: Title | None
    rank: str
    chosen_at: When | None = Field(default=None, sa_type=MomentText)
    reason: Note | None = None

    def seen_by(self, who: Who) -> Self | None:
        return self if may_see(self, who) else None


def chosen(theme: Theme, themes: Iterable[Theme], reason: str, at: datetime) -> Iterator[Theme]:
    """What changes when the room starts with this theme. The one chosen before keeps its reason: the room comes back
    to it, and to why."""
    yield from theme.but(chosen_at=theme.chosen_at or at, reason=reason).unless(theme)
    for other in themes:
        if other.board_id == theme.board_id and other.chosen_at is not None and other.id != theme.id:
            yield other.but(chosen_at=None)


class BoardTable(Board, table=True):
    __tablename__ = "board_board"
    __table_args__ = in_room(one_of("audience", "all", "coaches"))
    room_id: Id


class BoardCaptureTable(BoardCapture, table=True):
    __tablename__ = "board_capture"
    __table_args__ = in_room(
        *promises_of_a_capture(),
        one_of("audience", "all", "coaches"),
        ForeignKeyConstraint(["room_id", "board_id"], ["board_board.room_id", "board_board.id"]),
    )
    room_id: Id


class CardTable(Card, table=True):
    __tablename__ = "board_card"
    __table_args__ = in_room(
        one_of("audience", "all", "coaches"),
        one_of("confidence", "know", "think", "find_out"),
        no_longer_than("text", CARD),
        ForeignKeyConstraint(["room_id", "board_id"], ["board_board.room_id", "board_board.id"]),
    )
    room_id: Id


class CardTextTable(CardText, table=True):
    __tablename__ = "board_card_text"
    __table_args__ = in_room(
        one_of("audience", "all", "coaches"),
        no_longer_than("text", CARD),
        ForeignKeyConstraint(["room_id", "card_id"], ["board_card.room_id", "board_card.id"]),
    )
    room_id: Id


class ThemeTable(Theme, table=True):
    __tablename__ = "board_theme"
    __table_args__ = in_room(
        one_of("audience", "all", "coaches"),
        no_longer_than("title", TITLE),
        no_longer_than("reason", NOTE),
        ForeignKeyConstraint(["room_id", "board_id"], ["board_board.room_id", "board_board.id"]),
    )
    room_id: Id
