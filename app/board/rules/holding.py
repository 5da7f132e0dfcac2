"""What a held member writes waits until a coach lets it through."""

from app.board.messages import CardReleased, ReleaseCard
from app.board.rows import Card, CardText
from app.rooms.hush import looked_at
from app.rooms.kernel import Ask, Change, Room


def release_card(room: Room, command: ReleaseCard, ask: Ask) -> Change:
    card = room.get(Card, command.card_id)
    fact = CardReleased(card_id=card.id)
    if not card.held:
        return Change(fact)
    texts = (text.but(held=False) for text in room.where(CardText, card_id=card.id) if text.held)
    return Change(fact, puts=(card.but(held=False), *texts, *looked_at(room, card.owner_id, ask)))
