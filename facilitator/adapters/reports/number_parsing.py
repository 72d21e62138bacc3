"""Parse cells that hold numbers, in the decimal style of their file."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from facilitator.adapters.reports.cells import DASHES, LONGEST_CELL, is_blank, plain_text
from facilitator.adapters.reports.marketplaces import currencies, symbols
from facilitator.adapters.reports.report_types import COUNT, MONEY, PERCENT, RANK, NumberFormat

DecimalMark = Literal[".", ","]
"""The decimal separator of a file."""

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_GROUPED_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
_NUMBER = {
    ".": re.compile(r"(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"),
    ",": re.compile(r"(?:\d+|\d{1,3}(?:\.\d{2,3})*\.\d{3})?(?:,\d+)?(?:[eE][+-]?\d{1,2})?"),
}
_UNRANKED = re.compile(r">.*|n/r", re.IGNORECASE)
"""A rank beyond what a tool looks at, and one that it did not find."""
TOO_LARGE = 1e15
"""The largest number that is accepted: sums of larger ones would lose their cents."""
_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


class ParsedNumber(Struct, frozen=True):
    """The number in a cell."""

    amount: float
    """NaN for a blank cell or one that is not a number."""
    sign: str = ""
    """The currency sign or code beside it, or `%`."""
    is_read: bool = True


BLANK = ParsedNumber(math.nan)
UNREADABLE = ParsedNumber(math.nan, is_read=False)


@cache
def _number_pattern() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, (*symbols(), *sorted(currencies()))))
    money = rf"(?:{signs})"
    return re.compile(
        rf"(?P<open>\()?\s*(?P<minus>-)?\s*(?P<before>{money})?\s*(?P<inner>[-+])?\s*"
        rf"(?P<digits>[\d.,'’\s]*\d(?:[eE][+-]?\d+)?|\d[\d.,'’\s]*[.,])\s*(?P<percent>%)?\s*(?P<after>{money})?\s*(?P<close>\))?"
    )


def parse_number(cell: object, sort: NumberFormat, decimal: DecimalMark) -> ParsedNumber:
    """Parse the number in a cell; a number from a spreadsheet is returned as it is."""
    if isinstance(cell, int | float):
        if not abs(cell) < TOO_LARGE:
            return UNREADABLE
        return ParsedNumber(float(cell))
    if not isinstance(cell, str) or len(cell) > LONGEST_CELL:
        return UNREADABLE
    if decimal == "." and sort != PERCENT and _PLAIN.fullmatch(cell):
        return ParsedNumber(float(cell))
    return BLANK if is_blank(cell) else _read_text(cell, sort, decimal)


def _read_text(cell: str, sort: NumberFormat, decimal: DecimalMark) -> ParsedNumber:
    if sort == RANK and _UNRANKED.fullmatch(plain_text(cell)):
        return BLANK
    shape = _number_pattern().fullmatch(DASHES.sub("-", plain_text(cell)))
    if shape is None or bool(shape["open"]) != bool(shape["close"]):
        return UNREADABLE
    if shape["percent"] and sort in (COUNT, MONEY):
        return UNREADABLE
    amount = _amount(re.sub(r"[\s'’]", "", shape["digits"]), sort, decimal)
    if amount is None or amount >= TOO_LARGE:
        return UNREADABLE
    if shape["minus"] or shape["inner"] == "-" or shape["open"]:
        amount = -amount
    return ParsedNumber(amount, shape["before"] or shape["after"] or shape["percent"] or "")


def _amount(digits: str, sort: NumberFormat, decimal: DecimalMark) -> float | None:
    """Return the amount of digits in a decimal style.

    Counts have no decimals, so all of their separators group thousands.
    """
    if sort in (COUNT, RANK) and _GROUPED_COUNT.fullmatch(digits):
        return float(re.sub("[.,]", "", digits))
    if sort in (COUNT, RANK, "share", PERCENT) and len(re.findall("[.,]", digits)) == 1:
        return float(digits.replace(",", "."))
    if not digits or not _NUMBER[decimal].fullmatch(digits):
        return None
    plain = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    return float(plain)


def is_rounded_id(cell: object) -> bool:
    """Return whether a spreadsheet turned an id into `1.44E+14` and lost its last digits."""
    return isinstance(cell, str) and _ROUNDED_ID.fullmatch(plain_text(cell)) is not None


class NumberParser:
    """Parses cells of one number format in one decimal style, each distinct text once."""

    def __init__(
        self, sort: NumberFormat, decimal: DecimalMark, *, percents_are_fractions: bool = False
    ) -> None:
        """If `percents_are_fractions`, 0.24 without a `%` is 24 %."""
        self._sort = sort
        self._decimal = decimal
        self._in_fractions = sort == PERCENT and percents_are_fractions
        self._amounts: dict[object, float] = {}
        self._signs: dict[object, str] = {}
        self._unread: set[object] = set()

    def amounts(self, cells: Sequence[object]) -> list[float]:
        """Return the number in each cell; NaN if it is blank or not a number."""
        for cell in set(cells).difference(self._amounts):
            figure = parse_number(cell, self._sort, self._decimal)
            is_fraction = self._in_fractions and not figure.sign
            self._amounts[cell] = figure.amount * 100 if is_fraction else figure.amount
            if figure.sign:
                self._signs[cell] = figure.sign
            if not figure.is_read:
                self._unread.add(cell)
        return list(map(self._amounts.__getitem__, cells))

    def sign(self, cell: object) -> str:
        """Return the currency sign in a cell that was parsed."""
        return self._signs.get(cell, "")

    def is_unread(self, cell: object) -> bool:
        """Return whether a cell was not a number."""
        return cell in self._unread

    @property
    def has_unread(self) -> bool:
        """Return whether any cell was not a number."""
        return bool(self._unread)


def is_percent_without_sign(cell: object) -> bool:
    """Return whether a cell shows that its file writes 98.5 for 98.5 %, not 0.985."""
    figure = parse_number(cell, PERCENT, ".")
    return figure.amount > 1 and not figure.sign


class DecimalDetector:
    """Detects the decimal style from the money in a file: each distinct cell is one vote.

    If a cell has both separators, the last is the decimal mark; if it has one of them several
    times, that one groups thousands. A single separator before exactly three digits (`1,234`) may
    be either, so it does not vote.
    """

    def __init__(self) -> None:
        self._seen: set[object] = set()
        self._votes = {".": 0, ",": 0}
        self._grouped_by_comma = False

    def note(self, cells: Iterable[object], sort: NumberFormat) -> None:
        """Take the cells of a column into account."""
        if sort not in (MONEY, "amount"):
            return
        fresh = set(cells).difference(self._seen)
        self._seen |= fresh
        for cell in fresh:
            if isinstance(cell, str) and len(cell) <= LONGEST_CELL:
                self._vote(cell)

    def _vote(self, cell: str) -> None:
        if _PLAIN.fullmatch(cell):
            self._votes["."] += "." in cell
            return
        digits = "".join(re.findall(r"[\d.,]", plain_text(cell))).strip(".,")
        marks = re.findall("[.,]", digits)
        if not marks:
            return
        other: DecimalMark = "," if marks[-1] == "." else "."
        if len(set(marks)) == 2:
            self._votes[marks[-1]] += 1
        elif len(marks) > 1:
            self._votes[other] += 1
        elif len(digits.rpartition(marks[0])[2]) != 3 or digits.startswith("0"):
            self._votes[marks[0]] += 1
        elif marks[0] == ",":
            self._grouped_by_comma = True

    def verdict(self, delimiter: str) -> DecimalMark:
        """Return the style; if no cell decides it, the delimiter `;` means a decimal comma."""
        if self._votes["."] != self._votes[","]:
            return "," if self._votes[","] > self._votes["."] else "."
        return "," if delimiter == ";" and not self._grouped_by_comma else "."
