"""Coaches' passwords: argon2, off the event loop, two at a time."""

from functools import cached_property

from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LEAST, MOST = 10, 200


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
