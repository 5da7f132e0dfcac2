"""A coach's own account: what it is, a new password, other ways to sign in, and signing out everywhere."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from app.people import accounts, identities, one_time, sessions
from app.people.fields import Body, Password
from app.people.people import People
from app.people.problems import Problem, not_now
from app.people.routes import AnyBrowser, KnownBrowser, ThePeople, hash_new, tell_failed
from app.people.rows import Account
from app.people.sessions import Browser, Cookie

router = APIRouter(prefix="/api/account")


class NewPassword(Body):
    """With the old one, unless a link or a provider has just let them in."""

    old: Password | None = None
    new: Password


@router.get("")
async def my_account(people: ThePeople, browser: AnyBrowser) -> dict[str, object] | None:
    """Whose account this browser is signed in with; null for nobody's."""

    def work(sql: Session) -> dict[str, object] | None:
        account = accounts.of(sql, browser) if browser else None
        return _shown(people, sql, browser, account) if account and browser else None

    return await people.read(work)


@router.post("/password", status_code=204)
async def change_password(
    body: NewPassword, request: Request, response: Response, people: ThePeople, browser: KnownBrowser
) -> None:
    """A new password. It signs every other browser out: whoever knew the old one is out with it."""
    account = await account_of(people, browser)
    await prove(people, request, browser, account, body.old)
    password_hash = await hash_new(people, body.new, account.name, account.email)

    def work(sql: Session) -> tuple[Cookie, list[str]]:
        now = people.now()
        accounts.change_password(sql, account.id, password_hash)
        one_time.end_links_of(sql, account.id, now)
        ended = sessions.end_all_of(sql, account.id, now, but=browser.session_id)
        return sessions.sign_in(sql, browser, account.id, now, is_vouched=False), ended

    cookie, ended = await people.run(work)
    for session_id in ended:
        people.tell_ended(session_id)
    people.set_cookie(response, cookie)


@router.delete("/sessions", status_code=204)
async def sign_out_everywhere(response: Response, people: ThePeople, browser: KnownBrowser) -> None:
    """On every browser, this one too; links that would sign somebody in lead nowhere any more."""
    account = await account_of(people, browser)

    def work(sql: Session) -> list[str]:
        one_time.end_links_of(sql, account.id, people.now())
        return sessions.end_all_of(sql, account.id, people.now())

    for session_id in await people.run(work):
        people.tell_ended(session_id)
    people.delete_cookie(response)


async def account_of(people: People, browser: Browser) -> Account:
    """Whoever is signed in here; otherwise 401."""
    account = await people.read(lambda sql: accounts.of(sql, browser))
    if account is None:
        raise Problem(401, "no_session")
    return account


async def prove(people: People, request: Request, browser: Browser, account: Account, password: str | None) -> None:
    """An open browser is not enough to change how somebody signs in: it may have been left alone for a moment."""
    if browser.is_vouched_for(people.now()):
        return
    address = people.address(request)
    wait = await people.password_tries.take(address)
    if wait is not None:
        raise not_now("too_many_tries", wait)
    if not await people.passwords.match(password or "", account.password_hash):
        await tell_failed(people, address, email=account.email)
        raise Problem(403, "wrong_password" if account.password_hash else "no_longer_vouched_for")
    await people.password_tries.give_back(address)


def _shown(people: People, sql: Session, browser: Browser, account: Account) -> dict[str, object]:
    issuers = identities.issuers_of(sql, account.id)
    return {
        "name": account.name,
        "email": account.email,
        "has_password": account.password_hash is not None,
        "needs_password": not browser.is_vouched_for(people.now()),
        "linked": [one.name for one in people.settings.oidc_issuers if one.issuer in issuers],
    }
