"""One provider of identities: its discovery and its keys, and whom it says somebody is. OpenID Connect, code flow.

Nothing is asked of anybody before somebody presses the provider's button.
"""

from asyncio import Lock
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Annotated, Any
from urllib.parse import quote_plus, urlencode

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from app.people.under_way import Proofs
from app.settings import Issuer, safe_address

log = structlog.get_logger()

SECONDS = 5.0
"""A provider that takes longer counts as away: somebody is waiting in front of a button."""
KNOWN_FOR = timedelta(hours=1)
AGAIN_AFTER = timedelta(seconds=5)
"""While it is away it is asked this often, however many press its button."""
KEYS_AGAIN = timedelta(minutes=1)
SKEW = 60.0
"""Seconds by which clocks may differ."""
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key pair only: with a shared secret, or none at all, anybody might have written it."""


class ProviderAway(Exception):
    """It does not answer, or not as a provider should. Says what happened to the log."""


class NotBelieved(Exception):
    """What came back does not hold. Says why in a word, for the log."""


@dataclass(frozen=True, slots=True)
class Said:
    """Whom a provider has signed in. Only issuer and subject say who it is."""

    issuer: str
    subject: str
    email: str | None
    name: str | None


Safe = Annotated[str, AfterValidator(safe_address)]


class Discovery(BaseModel):
    """What a provider publishes about itself, as far as we need it."""

    issuer: str
    authorization_endpoint: Safe
    token_endpoint: Safe
    jwks_uri: Safe
    userinfo_endpoint: Safe | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Claims(BaseModel):
    """An ID token, its signature found good."""

    iss: str
    sub: str = Field(min_length=1, max_length=255, pattern=r"^[^\x00]+$")
    aud: str | tuple[str, ...]
    exp: float
    iat: float
    nonce: str
    azp: str | None = None

    @property
    def audience(self) -> tuple[str, ...]:
        return (self.aud,) if isinstance(self.aud, str) else self.aud


class Granted(BaseModel):
    """What a code is exchanged for."""

    id_token: str
    access_token: str | None = None


class Provider:
    """Asks one issuer. Discovery and keys are kept for an hour, and longer while it is away."""

    def __init__(self, issuer: Issuer, http: httpx.AsyncClient, now: Callable[[], datetime]) -> None:
        self.issuer = issuer
        self._http = http
        self._now = now
        self._known: tuple[Discovery, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None
        self._failed_at: datetime | None = None
        self._one_by_one = Lock()

    async def address(self, proofs: Proofs, comes_back_to: str) -> str:
        """Where the browser goes to be signed in."""
        known = await self._discovery()
        asked = {
            "client_id": self.issuer.client_id,
            "response_type": "code",
            "scope": "openid email profile",
            "redirect_uri": comes_back_to,
            "state": proofs.state,
            "nonce": proofs.nonce,
            "code_challenge": proofs.challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in known.authorization_endpoint else "?"
        return f"{known.authorization_endpoint}{joint}{urlencode(asked)}"

    async def said(self, code: str, proofs: Proofs, comes_back_to: str, answered_by: str | None) -> Said:
        """Who it is, once the code is exchanged and everything about the answer holds."""
        known = await self._discovery()
        is_named = answered_by is not None or known.authorization_response_iss_parameter_supported
        if is_named and answered_by != known.issuer:
            raise NotBelieved("answered_by_another")
        granted = await self._exchange(known, code, proofs, comes_back_to)
        told = await self._opened(known, granted.id_token)
        claims = self._believed(told, proofs)
        if "email" not in told and granted.access_token and known.userinfo_endpoint:
            told = await self._told(known.userinfo_endpoint, granted.access_token, claims.sub) | told
        return Said(claims.iss, claims.sub, _text(told.get("email")), _name_in(told))

    def _believed(self, told: dict[str, Any], proofs: Proofs) -> Claims:
        try:
            claims = Claims.model_validate(told)
        except ValidationError as wrong:
            raise NotBelieved(f"claim_{wrong.errors()[0]['loc'][0]}") from None
        now, us = self._now().timestamp(), self.issuer.client_id
        if claims.iss != self.issuer.issuer:
            raise NotBelieved("issuer")
        if us not in claims.audience or (claims.azp or us) != us or (len(claims.audience) > 1 and claims.azp is None):
            raise NotBelieved("audience")
        if claims.exp <= now - SKEW:
            raise NotBelieved("expired")
        if claims.iat > now + SKEW:
            raise NotBelieved("not_yet")
        if not compare_digest(claims.nonce.encode(), proofs.nonce.encode()):
            raise NotBelieved("nonce")
        return claims

    async def _exchange(self, known: Discovery, code: str, proofs: Proofs, comes_back_to: str) -> Granted:
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": comes_back_to,
            "code_verifier": proofs.verifier,
        }
        ours, auth = self._we_are(known)
        try:
            answer = await self._http.post(known.token_endpoint, data=body | ours, auth=auth)
        except httpx.HTTPError as trouble:
            raise ProviderAway(type(trouble).__name__) from trouble
        if answer.status_code >= 500:
            raise ProviderAway(f"status_{answer.status_code}")
        if answer.status_code != 200:
            raise NotBelieved(f"code_refused_{answer.status_code}")
        try:
            return Granted.model_validate_json(answer.content)
        except ValidationError as wrong:
            raise ProviderAway("no_id_token") from wrong

    def _we_are(self, known: Discovery) -> tuple[dict[str, str], httpx.Auth]:
        """How we show that we are the registered client: in the header where that is possible, else in the body."""
        client_id, file = self.issuer.client_id, self.issuer.secret_file
        if file is None:
            return {"client_id": client_id}, httpx.Auth()
        try:
            # Read each time: an operator changes a secret without a restart.
            secret = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as trouble:
            raise ProviderAway("our_secret_file_cannot_be_read") from trouble
        if "client_secret_basic" in known.token_endpoint_auth_methods_supported:
            return {}, httpx.BasicAuth(quote_plus(client_id), quote_plus(secret))
        return {"client_id": client_id, "client_secret": secret}, httpx.Auth()

    async def _opened(self, known: Discovery, id_token: str) -> dict[str, Any]:
        """The claims of a token that one of the issuer's keys has signed."""
        try:
            try:
                return jwt.decode(id_token, await self._key_set(known), SIGNED_BY).claims
            except InvalidKeyIdError:
                # The provider has a new key; asked once a minute at most, whatever tokens say.
                return jwt.decode(id_token, await self._key_set(known, KEYS_AGAIN), SIGNED_BY).claims
        except (JoseError, ValueError) as wrong:
            raise NotBelieved("signature") from wrong

    async def _key_set(self, known: Discovery, no_older_than: timedelta = KNOWN_FOR) -> KeySet:
        if self._keys is None or self._now() - self._keys[1] >= no_older_than:
            found = await self._asked(known.jwks_uri)
            try:
                self._keys = KeySet.import_key_set(found), self._now()
            except (JoseError, ValueError, TypeError, KeyError) as trouble:
                raise ProviderAway("no_keys") from trouble
        return self._keys[0]

    async def _discovery(self) -> Discovery:
        async with self._one_by_one:
            if self._known is None or self._now() - self._known[1] >= KNOWN_FOR:
                await self._look_again()
            if self._known is None:
                raise ProviderAway("no_discovery")
            return self._known[0]

    async def _look_again(self) -> None:
        """What was known stands until there is something newer."""
        if self._failed_at is not None and self._now() - self._failed_at < AGAIN_AFTER:
            return
        try:
            self._known, self._failed_at = (await self._discover(), self._now()), None
        except ProviderAway as trouble:
            self._failed_at = self._now()
            log.warning("provider_away", provider=self.issuer.name, why=str(trouble))

    async def _discover(self) -> Discovery:
        found = await self._asked(f"{self.issuer.issuer.rstrip('/')}/.well-known/openid-configuration")
        try:
            known = Discovery.model_validate(found)
        except ValidationError as wrong:
            raise ProviderAway("discovery") from wrong
        if known.issuer != self.issuer.issuer:
            raise ProviderAway("another_issuer")
        return known

    async def _told(self, address: str, access_token: str, subject: str) -> dict[str, Any]:
        """Name and e-mail, where the provider keeps them out of the token."""
        told = await self._asked(address, {"Authorization": f"Bearer {access_token}"})
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise NotBelieved("userinfo")
        return told

    async def _asked(self, address: str, headers: dict[str, str] | None = None) -> Any:
        try:
            answer = await self._http.get(address, headers=headers)
            return answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as trouble:
            raise ProviderAway(type(trouble).__name__) from trouble


def _name_in(told: dict[str, Any]) -> str | None:
    parts = (_text(told.get("given_name")), _text(told.get("family_name")))
    return _text(told.get("name")) or " ".join(part for part in parts if part) or None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
