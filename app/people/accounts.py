"""Coaches' accounts."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, select

from app.audit import trail
from app.people.rows import Account
from app.people.sessions import Browser, end_all_of


def make(sql: Session, *, email: str, name: str, password_hash: str | None, now: datetime) -> Account:
    account = Account(id=str(uuid4()), email=email, name=name, password_hash=password_hash, created_at=now)
    sql.add(account)
    sql.flush()
    trail.tell(sql.connection(), "people.account_made", {"account_id": account.id})
    return account


def by_email(sql: Session, email: str) -> Account | None:
    return sql.exec(select(Account).where(Account.email == email)).first()


def of(sql: Session, browser: Browser) -> Account | None:
    """Whoever is signed in on this browser."""
    return sql.get(Account, browser.account_id) if browser.account_id else None


def everybody(sql: Session) -> list[Account]:
    return list(sql.exec(select(Account).order_by(Account.email)))


def change_password(sql: Session, account_id: str, password_hash: str) -> None:
    account = sql.get_one(Account, account_id)
    account.password_hash = password_hash
    sql.add(account)
    trail.tell(sql.connection(), "people.password_changed", {"account_id": account.id})


def disable(sql: Session, account: Account, now: datetime) -> None:
    """They can no longer sign in, and whoever is signed in as them is out at once."""
    account.disabled_at = now
    sql.add(account)
    end_all_of(sql, account.id, now)
    trail.tell(sql.connection(), "people.account_disabled", {"account_id": account.id})
