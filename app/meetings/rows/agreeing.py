"""What the room has agreed: ground rules in versions, and whether everybody can live with something."""

from typing import ClassVar, Literal, Self

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlmodel import Field

from app.db import MomentText
from app.rooms.capture import Capture, Captured, promises_of_a_capture
from app.rooms.kernel import Row, Who, in_room
from app.rooms.values import CARD, NOTE, CardWords, Id, Note, When, no_longer_than, one_of

RuleState = Literal["proposed", "agreed", "going", "gone"]
Says = Literal["yes", "yes_but", "not_yet"]
Target = Literal["rules", "aim", "decision"]


class GroundRule(Row):
    """One guiding principle of the team: in force from version `since` until `until`.

    What is proposed is in no version yet; what is going is still in force, until the next is agreed.
    """

    noun = "ground_rule"
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("by",)

    text: CardWords | None
    rank: str
    state: RuleState = Field(default="proposed", sa_type=Text)
    by: Id | None = None
    replaces: Id | None = None
    """The rule that it is to stand in place of."""
    since: int | None = None
    until: int | None = None
    read_at: When | None = Field(default=None, sa_type=MomentText)
    """When it was last read out."""

    @property
    def is_in_force(self) -> bool:
        return self.state in ("agreed", "going") and self.removed_at is None


class RulesVersion(Row):
    """The room has agreed its ground rules: for the n-th time, on that day."""

    noun = "rules_version"

    number: int
    agreed_at: When = Field(sa_type=MomentText)


class Consent(Capture):
    """Can we live with it? Everybody says so unseen; then all answers show at once, with names."""

    noun = "consent"
    indexes: ClassVar[tuple[str, ...]] = ("target_id",)

    target: Target = Field(sa_type=Text)
    target_id: Id
    """An aim's or a decision's; of the ground rules the room's."""
    yes: int = 0
    yes_but: int = 0
    not_yet: int = 0

    def is_about(self, id: str) -> bool:
        return id == self.id


class Stance(Captured):
    """What one person says to it. While others still think it is theirs alone."""

    noun = "stance"
    indexes: ClassVar[tuple[str, ...]] = ("capture_id",)
    words: ClassVar[tuple[str, ...]] = ("text",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "speaker")
    about: ClassVar[tuple[str, str] | None] = ("consent", "capture_id")

    member_id: Id
    says: Says = Field(sa_type=Text)
    text: Note | None = None

    def seen_by(self, who: Who) -> Self | None:
        if self.hidden and not who.owns(self):
            return None
        return super().seen_by(who)


class GroundRuleTable(GroundRule, table=True):
    __tablename__ = "meetings_ground_rule"
    __table_args__ = in_room(
        one_of("state", "proposed", "agreed", "going", "gone"),
        no_longer_than("text", CARD),
        CheckConstraint("(state = 'proposed') = (since IS NULL)", name="since"),
        CheckConstraint("(state = 'gone') = (until IS NOT NULL)", name="until"),
    )
    room_id: Id


class RulesVersionTable(RulesVersion, table=True):
    __tablename__ = "meetings_rules_version"
    __table_args__ = in_room(UniqueConstraint("room_id", "number"), CheckConstraint("number > 0", name="number"))
    room_id: Id


class ConsentTable(Consent, table=True):
    __tablename__ = "meetings_consent"
    __table_args__ = in_room(
        *promises_of_a_capture(),
        one_of("target", "rules", "aim", "decision"),
        CheckConstraint("yes >= 0 AND yes_but >= 0 AND not_yet >= 0", name="counts"),
    )
    room_id: Id


class StanceTable(Stance, table=True):
    __tablename__ = "meetings_stance"
    __table_args__ = in_room(
        one_of("says", "yes", "yes_but", "not_yet"),
        no_longer_than("text", NOTE),
        ForeignKeyConstraint(["room_id", "capture_id"], ["meetings_consent.room_id", "meetings_consent.id"]),
    )
    room_id: Id
