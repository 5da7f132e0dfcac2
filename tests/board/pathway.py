"""The sepsis room on paper, with its lens board and a few people."""

from typing import Any

from app.board.rows import Board, Card, CardText
from app.rooms.values import id_from
from tests.rooms.rehearsal import ANNE, MAYA, PAUL, ROSA, TOM, Rehearsal

JOE = id_from("joe")
FIRST, SECOND, THIRD = id_from("card 1"), id_from("card 2"), id_from("card 3")
RECORDING = ("not_allowed", {"needs": "board.record"})


class Pathway(Rehearsal):
    """Maya is a patient; Tom, the recorder, and Rosa are nurses; Joe, a carer, is on the telephone; Paul sponsors."""

    def __init__(self) -> None:
        super().__init__()
        self.joins(MAYA, voice="patient")
        self.joins(TOM, voice="nurse")
        self.joins(ROSA, voice="nurse")
        self.joins(PAUL, "sponsor", voice="manager")
        self.say(ANNE, "rooms.add_person", member_id=JOE, name="Joe", voice="carer")
        self.holds("recorder", TOM)
        self.lenses = self.board(None)

    def board(self, step_key: str | None) -> Board:
        (board,) = self.replica.where(Board, step_key=step_key)
        return board

    def writes(self, by: str, id: str, column: str = "value", **fields: Any) -> Card:
        fields = {"text": "Waiting was the frightening part", "board_id": self.lenses.id, **fields}
        self.say(by, "board.add_card", card_id=id, column=column, **fields)
        return self.card(id)

    def edits(self, by: str, id: str, text: str, base_rev: int) -> Card:
        self.say(by, "board.edit_card", card_id=id, text=text, base_rev=base_rev)
        return self.card(id)

    def moves(self, by: str, id: str, **to: Any) -> Card:
        self.say(by, "board.move_card", card_id=id, **to)
        return self.card(id)

    def sets(self, by: str, id: str, **said: Any) -> Card:
        self.say(by, "board.set_card", card_id=id, **said)
        return self.card(id)

    def card(self, id: str) -> Card:
        return self.row(Card, id)

    def kept(self, id: str = FIRST) -> tuple[CardText, ...]:
        """The texts that wait under a card."""
        return tuple(text for text in self.replica.where(CardText, card_id=id) if text.removed_at is None)

    def order(self, column: str) -> list[str]:
        """The cards of a column as screens show them."""
        cards = [card for card in self.replica.where(Card, board_id=self.lenses.id) if card.column == column]
        return [card.id for card in sorted(cards, key=lambda card: (card.rank, card.id)) if not card.removed_at]
