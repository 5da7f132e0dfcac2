"""One-time tokens of the operator: the first coach's setup, a coach's invitation, a coach locked out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select, update

from app.audit import trail
from app.people.rows import Account, Purpose, Token
from app.people.tokens import hashed, new_token

INVITE_FOR = timedelta(days=7)
SIGN_IN_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spent:
    """A token that has just been used for good."""

    purpose: str
    account_id: str | None


def make(
    sql: Session,
    purpose: Purpose,
    *,
    expires_at: datetime | None = None,
    account_id: str | None = None,
    by: str | None = None,
    room_id: str | None = None,
) -> str:
    """By the operator, or by this member of this room."""
    token = new_token()
    sql.add(Token(hash=hashed(token), purpose=purpose, account_id=account_id, expires_at=expires_at))
    made = {"by": by, "purpose": purpose, "account_id": account_id}
    trail.tell(sql.connection(), "people.link_made", made, room_id=room_id)
    return token


def look(sql: Session, token: str, purposes: tuple[Purpose, ...], now: datetime) -> Token | Literal["wrong", "used"]:
    """What a token is good for, without using it."""
    kept = sql.get(Token, hashed(token))
    if kept is None or kept.purpose not in purposes:
        return "wrong"
    is_over = kept.used_at is not None or (kept.expires_at is not None and kept.expires_at <= now)
    return "used" if is_over else kept


def spend(sql: Session, token: str, purposes: tuple[Purpose, ...], now: datetime) -> Spent | Literal["wrong", "used"]:
    """Use a token, once. Two who try at the same moment: the database lets one of them."""
    kept = look(sql, token, purposes, now)
    if isinstance(kept, str):
        return kept
    # One first coach: all setup links of a server are one, however often it has been started.
    which = col(Token.purpose) == "setup" if kept.purpose == "setup" else col(Token.hash) == kept.hash
    spent = Spent(kept.purpose, kept.account_id)
    if not _use(sql, which, now):
        return "used"
    _told(sql, "people.link_used", spent.purpose, spent.account_id)
    return spent


def end_setup(sql: Session, now: datetime) -> None:
    """There is a coach now, however they came: the setup links of this server lead nowhere."""
    _use(sql, col(Token.purpose) == "setup", now)


def end_links_of(sql: Session, account_id: str, now: datetime) -> None:
    """Links that would sign somebody in as this account lead nowhere from now on."""
    _use(sql, col(Token.account_id) == account_id, now)


def make_setup_token(sql: Session, wanted: str | None) -> str | None:
    """The token with which the first coach sets this server up; None when there is an account already."""
    if sql.exec(select(func.count()).select_from(Account)).one():
        return None
    if wanted is None:
        return make(sql, "setup")
    sql.merge(Token(hash=hashed(wanted), purpose="setup"))
    _told(sql, "people.link_made", "setup", None)
    return wanted


def _told(sql: Session, what: str, purpose: str, account_id: str | None) -> None:
    trail.tell(sql.connection(), what, {"purpose": purpose, "account_id": account_id})


def _use(sql: Session, which: ColumnElement[bool], now: datetime) -> int:
    return sql.exec(update(Token).where(which, col(Token.used_at).is_(None)).values(used_at=now)).rowcount
