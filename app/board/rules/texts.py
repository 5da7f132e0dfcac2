"""The words of a card change, and two who wrote at once lose nothing."""

from app.board.messages import CardEdited, EditCard, SettleText, StaleTextKept, TextSettled
from app.board.rows import Card, CardText
from app.board.rules.voices import refuse_if_redacted, refuse_unless_own
from app.rooms.capture import refuse_if_over
from app.rooms.kernel import Ask, Change, Refusal, Room
from app.rooms.values import CardWords


def edit_card(room: Room, command: EditCard, ask: Ask) -> Change:
    card = room.get(Card, command.card_id)
    refuse_if_over(card, command.capture_id)
    refuse_unless_own(card, ask)
    refuse_if_redacted(card)
    if command.base_rev > card.rev:
        raise Refusal("bad_command", field="base_rev", reason="too_new")
    if command.text == card.text:
        return Change(CardEdited(card_id=card.id, rev=card.rev))
    if command.base_rev < card.rev:
        return _kept(card, command, ask)
    edited = _worded(card, command.text, _writer(card, ask))
    return Change(CardEdited(card_id=card.id, rev=edited.rev), puts=(edited,))


def settle_text(room: Room, command: SettleText, ask: Ask) -> Change:
    card = room.get(Card, command.card_id)
    kept = tuple(text for text in room.where(CardText, card_id=card.id) if text.removed_at is None)
    _refuse_unless_party(card, kept, ask)
    settled = card if command.text_id is None else _with_chosen(room, card, command.text_id)
    gone = tuple(text.but(removed_at=ask.at) for text in kept)
    return Change(TextSettled(card_id=card.id), puts=(*settled.unless(card), *gone))


def _kept(card: Card, command: EditCard, ask: Ask) -> Change:
    """What stands goes on standing; what came too late waits under it."""
    text = ask.new(
        CardText,
        id=ask.id(0),
        card_id=card.id,
        audience=card.audience,
        owner_id=card.owner_id if card.is_nameless else ask.who.member_id,
        hidden=card.hidden,
        held=card.held,
        capture_id=card.capture_id if card.hidden else None,
        text=command.text,
        by=_writer(card, ask),
        base_rev=command.base_rev,
    )
    return Change(StaleTextKept(card_id=card.id, text_id=text.id), puts=(text,))


def _writer(card: Card, ask: Ask) -> str | None:
    return None if card.is_nameless else ask.who.member_id


def _worded(card: Card, text: CardWords | None, by: str | None) -> Card:
    """The card with these words. Where they are somebody else's, that is marked and the first ones are kept."""
    if text == card.text:
        return card
    # Once its own people write again, the words are theirs again.
    is_own = by in (card.author_id, card.proxy_for)
    return card.but(
        text=text,
        rev=card.rev + 1,
        corrected_by=None if is_own else by,
        original=None if is_own else card.original or card.text,
    )


def _with_chosen(room: Room, card: Card, text_id: str) -> Card:
    chosen = room.get(CardText, text_id)
    if chosen.card_id != card.id:
        raise Refusal("not_found", kind=CardText.noun)
    refuse_if_redacted(chosen)
    return _worded(card, chosen.text, chosen.by)


def _refuse_unless_party(card: Card, kept: tuple[CardText, ...], ask: Ask) -> None:
    """Who may settle: those who may change the words, and whoever wrote one of the texts in question."""
    if not any(text.is_words_of(ask.who) for text in kept):
        refuse_unless_own(card, ask)
