"""A card is added, described, taken away and put back."""

from typing import Any

from app.board.messages import (
    AddCard,
    CardAdded,
    CardRemoved,
    CardRestored,
    CardSet,
    RemoveCard,
    RestoreCard,
    SetCard,
)
from app.board.rows import Board, Card
from app.board.rules.boards import column_of
from app.board.rules.captures import capture_for, counted
from app.board.rules.moving import last_rank
from app.board.rules.voices import refuse_if_redacted, refuse_unless_own, spoken_for
from app.rooms.capture import refuse_if_over, written_in
from app.rooms.hush import is_held
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.voices import OF_PATIENTS, by_whom, voice_of

SAID_BY_ANYBODY = ("kind", "confidence")
SAID_BY_OWNER = ("from_patient", "proxy_for")


def add_card(room: Room, command: AddCard, ask: Ask) -> Change:
    board = room.get(Board, command.board_id)
    column = column_of(board, command.column)
    capture = capture_for(room, board, column, command.capture_id)
    is_looked_at = is_held(room, ask.who)
    if is_looked_at and capture is not None and capture.is_nameless:
        # Held it would say whose it is, and let through nobody would have looked at it first.
        raise Refusal("held")
    proxy_for = spoken_for(room, command.proxy_for, ask.who.member_id, ask)
    card = ask.new(
        Card,
        id=room.free(Card, command.card_id),
        board_id=board.id,
        audience=board.audience,
        column=column,
        text=command.text,
        rank=last_rank(room, board.id),
        kind=command.kind,
        **by_whom(room, capture, proxy_for, command.from_patient, ask),
        **written_in(room, capture, proxy_for, ask),
        held=is_looked_at,
    )
    return Change(CardAdded(card_id=card.id), puts=(card, *counted(room, card)))


def set_card(room: Room, command: SetCard, ask: Ask) -> Change:
    """Whoever contributes says more about any card; whose voice it is belongs to those whose words it holds."""
    card = room.get(Card, command.card_id)
    refuse_if_over(card, command.capture_id)
    changes = command.said(*SAID_BY_ANYBODY)
    if "evidence" in command.model_fields_set:
        refuse_if_redacted(card)
        changes["evidence"] = command.evidence or ()
    if command.said(*SAID_BY_OWNER):
        refuse_unless_own(card, ask)
        changes |= _whose(room, card, command, ask)
    return Change(CardSet(card_id=card.id), puts=card.but(**changes).unless(card))


def remove_card(room: Room, command: RemoveCard, ask: Ask) -> Change:
    card = room.get(Card, command.card_id, removed=True)
    refuse_if_over(card, command.capture_id)
    refuse_unless_own(card, ask)
    removed = card.but(removed_at=card.removed_at or ask.at)
    return Change(CardRemoved(card_id=card.id), puts=(*removed.unless(card), *counted(room, removed)))


def restore_card(room: Room, command: RestoreCard, ask: Ask) -> Change:
    card = room.get(Card, command.card_id, removed=True)
    refuse_unless_own(card, ask)
    restored = card.but(removed_at=None)
    return Change(CardRestored(card_id=card.id), puts=(*restored.unless(card), *counted(room, restored)))


def _whose(room: Room, card: Card, command: SetCard, ask: Ask) -> dict[str, Any]:
    """Who the card speaks for, and whether a patient does; null goes by the voice, as on a new card."""
    if card.is_nameless:
        if command.proxy_for is not None:
            raise Refusal("bad_command", field="proxy_for", reason="nameless")
        return {"from_patient": bool(command.from_patient)} if "from_patient" in command.model_fields_set else {}
    proxy_for, voice = card.proxy_for, card.voice
    if "proxy_for" in command.model_fields_set and command.proxy_for != proxy_for:
        proxy_for = spoken_for(room, command.proxy_for, card.author_id, ask)
        voice = voice_of(room, proxy_for or card.author_id)
    from_patient = command.from_patient
    if from_patient is None:
        is_open = "from_patient" in command.model_fields_set or proxy_for != card.proxy_for
        from_patient = voice in OF_PATIENTS if is_open else card.from_patient
    return {"proxy_for": proxy_for, "voice": voice, "from_patient": from_patient}
