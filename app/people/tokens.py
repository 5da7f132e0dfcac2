"""Tokens that open a door: the person gets 128 bits in the clear, we keep only their hash."""

import hashlib
import re
import secrets

_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_token() -> str:
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    """A plain hash is enough here: nobody guesses 128 random bits, so there is nothing to slow down."""
    return hashlib.sha256(token.encode()).hexdigest()


def has_the_shape_of_a_token(text: str) -> bool:
    return _SHAPE.fullmatch(text) is not None


def token_in(text: str) -> str:
    """The token itself, also when somebody pastes the whole link."""
    return text.strip().rpartition("token=")[2]
