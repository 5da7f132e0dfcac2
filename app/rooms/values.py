"""The types of fields in rows and messages: ids, moments and texts with their limits."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError
from sqlalchemy import CheckConstraint

from app.db import iso

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}T")
_ID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def _no_number(moment: object) -> object:
    """A number, as itself or as text, would pass for seconds since 1970."""
    if isinstance(moment, datetime) or (isinstance(moment, str) and _DATED.match(moment)):
        return moment
    raise PydanticCustomError("datetime_parsing", "a moment such as 2026-11-26T12:30:00.000Z")


def _whole_milliseconds(moment: datetime) -> datetime:
    if not 1900 <= moment.year <= 2999:
        # Beyond these a zone can lead out of the calendar, and a short year is not written with four digits.
        raise PydanticCustomError("moment_out_of_range", "a moment between the years 1900 and 2999")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def _clean(text: str) -> str:
    """NFC, without control characters (a NUL ends a text in PostgreSQL) and without blanks around it."""
    _whole(text)
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", text.replace("\r\n", "\n"))).strip()


def _whole(text: str) -> str:
    """Refuses half of a pair of surrogates: JSON can write it, but neither UTF-8 nor a database can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "text in Unicode") from None
    return text


def _no_longer_than(limit: int, text: str) -> str:
    if len(text) > limit:
        raise PydanticCustomError("string_too_long", "at most {max_length} characters", {"max_length": limit})
    return text


def _words(limit: int, *, least: int) -> Any:
    def check(text: str) -> str:
        text = _no_longer_than(limit, _clean(text))
        if len(text) < least:
            raise PydanticCustomError("string_too_short", "at least {min_length} characters", {"min_length": least})
        return text

    # JSON Schema counts code points as we do; the browser's field limit reads it from there.
    return Annotated[str, AfterValidator(check), Field(json_schema_extra={"maxLength": limit, "minLength": least})]


Id = Annotated[str, Field(pattern=_ID, json_schema_extra={"format": "uuid"}), AfterValidator(str.lower)]
When = Annotated[
    AwareDatetime,
    Field(strict=False),
    BeforeValidator(_no_number),
    AfterValidator(_whole_milliseconds),
    PlainSerializer(iso, return_type=str),
]

# Lengths of protocol.md, in code points after NFC and trim.
NAME, TITLE, CARD, NOTE, KEY, WORD = 60, 120, 280, 600, 40, 40
Name = _words(NAME, least=1)
Word = _words(WORD, least=1)
Title = _words(TITLE, least=1)
CardWords = _words(CARD, least=1)
Note = _words(NOTE, least=0)
Reason = _words(NOTE, least=1)
Key = Annotated[str, Field(pattern=rf"^[a-z0-9_]{{1,{KEY}}}$")]
View = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}(/[A-Za-z0-9_-]{1,64})?$")]


class Value(BaseModel):
    """A frozen part of a row, such as one column of a board."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def id_from(*parts: object) -> str:
    """The same id for the same parts, on every process."""
    return str(uuid5(UUID("6f0a1f0e-5a0c-5b51-9d0e-2b1600a0b1f0"), "/".join(map(str, parts))))


def one_of(field: str, *choices: str) -> CheckConstraint:
    """Text with a CHECK: native enums store the name of a choice and are hard to widen."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f"{field} IN ({listed})", name=field)


def no_longer_than(field: str, limit: int) -> CheckConstraint:
    return CheckConstraint(f"length({field}) <= {limit}", name=f"{field}_length")
