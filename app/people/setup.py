"""The first coach's way in: a one-time link that the server prints while nobody has an account."""

from app.db import Database
from app.people.links import base_of, link
from app.people.one_time import make_setup_token
from app.settings import Settings


def ensure_setup_token(settings: Settings, db: Database) -> str | None:
    """The setup link of this start, or None once there is an account. Links of earlier starts stay valid."""
    with db.session() as sql:
        token = make_setup_token(sql, settings.setup_token)
    return link(base_of(settings), "setup", token) if token else None
