"""The server's master key: what makes a stolen copy of the database useless for guessing phrases."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

LENGTH = 32


class KeysUnreadable(Exception):
    """The key file is there but holds no key; says so to the person who starts the server."""


class Keys:
    """Keyed hashes, one family for each purpose, and wrapped keys, from one master key."""

    def __init__(self, master: bytes) -> None:
        self._master = master

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """The key in this file, made at the first start and readable by the server's user alone."""
        if not path.exists():
            _make(path)
        try:
            master = base64.urlsafe_b64decode(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError, binascii.Error) as trouble:
            raise KeysUnreadable(f"The master key in {path} cannot be read: {trouble}.") from trouble
        if len(master) < LENGTH:
            raise KeysUnreadable(f"The master key in {path} is too short: it needs {LENGTH} bytes in base64.")
        return cls(master)

    def hashed(self, purpose: str, text: str) -> str:
        return hmac.new(self._for(purpose), text.encode(), hashlib.sha256).hexdigest()

    def wrap(self, key: bytes) -> str:
        """A key as it may lie in the database: without the master key it opens nothing."""
        return base64.b64encode(aes_key_wrap(self._for("wrap"), key)).decode()

    def unwrap(self, wrapped: str) -> bytes | None:
        """The key again; None when it was wrapped by another master key."""
        try:
            return aes_key_unwrap(self._for("wrap"), base64.b64decode(wrapped))
        except InvalidUnwrap:
            return None

    def _for(self, purpose: str) -> bytes:
        return hmac.digest(self._master, purpose.encode(), hashlib.sha256)


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.urlsafe_b64encode(secrets.token_bytes(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    # A link, not a rename: when two processes start at once, the second takes the first one's key.
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()
