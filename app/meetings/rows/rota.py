"""Who has held which meeting role, who has claimed one, who was asked, and what people keep to themselves."""

from typing import ClassVar, Literal, Self

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field

from app.db import JsonText
from app.meetings.rows.series import Day
from app.rooms.kernel import Row, Who, in_room
from app.rooms.rows import ROLES, RoleName
from app.rooms.values import Id, one_of

MANAGE = "rooms.manage"
Why = Literal["never_yet", "fewest", "longest_ago", "stays", "nobody"]
WHYS: tuple[Why, ...] = ("never_yet", "fewest", "longest_ago", "stays", "nobody")


class Held(Row):
    """Somebody held a role in a meeting: what the rota is fair by."""

    noun = "held"
    indexes: ClassVar[tuple[str, ...]] = ("meeting_id",)
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    meeting_id: Id
    day: Day
    role: RoleName = Field(sa_type=Text)
    member_id: Id


class Claim(Row):
    """Somebody will hold a role when the next meeting starts, or the one that is named."""

    noun = "claim"
    people: ClassVar[tuple[str, ...]] = ("member_id", "after_id")
    server_only: ClassVar[tuple[str, ...]] = ("owner_id", "after_id")

    role: RoleName = Field(sa_type=Text)
    member_id: Id
    meeting_id: Id | None = None
    after_id: Id | None = None
    """Who held it then. When it was given to somebody since, that stands."""


class Offer(Row):
    """Somebody was asked to take a role. They and the coaches see it; whether they would rather not, nobody does."""

    noun = "offer"
    people: ClassVar[tuple[str, ...]] = ("member_id", "by")

    role: RoleName = Field(sa_type=Text)
    member_id: Id
    by: Id | None = None

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) or who.may(MANAGE) else None


class Declined(Row):
    """The offers that somebody would rather not take. Theirs alone, in no log. It has its member's id."""

    noun = "declined"
    logged: ClassVar[bool] = False

    offer_ids: tuple[Id, ...] = Field(default=(), sa_type=JsonText)


class Preference(Row):
    """I would rather not type much. Theirs alone; the rota respects it and does not say so. It has its member's id."""

    noun = "preference"
    copied: ClassVar[bool] = False
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: Id
    types_little: bool

    def seen_by(self, who: Who) -> Self | None:
        return self if who.owns(self) else None


class DataPartner(Row):
    """This member brings the figures. It has its member's id."""

    noun = "data_partner"
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    member_id: Id


class Suggestion(Row):
    """Who might hold a role, and why: for coaches, who asked. One a role."""

    noun = "suggestion"
    people: ClassVar[tuple[str, ...]] = ("member_id",)

    role: RoleName = Field(sa_type=Text)
    member_id: Id | None = None
    why: Why = Field(sa_type=Text)
    times: int = 0
    """How often they have held it; for who stays: how often in a row."""
    last_day: Day | None = None
    passed_over: tuple[Id, ...] = Field(default=(), sa_type=JsonText)
    """Suggested before: "somebody else" goes on from there."""

    def seen_by(self, who: Who) -> Self | None:
        return self if who.may(MANAGE) else None


class HeldTable(Held, table=True):
    __tablename__ = "meetings_held"
    __table_args__ = in_room(one_of("role", *ROLES))
    room_id: Id


class ClaimTable(Claim, table=True):
    __tablename__ = "meetings_claim"
    __table_args__ = in_room(one_of("role", *ROLES))
    room_id: Id


class OfferTable(Offer, table=True):
    __tablename__ = "meetings_offer"
    __table_args__ = in_room(one_of("role", *ROLES))
    room_id: Id


class DeclinedTable(Declined, table=True):
    __tablename__ = "meetings_declined"
    __table_args__ = in_room()
    room_id: Id


class PreferenceTable(Preference, table=True):
    __tablename__ = "meetings_preference"
    __table_args__ = in_room()
    room_id: Id


class DataPartnerTable(DataPartner, table=True):
    __tablename__ = "meetings_data_partner"
    __table_args__ = in_room()
    room_id: Id


class SuggestionTable(Suggestion, table=True):
    __tablename__ = "meetings_suggestion"
    __table_args__ = in_room(
        one_of("role", *ROLES),
        one_of("why", *WHYS),
        CheckConstraint("times >= 0", name="times"),
        CheckConstraint("(why = 'nobody') = (member_id IS NULL)", name="nobody"),
    )
    room_id: Id
