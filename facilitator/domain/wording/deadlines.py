"""Dates and deadlines in a sentence, in English and Chinese."""

import re
from datetime import date

from msgspec import Struct

from facilitator.domain.wording.vocabulary import compile_pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>20\d\d)"
_DATE_FORMS = (
    rf"(?<!\d){_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
    rf"(?:{_YEAR}\s*年\s*)?(?<!\d)(?P<month>\d\d?)\s*月\s*(?P<day>\d\d?)\s*[日号]?",
    rf"(?<!\d){_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
    rf"\b{_MONTH}\s+{_DAY}(?![\d.])(?:,?\s+{_YEAR})?",
)
_BEFORE_LATIN = r"\b(?:by|until|till|due|no later than)\s+(?:on\s+)?(?:[a-z]{3,9}day,?\s+)?"
_AFTER_HAN = r"\s*(?:之前|以前|前|截止)(?!的)"
_DEADLINE_FORMS = (
    *(_BEFORE_LATIN + f"(?P<at>{form})" for form in _DATE_FORMS),
    *(f"(?P<at>{form})" + _AFTER_HAN for form in _DATE_FORMS),
)


class Deadline(Struct, frozen=True, kw_only=True):
    """The day of a deadline, and where it is in the sentence."""

    day: date
    span: tuple[int, int]


def find_deadline(text: str, on: date) -> Deadline | None:
    """Return the first deadline in a text; None if there is none.

    A day without a year is taken as the one nearest to `on`.
    """
    for each in _DEADLINE_FORMS:
        if (match := compile_pattern(each).search(text)) and (day := _nearest_day(match, on)):
            return Deadline(day=day, span=match.span("at"))
    return None


def blank_out_dates(text: str) -> str:
    """Return the text with each date replaced by as many spaces.

    So the positions of all other words stay the same.
    """
    for each in _DATE_FORMS:
        text = compile_pattern(each).sub(lambda found: " " * len(found[0]), text)
    return text


def _nearest_day(match: re.Match[str], on: date) -> date | None:
    month = match["month"].casefold()
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    year = match["year"]
    years = (int(year),) if year else (on.year - 1, on.year, on.year + 1)
    days = [day for each in years if (day := _calendar_day(each, number, int(match["day"])))]
    return min(days, key=lambda day: abs(day - on), default=None)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31 April, or month 13
        return None
