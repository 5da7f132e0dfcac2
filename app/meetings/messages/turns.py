"""What people ask of hands, turns and being ready, and what then has happened."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.rooms.kernel import Command, Fact
from app.rooms.values import Id

MOST = 200
"""People in a round."""


class RaiseHand(Command):
    """I would like to speak; with `member_id`: somebody without a device would."""

    type: Literal["meetings.raise_hand"]
    member_id: Id | None = None


class HandRaised(Fact):
    type: Literal["meetings.hand_raised"] = "meetings.hand_raised"
    member_id: Id


class LowerHand(Command):
    """Mine, or somebody else's."""

    type: Literal["meetings.lower_hand"]
    member_id: Id | None = None


class HandLowered(Fact):
    type: Literal["meetings.hand_lowered"] = "meetings.hand_lowered"
    member_id: Id


class GiveTurn(Command):
    """This one speaks now, hand raised or not."""

    type: Literal["meetings.give_turn"]
    member_id: Id


class TurnGiven(Fact):
    type: Literal["meetings.turn_given"] = "meetings.turn_given"
    member_id: Id


class StartRound(Command):
    """Each of these is asked once, in an order that neither rank nor seat has a part in."""

    type: Literal["meetings.start_round"]
    member_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST)]


class RoundStarted(Fact):
    type: Literal["meetings.round_started"] = "meetings.round_started"
    count: int


class NextTurn(Command):
    """Whoever speaks is done: the next one of the round, else the next raised hand, else nobody."""

    type: Literal["meetings.next_turn"]


class TurnPassedOn(Fact):
    type: Literal["meetings.turn_passed_on"] = "meetings.turn_passed_on"
    to_come: int


class PassTurn(Command):
    """Not me in this round. Said without a name; nobody is told."""

    type: Literal["meetings.pass_turn"]


class TurnPassed(Fact):
    is_unsigned: ClassVar[bool] = True
    type: Literal["meetings.turn_passed"] = "meetings.turn_passed"
    to_come: int


class EndRound(Command):
    """The round is over, or whoever has the floor gives it back to everybody."""

    type: Literal["meetings.end_round"]


class RoundEnded(Fact):
    type: Literal["meetings.round_ended"] = "meetings.round_ended"


class SetReady(Command):
    """I am done with this item, or not yet."""

    type: Literal["meetings.set_ready"]
    item_id: Id
    is_ready: bool


class ReadySet(Fact):
    type: Literal["meetings.ready_set"] = "meetings.ready_set"
    item_id: Id
    count: int
