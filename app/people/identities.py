"""Which account an identity at a provider is. Issuer and subject name it together; an e-mail address never does."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.audit import trail
from app.people.provider import Said
from app.people.rows import Account, Identity


def account_of(sql: Session, said: Said) -> Account | None:
    kept = sql.get(Identity, (said.issuer, said.subject))
    return sql.get(Account, kept.account_id) if kept else None


def link(sql: Session, said: Said, account: Account, now: datetime) -> None:
    sql.add(Identity(issuer=said.issuer, subject=said.subject, account_id=account.id, linked_at=now))
    sql.flush()
    trail.tell(sql.connection(), "people.identity_linked", {"account_id": account.id})


def issuers_of(sql: Session, account_id: str) -> set[str]:
    """Where this account can be signed in from."""
    return set(sql.exec(select(Identity.issuer).where(col(Identity.account_id) == account_id)))
