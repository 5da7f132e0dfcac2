"""A small tool for the contract tests: it has what no tool of the product has yet.

A bell is rung at a deadline by the server; a wish is unlogged and its owner's alone; a bell may lock a card. A hat goes
round for papers. At the last bell an item is put away.
"""

from typing import Any, ClassVar, Literal

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.board.rows import Card
from app.db import JsonText, MomentText
from app.meetings.rows import Item
from app.rooms.kernel import INTERNAL, Ask, Change, Command, Deadline, Fact, Room, Row, Tool, Who, in_room
from app.rooms.paper import Box, promises_of_a_box, put_in, reads_all, reads_mine, refuse_if_closed, said_in
from app.rooms.values import Id, Note, Value, When


class Bell(Row):
    """Rings at its moment, once."""

    noun = "bell"
    deadline: ClassVar[str | None] = "rings_at"

    rings_at: When | None = Field(default=None, sa_type=MomentText)
    rung_at: When | None = Field(default=None, sa_type=MomentText)
    loudness: int = 1


class Wish(Row):
    """What one member wishes and nobody else reads."""

    noun = "wish"
    logged: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ("text",)

    text: Note
    times: int = 1

    def seen_by(self, who: Who) -> "Wish | None":
        return self if who.owns(self) else None


class Hat(Box):
    """Goes round; what is in it is read out in the end."""

    noun = "hat"

    said: tuple[str, ...] = Field(default=(), sa_type=JsonText)


class Slip(Value):
    """One paper in a hat."""

    text: str


class BellTable(Bell, table=True):
    __tablename__ = "bell_bell"
    __table_args__ = in_room(CheckConstraint("loudness < 11", name="loudness"))
    room_id: Id


class WishTable(Wish, table=True):
    __tablename__ = "bell_wish"
    __table_args__ = in_room()
    room_id: Id


class HatTable(Hat, table=True):
    __tablename__ = "bell_hat"
    __table_args__ = in_room(*promises_of_a_box())
    room_id: Id


class HangBell(Command):
    type: Literal["bell.hang_bell"]
    bell_id: Id
    rings_at: When | None = None
    loudness: int = 1


class BellHung(Fact):
    type: Literal["bell.bell_hung"] = "bell.bell_hung"
    bell_id: Id


class RingBell(Command):
    type: Literal["bell.ring_bell"] = "bell.ring_bell"
    bell_id: Id


class BellRung(Fact):
    type: Literal["bell.bell_rung"] = "bell.bell_rung"
    bell_id: Id


class SetWish(Command):
    type: Literal["bell.set_wish"]
    wish_id: Id
    text: Note


class WishSet(Fact):
    type: Literal["bell.wish_set"] = "bell.wish_set"


class LockCard(Command):
    type: Literal["bell.lock_card"]
    bell_id: Id
    card_id: Id


class CardLocked(Fact):
    type: Literal["bell.card_locked"] = "bell.card_locked"
    card_id: Id


class PassHat(Command):
    type: Literal["bell.pass_hat"]
    hat_id: Id


class HatPassed(Fact):
    type: Literal["bell.hat_passed"] = "bell.hat_passed"
    hat_id: Id


class DropIn(Command):
    """None: what I dropped in is taken back."""

    type: Literal["bell.drop_in"]
    hat_id: Id
    text: Note | None


class DroppedIn(Fact):
    type: Literal["bell.dropped_in"] = "bell.dropped_in"
    hat_id: Id


class EmptyHat(Command):
    type: Literal["bell.empty_hat"]
    hat_id: Id


class HatEmptied(Fact):
    type: Literal["bell.hat_emptied"] = "bell.hat_emptied"
    hat_id: Id


class PutAway(Command):
    type: Literal["bell.put_away"]
    item_id: Id


class ItemPutAway(Fact):
    type: Literal["bell.item_put_away"] = "bell.item_put_away"
    item_id: Id


class BreakBell(Command):
    """A rule with a defect in it."""

    type: Literal["bell.break_bell"]


TOOL = Tool(
    "bell",
    tables=(BellTable, WishTable, HatTable),
    facts=(BellHung, BellRung, WishSet, CardLocked, HatPassed, DroppedIn, HatEmptied, ItemPutAway),
    grants={"coach": ["bell.hang"], "member": ["bell.hang"]},
    after=("board", "meetings"),
    deadlines=[Deadline(Bell, lambda bell: RingBell(bell_id=bell.id))],
)


def hang_bell(room: Room, command: HangBell, ask: Ask) -> Change:
    bell = ask.new(Bell, id=room.free(Bell, command.bell_id), rings_at=command.rings_at, loudness=command.loudness)
    return Change(BellHung(bell_id=bell.id), puts=(bell,))


def ring_bell(room: Room, command: RingBell, ask: Ask) -> Change:
    bell = room.get(Bell, command.bell_id)
    return Change(BellRung(bell_id=bell.id), puts=(bell.but(rings_at=None, rung_at=ask.at),))


def the_wish(room: Room, command: SetWish, who: Who) -> Any:
    return [(Wish, {"id": command.wish_id})]


def set_wish(room: Room, command: SetWish, ask: Ask) -> Change:
    before = room.find(Wish, command.wish_id)
    if before is not None and ask.who.owns(before):
        return Change(WishSet(), puts=(before.but(text=command.text, times=before.times + 1),))
    room.free(Wish, command.wish_id)
    return Change(WishSet(), puts=(ask.new(Wish, id=command.wish_id, text=command.text),))


def lock_card(room: Room, command: LockCard, ask: Ask) -> Change:
    bell, card = room.get(Bell, command.bell_id), room.get(Card, command.card_id)
    return Change(CardLocked(card_id=card.id), puts=(card.but(locked_by=bell.id),))


def pass_hat(room: Room, command: PassHat, ask: Ask) -> Change:
    hat = ask.new(Hat, id=room.free(Hat, command.hat_id), owner_id=None, began=room.seq)
    return Change(HatPassed(hat_id=hat.id), puts=(hat,))


def drop_in(room: Room, command: DropIn, ask: Ask) -> Change:
    hat = room.get(Hat, command.hat_id)
    says = None if command.text is None else Slip(text=command.text)
    return Change(DroppedIn(hat_id=hat.id), puts=(put_in(room, hat, ask.who.member_id or "", says, ask),))


def empty_hat(room: Room, command: EmptyHat, ask: Ask) -> Change:
    hat = room.get(Hat, command.hat_id)
    refuse_if_closed(room, hat)
    said = tuple(sorted(slip.text for slip in said_in(room, hat, Slip)))
    return Change(HatEmptied(hat_id=hat.id), puts=(hat.but(state="revealed", given=len(said), said=said),))


def put_away(room: Room, command: PutAway, ask: Ask) -> Change:
    item = room.get(Item, command.item_id, removed=True)
    return Change(ItemPutAway(item_id=item.id), puts=(item.but(shelved_at=ask.at),))


def break_bell(room: Room, command: BreakBell, ask: Ask) -> Change:
    raise ZeroDivisionError


TOOL.rule(HangBell, needs="bell.hang")(hang_bell)
TOOL.rule(RingBell, needs=INTERNAL)(ring_bell)
TOOL.rule(SetWish, needs="bell.hang", reads=the_wish)(set_wish)
TOOL.rule(LockCard, needs="bell.hang")(lock_card)
TOOL.rule(PassHat, needs="bell.hang")(pass_hat)
TOOL.rule(DropIn, needs="bell.hang", reads=reads_mine("hat_id"))(drop_in)
TOOL.rule(EmptyHat, needs="bell.hang", reads=reads_all("hat_id"))(empty_hat)
TOOL.rule(PutAway, needs="bell.hang")(put_away)
TOOL.rule(BreakBell, needs="bell.hang")(break_bell)
