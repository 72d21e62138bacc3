"""How a whole file writes its figures and days: decided by all of its rows, never by one cell."""

from dataclasses import dataclass

from facilitator.adapters.reports.days import DAY_COLUMNS, OrderEvidence
from facilitator.adapters.reports.figures import Decimal, DecimalEvidence
from facilitator.adapters.reports.kinds import Kind
from facilitator.adapters.reports.places import DayOrder
from facilitator.adapters.reports.tables import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a whole file writes its figures and days."""

    decimal: Decimal = "."
    order: DayOrder | None = None
    counts_are_text: bool = False
    """Whether counts are written with more than digits, such as `1.234` for a thousand and more."""


class Evidence:
    """What the rows read so far show of their file's manner."""

    def __init__(self, kind: Kind, delimiter: str) -> None:
        self._numbers = kind.numbers
        self._delimiter = delimiter
        self._decimal = DecimalEvidence()
        self._order = OrderEvidence()
        self._counts_are_text = delimiter == ";"

    def note(self, piece: Piece) -> None:
        """Take in the cells of a piece."""
        for name, cells in piece.columns.items():
            if name in DAY_COLUMNS:
                self._order.note(cells.distinct)
            elif name in self._numbers:
                self._decimal.note(cells.distinct, self._numbers[name])
                self._counts_are_text |= cells.is_fractional

    @property
    def manner(self) -> Manner:
        """The manner that it speaks for."""
        return Manner(
            decimal=self._decimal.verdict(self._delimiter),
            order=self._order.verdict(),
            counts_are_text=self._counts_are_text,
        )
