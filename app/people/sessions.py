"""Browser sessions: one cookie a browser, its token kept as a hash, its id kept through signing in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select, update

from app.audit import trail
from app.people.rows import BrowserSession
from app.people.tokens import hashed, new_token

KEPT_FOR = timedelta(days=400)
"""As long as browsers keep a cookie at most: a team's year, with its holidays."""
SHARED_FOR = timedelta(hours=4)
VOUCHED_FOR = timedelta(hours=1)
"""So long a one-time link or a provider's word stands in for the password."""
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Browser:
    """Who a request comes from: a browser we have met, perhaps signed in."""

    session_id: str
    account_id: str | None
    ends_at: datetime | None
    seen_at: datetime
    vouched_at: datetime | None = None

    def is_vouched_for(self, now: datetime) -> bool:
        return self.vouched_at is not None and now - self.vouched_at < VOUCHED_FOR

    def is_to_be_seen(self, now: datetime) -> bool:
        return now - self.seen_at >= SEEN_EVERY

    @property
    def is_shared(self) -> bool:
        return self.ends_at is not None


@dataclass(frozen=True, slots=True)
class Cookie:
    """A token on its way to the browser, the only moment at which we know it."""

    token: str
    browser: Browser


def browser_of(sql: Session, token: str, now: datetime) -> Browser | None:
    """The browser that holds this token, unless its session has ended."""
    kept = sql.exec(select(BrowserSession).where(BrowserSession.token_hash == hashed(token))).first()
    if kept is None or not _is_live(kept, now):
        return None
    return _browser(kept)


def begin(sql: Session, now: datetime) -> Cookie:
    token = new_token()
    kept = BrowserSession(id=str(uuid4()), token_hash=hashed(token), created_at=now, seen_at=now)
    sql.add(kept)
    sql.flush()
    return Cookie(token, _browser(kept))


def sign_in(sql: Session, browser: Browser | None, account_id: str, now: datetime, *, is_vouched: bool) -> Cookie:
    """The same session with an account and a new token. `is_vouched`: without the password, but by somebody's word.

    The old token opens nothing from now on: somebody may have copied it while nobody was signed in.
    """
    before = browser or begin(sql, now).browser
    kept = sql.get_one(BrowserSession, before.session_id)
    token = new_token()
    kept.token_hash, kept.account_id, kept.seen_at = hashed(token), account_id, now
    kept.vouched_at = now if is_vouched else None
    sql.add(kept)
    return Cookie(token, _browser(kept))


def forget_by_itself(sql: Session, browser: Browser, now: datetime) -> Browser:
    """This computer is shared: the session ends a few hours from now, whatever happens to the cookie."""
    kept = sql.get_one(BrowserSession, browser.session_id)
    kept.ends_at = now + SHARED_FOR
    sql.add(kept)
    return _browser(kept)


def see(sql: Session, session_id: str, now: datetime) -> None:
    sql.exec(update(BrowserSession).where(col(BrowserSession.id) == session_id).values(seen_at=now))


def end(sql: Session, session_id: str, now: datetime) -> None:
    _end(sql, now, col(BrowserSession.id) == session_id)


def end_all_of(sql: Session, account_id: str, now: datetime, but: str | None = None) -> list[str]:
    """Ids of those that end: every session of an account, or all but one."""
    which = (col(BrowserSession.account_id) == account_id) & (col(BrowserSession.id) != (but or ""))
    live = list(sql.exec(select(BrowserSession.id).where(which, col(BrowserSession.ended_at).is_(None))))
    _end(sql, now, which)
    trail.tell(sql.connection(), "people.signed_out_everywhere", {"account_id": account_id, "but": but})
    return live


def ended_since(sql: Session, moment: datetime, now: datetime) -> list[str]:
    """Ids of the sessions that ended at or after this moment, on whichever process.

    Ask a few seconds back: clocks of processes differ, and a session told twice does no harm.
    """
    ended, ends = col(BrowserSession.ended_at), col(BrowserSession.ends_at)
    return list(sql.exec(select(BrowserSession.id).where(or_(ended >= moment, (ends >= moment) & (ends <= now)))))


def _end(sql: Session, now: datetime, which: ColumnElement[bool]) -> None:
    sql.exec(update(BrowserSession).where(which, col(BrowserSession.ended_at).is_(None)).values(ended_at=now))


def _is_live(kept: BrowserSession, now: datetime) -> bool:
    if kept.ended_at is not None or now - kept.seen_at > KEPT_FOR:
        return False
    return kept.ends_at is None or now < kept.ends_at


def _browser(kept: BrowserSession) -> Browser:
    return Browser(kept.id, kept.account_id, kept.ends_at, kept.seen_at, kept.vouched_at)
