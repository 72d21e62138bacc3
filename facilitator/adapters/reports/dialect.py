"""Detect how a file writes numbers and dates, from all of its rows."""

from msgspec import Struct

from facilitator.adapters.reports.days import DAY_COLUMNS, DayOrderDetector
from facilitator.adapters.reports.marketplaces import DayOrder
from facilitator.adapters.reports.number_parsing import (
    DecimalDetector,
    DecimalMark,
    is_percent_without_sign,
)
from facilitator.adapters.reports.report_types import PERCENT, ReportType
from facilitator.adapters.reports.tables import Chunk


class Dialect(Struct, frozen=True, kw_only=True):
    """How a file writes numbers and dates."""

    decimal: DecimalMark = "."
    order: DayOrder | None = None
    percents_are_fractions: bool = True
    """Whether 0.24 without a sign beside it is 24 %: in files that never say more than 1."""
    counts_are_text: bool = False
    """Whether counts are written with more than digits, such as `1.234` for a thousand and more."""


class DialectDetector:
    """Detects the dialect of a file from the rows read so far."""

    def __init__(self, kind: ReportType, delimiter: str) -> None:
        self._numbers = kind.numbers
        self._delimiter = delimiter
        self._decimal = DecimalDetector()
        self._order = DayOrderDetector()
        self._counts_are_text = delimiter == ";"
        self._percents_are_fractions = True

    def note(self, chunk: Chunk) -> None:
        """Take the cells of a chunk into account."""
        for name, cells in chunk.columns.items():
            if name in DAY_COLUMNS:
                self._order.note(cells.distinct)
            elif name in self._numbers:
                self._decimal.note(cells.distinct, self._numbers[name])
                self._counts_are_text |= cells.is_odd
                if self._numbers[name] == PERCENT and self._percents_are_fractions:
                    self._percents_are_fractions = not any(
                        map(is_percent_without_sign, cells.distinct)
                    )

    @property
    def manner(self) -> Dialect:
        """Return the dialect detected so far."""
        return Dialect(
            decimal=self._decimal.verdict(self._delimiter),
            order=self._order.verdict(),
            percents_are_fractions=self._percents_are_fractions,
            counts_are_text=self._counts_are_text,
        )
