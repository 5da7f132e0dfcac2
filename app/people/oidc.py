"""Signing in at the Trust's own provider: a button, the way there, and the way back. For coaches, beside passwords."""

import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Annotated

import httpx
import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter, ValidationError, model_validator
from sqlmodel import Session
from starlette.responses import RedirectResponse

from app.people import accounts, identities, one_time, under_way
from app.people.account import account_of, prove
from app.people.fields import NAME, Body, Email, Password, PersonName, TokenText
from app.people.links import base_for
from app.people.people import People
from app.people.problems import Problem, no_session
from app.people.provider import SECONDS, NotBelieved, Provider, ProviderAway, Said
from app.people.routes import (
    SETS_UP,
    AnyBrowser,
    ThePeople,
    making_account,
    refuse_taken,
    refuse_unless_good,
    signed_in,
    tell_failed,
)
from app.people.rows import Account
from app.people.sessions import Browser, Cookie
from app.people.under_way import GOOD_FOR, UnderWay, Wish
from app.settings import Settings

router = APIRouter(prefix="/api/oidc")
log = structlog.get_logger()

EMAIL: TypeAdapter[str] = TypeAdapter(Email)
NAMED: TypeAdapter[str] = TypeAdapter(PersonName)


@cache
def _authorities() -> ssl.SSLContext:
    """Whom https is believed to be. Reading them takes a while, so it is done once."""
    return httpx.create_ssl_context()


class Providers:
    """Those that the operator has named. `app.state.providers` holds it; until a button is pressed it calls nobody."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        # No redirects: an answer counts only from the address that was asked.
        self._http = httpx.AsyncClient(timeout=SECONDS, verify=_authorities()) if settings.oidc_issuers else None
        self.by_name: Mapping[str, Provider] = {
            issuer.name: Provider(issuer, self._http, now) for issuer in settings.oidc_issuers if self._http
        }

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()


class Begin(Body):
    """To sign in; with an invitation's one-time token to make an account; to link the account that is signed in."""

    token: TokenText | None = None
    link: bool = False
    password: Password | None = None
    """Of the account to be linked."""

    @model_validator(mode="after")
    def _one_of_them(self) -> "Begin":
        if self.link and self.token is not None:
            raise ValueError("give a token, or link")
        return self


def _providers(request: Request) -> Providers:
    found: Providers = request.app.state.providers
    return found


def _provider(name: str, providers: Annotated[Providers, Depends(_providers)]) -> Provider:
    found = providers.by_name.get(name)
    if found is None:
        raise Problem(404, "not_found", kind="page")
    return found


TheProvider = Annotated[Provider, Depends(_provider)]


@router.get("")
async def providers(providers: Annotated[Providers, Depends(_providers)]) -> list[dict[str, str]]:
    """The buttons of the sign-in page."""
    return [{"name": name, "label": one.issuer.label} for name, one in providers.by_name.items()]


@router.post("/{name}")
async def begin(
    body: Begin,
    request: Request,
    response: Response,
    people: ThePeople,
    provider: TheProvider,
    browser: AnyBrowser,
) -> dict[str, str]:
    """Where the browser goes to be signed in. A cookie holds it to coming back from there, within ten minutes."""
    wish, about = await _wish(body, request, people, browser)
    began = UnderWay.begin(provider.issuer.name, wish, about, people.now())
    try:
        address = await provider.address(began.proofs(people.keys), _comes_back_to(people, request, provider))
    except ProviderAway as trouble:
        raise _away(provider, trouble) from None
    _set_cookie(people, response, began.as_cookie(people.keys))
    return {"url": address}


async def _wish(body: Begin, request: Request, people: People, browser: Browser | None) -> tuple[Wish, str]:
    token = body.token
    if token is not None:
        refuse_unless_good(await people.read(lambda sql: one_time.look(sql, token, SETS_UP, people.now())))
        return "set_up", token
    if not body.link:
        return "sign_in", ""
    if browser is None:
        raise no_session()
    account = await account_of(people, browser)
    await prove(people, request, browser, account, body.password)
    return "link", account.id


@router.get("/{name}/callback", include_in_schema=False)
async def come_back(request: Request, people: ThePeople, provider: TheProvider, browser: AnyBrowser) -> Response:
    """The browser comes back with a code. Whatever goes wrong is told on the page it came from, by its code alone."""
    began = under_way.from_cookie(people.keys, request.cookies.get(_cookie_name(people), ""), people.now())
    is_link = began is not None and began.wish == "link"
    try:
        cookie = await _signed_in(request, people, provider, browser, began)
    except Problem as no:
        answer = RedirectResponse(f"{'/account' if is_link else '/signin'}#refused={no.code}", 303)
    else:
        answer = RedirectResponse("/account" if is_link else "/home", 303)
        people.set_cookie(answer, cookie)
    # Once, however it ended: what came in this address opens nothing a second time.
    _set_cookie(people, answer, None)
    return answer


async def _signed_in(
    request: Request, people: People, provider: Provider, browser: Browser | None, began: UnderWay | None
) -> Cookie:
    asked = request.query_params
    if began is None or began.provider != provider.issuer.name:
        raise Problem(400, "sign_in_stale")
    proofs = began.proofs(people.keys)
    if asked.get("state") != proofs.state:
        raise _not_believed(provider, "state")
    if "code" not in asked:
        raise _not_believed(provider, "no_code", "sign_in_broken_off")
    if await people.password_tries.take(people.address(request)) is not None:
        raise Problem(429, "sign_in_crowded")
    back = _comes_back_to(people, request, provider)
    try:
        said = await provider.said(asked["code"], proofs, back, asked.get("iss"))
    except NotBelieved as trouble:
        await tell_failed(people, people.address(request), provider=provider.issuer.name)
        raise _not_believed(provider, str(trouble)) from None
    except ProviderAway as trouble:
        raise _away(provider, trouble) from None
    await people.password_tries.give_back(people.address(request))
    return await making_account(people, lambda sql: _enter(people, sql, provider, began, said, browser))


def _enter(
    people: People, sql: Session, provider: Provider, began: UnderWay, said: Said, browser: Browser | None
) -> Cookie:
    if began.wish == "link":
        return _linked(people, sql, began, said, browser)
    account = identities.account_of(sql, said) or _new_coach(people, sql, provider, began, said)
    if account.disabled_at is not None:
        raise Problem(403, "no_account_yet")
    return signed_in(people, sql, browser, account, is_vouched=True)


def _linked(people: People, sql: Session, began: UnderWay, said: Said, browser: Browser | None) -> Cookie:
    """From now on this identity is the account that began it, if that is still who is signed in here."""
    account = accounts.of(sql, browser) if browser else None
    if account is None or account.id != began.about:
        raise Problem(401, "sign_in_stale")
    theirs = identities.account_of(sql, said)
    if theirs is None:
        identities.link(sql, said, account, people.now())
    elif theirs.id != account.id:
        raise Problem(409, "linked_elsewhere")
    return signed_in(people, sql, browser, account, is_vouched=True)


def _new_coach(people: People, sql: Session, provider: Provider, began: UnderWay, said: Said) -> Account:
    """Somebody whom the operator has invited, or who may come because of where they are signed in."""
    if began.wish != "set_up" and not provider.issuer.new_accounts:
        raise Problem(403, "no_account_yet")
    email = _email_of(said)
    refuse_taken(sql, email, "email_has_password")
    now = people.now()
    if began.wish == "set_up":
        refuse_unless_good(one_time.spend(sql, began.about, SETS_UP, now))
    account = accounts.make(sql, email=email, name=_name_of(said, email), password_hash=None, now=now)
    identities.link(sql, said, account, now)
    one_time.end_setup(sql, now)
    return account


def _email_of(said: Said) -> str:
    """For the operator's list and links. It never decides who somebody is."""
    try:
        return EMAIL.validate_python(said.email)
    except ValidationError:
        raise Problem(403, "no_email_told") from None


def _name_of(said: Said, email: str) -> str:
    for name in (said.name, email.partition("@")[0]):
        try:
            return NAMED.validate_python((name or "")[:NAME])
        except ValidationError:
            continue
    return "Coach"


def _comes_back_to(people: People, request: Request, provider: Provider) -> str:
    """Registered with the provider, and different for each: what one sends cannot be taken for another's."""
    return f"{base_for(people.settings, request).rstrip('/')}/api/oidc/{provider.issuer.name}/callback"


def _not_believed(provider: Provider, why: str, code: str = "sign_in_not_believed") -> Problem:
    log.warning("sign_in_refused", provider=provider.issuer.name, why=why)
    return Problem(403, code)


def _away(provider: Provider, trouble: ProviderAway) -> Problem:
    log.warning("provider_away", provider=provider.issuer.name, why=str(trouble))
    return Problem(503, "provider_away")


def _cookie_name(people: People) -> str:
    return f"{people.cookie_name}-under-way"


def _set_cookie(people: People, response: Response, value: str | None) -> None:
    """Lax: it has to come along when the provider sends the browser back."""
    response.set_cookie(
        _cookie_name(people),
        value or "",
        max_age=int(GOOD_FOR.total_seconds()) if value else 0,
        path="/",
        secure=people.settings.is_https,
        httponly=True,
        samesite="lax",
    )
