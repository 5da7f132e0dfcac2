"""The environment, read once into one frozen value."""

from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FilePath, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def safe_address(address: str) -> str:
    """https, or http on this machine alone: whoever reads along on the way could sign in as anybody."""
    parts = urlsplit(address)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ValueError("needs an https address")
    return address


class Issuer(BaseModel):
    """A provider at which coaches may sign in, as the operator names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9-]{1,20}$")
    """Stands in the address to which the provider sends people back."""
    issuer: Annotated[str, AfterValidator(safe_address)]
    client_id: str = Field(min_length=1)
    secret_file: FilePath | None = None
    label: str = Field(min_length=1, max_length=40)
    """Words of the button."""
    new_accounts: bool = False
    """Whether anybody whom it signs in becomes a coach. If not, it takes an invitation."""


class Settings(BaseSettings):
    """Every `BIGROOM_…` variable. Rates are per member unless their name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="BIGROOM_", frozen=True, extra="ignore", env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    data: Path = Field(Path("data"), description="Folder of the embedded database and of the keys.")
    database: str | None = Field(None, description="Database URL; SQLite in the data folder when unset.")
    bus: str = Field(
        "memory://",
        pattern=r"^(memory://$|rediss?://.|unix://.)",
        description="How several processes hint at each other: a Redis or Valkey server.",
    )
    keys: Path | None = Field(None, description="Master key file; `keys` in the data folder when unset.")
    setup_token: str | None = Field(
        None, min_length=16, description="The first coach's one-time token; random when unset."
    )
    public_url: str | None = Field(None, description="Address that people type. Decides scheme, cookies and links.")
    trusted_proxies: str = Field("", description="Comma-separated addresses whose X-Forwarded-For is believed.")
    commands_per_minute: int = Field(120, ge=1, description="Commands in the bucket, refilled over a minute.")
    presence_per_second: int = Field(15, ge=1, description="Presence messages a connection may send a second.")
    connections_per_member: int = Field(12, ge=1, description="Open tabs and devices of one member in a room.")
    keep_days: int | None = Field(
        None, ge=1, le=36500, description="Days a room is kept after its last change; for ever when unset."
    )
    rooms_per_account: int = Field(200, ge=1, description="Rooms that one coach's account may make.")

    coaches_vouch: bool = Field(False, description="Whether a coach makes sign-in links for the coaches beside them.")
    oidc_issuers: tuple[Issuer, ...] = Field((), description="Providers at which coaches may sign in, as JSON.")

    @field_validator("oidc_issuers")
    @classmethod
    def _each_by_its_name(cls, issuers: tuple[Issuer, ...]) -> tuple[Issuer, ...]:
        if len({one.name for one in issuers}) < len(issuers) or len({one.issuer for one in issuers}) < len(issuers):
            raise ValueError("each provider needs a name and an issuer of its own")
        return issuers

    @cached_property
    def database_url(self) -> str:
        """SQLAlchemy URL with the driver named."""
        if self.database is None:
            return f"sqlite:///{self.data.absolute() / 'bigroom.sqlite3'}"
        for plain in ("postgresql://", "postgres://"):
            if self.database.startswith(plain):
                return "postgresql+psycopg://" + self.database.removeprefix(plain)
        return self.database

    @cached_property
    def keys_file(self) -> Path:
        return self.keys or self.data / "keys"

    @cached_property
    def origin(self) -> str | None:
        """Scheme and host of PUBLIC_URL as a browser's Origin header writes them."""
        if self.public_url is None:
            return None
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def is_https(self) -> bool:
        return bool(self.public_url) and str(self.public_url).lower().startswith("https://")
