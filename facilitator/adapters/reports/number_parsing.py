"""Parse cells that hold numbers, in the decimal style of their file."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Literal

from msgspec import Struct

from facilitator.adapters.reports.cells import DASHES, LONGEST_CELL, is_blank, plain_text
from facilitator.adapters.reports.marketplaces import (
    currencies,
    currencies_of_sign,
    symbols,
)
from facilitator.adapters.reports.report_types import COUNT, MONEY, PERCENT, RANK, NumberFormat

DecimalMark = Literal[".", ","]
"""The decimal separator of a file."""

_ARABIC_DECIMAL, _ARABIC_GROUP = "\u066b", "\u066c"
_SIGNS = {"\u066a": "%"}
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
_GROUPED_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{2,3})*,[0-9]{3}|(?:\.[0-9]{3})+)")
_SPACED = re.compile(
    rf"[0-9]{{1,3}}([ '’{_ARABIC_GROUP}])[0-9]{{3}}(?:\1[0-9]{{3}})*"
    rf"(?:[.,{_ARABIC_DECIMAL}][0-9]+)?"
)
"""Thousands grouped by a mark that is no decimal mark anywhere."""
_GROUP_MARK = re.compile(rf"[ '’{_ARABIC_GROUP}]")
_ARABIC = re.compile(rf"[0-9]+{_ARABIC_DECIMAL}[0-9]+")
_NUMBER = {
    ".": re.compile(
        r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3})?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
    ),
    ",": re.compile(
        r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{2,3})*\.[0-9]{3})?(?:,[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
    ),
}
_UNRANKED = re.compile(
    r"(?:>=?|≥) ?[0-9][0-9.,]*\+?|[0-9][0-9.,]*\+|n/?r|not ranked", re.IGNORECASE
)
"""A rank beyond what a tool looks at, and one that it did not find."""
TOO_LARGE = 1e15
"""The largest number that is accepted: sums of larger ones would lose their cents."""


class ParsedNumber(Struct, frozen=True):
    """The number in a cell."""

    amount: float
    """NaN for a blank cell or one that is not a number."""
    sign: str = ""
    """The currency sign or code beside it, or `%`."""
    is_read: bool = True


_BLANK = ParsedNumber(math.nan)
_UNREADABLE = ParsedNumber(math.nan, is_read=False)


@cache
def _number_pattern() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, (*symbols(), *sorted(currencies()))))
    money = rf"(?:{signs})"
    blank = "[\\s\u200e\u200f\u061c]*"  # and the marks of direction that Arabic cells have
    marks = rf"[0-9.,'’ {_ARABIC_DECIMAL}{_ARABIC_GROUP}]*"
    return re.compile(
        rf"{blank}(?P<open>\()?{blank}(?P<minus>-)?{blank}(?P<before>{money})?{blank}"
        rf"(?P<inner>[-+])?{blank}(?P<digits>{marks}[0-9](?:[eE][+-]?[0-9]+)?|[0-9]{marks}[.,])"
        rf"{blank}(?P<end>-)?{blank}(?P<percent>%)?{blank}(?P<after>{money})?{blank}"
        rf"(?P<last>-)?{blank}(?P<close>\))?{blank}"
    )


def parse_number(cell: object, sort: NumberFormat, decimal: DecimalMark) -> ParsedNumber:
    """Parse the number in a cell; a number from a spreadsheet is returned as it is.

    A rank of 0 is no rank.
    """
    if cell is None or isinstance(cell, bool):
        return _BLANK if cell is None else _UNREADABLE
    if isinstance(cell, int | float):
        figure = ParsedNumber(float(cell)) if abs(cell) < TOO_LARGE else _UNREADABLE
    elif not isinstance(cell, str) or len(cell) > LONGEST_CELL:
        return _UNREADABLE
    elif decimal == "." and sort != PERCENT and _PLAIN.fullmatch(cell):
        figure = ParsedNumber(float(cell))
    else:
        figure = _BLANK if is_blank(cell) else _read_text(cell, sort, decimal)
    if sort == RANK and figure.amount <= 0:
        return _UNREADABLE if figure.amount else _BLANK
    return figure


def _read_text(cell: str, sort: NumberFormat, decimal: DecimalMark) -> ParsedNumber:
    text = _with_plain_digits(cell)
    if len(text.splitlines()) > 1:
        return _UNREADABLE
    if sort == RANK and _UNRANKED.fullmatch(text):
        return _BLANK
    shape = _number_pattern().fullmatch(DASHES.sub("-", text))
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return _UNREADABLE
    signs = [shape[each] for each in ("minus", "inner", "end", "last") if shape[each]]
    if len(signs) > 1:
        return _UNREADABLE
    sign = _beside(shape, sort)
    amount = _amount(shape["digits"].strip(), sort, decimal)
    if sign is None or amount is None or amount >= TOO_LARGE:
        return _UNREADABLE
    is_negative = "-" in signs or shape["open"]
    return ParsedNumber(-amount if is_negative else amount, sign)


def _with_plain_digits(cell: str) -> str:
    """Return a cell's text with the digits 0 to 9, whatever its script; `²` and `①` are none."""
    text = plain_text(cell)
    if cell.isascii():
        return text
    if any(not each.isdecimal() and _holds_digit(each) for each in cell):
        return ""
    return "".join(
        str(unicodedata.decimal(each)) if each.isdecimal() else _SIGNS.get(each, each)
        for each in text
    )


def _holds_digit(character: str) -> bool:
    return any(each.isdecimal() for each in unicodedata.normalize("NFKC", character))


def _beside(shape: re.Match[str], sort: NumberFormat) -> str | None:
    """Return the money sign or `%` beside a number; None if it cannot stand there."""
    before, after, percent = shape["before"], shape["after"], shape["percent"]
    if percent:
        return None if sort in (COUNT, MONEY, RANK) or before or after else "%"
    if before or after:
        if sort not in (MONEY, "amount"):
            return None
        meanings = {each: currencies_of_sign(each) for each in (before, after) if each}
        if not set.intersection(*map(set, meanings.values())):
            return None
        return min(meanings, key=lambda each: len(meanings[each]))
    return ""


def _amount(digits: str, sort: NumberFormat, decimal: DecimalMark) -> float | None:
    """Return the amount of digits in a decimal style.

    Counts have no decimals, so all of their separators group thousands.
    """
    if _GROUP_MARK.search(digits):
        if not _SPACED.fullmatch(digits):
            return None
        digits = _GROUP_MARK.sub("", digits)
    if _ARABIC.fullmatch(digits):
        return float(digits.replace(_ARABIC_DECIMAL, "."))
    if sort in (COUNT, RANK) and _GROUPED_COUNT.fullmatch(digits):
        return float(re.sub("[.,]", "", digits))
    if sort in (COUNT, RANK, "share", PERCENT) and len(re.findall("[.,]", digits)) == 1:
        return float(digits.replace(",", "."))
    if not digits or not _NUMBER[decimal].fullmatch(digits):
        return None
    plain = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    return float(plain)


def is_percent_without_sign(cell: object) -> bool:
    """Return whether a cell shows that its file writes 98.5 for 98.5 %, not 0.985."""
    figure = parse_number(cell, PERCENT, ".")
    return figure.amount > 1 and not figure.sign


def find_decimal_mark(cells: Iterable[str], delimiter: str) -> DecimalMark:
    """Return the decimal mark of a file from its distinct amounts: each is one vote.

    If a cell has both separators, the last is the decimal mark; if it has one of them several
    times, that one groups thousands. A single separator before exactly three digits (`1,234`) may
    be either, so it does not vote. If no cell decides, the delimiter `;` means a decimal comma.
    """
    votes: Counter[str] = Counter(map(_vote, cells))
    if votes["."] != votes[","]:
        return "," if votes[","] > votes["."] else "."
    return "," if delimiter == ";" and not votes[_GROUPED_BY_COMMA] else "."


_GROUPED_BY_COMMA = "1,234"
"""The vote of a cell whose only comma may group thousands."""


def _vote(cell: str) -> str:
    """Return the decimal mark that a cell shows."""
    if len(cell) > LONGEST_CELL:
        return ""
    if _PLAIN.fullmatch(cell):
        return "." if "." in cell else ""
    digits = "".join(re.findall("[0-9.,]", _with_plain_digits(cell))).strip(".,")
    marks = re.findall("[.,]", digits)
    if not marks:
        return ""
    last: str = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return "," if last == "." else "."
    if len(digits.rpartition(last)[2]) != 3 or digits.startswith("0"):
        return last
    return _GROUPED_BY_COMMA if last == "," else ""
