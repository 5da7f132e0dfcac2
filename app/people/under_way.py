"""A sign-in under way at a provider: ten minutes in a signed cookie of one browser, and kept nowhere else."""

import base64
import hashlib
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Literal, Self

import orjson

from app.people.keys import Keys
from app.people.tokens import new_token

GOOD_FOR = timedelta(minutes=10)

Wish = Literal["sign_in", "set_up", "link"]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the provider gets or gives back, and nobody without this browser's cookie can tell."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """PKCE, S256: the provider learns the verifier itself only when the code is exchanged."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Which provider, what for, and since when. The seed is this browser's alone."""

    provider: str
    wish: Wish
    about: str
    """The one-time token of `set_up`, the account of `link`."""
    seed: str
    until: float

    @classmethod
    def begin(cls, provider: str, wish: Wish, about: str, now: datetime) -> Self:
        return cls(provider, wish, about, new_token(), (now + GOOD_FOR).timestamp())

    def proofs(self, keys: Keys) -> Proofs:
        """Derived, not stored: without the master key and the cookie together nobody has them."""
        state, nonce, verifier = (
            keys.hashed(f"oidc.{what}", f"{self.provider}/{self.seed}") for what in ("state", "nonce", "verifier")
        )
        return Proofs(state, nonce, verifier)

    def as_cookie(self, keys: Keys) -> str:
        said = base64.urlsafe_b64encode(orjson.dumps(asdict(self))).decode()
        return f"{said}.{keys.hashed('oidc.cookie', said)}"


def from_cookie(keys: Keys, cookie: str, now: datetime) -> UnderWay | None:
    """What this browser began with us; None for forged and for too long ago."""
    said, _, signature = cookie.rpartition(".")
    if not compare_digest(keys.hashed("oidc.cookie", said).encode(), signature.encode()):
        return None
    try:
        began = UnderWay(**orjson.loads(base64.urlsafe_b64decode(said)))
    except (NotBase64, orjson.JSONDecodeError, TypeError):
        # Signed by an older version of ourselves: as good as none.
        return None
    return began if now.timestamp() < began.until else None
