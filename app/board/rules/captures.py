"""Writing in silence on a board or in one of its columns: it begins, somebody needs time, all cards turn at once."""

from collections.abc import Iterable

from app.board.messages import CaptureRevealed, CaptureStarted, MoreTimeNeeded, NeedMoreTime, Reveal, StartCapture
from app.board.rows import Board, BoardCapture, Card, CardText
from app.board.rules.boards import column_of
from app.board.rules.moving import last_rank
from app.rooms.capture import asked_once, gone_and_kept, shown, shuffled
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rank import between
from app.rooms.values import Key
from app.rooms.voices import with_voices


def start_capture(room: Room, command: StartCapture, ask: Ask) -> Change:
    board = room.get(Board, command.board_id)
    column = None if command.column is None else column_of(board, command.column)
    capture_id = room.free(BoardCapture, command.capture_id)
    for other in _open_on(room, board.id):
        if None in (column, other.column) or other.column == column:
            raise Refusal("capture_open", capture_id=other.id)
    capture = ask.new(
        BoardCapture,
        id=capture_id,
        owner_id=None,
        board_id=board.id,
        audience=board.audience,
        column=column,
        mode=command.mode,
        began=room.seq,
    )
    return Change(CaptureStarted(capture_id=capture.id, mode=capture.mode), puts=(capture,))


def need_more_time(room: Room, command: NeedMoreTime, ask: Ask) -> Change:
    capture = room.get(BoardCapture, command.capture_id)
    if not capture.is_open:
        raise Refusal("capture_over")
    asking = asked_once(room, capture, ask)
    return Change(MoreTimeNeeded(capture_id=capture.id), puts=asking.unless(capture))


def reveal(room: Room, command: Reveal, ask: Ask) -> Change:
    """Everybody sees all cards at once. What was taken back is gone for good."""
    capture = room.get(BoardCapture, command.capture_id)
    fact = CaptureRevealed(capture_id=capture.id)
    if not capture.is_open:
        return Change(fact)
    gone, kept = gone_and_kept(_hidden_in(room, capture))
    cards = with_voices(capture, shuffled(kept, ask))
    texts = [text for card in kept for text in room.where(CardText, card_id=card.id)]
    settled = [text for text in texts if text.removed_at is not None]
    settled += [text for card in gone for text in room.where(CardText, card_id=card.id)]
    revealed = capture.but(state="revealed", written=len(kept), asking=0, asked=())
    return Change(
        fact,
        puts=(
            revealed,
            *_ranked(room, capture, (shown(card, capture, ask) for card in cards)),
            *(shown(text, capture, ask) for text in texts if text.removed_at is None),
        ),
        drops=tuple((type(row), row.id) for row in (*settled, *gone)),
    )


def capture_for(room: Room, board: Board, column: Key, capture_id: str | None) -> BoardCapture | None:
    """The capture that a new card in this column is written in, whether or not its writer's browser knows of it.

    A card that was written for a capture is refused once that is over: it was not meant to be anybody's in the open.
    """
    here = next((capture for capture in _open_on(room, board.id) if capture.column in (None, column)), None)
    if capture_id is not None and (here is None or here.id != capture_id):
        raise Refusal("capture_over")
    return here


def counted(room: Room, card: Card) -> tuple[Row, ...]:
    """The capture of a card that was written, taken back or put back, when its count is another now."""
    capture = room.find(BoardCapture, card.capture_id) if card.hidden and card.capture_id else None
    if capture is None:
        return ()
    others = (other for other in _hidden_in(room, capture) if other.id != card.id)
    written = sum(not row.is_gone for row in (*others, card))
    return capture.but(written=written).unless(capture)


def _open_on(room: Room, board_id: str) -> Iterable[BoardCapture]:
    return (capture for capture in room.where(BoardCapture, board_id=board_id) if capture.is_open)


def _hidden_in(room: Room, capture: BoardCapture) -> tuple[Card, ...]:
    return tuple(card for card in room.where(Card, capture_id=capture.id) if card.hidden)


def _ranked(room: Room, capture: BoardCapture, cards: Iterable[Card]) -> Iterable[Card]:
    """Behind everything that stands on the board, in the order in which they come here."""
    rank = last_rank(room, capture.board_id)
    for card in cards:
        yield card.but(rank=rank)
        rank = between(rank, None)
