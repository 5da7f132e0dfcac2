"""Change ideas: what is written in silence, each idea, and the steps of its life."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Limits
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text
from sqlmodel import Field

from app.db import JsonText, MomentText
from app.ideas.rows.letters import Letter
from app.rooms.capture import Capture, Captured, promises_of_a_capture
from app.rooms.kernel import Ask, Row, Who, in_room
from app.rooms.values import CARD, NOTE, CardWords, Id, Key, Note, When, id_from, no_longer_than, one_of

IdeaState = Literal[
    "raw", "clarified", "merged", "on_ballot", "selected", "not_now", "testing", "adopted", "adapted", "abandoned"
]
IDEA_STATES: tuple[IdeaState, ...] = (
    "raw",
    "clarified",
    "merged",
    "on_ballot",
    "selected",
    "not_now",
    "testing",
    "adopted",
    "adapted",
    "abandoned",
)
LEAST, MOST = 1, 5
Rating = Annotated[int, Limits(ge=LEAST, le=MOST)]
Ids = tuple[Id, ...]


class IdeaCapture(Capture):
    """Thinking of ideas in silence: until all are shown, and nobody writes any more after `until`."""

    noun = "idea_capture"

    until: When | None = Field(default=None, sa_type=MomentText)

    def is_about(self, id: str) -> bool:
        """Ideas are the whole room's: while it thinks of them in silence nobody is seen to write anything."""
        return True


class Idea(Captured):
    """Something concrete that the team could try. Who wrote it or who it speaks for changes the words."""

    noun = "idea"
    indexes: ClassVar[tuple[str, ...]] = ("capture_id", "merged_into")
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "speaker")
    words: ClassVar[tuple[str, ...]] = ("text", "original", "note")
    people: ClassVar[tuple[str, ...]] = ("author_id", "proxy_for", "corrected_by")

    text: CardWords | None
    note: Note | None = None
    rank: str
    rev: int = 0
    state: IdeaState = Field(default="raw", sa_type=Text)
    letter: Letter | None = None
    author_id: Id | None = None
    proxy_for: Id | None = None
    voice: str | None = None
    from_patient: bool = False
    corrected_by: Id | None = None
    original: CardWords | None = None
    credited: Ids = Field(default=(), sa_type=JsonText)
    """Whose ideas have become one with this one."""
    merged_into: Id | None = None
    concept: Key | None = None
    """The change concept that bred it."""
    card_id: Id | None = None
    theme_id: Id | None = None
    aim_id: Id | None = None
    outside_control: bool = False
    impact: Rating | None = None
    effort: Rating | None = None
    held: bool = False
    """Waits until a coach has looked at it."""

    def seen_by(self, who: Who) -> Self | None:
        if not who.may("rooms.view") or (self.held and not (who.may("ideas.steer") or who.owns(self))):
            return None
        return self if not self.hidden or who.owns(self) else None

    def passed_on(self, was: str, now: str) -> Self:
        """Who spoke for somebody that they turn out to be has spoken for themselves."""
        idea = super().passed_on(was, now)
        idea = idea.but(proxy_for=None) if idea.proxy_for and idea.proxy_for == idea.author_id else idea
        return idea.but(credited=passed_on(idea.credited, was, now)) if was in idea.credited else idea

    def is_words_of(self, who: Who) -> bool:
        """Of who typed it, and of the person it speaks for."""
        is_named = who.member_id is not None and who.member_id in (self.author_id, self.proxy_for)
        return is_named or (self.is_nameless and who.owns(self))

    @property
    def is_nameless(self) -> bool:
        """Hidden, and not to be anybody's when it is shown."""
        return self.hidden and self.author_id is None

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees it."""
        return not self.hidden and not self.held and self.removed_at is None

    @property
    def proposer(self) -> str | None:
        """Whose idea it is: of the person it speaks for, before who typed it. None: nobody knows."""
        return self.proxy_for or self.author_id


class IdeaStep(Row):
    """What an idea became, when, by which ballot and why: one after the other they are its life."""

    noun = "idea_step"
    indexes: ClassVar[tuple[str, ...]] = ("idea_id",)
    words: ClassVar[tuple[str, ...]] = ("reason",)
    people: ClassVar[tuple[str, ...]] = ("by",)
    about: ClassVar[tuple[str, str] | None] = ("idea", "idea_id")

    idea_id: Id
    state: IdeaState = Field(sa_type=Text)
    ballot_id: Id | None = None
    round: int | None = None
    points: int | None = None
    place: int | None = None
    """Its rank in that round's tally."""
    reason: Note | None = None
    by: Id | None = None

    def is_words_of(self, who: Who) -> bool:
        return who.member_id is not None and who.member_id == self.by


def advanced(
    idea: Idea,
    state: IdeaState,
    ask: Ask,
    *,
    ballot_id: str | None = None,
    round: int | None = None,
    points: int | None = None,
    place: int | None = None,
    reason: str | None = None,
) -> tuple[Idea, IdeaStep]:
    """The idea in this state, and the step that tells of it. Staying what it is (a further round) is a step, too."""
    step = ask.new(
        IdeaStep,
        id=id_from(ask.command_id, "step", idea.id),
        idea_id=idea.id,
        state=state,
        ballot_id=ballot_id,
        round=round,
        points=points,
        place=place,
        reason=reason or None,
        by=ask.who.member_id,
    )
    return idea.but(state=state), step


def passed_on(ids: Ids, was: str, now: str) -> Ids:
    """The same people, each once, when two of them turn out to be one."""
    return tuple(dict.fromkeys(now if id == was else id for id in ids))


class IdeaCaptureTable(IdeaCapture, table=True):
    __tablename__ = "ideas_capture"
    __table_args__ = in_room(*promises_of_a_capture())
    room_id: Id


class IdeaTable(Idea, table=True):
    __tablename__ = "ideas_idea"
    __table_args__ = in_room(
        one_of("state", *IDEA_STATES),
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged"),
        *(
            CheckConstraint(f"{name} IS NULL OR {name} BETWEEN {LEAST} AND {MOST}", name=name)
            for name in ("impact", "effort")
        ),
        no_longer_than("text", CARD),
        no_longer_than("original", CARD),
        no_longer_than("note", NOTE),
        ForeignKeyConstraint(["room_id", "card_id"], ["board_card.room_id", "board_card.id"]),
        ForeignKeyConstraint(["room_id", "theme_id"], ["board_theme.room_id", "board_theme.id"]),
        ForeignKeyConstraint(["room_id", "aim_id"], ["roadmap_aim.room_id", "roadmap_aim.id"]),
    )
    room_id: Id


class IdeaStepTable(IdeaStep, table=True):
    __tablename__ = "ideas_step"
    __table_args__ = in_room(
        one_of("state", *IDEA_STATES),
        no_longer_than("reason", NOTE),
        ForeignKeyConstraint(["room_id", "idea_id"], ["ideas_idea.room_id", "ideas_idea.id"]),
    )
    room_id: Id
