"""What is kept about browsers and accounts. Every token is kept as its hash only."""

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import MomentText

Purpose = Literal["setup", "operator_invite", "sign_in"]


class Account(SQLModel, table=True):
    """A coach who can sign in. The e-mail address is kept in small letters, so one address is one account."""

    __tablename__ = "people_account"
    __table_args__ = (UniqueConstraint("email"),)

    id: str = Field(primary_key=True)
    email: str
    name: str
    password_hash: str | None
    """None: they sign in at a provider, or by a one-time link."""
    created_at: datetime = Field(sa_type=MomentText)
    disabled_at: datetime | None = Field(default=None, sa_type=MomentText)


class Identity(SQLModel, table=True):
    """Whom a provider signs in is this account. The same subject of another issuer is another person."""

    __tablename__ = "people_identity"

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="people_account.id", index=True)
    linked_at: datetime = Field(sa_type=MomentText)


class BrowserSession(SQLModel, table=True):
    """One cookie of one browser. Its id stays when signing in changes the token."""

    __tablename__ = "people_session"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: str = Field(primary_key=True)
    token_hash: str
    account_id: str | None = Field(default=None, foreign_key="people_account.id", index=True)
    created_at: datetime = Field(sa_type=MomentText)
    seen_at: datetime = Field(sa_type=MomentText)
    ends_at: datetime | None = Field(default=None, sa_type=MomentText, index=True)
    """A shared computer forgets by itself."""
    vouched_at: datetime | None = Field(default=None, sa_type=MomentText)
    """When a one-time link or a provider let it in: for a while nobody asks for the password."""
    ended_at: datetime | None = Field(default=None, sa_type=MomentText, index=True)


class Membership(SQLModel, table=True):
    """This browser is that member of that room. Written before the member row, so no foreign key there."""

    __tablename__ = "people_membership"

    session_id: str = Field(primary_key=True, foreign_key="people_session.id")
    room_id: str = Field(primary_key=True)
    member_id: str


class AccountMembership(SQLModel, table=True):
    """This account is that member of that room, on every device."""

    __tablename__ = "people_account_membership"

    account_id: str = Field(primary_key=True, foreign_key="people_account.id")
    room_id: str = Field(primary_key=True)
    member_id: str


class Token(SQLModel, table=True):
    """A one-time link that the operator gives to a coach."""

    __tablename__ = "people_token"
    __table_args__ = (
        CheckConstraint("purpose IN ('setup', 'operator_invite', 'sign_in')", name="purpose"),
        CheckConstraint("(purpose = 'sign_in') = (account_id IS NOT NULL)", name="account_id"),
    )

    hash: str = Field(primary_key=True)
    purpose: str
    account_id: str | None = Field(default=None, foreign_key="people_account.id")
    expires_at: datetime | None = Field(default=None, sa_type=MomentText)
    used_at: datetime | None = Field(default=None, sa_type=MomentText)


class InvitationToken(SQLModel, table=True):
    """Which invitation a link stands for. What it gives, and until when, says the room."""

    __tablename__ = "people_invitation_token"

    hash: str = Field(primary_key=True)
    room_id: str = Field(index=True)
    invitation_id: str


class WayBack(SQLModel, table=True):
    """How a member comes back on any device: a link or four words. A new one ends the old."""

    __tablename__ = "people_way_back"
    __table_args__ = (UniqueConstraint("link_hash"), UniqueConstraint("phrase_hash"))

    room_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    link_hash: str
    phrase_hash: str
    made_at: datetime = Field(sa_type=MomentText)


class Guess(SQLModel, table=True):
    """Somebody guessed a code or a phrase within the last minute."""

    __tablename__ = "people_guess"
    __table_args__ = (Index("ix_people_guess_kind_address", "kind", "address"), {"info": {"stays_here": True}})

    id: str = Field(primary_key=True)
    kind: str
    address: str
    """A keyed hash: whose it was is nobody's business."""
    at: float = Field(index=True)
    """Seconds since the epoch."""


class RoomCode(SQLModel, table=True):
    """Which room a short code stands for, while it is shown and for a while after."""

    __tablename__ = "people_room_code"

    hash: str = Field(primary_key=True)
    room_id: str = Field(index=True)
    expires_at: datetime = Field(sa_type=MomentText)
