"""What people ask of a board, and what then has happened."""

from typing import ClassVar, Literal

from pydantic import Field

from app.board.rows import Confidence, EvidenceList
from app.rooms.capture import Mode
from app.rooms.kernel import Command, Fact
from app.rooms.values import CardWords, Id, Key, Reason, Title


class AddCard(Command):
    type: Literal["board.add_card"]
    card_id: Id
    board_id: Id
    column: Key
    text: CardWords
    kind: Key | None = None
    from_patient: bool | None = None
    proxy_for: Id | None = None
    capture_id: Id | None = None
    """The capture it was written for: once that is over the card is refused, so that nobody's name comes on it."""


class CardAdded(Fact):
    undone_by: ClassVar[str | None] = "board.remove_card"
    type: Literal["board.card_added"] = "board.card_added"
    card_id: Id


class EditCard(Command):
    """Change the words. `base_rev` is the rev that the writer saw; a stale edit is kept beside the winner."""

    type: Literal["board.edit_card"]
    card_id: Id
    text: CardWords
    base_rev: int = Field(ge=0)
    capture_id: Id | None = None


class CardEdited(Fact):
    undone_by: ClassVar[str | None] = "board.edit_card"
    type: Literal["board.card_edited"] = "board.card_edited"
    card_id: Id
    rev: int


class StaleTextKept(Fact):
    """Two wrote at once: the first stands, the second is kept under it."""

    type: Literal["board.stale_text_kept"] = "board.stale_text_kept"
    card_id: Id
    text_id: Id


class SettleText(Command):
    """End a conflict: `text_id` becomes the words, or null keeps what stands. All kept texts go."""

    type: Literal["board.settle_text"]
    card_id: Id
    text_id: Id | None


class TextSettled(Fact):
    type: Literal["board.text_settled"] = "board.text_settled"
    card_id: Id


class SetCard(Command):
    """What is said about a card. Absent = unchanged, null = nothing said."""

    type: Literal["board.set_card"]
    card_id: Id
    kind: Key | None = None
    confidence: Confidence | None = None
    from_patient: bool | None = None
    proxy_for: Id | None = None
    evidence: EvidenceList | None = None
    capture_id: Id | None = None


class CardSet(Fact):
    undone_by: ClassVar[str | None] = "board.set_card"
    type: Literal["board.card_set"] = "board.card_set"
    card_id: Id


class MoveCard(Command):
    """To a column, into a theme (null = out of it), after a card (null = first). Absent = unchanged."""

    type: Literal["board.move_card"]
    card_id: Id
    column: Key | None = None
    theme_id: Id | None = None
    after: Id | None = None


class CardMoved(Fact):
    undone_by: ClassVar[str | None] = "board.move_card"
    type: Literal["board.card_moved"] = "board.card_moved"
    card_id: Id
    column: Key
    theme_id: Id | None


class RemoveCard(Command):
    type: Literal["board.remove_card"]
    card_id: Id
    capture_id: Id | None = None


class CardRemoved(Fact):
    undone_by: ClassVar[str | None] = "board.restore_card"
    type: Literal["board.card_removed"] = "board.card_removed"
    card_id: Id


class RestoreCard(Command):
    type: Literal["board.restore_card"]
    card_id: Id


class CardRestored(Fact):
    undone_by: ClassVar[str | None] = "board.remove_card"
    type: Literal["board.card_restored"] = "board.card_restored"
    card_id: Id


class ReleaseCard(Command):
    """A coach has looked at it: now everybody sees it, as if it had just been written."""

    type: Literal["board.release_card"]
    card_id: Id


class CardReleased(Fact):
    type: Literal["board.card_released"] = "board.card_released"
    card_id: Id


class StartCapture(Command):
    """Write in silence, on the whole board (column null) or in one column. All know the mode before they write."""

    type: Literal["board.start_capture"]
    capture_id: Id
    board_id: Id
    column: Key | None
    mode: Mode


class CaptureStarted(Fact):
    type: Literal["board.capture_started"] = "board.capture_started"
    capture_id: Id
    mode: Mode


class NeedMoreTime(Command):
    """Says so without a name. Once more from the same person changes nothing."""

    type: Literal["board.need_more_time"]
    capture_id: Id


class MoreTimeNeeded(Fact):
    type: Literal["board.more_time_needed"] = "board.more_time_needed"
    capture_id: Id


class Reveal(Command):
    """Turn all cards over at once, shuffled."""

    type: Literal["board.reveal"]
    capture_id: Id


class CaptureRevealed(Fact):
    type: Literal["board.capture_revealed"] = "board.capture_revealed"
    capture_id: Id


class AddTheme(Command):
    type: Literal["board.add_theme"]
    theme_id: Id
    board_id: Id
    title: Title


class ThemeAdded(Fact):
    type: Literal["board.theme_added"] = "board.theme_added"
    theme_id: Id


class RenameTheme(Command):
    type: Literal["board.rename_theme"]
    theme_id: Id
    title: Title


class ThemeRenamed(Fact):
    undone_by: ClassVar[str | None] = "board.rename_theme"
    type: Literal["board.theme_renamed"] = "board.theme_renamed"
    theme_id: Id


class ChooseTheme(Command):
    """Start with this theme, and why. The one chosen before is kept and no longer chosen."""

    type: Literal["board.choose_theme"]
    theme_id: Id
    reason: Reason


class ThemeChosen(Fact):
    type: Literal["board.theme_chosen"] = "board.theme_chosen"
    theme_id: Id
