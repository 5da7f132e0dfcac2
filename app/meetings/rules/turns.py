"""Hands, turns, and who is ready: what people say without speaking."""

from collections.abc import Sequence

from app.meetings.messages import (
    EndRound,
    GiveTurn,
    HandLowered,
    HandRaised,
    LowerHand,
    NextTurn,
    PassTurn,
    RaiseHand,
    ReadySet,
    RoundEnded,
    RoundStarted,
    SetReady,
    StartRound,
    TurnGiven,
    TurnPassed,
    TurnPassedOn,
)
from app.meetings.rows import TURNS, Floor, Hand, Item, Ready, ReadyCount, Turn
from app.rooms.kernel import Ask, Change, Refusal, Room, Row
from app.rooms.rows import Member, active_member
from app.rooms.values import id_from

RECORD = "rooms.record"


def raise_hand(room: Room, command: RaiseHand, ask: Ask) -> Change:
    member = _speaker(room, command.member_id or str(ask.who.member_id))
    is_mine = member.id == ask.who.member_id
    if not is_mine and not (member.without_device and (ask.who.may(TURNS) or ask.who.may(RECORD))):
        raise Refusal("not_allowed", needs=TURNS)
    raised = ask.new(Hand, id=member.id, owner_id=member.id, member_id=member.id)
    return Change(HandRaised(member_id=member.id), puts=() if hands_of(room, member.id) else (raised,))


def lower_hand(room: Room, command: LowerHand, ask: Ask) -> Change:
    member_id = command.member_id or str(ask.who.member_id)
    if member_id != ask.who.member_id and not ask.who.may(TURNS):
        raise Refusal("not_allowed", needs=TURNS)
    if command.member_id is not None:
        room.get(Member, command.member_id)
    return Change(HandLowered(member_id=member_id), drops=_gone(hands_of(room, member_id)))


def give_turn(room: Room, command: GiveTurn, ask: Ask) -> Change:
    member = _speaker(room, command.member_id)
    return _speaks(room, member.id, ask, TurnGiven(member_id=member.id))


def start_round(room: Room, command: StartRound, ask: Ask) -> Change:
    if floor_of(room, ask).is_round:
        raise Refusal("round_is_on")
    members = {_speaker(room, id).id for id in command.member_ids}
    first, *others = sorted(members, key=lambda id: id_from(ask.command_id, id))
    turns = tuple(
        ask.new(Turn, id=ask.id(number), owner_id=id, member_id=id, number=number) for number, id in enumerate(others)
    )
    floor = floor_of(room, ask).but(member_id=first, is_round=True, to_come=len(turns))
    drops = _gone(hands_of(room, first))
    return Change(RoundStarted(count=len(members)), puts=(floor, *turns), drops=drops)


def next_turn(room: Room, command: NextTurn, ask: Ask) -> Change:
    """By those who lead turns, or by whoever has the floor: who is done says so."""
    floor = floor_of(room, ask)
    leads = ask.who.may(TURNS)
    if not leads and floor.member_id != ask.who.member_id:
        raise Refusal("not_allowed", needs=TURNS)
    waiting = turns_to_come(room)
    if floor.is_round and waiting:
        return _speaks(room, waiting[0].member_id, ask, TurnPassedOn(to_come=len(waiting) - 1))
    hands = () if floor.is_round or not leads else raised_hands(room)
    if hands:
        return _speaks(room, hands[0].member_id, ask, TurnPassedOn(to_come=0))
    return Change(TurnPassedOn(to_come=0), puts=_quiet(floor).unless(floor))


def pass_turn(room: Room, command: PassTurn, ask: Ask) -> Change:
    floor = floor_of(room, ask)
    if floor.is_round and floor.member_id == ask.who.member_id:
        return next_turn(room, NextTurn(type="meetings.next_turn"), ask)
    waiting = turns_to_come(room)
    mine = [turn for turn in waiting if turn.member_id == ask.who.member_id]
    if not mine:
        raise Refusal("no_turn_to_pass")
    left = len(waiting) - len(mine)
    return Change(TurnPassed(to_come=left), puts=(floor.but(to_come=left),), drops=_gone(mine))


def end_round(room: Room, command: EndRound, ask: Ask) -> Change:
    floor = floor_of(room, ask)
    return Change(RoundEnded(), puts=_quiet(floor).unless(floor), drops=_gone(room.where(Turn)))


def set_ready(room: Room, command: SetReady, ask: Ask) -> Change:
    item = room.get(Item, command.item_id)
    if item.state != "now":
        raise Refusal("item_not_now")
    me = str(ask.who.member_id)
    mine = room.find(Ready, me) or ask.new(Ready, id=me)
    said = mine.but(item_id=item.id if command.is_ready else None)
    others = [ready for ready in room.where(Ready) if ready.item_id == item.id and ready.owner_id != me]
    count = len({ready.owner_id for ready in others}) + command.is_ready
    none = ask.new(ReadyCount, id=_the_only(room, ReadyCount), owner_id=None, item_id=item.id, count=0)
    standing = next(iter(room.where(ReadyCount)), none)
    counted = standing.but(item_id=item.id, count=count)
    puts = () if room.find(Ready, me) == said else (said, counted)
    return Change(ReadySet(item_id=item.id, count=count), puts=puts)


def hands_of(room: Room, member_id: str) -> tuple[Hand, ...]:
    """One, or two of somebody who had come as two."""
    return room.where(Hand, member_id=member_id)


def raised_hands(room: Room) -> Sequence[Hand]:
    """In the order of raising."""
    return sorted(room.where(Hand), key=lambda hand: (hand.created_at, hand.id))


def turns_to_come(room: Room) -> Sequence[Turn]:
    """Of those who are still in the room."""
    waiting = (turn for turn in room.where(Turn) if _is_in(room, turn.member_id))
    return sorted(waiting, key=lambda turn: (turn.number, turn.id))


def floor_of(room: Room, ask: Ask) -> Floor:
    """The room's, or one in which nobody speaks."""
    return next(iter(room.where(Floor)), None) or ask.new(Floor, id=_the_only(room, Floor), owner_id=None)


def everybody_is_quiet(room: Room, ask: Ask) -> tuple[tuple[Row, ...], tuple[tuple[type[Row], str], ...]]:
    """What the end of a meeting puts and drops: no hand stays up, no round goes on."""
    floor = floor_of(room, ask)
    stands = room.find(Floor, floor.id) is not None
    return _quiet(floor).unless(floor) if stands else (), _gone((*room.where(Hand), *room.where(Turn)))


def _speaks(room: Room, member_id: str, ask: Ask, fact: TurnGiven | TurnPassedOn) -> Change:
    floor, waiting = floor_of(room, ask), turns_to_come(room)
    left = [turn for turn in waiting if turn.member_id != member_id]
    speaking = floor.but(member_id=member_id, to_come=len(left))
    over = [turn for turn in room.where(Turn) if turn not in left]
    return Change(fact, puts=speaking.unless(floor), drops=_gone((*hands_of(room, member_id), *over)))


def _quiet(floor: Floor) -> Floor:
    return floor.but(member_id=None, is_round=False, to_come=0)


def _speaker(room: Room, member_id: str) -> Member:
    member = active_member(room, member_id)
    if member.part == "wall":
        raise Refusal("not_possible")
    return member


def _is_in(room: Room, member_id: str) -> bool:
    member = room.find(Member, member_id)
    return member is not None and member.state == "active"


def _gone(rows: Sequence[Row]) -> tuple[tuple[type[Row], str], ...]:
    return tuple((type(row), row.id) for row in rows)


def _the_only(room: Room, kind: type[Row]) -> str:
    return id_from(room.id, kind.noun)
