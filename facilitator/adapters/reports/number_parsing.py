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
"""What a file writes before the cents."""

_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_GROUPED_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
_NUMBER = {
    ".": re.compile(r"(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"),
    ",": re.compile(r"(?:\d+|\d{1,3}(?:\.\d{2,3})*\.\d{3})?(?:,\d+)?(?:[eE][+-]?\d{1,2})?"),
}
_UNRANKED = re.compile(r">.*|n/r", re.IGNORECASE)
"""A rank beyond what a tool looks at, and one that it did not find."""
TOO_LARGE = 1e15
"""No shop has such a figure, and sums of more would lose their cents."""
_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


class ParsedNumber(Struct, frozen=True):
    """One cell, read."""

    amount: float
    """NaN for a blank cell and for one that cannot be read."""
    sign: str = ""
    """The money sign or code beside it, or `%`."""
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
    """The number in a cell; a cell of a spreadsheet that is a number already passes through."""
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
    """The digits in their style. Counts have no decimals, so their separators only group."""
    if sort in (COUNT, RANK) and _GROUPED_COUNT.fullmatch(digits):
        return float(re.sub("[.,]", "", digits))
    if sort in (COUNT, RANK, "share", PERCENT) and len(re.findall("[.,]", digits)) == 1:
        return float(digits.replace(",", "."))
    if not digits or not _NUMBER[decimal].fullmatch(digits):
        return None
    plain = digits.replace("," if decimal == "." else ".", "").replace(",", ".")
    return float(plain)


def is_rounded_id(cell: object) -> bool:
    """Whether a spreadsheet turned this id into `1.44E+14`, so that its last digits are lost."""
    return isinstance(cell, str) and _ROUNDED_ID.fullmatch(plain_text(cell)) is not None


class NumberParser:
    """Reads the cells of one sort in one style; a text that came before is not read again."""

    def __init__(
        self, sort: NumberFormat, decimal: DecimalMark, *, percents_are_fractions: bool = False
    ) -> None:
        """Where `percents_are_fractions`, 0.24 without a sign beside it is 24 %."""
        self._sort = sort
        self._decimal = decimal
        self._in_fractions = sort == PERCENT and percents_are_fractions
        self._amounts: dict[object, float] = {}
        self._signs: dict[object, str] = {}
        self._unread: set[object] = set()

    def amounts(self, cells: Sequence[object]) -> list[float]:
        """The number in each cell; NaN for a blank cell and for one that cannot be read."""
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
        """The money sign beside a cell that has been read."""
        return self._signs.get(cell, "")

    def is_unread(self, cell: object) -> bool:
        """Whether a cell turned out not to be a figure."""
        return cell in self._unread

    @property
    def has_unread(self) -> bool:
        """Whether any cell did."""
        return bool(self._unread)


def is_percent_without_sign(cell: object) -> bool:
    """Whether a cell shows that its file writes percents without a sign, as 98.5 and not 0.985."""
    figure = parse_number(cell, PERCENT, ".")
    return figure.amount > 1 and not figure.sign


class DecimalDetector:
    """What the money of a file shows of its decimal style: each distinct cell is one vote."""

    def __init__(self) -> None:
        self._seen: set[object] = set()
        self._votes = {".": 0, ",": 0}
        self._grouped_by_comma = False

    def note(self, cells: Iterable[object], sort: NumberFormat) -> None:
        """Take in the cells of a column."""
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
        """The style; where no cell settles it, `;` between columns speaks for the comma."""
        if self._votes["."] != self._votes[","]:
            return "," if self._votes[","] > self._votes["."] else "."
        return "," if delimiter == ";" and not self._grouped_by_comma else "."
