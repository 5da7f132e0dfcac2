"""Coaches' passwords: which will do, and argon2, off the event loop, two at a time."""

import gzip
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LEAST, MOST = 10, 200
FEWEST_OF_THEIR_OWN = 6
"""Characters besides one's name, one's address and ours."""
OURS = ("bigroom", "big room")
LOOKALIKES = str.maketrans("@4301!$57", "aaeoiisst")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")

Unfit = Literal["password_too_short", "password_common", "password_about_you"]


def unfit(password: str, *about: str) -> Unfit | None:
    """Why this password will not do for somebody about whom everybody knows this."""
    if len(password) < LEAST:
        return "password_too_short"
    if _is_common(password.casefold()):
        return "password_common"
    return "password_about_you" if _is_about(password.casefold(), *about, *OURS) else None


@cache
def _common() -> frozenset[str]:
    """Some thirty thousand that are tried first, in small letters: `zcat` shows them."""
    packed = Path(__file__).with_name("common_passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


def _is_common(plain: str) -> bool:
    """Among them, also with figures around it and with signs for letters: P@ssw0rd2026!"""
    core = _AROUND.sub("", plain)
    return len(set(plain)) < 4 or not _common().isdisjoint((plain, core, core.translate(LOOKALIKES)))


def _is_about(plain: str, *known: str) -> bool:
    words = {word for whole in known for word in (whole.casefold(), whole.casefold().partition("@")[0])}
    for word in sorted(words, key=len, reverse=True):
        plain = plain.replace(word, "") if len(word) > 2 else plain
    return len(plain) < FEWEST_OF_THEIR_OWN


class Passwords:
    """Hashes and compares. Each takes 64 MiB and most of a second of a core, hence the limit."""

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash((Argon2Hasher(),))

    @cached_property
    def _two_at_a_time(self) -> CapacityLimiter:
        return CapacityLimiter(2)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("no account has this password")

    async def hash(self, password: str) -> str:
        return await to_thread.run_sync(self._hasher.hash, password, limiter=self._two_at_a_time)

    async def match(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; without an account it takes as long to say no."""
        return await to_thread.run_sync(self._match, password, kept, limiter=self._two_at_a_time)

    def _match(self, password: str, kept: str | None) -> bool:
        return self._hasher.verify(password, kept or self._nobodys) and kept is not None
