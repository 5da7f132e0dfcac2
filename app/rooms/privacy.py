"""What in a text may tell who a patient is: for operators who look after a room. Nobody is kept from posting.

The browser's `guard/privacy.ts` warns before something is posted and finds the same; both are held to
`tests/vectors/privacy.json`. NHS and CHI numbers: modulus 11 as in the NHS Data Dictionary; personnummer: Luhn.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["nhs_number", "chi", "personnummer", "phone", "hospital_number", "date_of_birth"]

GAP = "[ \u00a0\u2009\u202f\\-–]"
TEN_DIGITS = re.compile(
    rf"(^|[^0-9+])([0-9]{{10}}|[0-9]{{3}}{GAP}[0-9]{{3}}{GAP}[0-9]{{4}}|[0-9]{{6}}{GAP}[0-9]{{4}})(?![0-9])"
)
PERSONNUMMER = re.compile(r"(^|[^0-9+])((?:19|20)?[0-9]{6}[-+]?[0-9]{4})(?![0-9])")
PHONE = re.compile("(^|[^0-9+])(\\+[0-9][0-9 ()\u00a0-]{7,18}[0-9]|\\(?0[0-9][0-9 ()\u00a0-]{6,14}[0-9])(?![0-9])")
NAMED_NUMBER = re.compile(
    r"(^|[^a-z])((?:mrn|nhs (?:no|number)|hosp(?:ital|\.)? ?(?:no|number)|unit (?:no|number)|patient (?:id|no|number)"
    r"|case (?:no|number))[^a-z0-9]{0,3}[a-z]{0,3}[0-9]{4,10})(?![a-z0-9])",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"(^|[^A-Za-z0-9])([A-Z]{1,3}[0-9]{6,8})(?![A-Za-z0-9])")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
IN_FIGURES = re.compile(r"(^|[^0-9./-])(([0-9]{1,2})([/.-])([0-9]{1,2})\4([0-9]{4}|[0-9]{2}))(?![0-9/-])")
ISO = re.compile(r"(^|[^0-9-])(([0-9]{4})-([0-9]{2})-([0-9]{2}))(?![0-9-])")
DAY_FIRST = re.compile(
    rf"(^|[^0-9a-z])(([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},? ([0-9]{{4}}))(?![0-9])", re.IGNORECASE
)
MONTH_FIRST = re.compile(rf"(^|[^a-z])({MONTH} ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}}))(?![0-9])", re.IGNORECASE)
BIRTH = re.compile(r"(?:^|[^a-zåäö])(?:born|birth|birthday|d\.?o\.?b\.?|född|födelsedatum)[^a-zåäö]", re.IGNORECASE)
BIRTH_WITHIN = 24
"""So many characters before a date its "born" may stand."""
RECENT_YEARS = 3
"""A meeting's dates are of these years; older ones are more often somebody's birthday."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text and what they look like."""

    kind: Kind
    text: str
    start: int


def find_private(text: str, country: str, year: int) -> list[Finding]:
    """`country` as an ISO code of two letters, `year` the present one. In the order in which they stand."""
    found: list[Finding] = []
    for kind, match in _candidates(text, country, year):
        start, end = match.span(2)
        if all(end <= other.start or other.start + len(other.text) <= start for other in found):
            found.append(Finding(kind, match[2], start))
    return sorted(found, key=lambda finding: finding.start)


def country_of(language: str, timezone: str) -> str:
    """From the room's language (`sv-SE`), or else its time zone."""
    region = re.search(r"-([A-Za-z]{2})$", language)
    if region:
        return region[1].upper()
    return "SE" if timezone == "Europe/Stockholm" else "GB"


def _candidates(text: str, country: str, year: int) -> Iterator[tuple[Kind, re.Match[str]]]:
    """The surest first: what one match has claimed, no later one takes."""
    if country == "SE":
        yield from _as("personnummer", (match for match in PERSONNUMMER.finditer(text) if _is_personnummer(match[2])))
    else:
        numbers = [match for match in TEN_DIGITS.finditer(text) if _has_check_digit(match[2])]
        if country == "GB":
            yield from _as("chi", (match for match in numbers if _begins_with_birth(match[2])))
        yield from _as("nhs_number", numbers)
    yield from _as("phone", (match for match in PHONE.finditer(text) if _is_phone(match[2], country)))
    yield from _as("hospital_number", NAMED_NUMBER.finditer(text))
    yield from _as("hospital_number", BARE_NUMBER.finditer(text))
    yield from _as("date_of_birth", _births(text, year))


def _as(kind: Kind, matches: Iterable[re.Match[str]]) -> Iterator[tuple[Kind, re.Match[str]]]:
    return ((kind, match) for match in matches)


def _digits(words: str) -> list[int]:
    return [int(sign) for sign in words if sign in "0123456789"]


def _has_check_digit(words: str) -> bool:
    """Modulus 11 over the first nine digits, weighed 10 to 2: NHS numbers and CHI numbers alike."""
    digits = _digits(words)
    if len(set(digits)) == 1:
        return False
    total = sum(digit * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == digits[9]


def _begins_with_birth(words: str) -> bool:
    """A CHI number begins with day, month and year of birth."""
    digits = "".join(map(str, _digits(words)))
    return _is_day_and_month(int(digits[:2]), int(digits[2:4]))


def _is_personnummer(words: str) -> bool:
    """Year, month and day, then three digits and one by Luhn; 60 is added to the day of a co-ordination number."""
    digits = _digits(words)[-10:]
    day, month = digits[4] * 10 + digits[5], digits[2] * 10 + digits[3]
    if not _is_day_and_month(day - 60 if day > 60 else day, month):
        return False
    weighed = (digit if place % 2 else digit * 2 for place, digit in enumerate(digits))
    return sum(digit - 9 if digit > 9 else digit for digit in weighed) % 10 == 0


def _is_phone(words: str, country: str) -> bool:
    count = len(_digits(words))
    date = IN_FIGURES.search(words.partition(" ")[0])
    if date is not None and date.start(2) == 0:
        return False
    if words.startswith("+"):
        return 9 <= count <= 15
    if country == "SE":
        return 8 <= count <= 11 and ("-" in words or " " in words)
    return 10 <= count <= 11


def _births(text: str, year: int) -> Iterator[re.Match[str]]:
    for match in _dates(text):
        before = text[max(0, match.start(2) - BIRTH_WITHIN) : match.start(2)]
        if BIRTH.search(before) or _year_of(match[2], year) <= year - RECENT_YEARS:
            yield match


def _dates(text: str) -> Iterator[re.Match[str]]:
    yield from (m for m in IN_FIGURES.finditer(text) if _is_date(int(m[3]), int(m[5]), m[6]))
    yield from (m for m in ISO.finditer(text) if _is_date(int(m[5]), int(m[4]), m[3]))
    yield from (m for m in DAY_FIRST.finditer(text) if _is_day_and_month(int(m[3]), 1))
    yield from (m for m in MONTH_FIRST.finditer(text) if _is_day_and_month(int(m[4]), 1))


def _year_of(words: str, this_year: int) -> int:
    """Of two figures: those that lie ahead by more than a year belong to the last century."""
    found = re.search(r"[0-9]{4}", words) or re.search(r"[0-9]{2}$", words)
    year = int(found[0]) if found else this_year
    if year > 99:
        return year
    return 1900 + year if year > this_year % 100 + 1 else 2000 + year


def _is_date(day: int, month: int, year: str) -> bool:
    return _is_day_and_month(day, month) and (len(year) == 2 or 1900 <= int(year) < 2100)


def _is_day_and_month(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12
