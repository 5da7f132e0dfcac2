"""Setup, signing in and out, and the clock: what a browser asks of no room."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import model_validator
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.audit import trail
from app.people import accounts, memberships, one_time, sessions
from app.people.fields import Body, Email, Password, PersonName, TokenText
from app.people.passwords import LEAST, unfit
from app.people.people import People
from app.people.problems import Problem, not_now
from app.people.rows import Account, Purpose
from app.people.sessions import Browser, Cookie

router = APIRouter(prefix="/api")
SETS_UP: tuple[Purpose, ...] = ("setup", "operator_invite")


def people_of(request: Request) -> People:
    found: People = request.app.state.people
    return found


ThePeople = Annotated[People, Depends(people_of)]


async def _browser(request: Request, people: ThePeople) -> Browser:
    return await people.browser(request)


async def _maybe_browser(request: Request, people: ThePeople) -> Browser | None:
    return await people.find_browser(request)


KnownBrowser = Annotated[Browser, Depends(_browser)]
AnyBrowser = Annotated[Browser | None, Depends(_maybe_browser)]


class SetUp(Body):
    token: TokenText
    name: PersonName
    email: Email
    password: Password


class SignIn(Body):
    """Either e-mail and password, or the operator's one-time token."""

    email: Email | None = None
    password: Password | None = None
    token: TokenText | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "SignIn":
        with_password = self.email is not None and self.password is not None
        if with_password == (self.token is not None):
            raise ValueError("give email and password, or token")
        return self


@router.post("/setup", status_code=201)
async def set_up(body: SetUp, response: Response, people: ThePeople, browser: AnyBrowser) -> dict[str, str]:
    """The first coach of a fresh server, or a coach whom the operator invites."""
    # Looked at first: without a link nobody learns which addresses are taken, nor makes us hash passwords.
    refuse_unless_good(await people.read(lambda sql: one_time.look(sql, body.token, SETS_UP, people.now())))
    password_hash = await hash_new(people, body.password, body.name, body.email)

    def work(sql: Session) -> Cookie:
        now = people.now()
        refuse_taken(sql, body.email)
        refuse_unless_good(one_time.spend(sql, body.token, SETS_UP, now))
        account = accounts.make(sql, email=body.email, name=body.name, password_hash=password_hash, now=now)
        one_time.end_setup(sql, now)
        return signed_in(people, sql, browser, account)

    cookie = await making_account(people, work)
    people.set_cookie(response, cookie)
    return {"account_id": str(cookie.browser.account_id)}


@router.post("/session")
async def sign_in(
    body: SignIn, request: Request, response: Response, people: ThePeople, browser: AnyBrowser
) -> dict[str, str]:
    """Sign in; what this browser was in its rooms becomes the account's."""
    account = await (
        _by_token(people, body.token, people.address(request))
        if body.token
        else _by_password(people, body, people.address(request))
    )
    cookie = await people.run(lambda sql: signed_in(people, sql, browser, account, is_vouched=bool(body.token)))
    people.set_cookie(response, cookie)
    return {"account_id": account.id, "name": account.name}


@router.delete("/session", status_code=204)
async def sign_out(response: Response, people: ThePeople, browser: AnyBrowser) -> None:
    if browser is not None:
        await people.run(lambda sql: signed_out(sql, browser, people.now()))
        people.tell_ended(browser.session_id)
    people.delete_cookie(response)


@router.get("/clock")
async def clock(people: ThePeople) -> dict[str, int]:
    return {"now": round(people.now().timestamp() * 1000)}


def signed_in(
    people: People, sql: Session, browser: Browser | None, account: Account, *, is_vouched: bool = False
) -> Cookie:
    """The session with this account, and the memberships of both together."""
    if browser is not None:
        memberships.merge(sql, browser, account.id)
    cookie = sessions.sign_in(sql, browser, account.id, people.now(), is_vouched=is_vouched)
    _tell(sql, "people.signed_in", cookie.browser)
    return cookie


def signed_out(sql: Session, browser: Browser, now: datetime) -> None:
    sessions.end(sql, browser.session_id, now)
    if browser.account_id is not None:
        _tell(sql, "people.signed_out", browser)


def _tell(sql: Session, what: str, browser: Browser) -> None:
    trail.tell(sql.connection(), what, {"account_id": browser.account_id, "session_id": browser.session_id})


async def hash_new(people: People, password: str, *about: str) -> str:
    """The hash of a new password, if it will do for somebody of whom this is known."""
    if no := unfit(password, *about):
        raise Problem(422, no, least=LEAST)
    return await people.passwords.hash(password)


def refuse_taken(sql: Session, email: str, code: str = "email_taken") -> None:
    if accounts.by_email(sql, email) is not None:
        raise Problem(409, code)


async def making_account(people: People, work: Callable[[Session], Cookie]) -> Cookie:
    try:
        return await people.run(work)
    except IntegrityError as twice:
        # Two people sent the same address at the same moment; the database let one of them.
        raise Problem(409, "email_taken") from twice


def refuse_unless_good(found: object) -> None:
    if found == "wrong":
        raise Problem(403, "wrong_setup_link")
    if found == "used":
        raise Problem(410, "setup_link_used")


async def _by_password(people: People, body: SignIn, address: str) -> Account:
    wait = await people.password_tries.take(address)
    if wait is not None:
        raise not_now("too_many_tries", wait)
    account = await people.read(lambda sql: accounts.by_email(sql, str(body.email)))
    if account is not None and account.disabled_at is not None:
        account = None
    if not await people.passwords.match(str(body.password), account.password_hash if account else None):
        await tell_failed(people, address, email=str(body.email))
        raise Problem(401, "wrong_sign_in")
    assert account is not None
    await people.password_tries.give_back(address)
    return account


async def _by_token(people: People, token: str, address: str) -> Account:
    def work(sql: Session) -> Account | str | None:
        spent = one_time.spend(sql, token, ("sign_in",), people.now())
        return spent if isinstance(spent, str) else sql.get(Account, spent.account_id)

    account = await people.run(work)
    if isinstance(account, Account) and account.disabled_at is None:
        return account
    if account != "wrong":
        # What was never a link is not counted either, and could fill the trail.
        await tell_failed(people, address)
    raise Problem(401, "wrong_sign_in")


async def tell_failed(people: People, address: str, *, email: str | None = None, provider: str | None = None) -> None:
    """By keyed hashes of what was typed and from where: who tries again is seen, and nobody's address is kept."""
    tried = {
        "email": people.keys.hashed("audit.email", email) if email else None,
        "address": people.keys.hashed("audit.address", address),
        "provider": provider,
    }
    await people.run(lambda sql: trail.tell(sql.connection(), "people.sign_in_failed", tried))
