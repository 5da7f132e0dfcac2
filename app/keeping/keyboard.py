"""What every command of an operator does: read the settings, open the database, stop with one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.db import Database
from app.settings import Settings


def settings_here() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        told = (f"BIGROOM_{str(error['loc'][0]).upper()}: {error['msg']}" for error in wrong.errors())
        stop("These settings cannot be used.\n  " + "\n  ".join(told))
    except SettingsError:
        stop("These settings cannot be used.\n  BIGROOM_OIDC_ISSUERS: it is no JSON.")


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        stop(f"BIGROOM_DATA: the folder {settings.data} cannot be made: {trouble.strerror}.")
    db = Database(settings.database_url)
    try:
        yield db
    finally:
        db.close()


def stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(1)
