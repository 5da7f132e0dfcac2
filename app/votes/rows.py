"""A ballot, what is on it, who votes, and what came out. What one person chose is a paper, or dots in the open."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.rooms.kernel import Row, Who, in_room
from app.rooms.paper import Box
from app.rooms.values import NOTE, TITLE, Id, Key, Note, Title, Value, When, no_longer_than, one_of

Of = Literal["ideas", "themes", "cards"]
Mode = Literal["secret", "open"]
State = Literal["draft", "clarify", "open", "closed", "revealed", "decided", "void"]
VoidWhy = Literal["coach", "no_votes", "forgotten", "lost"]
OVER: tuple[State, ...] = ("decided", "void")
MOST_OPTIONS = 90
STEER = "votes.steer"

Weights = Annotated[tuple[Annotated[int, Limits(ge=1, le=20)], ...], Limits(max_length=10)]


class Choice(Value):
    """What one person has put: the paper of a secret ballot, the dots of an open one."""

    by: Id
    """So that two entries of one person count once. Sealed with the rest: whoever could read it has the key anyhow."""
    votes: dict[Id, int] = Field(default={})
    """Option → how many. None of it is zero."""
    abstaining: bool = False
    finished: bool = False
    proxy: bool = False
    """Entered by somebody else, who knows it."""
    refunded: tuple[Id, ...] = ()
    """Options that were mended after votes were on them: these came back. Told until the next vote."""

    @property
    def spent(self) -> int:
        return sum(self.votes.values())

    @property
    def is_said(self) -> bool:
        return bool(self.votes) or self.abstaining

    def has_finished(self, budget: int) -> bool:
        """They say so, they abstain, or there is nothing left to put."""
        return self.finished or self.abstaining or self.spent >= budget


class Drawn(Value):
    """Where the coach drew the line: after the top few, from so many votes on, or by hand, one by one."""

    by: Literal["top", "votes", "hand"]
    at: Annotated[int, Limits(ge=1, le=MOST_OPTIONS * 20)] | None = None
    """After so many, which ties can make more; or from so many votes on."""


class Ballot(Box):
    """One vote of the room. From opening until it is revealed or void its papers lie in it, also while it is paused or
    closed: a closed ballot can be opened again."""

    noun = "ballot"
    words: ClassVar[tuple[str, ...]] = ("question", "reason", "void_reason")
    server_only: ClassVar[tuple[str, ...]] = (*Box.server_only, "given", "due_at")
    deadline: ClassVar[str | None] = "due_at"

    question: Title | None
    of: Of = Field(sa_type=Text)
    mode: Mode = Field(default="secret", sa_type=Text)
    state: State = Field(default="draft", sa_type=Text)  # type: ignore[assignment]
    preset: Key = "thirds"
    votes_each: int = 1
    votes_set: bool = False
    """The coach has said how many; otherwise they follow from the number of options."""
    per_item: int = 1
    must_use_all: bool = False
    weights: tuple[int, ...] = Field(default=(), sa_type=JsonText)
    """Each is given once: 5, 3, 1. Then these are what there is to spend."""
    seconds: int | None = None
    round: int = 1
    previous_id: Id | None = None
    sure: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Options of the ballot before that are in already: this one is a run-off among those that tied."""
    opened_at: When | None = Field(default=None, sa_type=MomentText)
    ends_at: When | None = Field(default=None, sa_type=MomentText)
    paused_at: When | None = Field(default=None, sa_type=MomentText)
    closed_at: When | None = Field(default=None, sa_type=MomentText)
    revealed_at: When | None = Field(default=None, sa_type=MomentText)
    decided_at: When | None = Field(default=None, sa_type=MomentText)
    electorate: int | None = None
    """How many could vote; from its close on."""
    kept: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Options that the room has decided for."""
    line: Drawn | None = Field(default=None, sa_type=JsonText)
    """Where it was to be cut. Those kept say where it was."""
    reason: Note | None = None
    void_why: VoidWhy | None = Field(default=None, sa_type=Text)
    void_reason: Note | None = None
    apart: bool = False
    """Stands beside the live ballot, for people who cannot be in the hour: one question, open to a stated time."""
    until: When | None = Field(default=None, sa_type=MomentText)
    due_at: When | None = Field(default=None, sa_type=MomentText)
    """When the server closes it, or gives it up."""

    @property
    def is_open(self) -> bool:
        was_opened = self.opened_at is not None and self.state in ("clarify", "open", "closed")
        return was_opened and self.removed_at is None

    @property
    def is_over(self) -> bool:
        return self.state in OVER or self.removed_at is not None

    @property
    def budget(self) -> int:
        return sum(self.weights) if self.weights else self.votes_each

    def takes_votes(self, at: datetime) -> bool:
        return self.state == "open" and (self.ends_at is None or at < self.ends_at)

    def voided(self) -> "Ballot":
        return self.but(state="void", void_why="lost", due_at=None)


class Option(Row):
    """Something on a ballot, with its letter. What it says is said by the idea, theme or card behind it."""

    noun = "option"
    indexes: ClassVar[tuple[str, ...]] = ("ballot_id",)
    words: ClassVar[tuple[str, ...]] = ("reason",)
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "rev", "was")

    ballot_id: Id
    letter: str
    rank: int
    of_id: Id
    rev: int | None = None
    """Of its text when the ballot was opened."""
    was: str | None = None
    """The state of its idea before."""
    withdrawn_at: When | None = Field(default=None, sa_type=MomentText)
    reason: Note | None = None

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None and self.removed_at is None


class Voter(Row):
    """The switch of one person who does not vote by what they are in the room, or is left out as a double."""

    noun = "voter"
    indexes: ClassVar[tuple[str, ...]] = ("ballot_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    ballot_id: Id
    member_id: Id
    votes: bool


class Turnout(Row):
    """How many have finished, of how many; told a moment late. Its id is the ballot's. Never what, never who."""

    noun = "turnout"
    finished: int = 0
    of: int = 0
    patients_waiting: bool | None = None
    """Patients or carers are here and none of them has finished. For coaches, before they close."""

    def seen_by(self, who: Who) -> Self | None:
        if who.may(STEER):
            return self
        return self.but(patients_waiting=None) if who.may("rooms.view") else None


class Line(Value):
    """What one option got. Points and voters are withheld where so few voted that they would be somebody's."""

    option_id: Id
    letter: str
    points: int | None
    voters: int | None
    place: int


class Group(Value):
    """What patients and carers, clinical staff or others chose, where each of these is three or more."""

    key: Literal["patients", "clinical", "other"]
    ballots: int
    points: dict[Id, int]


class Cut(Value):
    """Where the list could be cut: `keeps` so many lines from the top."""

    by: Literal["gap", "threshold"]
    points: int
    """The biggest step down; or so many points to stay."""
    keeps: int


class Tally(Row):
    """What came out: one frozen row for everybody at once, and the same for who comes later. Its id is the ballot's."""

    noun = "tally"

    lines: tuple[Line, ...] = Field(default=(), sa_type=JsonText)
    electorate: int
    ballots: int
    """With at least one vote: the turnout is these of the electorate."""
    abstained: int
    under_spent: int
    by_proxy: int
    spent: int
    withheld: bool = False
    cuts: tuple[Cut, ...] = Field(default=(), sa_type=JsonText)
    """Suggestions. Ties are never split by them."""
    from_patients: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Options that patients and carers have proposed, the highest first; those of earlier rounds behind them."""
    groups: tuple[Group, ...] = Field(default=(), sa_type=JsonText)


class Dots(Row):
    """What one person has put on an open ballot, for everybody to see."""

    noun = "dots"
    indexes: ClassVar[tuple[str, ...]] = ("ballot_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    ballot_id: Id
    member_id: Id
    votes: dict[str, int] = Field(default={}, sa_type=JsonText)
    abstaining: bool = False
    finished: bool = False
    proxy: bool = False
    refunded: tuple[Id, ...] = Field(default=(), sa_type=JsonText)

    @property
    def choice(self) -> Choice:
        said: dict[str, Any] = {name: getattr(self, name) for name in Choice.model_fields if name != "by"}
        return Choice(by=self.member_id, **said)


class BallotTable(Ballot, table=True):
    __tablename__ = "votes_ballot"
    __table_args__ = in_room(
        one_of("of", "ideas", "themes", "cards"),
        one_of("mode", "secret", "open"),
        one_of("state", "draft", "clarify", "open", "closed", "revealed", "decided", "void"),
        one_of("void_why", "coach", "no_votes", "forgotten", "lost"),
        no_longer_than("question", TITLE),
        no_longer_than("reason", NOTE),
        no_longer_than("void_reason", NOTE),
        CheckConstraint("votes_each > 0 AND per_item > 0 AND round > 0", name="limits"),
        CheckConstraint("(state = 'void') = (void_why IS NOT NULL)", name="void"),
        CheckConstraint("NOT apart OR until IS NOT NULL", name="apart"),
        # One live ballot a room.
        Index(
            "uq_votes_ballot_live",
            "room_id",
            unique=True,
            sqlite_where=text("state NOT IN ('decided', 'void') AND NOT apart"),
            postgresql_where=text("state NOT IN ('decided', 'void') AND NOT apart"),
        ),
    )
    room_id: Id


class OptionTable(Option, table=True):
    __tablename__ = "votes_option"
    __table_args__ = in_room(
        no_longer_than("reason", NOTE),
        ForeignKeyConstraint(["room_id", "ballot_id"], ["votes_ballot.room_id", "votes_ballot.id"]),
    )
    room_id: Id


class VoterTable(Voter, table=True):
    __tablename__ = "votes_voter"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "ballot_id"], ["votes_ballot.room_id", "votes_ballot.id"])
    )
    room_id: Id


class TurnoutTable(Turnout, table=True):
    __tablename__ = "votes_turnout"
    __table_args__ = in_room(
        CheckConstraint("finished >= 0 AND of >= 0", name="counts"),
        ForeignKeyConstraint(["room_id", "id"], ["votes_ballot.room_id", "votes_ballot.id"]),
    )
    room_id: Id


class TallyTable(Tally, table=True):
    __tablename__ = "votes_tally"
    __table_args__ = in_room(
        CheckConstraint("ballots + abstained <= electorate", name="turnout"),
        ForeignKeyConstraint(["room_id", "id"], ["votes_ballot.room_id", "votes_ballot.id"]),
    )
    room_id: Id


class DotsTable(Dots, table=True):
    __tablename__ = "votes_dots"
    __table_args__ = in_room(
        ForeignKeyConstraint(["room_id", "ballot_id"], ["votes_ballot.room_id", "votes_ballot.id"])
    )
    room_id: Id
