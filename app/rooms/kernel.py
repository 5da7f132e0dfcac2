"""The words every tool is made of: Command, Fact, Refusal, Row, Who, Ask, Change, Room and Tool."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Constraint, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Table
from sqlmodel import Field, SQLModel
from sqlmodel._compat import SQLModelConfig

from app.db import MomentText
from app.rooms.method import Method
from app.rooms.values import Id, When, id_from

R = TypeVar("R", bound="Row")

INTERNAL = "internal"
"""What the server's own commands need; no person is granted it."""


class Message(BaseModel):
    """What crosses the wire. `type` is `<tool>.<words>`; unknown fields are refused, and "3" is no 3."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def wire_type(cls) -> str:
        return cast(str, cls.model_fields["type"].annotation.__args__[0])  # type: ignore[union-attr]


class Command(Message):
    """What somebody asks for, in the imperative. May be refused."""

    def said(self, *fields: str, never_null: Iterable[str] = ()) -> dict[str, Any]:
        """Those of `fields` that are in the command: absent means unchanged, null means nothing."""
        return said_in(self, *fields, never_null=never_null)


class Fact(Message):
    """What has happened, in the past tense: ids, choices and numbers, never text or names.

    `undone_by` names the command that takes it back, where there is one."""

    # A default that the server always sends is no "perhaps" for the browser's types.
    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    undone_by: ClassVar[str | None] = None
    is_audited: ClassVar[bool] = False
    """Whether the trail tells of it, too: who came in, what they may, what was taken away."""
    is_unsigned: ClassVar[bool] = False
    """Whether it is stored without a name: neither log nor screens say by whom."""


class Refusal(Exception):
    """No, and why: a stable code and its parameters. The sentence comes from the message catalogue."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def said_in(part: BaseModel, *fields: str, never_null: Iterable[str] = ()) -> dict[str, Any]:
    """What a command, or a part of one, says of these fields."""
    said = {name: getattr(part, name) for name in fields if name in part.model_fields_set}
    for name in never_null:
        if said.get(name, ...) is None:
            raise Refusal("bad_command", field=name, reason="missing")
    return said


class Row(SQLModel):
    """A frozen value that everybody in the room sees, as far as `seen_by` allows.

    A subclass with `table=True` gives its SQL table and is never instantiated: SQLModel's tables validate nothing.
    """

    model_config = SQLModelConfig(frozen=True, extra="forbid", populate_by_name=True)

    noun: ClassVar[str]
    """Its name on the wire: `card`, `member`. Unique over all tools."""
    indexes: ClassVar[tuple[str, ...]] = ()
    """Fields by which `Room.where` finds rows without looking at all of them."""
    logged: ClassVar[bool] = True
    """False: enters neither log nor replica; only its owner gets it."""
    words: ClassVar[tuple[str, ...]] = ()
    """Fields that hold what people wrote; redacting empties them."""
    names: ClassVar[tuple[str, ...]] = ()
    """Fields that hold what somebody is called: written by people, too, and not to be emptied."""
    people: ClassVar[tuple[str, ...]] = ()
    """Fields besides `owner_id` that hold a member's id: they follow when two members turn out to be one."""
    copied: ClassVar[bool] = True
    """False: said to some alone. In no copy of the room, and gone with the person it was said to or by."""
    about: ClassVar[tuple[str, str] | None] = None
    """(kind, field): this row belongs to that row and is redacted with it."""
    copied_to: ClassVar[tuple[str, str] | None] = None
    """(kind, field): that row, which `field` names, says the same words and is redacted with this one."""
    server_only: ClassVar[tuple[str, ...]] = ("owner_id",)
    """Fields that decide who sees a row and are nobody's to read."""
    deadline: ClassVar[str | None] = None
    """Field with the moment at which the server acts on this row."""
    shelf: ClassVar[str | None] = None
    """What this row is put away with once that is long over: "meeting" for a kind with a `meeting_id`.

    Such a kind has a field `shelved_at`, for the server only. A row that is put with it leaves replica, snapshot and
    every browser. It stays in SQL, in copies and backups, is read over HTTP, and is erased like any other.
    """

    id: Id
    owner_id: Id | None = None
    created_at: When = Field(sa_type=MomentText)
    removed_at: When | None = Field(default=None, sa_type=MomentText)
    redacted_at: When | None = Field(default=None, sa_type=MomentText)
    locked_by: Id | None = None

    def but(self, **changes: Any) -> Self:
        """The same row with these fields changed, validated (unlike `model_copy`)."""
        return type(self).model_validate({**self.__dict__, **changes})

    def passed_on(self, was: str, now: str) -> Self:
        """This row once the member it names has turned out to be another one."""
        named = {name: now for name in ("owner_id", *self.people) if getattr(self, name) == was}
        return self.but(**named) if named else self

    def unless(self, standing: "Row") -> tuple[Self, ...]:
        """What to put: nothing where this stands already, for setting what already is changes nothing."""
        return () if self == standing else (self,)

    def seen_by(self, who: "Who") -> Self | None:
        """This row as `who` may see it: whole, with fields blanked, or None. Depends on nothing but both."""
        return self if who.may("rooms.view") else None

    @property
    def is_hidden(self) -> bool:
        """Whether others must not even learn who is behind it, see `capture`."""
        return False

    @property
    def is_shelved(self) -> bool:
        return self.shelf is not None and getattr(self, "shelved_at", None) is not None

    def is_words_of(self, who: "Who") -> bool:
        """Whether these are `who`'s own words, theirs to change and to take back."""
        return who.owns(self)

    def redacted(self, at: datetime) -> Self:
        """This row without any word that somebody wrote."""
        blank = {name: None if type(self).is_nullable(name) else () for name in self.words}
        return self.but(**blank, redacted_at=at)

    @classmethod
    def is_nullable(cls, name: str) -> bool:
        return type(None) in getattr(cls.model_fields[name].annotation, "__args__", ())

    @classmethod
    @cache
    def wire_fields(cls) -> tuple[str, ...]:
        """The fields that leave the server."""
        return tuple(name for name in cls.model_fields if name not in cls.server_only)

    @classmethod
    @cache
    def wire_names(cls) -> dict[str, str]:
        """What each of them is called there: `from` cannot be said in Python."""
        return {name: cls.model_fields[name].alias or name for name in cls.wire_fields()}


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, as the member row says at this moment. The server itself has no member_id and every permission."""

    member_id: str | None
    part: str = "server"
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    aliases: frozenset[str] = field(default=frozenset(), repr=False)
    """What they own rows by in open captures without names."""

    def may(self, permission: str) -> bool:
        return self.part == "server" or permission in self.permissions

    @property
    def names(self) -> frozenset[str]:
        """What their rows say of their owner: their own id, or an alias."""
        return self.aliases if self.member_id is None else self.aliases | {self.member_id}

    def owns(self, row: Row) -> bool:
        return row.owner_id is not None and (row.owner_id == self.member_id or row.owner_id in self.aliases)


SERVER = Who(member_id=None)


@dataclass(frozen=True, slots=True)
class Ask:
    """Everything a rule may know besides the room and the command."""

    who: Who
    at: datetime
    """The server's clock, which never goes back."""
    command_id: str
    given: Any = None
    """What the rule's `prepare` step brought in: a token, an HMAC, a decrypted paper."""

    def id(self, n: int) -> str:
        """Id of the n-th row that the server makes for this command; the same again on a retry."""
        return id_from(self.command_id, n)

    def new(self, kind: type[R], /, **fields: Any) -> R:
        """A row made now; owned by who asks unless `owner_id` says otherwise."""
        return kind(**{"created_at": self.at, "owner_id": self.who.member_id, **fields})


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule decided: one fact, whole rows to put, rows to drop (erasing, links)."""

    fact: Fact
    puts: tuple[Row, ...] = ()
    drops: tuple[tuple[type[Row], str], ...] = ()
    erases: tuple[Row, ...] = ()
    """Rows whose earlier payloads leave the log: a new epoch starts and everybody gets a snapshot."""


class Room(Protocol):
    """A room as a rule reads it. What the asker may not see is not there for `get`."""

    id: str
    seq: int

    def get(self, kind: type[R], id: str, *, removed: bool = False) -> R:
        """The row; refused `not_found` where there is none to see, `removed` where it was taken away."""
        ...

    def find(self, kind: type[R], id: str) -> R | None:
        """The row whoever asks, removed or not; None where there is none."""
        ...

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]:
        """All rows with these values, removed ones too, in the order they came."""
        ...

    def free(self, kind: type[Row], id: str) -> str:
        """The id itself when no row has it yet; else refused `exists`."""
        ...

    def alias(self, capture_id: str, *what: str) -> str:
        """Who or what stands behind this alias only the key of an open capture tells; `capture_over` without one.

        A command whose rule asks for one, or gets a row that is owned by one, is stored without a name.
        """
        ...

    def is_keyed(self, id: str) -> bool:
        """Whether there is a key for this open row; not after a restore."""
        ...

    def kind(self, name: str) -> type[Row]:
        """The kind of row with this wire name; else refused `not_found`."""
        ...

    def about(self, row: Row) -> tuple[Row, ...]:
        """The rows that go with this one's words, as `about` and `copied_to` say: a card's kept texts."""
        ...

    def everything(self) -> tuple[Row, ...]:
        """Every row there is, whoever asks."""
        ...


Decide = Callable[[Room, Any, Ask], Change]
"""A rule: the room, a command and an ask go in, a Change comes out or a Refusal is raised."""
Reads = Callable[[Room, Any, Who], Iterable[tuple[type[Row], dict[str, Any]]]]
"""The unlogged rows that a rule reads, by the values of some fields; loaded inside the transaction."""
Prepare = Callable[[Room, Any, Who], Any]
"""The one impure step before a rule; what it returns is `ask.given`."""


InMyRooms = Callable[[Connection, tuple[str, ...]], Mapping[str, Mapping[str, Any]]]
"""Room id → fields, for these rooms, asked of SQL: most of one's rooms are not in memory."""


OpenHours = Callable[[Connection, datetime], Mapping[str, datetime]]
"""Rooms that meet now, or are about to → until when, asked of SQL."""


class Standing(Protocol):
    """The rows of a room as they stand, for those who only read."""

    def where(self, kind: type[R], /, **fields: Any) -> tuple[R, ...]: ...


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a room's printed record: a heading (a word of the catalogue, or somebody's own) and lines below it."""

    title: str
    lines: tuple[str, ...] = ()
    level: int = 2


InRecord = Callable[[Standing], Iterable[Section]]
"""What a room's printed record tells of a tool."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One command: what it is, who may, and what decides it."""

    command: type[Command]
    needs: str
    decide: Decide
    tool: str
    is_internal: bool = False
    """Comes by a route of the server's own (joining, inviting) and is refused in `do`."""
    prepare: Prepare | None = None
    reads: Reads | None = None
    reads_shelf: bool = False
    """Whether what was put away is there for this rule, too: it takes words or people out for good."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The server's command for a row whose `deadline` field has passed."""

    kind: type[Row]
    command: Callable[[Row], Command]


@dataclass(frozen=True, slots=True)
class Counting:
    """What the server says of an open box of this kind, where its number of papers is not all there is to say."""

    kind: type[Row]
    told: Callable[[Standing, Any, Iterable[Any], datetime], Command | None]
    """A moment late, of the box and its papers; None while that is told already."""
    lost: Callable[[Row], Command]
    """When the key is gone, and the papers with it."""
    counts_who_is_here: Callable[[Row], bool] = lambda box: False
    """Whether it counts everybody who is here: then nobody is missed for having only just come in."""


@dataclass(frozen=True, slots=True)
class While:
    """What meeting roles carry besides, as long as the room has a row of this kind with these values."""

    kind: type[Row]
    so: Mapping[str, str]
    grants: Mapping[str, tuple[str, ...]]


@dataclass
class Tool:
    """One thing a team works with: its rows, its rules, and who may use them.

    `grants` maps a part (coach, member, sponsor, observer, wall) or a meeting role (leader, recorder, timekeeper,
    facilitator) to the permissions it carries. `after` names the tools this one may import.
    """

    name: str
    tables: tuple[type[Row], ...] = ()
    facts: tuple[type[Fact], ...] = ()
    grants: Mapping[str, Iterable[str]] = field(default_factory=dict)
    grants_while: tuple[While, ...] = ()
    after: tuple[str, ...] = ()
    on_room_made: Callable[[Method, Ask], tuple[Row, ...]] | None = None
    """The rows this tool puts into entry 1 of a room."""
    in_my_rooms: InMyRooms | None = None
    """What the list of my rooms tells of this tool."""
    in_record: InRecord | None = None
    open_hours: OpenHours | None = None
    """When a room's short code opens its door without being shown."""
    router: Any = None
    """HTTP calls of its own, besides commands: an `APIRouter`."""
    methods: tuple[Method, ...] = ()
    refusals: tuple[str, ...] = ()
    """Codes of its own, besides those that every tool has."""
    rules: list[Rule] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    countings: tuple[Counting, ...] = ()

    def rule(
        self,
        command: type[Command],
        *,
        needs: str,
        internal: bool = False,
        prepare: Prepare | None = None,
        reads: Reads | None = None,
        reads_shelf: bool = False,
    ) -> Callable[[Decide], Decide]:
        """Declare the rule of a command: `TOOL.rule(AddCard, needs="board.contribute")(rules.add_card)`."""

        def declare(decide: Decide) -> Decide:
            is_internal = internal or needs == INTERNAL
            self.rules.append(Rule(command, needs, decide, self.name, is_internal, prepare, reads, reads_shelf))
            return decide

        return declare

    @property
    def kinds(self) -> tuple[type[Row], ...]:
        """The frozen row of each table."""
        return tuple(cast(type[Row], table.__mro__[1]) for table in self.tables)


def in_room(*promises: Constraint | Index) -> tuple[Constraint | Index, ...]:
    """Table arguments of every kind: a row belongs to one room, plus the promises of its own."""
    return (
        PrimaryKeyConstraint("room_id", "id"),
        ForeignKeyConstraint(["room_id"], ["rooms_head.room_id"], ondelete="CASCADE"),
        *promises,
    )


def table_of(table: type[Row]) -> Table:
    return cast(Table, table.__table__)  # type: ignore[attr-defined]
