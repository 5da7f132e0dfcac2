"""What people type about themselves, as we keep it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.people.passwords import MOST

NAME = 60
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_EMAIL = re.compile(r"[^\s@<>\x00-\x1f\x7f]{1,64}@[^\s@<>\x00-\x1f\x7f]{1,189}")


def _whole(text: str) -> str:
    """Refuses half of a pair of surrogates: JSON can write it, but neither UTF-8 nor a database can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "text in Unicode") from None
    return text


def _name(text: str) -> str:
    name = unicodedata.normalize("NFC", _UNSEEN.sub(" ", text)).strip()
    if not name:
        raise PydanticCustomError("string_too_short", "at least {min_length} character", {"min_length": 1})
    if len(name) > NAME:
        raise PydanticCustomError("string_too_long", "at most {max_length} characters", {"max_length": NAME})
    return name


def as_email(text: str) -> str:
    """One spelling for one address: capitals do not count."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _email(text: str) -> str:
    email = as_email(text)
    if not _EMAIL.fullmatch(email):
        raise PydanticCustomError("email", "an e-mail address such as maya@example.org")
    return email


PersonName = Annotated[str, AfterValidator(_whole), AfterValidator(_name)]
Email = Annotated[str, AfterValidator(_whole), AfterValidator(_email)]
Password = Annotated[str, Field(max_length=MOST), AfterValidator(_whole)]
TokenText = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_whole)]


class Body(BaseModel):
    """The JSON body of a call; fields we do not know are refused, and "yes" is no true."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
