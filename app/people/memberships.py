"""Which member of which room a browser or an account is. The room's own rows say what a member may."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select, update

from app.people.rows import AccountMembership, Membership
from app.people.sessions import Browser


@dataclass(frozen=True, slots=True)
class Claim:
    """What `remember` wrote, and what stood there before."""

    browser: Browser
    room_id: str
    for_account: bool
    before: str | None


def member_in(sql: Session, browser: Browser, room_id: str) -> str | None:
    """Who this browser is in this room. What was said on this browser counts before the account."""
    return _of_browser(sql, browser, room_id) or _of_account(sql, browser, room_id)


def all_of(sql: Session, browser: Browser) -> dict[str, str]:
    """Room id → member id for every room of this browser."""
    found: dict[str, str] = {}
    if browser.account_id:
        ours = select(AccountMembership).where(AccountMembership.account_id == browser.account_id)
        found |= {kept.room_id: kept.member_id for kept in sql.exec(ours)}
    mine = select(Membership).where(Membership.session_id == browser.session_id)
    return found | {kept.room_id: kept.member_id for kept in sql.exec(mine)}


def remember(sql: Session, browser: Browser, room_id: str, member_id: str, *, only_here: bool = False) -> Claim:
    """This browser is this member from now on; with an account, on all its devices.

    `only_here`: somebody else sits at this browser now, so the account stays who it is.
    """
    if browser.account_id and not only_here:
        before = _of_account(sql, browser, room_id)
        _forget_here(sql, browser, room_id)
        sql.merge(AccountMembership(account_id=browser.account_id, room_id=room_id, member_id=member_id))
        return Claim(browser, room_id, True, before)
    before = _of_browser(sql, browser, room_id)
    sql.merge(Membership(session_id=browser.session_id, room_id=room_id, member_id=member_id))
    return Claim(browser, room_id, False, before)


def accounts_of(sql: Session, room_id: str, member_id: str) -> list[str]:
    """Ids of the accounts that are this member."""
    kept = select(AccountMembership.account_id).where(
        AccountMembership.room_id == room_id, AccountMembership.member_id == member_id
    )
    return list(sql.exec(kept))


def lead_to(sql: Session, room_id: str, was: str, now: str) -> None:
    """Every browser and account that was this member is that one from now on."""
    for table in (Membership, AccountMembership):
        kept = update(table).where(col(table.room_id) == room_id, col(table.member_id) == was)
        sql.exec(kept.values(member_id=now))


def take_back(sql: Session, claim: Claim) -> None:
    """As if `remember` had not been called: the room said no."""
    browser = claim.browser
    if claim.before is not None:
        remember(sql, browser, claim.room_id, claim.before, only_here=not claim.for_account)
    elif claim.for_account:
        sql.exec(
            delete(AccountMembership).where(
                col(AccountMembership.account_id) == browser.account_id,
                col(AccountMembership.room_id) == claim.room_id,
            )
        )
    else:
        _forget_here(sql, browser, claim.room_id)


def merge(sql: Session, browser: Browser, account_id: str) -> None:
    """Signing in: what this browser was, the account is now; where it is somebody already, it stays."""
    mine = sql.exec(select(Membership).where(Membership.session_id == browser.session_id)).all()
    for kept in mine:
        if sql.get(AccountMembership, (account_id, kept.room_id)) is None:
            sql.add(AccountMembership(account_id=account_id, room_id=kept.room_id, member_id=kept.member_id))
        sql.delete(kept)


def _of_browser(sql: Session, browser: Browser, room_id: str) -> str | None:
    kept = sql.get(Membership, (browser.session_id, room_id))
    return kept.member_id if kept else None


def _of_account(sql: Session, browser: Browser, room_id: str) -> str | None:
    kept = sql.get(AccountMembership, (browser.account_id, room_id)) if browser.account_id else None
    return kept.member_id if kept else None


def _forget_here(sql: Session, browser: Browser, room_id: str) -> None:
    sql.exec(
        delete(Membership).where(col(Membership.session_id) == browser.session_id, col(Membership.room_id) == room_id)
    )
